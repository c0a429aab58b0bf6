//! What is said of a place in the light of the whole, which it never contradicts.

use super::changes::Changed;
use super::compare::{Comparison, Judged};
use super::sense::Sense;
use super::verdict::{Judgement, Verdict, Verdicts};

/// What is said of a changed place.
pub struct Seen<'c> {
    /// The verdicts on the values there.
    pub here: Option<Judged>,
    /// Instead of those, what breaks or not is the whole, where values there do not show it.
    pub around: Option<&'c Verdicts>,
}

impl<'c> Seen<'c> {
    /// Of each changed place.
    pub fn all(comparison: &'c Comparison) -> Vec<(&'c Changed, Self)> {
        let whole = &comparison.data;
        let places = comparison.places.iter().map(|(changed, judged)| {
            (changed, judged.as_ref().map(|judged| judged.seen(changed.sense, whole)))
        });
        let places: Vec<_> = places.collect();
        let told = |of: fn(&Verdicts) -> &Judgement| {
            places
                .iter()
                .any(|(_, here)| here.as_ref().is_some_and(|here| !is_compatible(of(&here.verdicts))))
        };
        // Where something breaks, and not at any place by itself.
        let silent = |of: fn(&Verdicts) -> &Judgement| of(whole).verdict() == Verdict::Breaking && !told(of);
        let is_silent = (silent(old_data), silent(old_readers));
        let seen = places.into_iter().map(|(changed, here)| {
            let is_around = here.as_ref().is_some_and(|here| match changed.sense {
                Sense::Either => !is_like(&here.verdicts, whole),
                Sense::Along | Sense::Turned => is_silent.0 || is_silent.1,
            });
            let around = is_around.then_some(whole);
            (changed, Self { here: here.filter(|_| !is_around), around })
        });
        seen.collect()
    }
}

fn old_data(verdicts: &Verdicts) -> &Judgement {
    &verdicts.old_data
}

fn old_readers(verdicts: &Verdicts) -> &Judgement {
    &verdicts.old_readers
}

fn is_compatible(judgement: &Judgement) -> bool {
    judgement.verdict() == Verdict::Compatible
}

/// Whether both directions are told alike.
fn is_like(here: &Verdicts, whole: &Verdicts) -> bool {
    [old_data, old_readers].iter().all(|of| of(here).verdict() == of(whole).verdict())
}
