//! Versions with whole numbers beyond 64 bits, which are read as others: smaller ones stand for them, in both versions, so that
//! they are compared by all their digits.
//!
//! | file | says |
//! | --- | --- |
//! | `large` | which large numbers a document has, as they are written |
//! | `chosen` | which number stands for which, and the way back |
//! | `put` | documents with those that stand for others |
//! | `text` | what is told, with the numbers that were meant |
//! | `told` | a report with them |
//! | `exactly` | whether the schemas as they are written say the same of an instance |

mod chosen;
mod exactly;
mod large;
mod put;
mod text;
mod told;

pub use chosen::StandIns;
pub use exactly::Exactly;
pub use told::tell;
