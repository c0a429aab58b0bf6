//! A page: a schema beside the Rust types that it becomes, an instance with what is wrong with it, samples, and what a
//! change breaks; and the server that gives it to browsers of this machine.
//!
//! | part | job |
//! | --- | --- |
//! | `ask`, `answer`, `outside` | what the page asks; each answer is a function of texts, settings, and what is handed in |
//! | `given` | the texts that an answer is about, as the other crates take them |
//! | `switches` | the settings that the page has, and the lines of a manifest that they stand for |
//! | `types`, `items`, `extents` | the types of a schema; where each stands in the Rust, and in the schema |
//! | `instance`, `samples`, `changes` | what is wrong with an instance; instances; what changed, and whom it breaks |
//! | `problem`, `utf16` | what is wrong with a text, and where, as browsers count |
//! | `page`, `start` | the page, one file; what it begins with |
//! | `http`, `server` | requests, read within bounds; who may ask; connections |
//!
//! Answers read nothing and take no time of their own: files, the clock and canonical forms are handed in, so that they
//! can be given where there is no server. Work that a schema could make without end is for whoever calls to bound
//! ([`Work`]): the tool gives it to processes that it ends.

#![deny(missing_docs, clippy::print_stdout, clippy::print_stderr, clippy::exit)]

mod answer;
mod ask;
mod changes;
mod error;
mod extents;
mod given;
mod http;
mod instance;
mod items;
mod outside;
mod page;
mod problem;
mod samples;
mod server;
mod start;
mod switches;
mod types;
mod utf16;

pub use answer::answer;
pub use error::Error;
pub use given::Beside;
pub use outside::{ApiChange, Outside};
pub use server::{Refusal, Secrets, Server, Work};
pub use start::Start;
