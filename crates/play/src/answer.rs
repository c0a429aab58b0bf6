//! An answer to what the page asks.

use serde::Serialize;

use crate::ask::{About, Ask};
use crate::changes::changes;
use crate::error::Error;
use crate::given::Beside;
use crate::instance::instance;
use crate::outside::Outside;
use crate::samples::samples;
use crate::types::types;

/// In bytes. Schemas and instances are walked by recursion; only what is used of it is ever real memory.
const STACK: usize = 256 << 20;

/// Answers what is asked, as JSON. How long that takes, and how much memory, depends on the texts in the question: whoever
/// calls bounds it.
///
/// # Errors
///
/// If it is no question of the page.
pub fn answer(asked: &[u8], beside: &Beside, outside: &Outside) -> Result<Vec<u8>, Error> {
    let ask: Ask = serde_json::from_slice(asked)?;
    stacker::grow(STACK, || match ask.about {
        About::Types => written(&types(&ask, beside)?),
        About::Instance => written(&instance(&ask, beside)?),
        About::Samples => written(&samples(&ask, beside, outside)?),
        About::Changes => written(&changes(&ask, beside, outside)?),
    })
}

fn written(answer: &impl Serialize) -> Result<Vec<u8>, Error> {
    Ok(serde_json::to_vec(answer)?)
}
