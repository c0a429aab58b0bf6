//! Verdicts under the assumption that who writes data sends nothing that the schema does not declare.

use super::compare::{Compare, Half};
use super::declared::{closed, in_dialect_of_closed};
use super::verdict::{Judgement, Verdict, Verdicts};
use crate::judge::Judge;

/// The assumption in words.
pub const DECLARED: &str = "writers send only what their schema declares";

/// The verdicts on whole instances of which only that is sent which is declared: those that were `found`, where the assumption
/// says nothing more.
pub fn assumed(compare: &Compare, found: Verdicts) -> Verdicts {
    let one = |writer: &Half, reader: &Half, found: Judgement| {
        if found.verdict() == Verdict::Compatible {
            return found;
        }
        let said = under_assumption(compare, writer, reader);
        said.filter(|said| *said != Judgement::Breaking(None)).unwrap_or(found)
    };
    Verdicts {
        old_data: one(compare.old, compare.new, found.old_data),
        old_readers: one(compare.new, compare.old, found.old_readers),
    }
}

/// Whether the reader accepts what the writer sends; `None` if the assumption says nothing of the writer's schema.
fn under_assumption(compare: &Compare, writer: &Half, reader: &Half) -> Option<Judgement> {
    let closed = closed(&writer.bundle)?;
    let judge = writer.judge.clone().and(Judge::alone(&closed.schema, compare.formats)?);
    let reader_bundle = in_dialect_of_closed(&reader.bundle);
    let (old, new) =
        (Half { bundle: closed, judge: &judge }, Half { bundle: reader_bundle, judge: reader.judge });
    Some(Compare { old: &old, new: &new, ..*compare }.old_data())
}
