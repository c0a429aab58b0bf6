//! YAML as JSON, by the core schema of YAML 1.2 and with the merge keys of 1.1.

mod extent;
mod fault;
mod indentation;
mod merge;
mod offsets;
mod pairs;
mod read;
mod scalar;
mod tabs;
mod tags;

pub use read::read;
