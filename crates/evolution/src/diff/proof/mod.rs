//! Proof that one schema accepts whatever another does, keyword by keyword.

mod arrays;
mod branches;
mod empty;
mod finite;
mod here;
mod objects;
mod own;
mod prove;

pub use prove::Proof;
