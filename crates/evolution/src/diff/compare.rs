//! Two bundles: what changed, and what that does to instances.

use std::time::Duration;

use isomorph_json::Pointer;
use isomorph_schema::{Bundle, Dialect};
use isomorph_validator::validator_alone;
use jsonschema::Validator;
use serde_json::{Map, Value};

use super::canonical::{Answer, Canonical};
use super::change::Change;
use super::changes::{Changed, changes};
use super::containment::contained;
use super::local::{at, bare, complete};
use super::proof::Proof;
use super::search::Search;
use super::step::step;
use super::upgrade::{self, Part, can_stand_for};
use super::verdict::{Judgement, Verdicts};
use crate::clock::Clock;
use crate::sample::{Goal, Hints, Sampler};

/// A schema on one side.
pub struct Half<'a> {
    pub bundle: Bundle,
    /// Of the original documents.
    pub validator: &'a Validator,
}

/// What became of one schema and all that it refers to.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The changed places, each with what it does to what stands there.
    pub places: Vec<(Changed, Option<Judged>)>,
    /// What all of it does to instances of the schema itself.
    pub data: Verdicts,
}

/// The verdicts on one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    pub verdicts: Verdicts,
    /// The verdicts where formats are asserted, if that makes a difference.
    pub with_formats: Option<Verdicts>,
}

/// Compares, within some time.
pub struct Compare<'a> {
    pub old: &'a Half<'a>,
    pub new: &'a Half<'a>,
    pub canonical: &'a dyn Canonical,
    pub assert_formats: bool,
    pub until: Duration,
    pub clock: &'a dyn Clock,
}

/// How long the search for one witness may take.
const ONE_SEARCH: Duration = Duration::from_millis(700);
/// How long at most the last search may take.
const LAST_SEARCH: Duration = Duration::from_millis(2500);

