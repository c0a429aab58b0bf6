//! What `contains` counted.

use std::fmt;

use isomorph_json::TapeNode;
use serde_json::Value;

use super::files::Files;
use super::shell::Shell;

/// How many elements are what `contains` asks for, and how many may and have to be.
pub struct Counted {
    found: usize,
    least: u64,
    most: Option<u64>,
}

/// How many elements are counted.
const MOST: usize = 10_000;

impl Counted {
    /// Counts the elements of a value for the schema at a place; `None` if that has no `contains`, or there are too many.
    pub fn new(files: &Files, index: usize, pointer: &str, value: TapeNode) -> Option<Self> {
        let schema = files.subschema(index, pointer)?;
        schema.get("contains")?;
        let shell = Shell::whole(files, (index, format!("{pointer}/contains")))?;
        if value.count() > MOST {
            return None;
        }
        let found = value.elements().filter(|element| shell.errors(*element).is_empty()).count();
        let bound = |keyword: &str| schema.get(keyword).and_then(number);
        Some(Self { found, least: bound("minContains").unwrap_or(1), most: bound("maxContains") })
    }
}

/// A count as schemas write it: `2` or `2.0`.
fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| {
        value.as_f64().filter(|count| count.fract() == 0.0).and_then(|count| count.to_string().parse().ok())
    })
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.found {
            0 => f.write_str("no element is what `contains` asks for")?,
            1 => f.write_str("1 element is what `contains` asks for")?,
            found => write!(f, "{found} elements are what `contains` asks for")?,
        }
        match self.most.filter(|most| self.found as u64 > *most) {
            Some(most) => write!(f, ", and at most {most} may be"),
            None => write!(
                f,
                ", and at least {} {} to be",
                self.least,
                if self.least == 1 { "has" } else { "have" }
            ),
        }
    }
}
