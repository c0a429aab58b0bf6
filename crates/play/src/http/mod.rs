//! Requests and responses of HTTP/1.1, one for each connection. The protocol is read by `httparse`; what is around it is
//! little: no keeping alive, no chunks, no compression.

mod admission;
mod reading;
mod request;
mod response;

pub use admission::{Address, Asked, admit};
pub use reading::{Limits, read_body, read_head};
pub use response::{Response, Status};
