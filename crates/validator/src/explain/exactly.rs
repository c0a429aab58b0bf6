//! What a number was compared with, with all its digits.

use isomorph_json::{DEEPEST, Tape, TapeNode, parse, span};
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Wanted;

use super::explain::{Explainer, split_last};
use super::message::{Found, alternatives, described, expected, shown};
use crate::exact::{marked, unmarked};

/// How many values a message lists.
const LISTED: usize = 12;

impl Explainer<'_> {
    /// What to say of an error, if the schema has more digits than the error.
    pub(super) fn exactly(&self, error: &ValidationError, found: Found) -> Option<String> {
        let keyword = unmarked(error.kind().keyword());
        if let Wanted::Custom { message, .. } = error.kind() {
            return said(&keyword, message, found);
        }
        let (index, pointer) = self.keyword_location(error)?;
        let (around, last) = split_last(&pointer)?;
        let written = self.schema.files().subschema(index, around)?.get(marked(&last))?.as_str()?;
        said(&keyword, written, found)
    }
}

/// What is wrong with a number by a keyword whose value is written so.
fn said(keyword: &str, written: &str, found: Found) -> Option<String> {
    Some(match keyword {
        "minimum" => format!("{} is less than {}", described(found), shown(written)),
        "maximum" => format!("{} is more than {}", described(found), shown(written)),
        "exclusiveMinimum" => format!("{} is not more than {}", described(found), shown(written)),
        "exclusiveMaximum" => format!("{} is not less than {}", described(found), shown(written)),
        "multipleOf" => format!("{} is no multiple of {}", described(found), shown(written)),
        "const" => expected(&shown(written), found),
        "enum" => expected(&listed(written)?, found),
        _ => return None,
    })
}

/// The values of a list, as they are written.
fn listed(written: &str) -> Option<String> {
    let mut tape = Tape::default();
    parse(written, DEEPEST, &mut tape).ok()?;
    let values = TapeNode::root(written, &tape);
    let mut listed: Vec<_> =
        values.elements().take(LISTED).map(|value| shown(&written[span(value)])).collect();
    if values.count() > listed.len() {
        listed.push(format!("{} other values", values.count() - listed.len()));
    }
    Some(alternatives(&listed))
}
