//! `isomorph play`: a page, served to browsers of this machine.
//!
//! `isomorph-play` has the page, the server, and the answers; here are the processes that answer within bounds, so that a
//! schema which takes too much ends one of those and not the server.

mod beside;
mod command;
mod frame;
mod limits;
mod pool;
mod worker;

pub use command::run;
pub use worker::run as work;