impl Compare<'_> {
    /// Compares the schemas themselves.
    pub fn run(&self) -> Comparison {
        let mut found = changes(&self.old.bundle, &self.new.bundle, (Pointer::root(), Pointer::root()));
        found.extend(self.dialect());
        let places: Vec<_> = found.into_iter().map(|changed| (self.judge(&changed), changed)).collect();
        let places: Vec<_> = places.into_iter().map(|(judged, changed)| (changed, judged)).collect();
        Comparison { data: self.whole(&places), places }
    }

    fn is_approximate(&self) -> bool {
        // What dynamic references lead to was not looked at.
        let (old, new) = (&self.old.bundle, &self.new.bundle);
        old.dialect != new.dialect || old.is_approximate || new.is_approximate
    }

    fn dialect(&self) -> Option<Changed> {
        let (old, new) = (self.old.bundle.dialect, self.new.bundle.dialect);
        let words = format!("the dialect changed from {} to {}", old.uri(), new.uri());
        let change = Change { keyword: Pointer::root().join("$schema"), words, binds: false };
        let (old_at, new_at) = (Pointer::root(), Pointer::root());
        (old != new).then(|| Changed { old_at, new_at, changes: vec![change] })
    }

    /// The verdicts on a changed place by itself; `None` if nothing there binds.
    fn judge(&self, changed: &Changed) -> Option<Judged> {
        if !changed.binds() {
            return None;
        }
        let verdicts = self.local(changed, self.assert_formats);
        let with_formats =
            (changed.changes_format() && !self.assert_formats).then(|| self.local(changed, true));
        let with_formats = with_formats.filter(|with| {
            (with.old_data.verdict(), with.old_readers.verdict())
                != (verdicts.old_data.verdict(), verdicts.old_readers.verdict())
        });
        Some(Judged { verdicts, with_formats })
    }

    fn local(&self, changed: &Changed, assert_formats: bool) -> Verdicts {
        let (old, new) = (&self.old.bundle, &self.new.bundle);
        let schemas = (at(old, &changed.old_at), at(new, &changed.new_at));
        let (Some(old_schema), Some(new_schema)) = schemas else {
            let unproven = Judgement::Unproven { tried: 0 };
            return Verdicts { old_data: unproven.clone(), old_readers: unproven };
        };
        let (old_own, new_own) = own(old, new, old_schema, new_schema);
        let (old_whole, new_whole) = (complete(old, old_schema), complete(new, new_schema));
        let (old_own, new_own) = (complete(old, &old_own), complete(new, &new_own));
        let mut hints = Hints::default();
        hints.add(&old_own);
        hints.add(&new_own);
        let one = |inner: &Value, inner_own: &Value, outer_own: &Value| {
            self.one_place((inner, inner_own), outer_own, &hints, assert_formats)
        };
        Verdicts {
            old_data: one(&old_whole, &old_own, &new_own),
            old_readers: one(&new_whole, &new_own, &old_own),
        }
    }

    /// Whether `outer` accepts what `inner` does, as far as their own keywords go.
    fn one_place(
        &self,
        (inner, inner_own): (&Value, &Value),
        outer: &Value,
        hints: &Hints,
        formats: bool,
    ) -> Judgement {
        let answer = contained(self.canonical, inner_own, outer, formats);
        if answer == Answer::Contained {
            return Judgement::Compatible;
        }
        let (Some(accepts), Some(rejects)) =
            (validator_alone(inner, formats), validator_alone(outer, formats))
        else {
            return Judgement::Unproven { tried: 0 };
        };
        let until = self.until.min(self.clock.now() + ONE_SEARCH);
        let (accepts, rejects, clock) = (&accepts, &rejects, self.clock);
        let mut search = Search { schema: inner, accepts, rejects, hints, until, clock, tried: 0 };
        let is_not_contained = matches!(answer, Answer::NotContained(_));
        if let Answer::NotContained(Some(lost)) | Answer::Unknown(Some(lost)) = answer
            && let Some(lost_validator) = validator_alone(&lost, formats)
        {
            let sampler = Sampler::new(&lost, &lost_validator);
            let found: Vec<_> = (0..8).filter_map(|number| sampler.instance(number)).collect();
            if let Some(found) = search.among(found) {
                return Judgement::Breaking(Some(found));
            }
        }
        match search.everywhere() {
            Some(found) => Judgement::Breaking(Some(found)),
            // The parts may allow less than they were taken to.
            None if is_not_contained && inner == inner_own => Judgement::Breaking(None),
            None => Judgement::Unproven { tried: search.tried },
        }
    }

    /// The verdicts on the schemas themselves.
    fn whole(&self, places: &[(Changed, Option<Judged>)]) -> Verdicts {
        let (old, new) = (&self.old.bundle, &self.new.bundle);
        let bare = (bare(old, self.assert_formats), bare(new, self.assert_formats));
        // What is left is all that instances are judged by.
        if bare.0.schema == bare.1.schema && !self.is_approximate() {
            return Verdicts::COMPATIBLE;
        }
        let bare = if old.dialect == new.dialect {
            bare
        } else {
            (upgrade::bundle(&bare.0), upgrade::bundle(&bare.1))
        };
        let mut hints = Hints::default();
        for (changed, _) in places.iter().filter(|(changed, _)| changed.binds()) {
            let schemas = [at(old, &changed.old_at), at(new, &changed.new_at)];
            schemas.into_iter().flatten().for_each(|schema| hints.add(schema));
        }
        let values = |backward: bool| -> Vec<(&Pointer, &Value)> {
            let judged =
                places.iter().filter_map(|(changed, judged)| Some((changed, &judged.as_ref()?.verdicts)));
            let found = judged.filter_map(|(changed, verdicts)| {
                let (at, verdict) = if backward {
                    (&changed.old_at, &verdicts.old_data)
                } else {
                    (&changed.new_at, &verdicts.old_readers)
                };
                Some((at, &verdict.witness()?.instance))
            });
            found.collect()
        };
        Verdicts {
            old_data: self.one_whole((self.old, &bare.0), (self.new, &bare.1), &values(true), &hints),
            old_readers: self.one_whole((self.new, &bare.1), (self.old, &bare.0), &values(false), &hints),
        }
    }

    fn one_whole(
        &self,
        (inner, inner_bare): (&Half, &Bundle),
        (outer, outer_bare): (&Half, &Bundle),
        values: &[(&Pointer, &Value)],
        hints: &Hints,
    ) -> Judgement {
        let schema = &inner.bundle.schema;
        let until = self.until.min(self.clock.now() + LAST_SEARCH);
        let (accepts, rejects) = (inner.validator, outer.validator);
        let clock = self.clock;
        let mut search = Search { schema, accepts, rejects, hints, until, clock, tried: 0 };
        // `1.0` was no integer in draft 4.
        let is_newer = outer.bundle.dialect == Dialect::Draft4 && inner.bundle.dialect != Dialect::Draft4;
        let fraction = serde_json::Number::from_f64(1.0).map_or(Value::Null, Value::Number);
        let integers = if is_newer { upgrade::integers(&inner.bundle) } else { Vec::new() };
        let values = values.iter().copied().chain(integers.iter().map(|place| (place, &fraction)));
        // What broke at a place, put at that place of an instance.
        let lifted = values.filter_map(|(place, value)| {
            let goal = Goal::new(schema, schema.pointer(place.as_str())?, value.clone())?;
            let sampler = Sampler::new(schema, accepts);
            Some((0..4).filter_map(move |number| sampler.with(&goal, number)).collect::<Vec<_>>())
        });
        if let Some(found) = search.among(lifted.flatten()) {
            return Judgement::Breaking(Some(found));
        }
        let (inner_dialect, outer_dialect) = (inner.bundle.dialect, outer.bundle.dialect);
        let stand = inner_dialect == outer_dialect
            || can_stand_for(schema, inner_dialect, Part::Inner)
                && can_stand_for(&outer.bundle.schema, outer_dialect, Part::Outer);
        let proof = Proof::new(inner_bare, outer_bare, self.canonical, self.assert_formats);
        if stand && proof.holds(&Pointer::root(), &Pointer::root()) {
            return Judgement::Compatible;
        }
        if let Some(found) = search.everywhere() {
            return Judgement::Breaking(Some(found));
        }
        let is_whole =
            inner_dialect == outer_dialect && !inner_bare.is_approximate && !outer_bare.is_approximate;
        match contained(self.canonical, &inner_bare.schema, &outer_bare.schema, self.assert_formats) {
            Answer::Contained if is_whole => Judgement::Compatible,
            Answer::NotContained(_) if is_whole => Judgement::Breaking(None),
            _ => Judgement::Unproven { tried: search.tried },
        }
    }
}

/// Both schemas with `true` for the parts that stand on both sides, so that only their own keywords are left.
fn own(old_bundle: &Bundle, new_bundle: &Bundle, old: &Value, new: &Value) -> (Value, Value) {
    const PARTS: [&str; 7] = [
        "properties",
        "patternProperties",
        "additionalProperties",
        "items",
        "prefixItems",
        "additionalItems",
        "unevaluatedProperties",
    ];
    let (mut old_own, mut new_own) = (old.clone(), new.clone());
    for pair in step(old_bundle, new_bundle, old, new).both {
        if PARTS.contains(&pair.keyword) && pair.old.is_object() && pair.new.is_object() {
            for (own, place) in [(&mut old_own, &pair.old_at), (&mut new_own, &pair.new_at)] {
                if let Some(place) = own.pointer_mut(place.as_str()) {
                    *place = Map::new().into();
                }
            }
        }
    }
    (old_own, new_own)
}
