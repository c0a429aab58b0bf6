//! `isomorph fetch`: brings the documents that schemas refer to elsewhere. The one command that opens a connection.

mod addresses;
mod agreement;
mod bring;
mod client;
mod command;
mod file_names;
mod hash;
mod overlay;
mod plan;
mod write;

pub use agreement::edited;
pub use command::run;
