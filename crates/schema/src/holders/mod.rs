//! Documents that hold schemas and are none: descriptions of APIs, definitions of custom resources, lists of tools.
//!
//! | file | job |
//! | --- | --- |
//! | `kind` | which documents there are, by their keys |
//! | `openapi`, `operations`, `asyncapi`, `custom_resources`, `tools` | the schemas that a document holds: what they are called, and where they stand |
//! | `rules` | what the schemas of a kind mean, where that is more or less than JSON Schema |
//! | `select` | which branch a `discriminator` selects |
//! | `translate`, `walk` | a schema of such a dialect as one of JSON Schema's, so that it can be translated back |
//! | `lift` | a document of nothing but the schemas that another holds |
//! | `holder` | where they stood |
//! | `used` | what they are to those who use the document |
//! | `unlike` | what an object that is no schema seems to be |

mod asyncapi;
mod custom_resources;
mod found;
mod holder;
mod kind;
mod lift;
mod openapi;
mod operations;
mod rules;
mod select;
mod tools;
mod translate;
mod unlike;
mod used;
mod walk;

pub use holder::{Held, Holder};
pub use kind::Kind;
pub use lift::{Fault, Lifted, lift};
pub use rules::Rules;
pub use select::SELECTED;
pub use unlike::unlike;
pub use used::{Direction, Offer, Operation, Required, Use};

pub(crate) use found::pointer as fragment_pointer;
pub(crate) use translate::translate_one;
pub(crate) use walk::inner_schemas;
