//! JSON text with places. It knows no schema, and reads no file.
//!
//! | file | job |
//! | --- | --- |
//! | `token`, `string`, `number` | where the tokens of a text end, and what they say |
//! | `decimal` | numbers by their digits, compared and divided exactly |
//! | `parse`, `unfinished`, `keys` | a text, strictly, onto a tape; what is kept until all of it was read |
//! | `tape`, `word`, `node` | the tape, its words, and the values on it |
//! | `pointer`, `escape` | JSON Pointers |
//! | `locate`, `words`, `text` | from a pointer to the bytes, the words, the line and the column |
//! | `canonical` | values as texts that are the same where the values are equal |
//! | `origins` | JSON that was made of another text, and where in that each token came from |
//! | `source_text` | a text, and what a pointer leads to in it |
//! | `excerpt`, `visible` | the lines around a place; texts in which nothing commands a terminal |
//! | `fault` | what is wrong with a text by itself |
//! | `work` | how much may be looked at in values |

#![warn(missing_docs)]

mod canonical;
mod decimal;
mod escape;
mod excerpt;
mod fault;
mod foreign;
mod keys;
mod locate;
mod node;
mod number;
mod origins;
mod parse;
mod pointer;
mod source_text;
mod string;
mod tape;
mod text;
mod token;
mod unfinished;
mod visible;
mod word;
mod words;
pub mod work;

pub use canonical::canonical;
pub use decimal::Decimal;
pub use escape::{escaped, unescaped};
pub use excerpt::{Excerpt, excerpt};
pub use fault::{Fault, Faults, Rule};
pub use foreign::{Foreign, foreign};
pub use locate::{Located, Locator, locate, span};
pub use node::{Elements, Members, TapeNode};
pub use number::Number;
pub use origins::{JsonText, Transcribed};
pub use parse::{DEEPEST, parse};
pub use pointer::Pointer;
pub use source_text::SourceText;
pub use tape::Tape;
pub use text::{Cursor, Position, position};
pub use visible::{is_hidden, visible};
pub use word::{Kind, Word};
pub use words::{element_in_words, member_in_words};
