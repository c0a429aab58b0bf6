//! Two bundles: what changed, and what that does to instances.

use std::collections::BTreeSet;
use std::time::Duration;

use isomorph_json::Pointer;
use isomorph_schema::{Bundle, Dialect};
use isomorph_validator::Formats;
use serde_json::{Map, Value};

use super::beyond;
use super::canonical::{Answer, Canonical, Silent};
use super::change::Change;
use super::changes::{Changed, changes};
use super::containment::contained;
use super::local::{at, bare, complete};
use super::proof::Proof;
use super::search::Search;
use super::sense::Sense;
use super::step::step;
use super::upgrade::{self, Part, can_stand_for};
use super::verdict::{Judgement, Verdict, Verdicts, Witness};
use crate::clock::Deadline;
use crate::judge::Judge;
use crate::sample::{Hints, Sampler};

/// A schema on one side.
pub struct Half<'a> {
    pub bundle: Bundle,
    /// Of the original documents.
    pub judge: &'a Judge,
}

/// What became of one schema and all that it refers to.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The changed places, each with what it does to what stands there.
    pub places: Vec<(Changed, Option<Judged>)>,
    /// What all of it does to instances of the schema itself.
    pub data: Verdicts,
}

impl Comparison {
    /// What is said of changes that nobody had the time to look into.
    pub fn of_none(changes: Vec<Changed>, data: Verdicts) -> Self {
        let judged = |changed: &Changed| {
            changed.binds().then(|| Judged { verdicts: data.clone(), with_formats: None })
        };
        let places = changes.into_iter().map(|changed| (judged(&changed), changed));
        Self { places: places.map(|(judged, changed)| (changed, judged)).collect(), data }
    }
}

impl Comparison {
    /// Tells of more that changed, of which nobody knows what it means.
    pub fn add(&mut self, changes: Vec<Changed>) {
        for changed in changes {
            let is_here = |(other, _): &&mut (Changed, _)| {
                (&other.old_at, &other.new_at) == (&changed.old_at, &changed.new_at)
            };
            match self.places.iter_mut().find(is_here) {
                Some((here, _)) => here.changes.extend(changed.changes),
                None => self.places.push((changed, None)),
            }
        }
    }

    /// Says that nothing is known where nothing breaks, or by a number that may have been read as another, and why.
    pub fn doubt(&mut self, why: &str) {
        let doubted = |judgement: &mut Judgement| {
            let is_by_another = judgement.witness().is_some_and(|witness| beyond::is_in(&witness.instance));
            if judgement.verdict() < Verdict::Unknown || is_by_another {
                *judgement = Judgement::Unknown(why.to_owned());
            }
        };
        let places = self.places.iter_mut().filter_map(|(_, judged)| Some(&mut judged.as_mut()?.verdicts));
        for verdicts in std::iter::once(&mut self.data).chain(places) {
            doubted(&mut verdicts.old_data);
            doubted(&mut verdicts.old_readers);
        }
    }
}

/// The verdicts on one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    pub verdicts: Verdicts,
    /// The verdicts where formats are asserted, if that makes a difference.
    pub with_formats: Option<Verdicts>,
}

impl Judged {
    /// The same, accepted for these reasons.
    #[must_use]
    pub fn accepted(self, reasons: &[String]) -> Self {
        let with_formats = self.with_formats.map(|with| with.accepted(reasons));
        Self { verdicts: self.verdicts.accepted(reasons), with_formats }
    }

    /// The verdicts as the whole has them: turned around where a `not` is around the place, and never against it.
    pub fn seen(&self, sense: Sense, whole: &Verdicts) -> Self {
        let is_turned = sense == Sense::Turned;
        let seen = |verdicts: &Verdicts| {
            let verdicts = verdicts.clone();
            (if is_turned { verdicts.turned() } else { verdicts }).in_light_of(whole)
        };
        let with_formats = self.with_formats.clone();
        let with_formats = with_formats.map(|with| if is_turned { with.turned() } else { with });
        Self { verdicts: seen(&self.verdicts), with_formats }
    }
}

/// Compares, within some time.
pub struct Compare<'a> {
    pub old: &'a Half<'a>,
    pub new: &'a Half<'a>,
    pub canonical: &'a dyn Canonical,
    pub formats: &'a Formats,
    pub deadline: Deadline<'a>,
}

/// How long the search for one witness may take.
const ONE_SEARCH: Duration = Duration::from_millis(700);
/// How long a proof may take, and of what is left one of so many parts.
const ONE_PROOF: Duration = Duration::from_secs(2);
const PROOF_SHARE: u32 = 3;
/// How long is looked for what breaks before canonical forms are asked, and of what is left one of so many parts.
const BEFORE: Duration = Duration::from_millis(250);
const BEFORE_SHARE: u32 = 10;
/// How long at most the last search may take, or of what is left one of so many parts.
const LAST_SEARCH: Duration = Duration::from_millis(2500);
const LAST_SHARE: u32 = 4;
/// Which part of the time is for changed places: of so many parts one is left for the whole.
const SHARE: u32 = 2;

impl Compare<'_> {
    /// Compares the schemas themselves.
    pub fn run(&self) -> Comparison {
        let mut found = changes(&self.old.bundle, &self.new.bundle, (Pointer::root(), Pointer::root()));
        found.extend(self.dialect());
        if self.deadline.is_over() {
            return Comparison::of_none(found, Verdicts::both(Judgement::Unproven { tried: 0 }));
        }
        let (old, new) = (&self.old.bundle, &self.new.bundle);
        let bare = (bare(old, self.formats), bare(new, self.formats));
        // What is left is all that instances are judged by.
        if bare.0.schema == bare.1.schema && !self.is_approximate() {
            let nothing = |changed: &Changed| {
                let verdicts = Verdicts::COMPATIBLE;
                let with_formats = || self.with_formats(changed, &verdicts);
                changed.binds().then(|| Judged { with_formats: with_formats(), verdicts: verdicts.clone() })
            };
            let places = found.into_iter().map(|changed| (nothing(&changed), changed));
            let places = places.map(|(judged, changed)| (changed, judged)).collect();
            return Comparison { data: Verdicts::COMPATIBLE, places };
        }
        let bare = of_one_dialect(bare);
        let hints = self.hints(&found);
        let one = |(inner, inner_bare), (outer, outer_bare)| One {
            inner,
            inner_bare,
            outer,
            outer_bare,
            hints: &hints,
        };
        let forth = one((self.old, &bare.0), (self.new, &bare.1));
        let back = one((self.new, &bare.1), (self.old, &bare.0));
        let soon = (self.soon(&forth), self.soon(&back));
        let here = Compare { deadline: self.deadline.within(self.deadline.left() / SHARE), ..*self };
        // Where the whole is compatible its parts are not asked.
        let is_known = |soon: &Option<Judgement>| *soon == Some(Judgement::Compatible);
        let is_known = (is_known(&soon.0), is_known(&soon.1));
        let places = found.into_iter().map(|changed| (here.judge(&changed, is_known), changed));
        let places: Vec<_> = places.map(|(judged, changed)| (changed, judged)).collect();
        let data = Verdicts {
            old_data: soon.0.unwrap_or_else(|| self.late(&forth, &witnesses(&places, true))),
            old_readers: soon.1.unwrap_or_else(|| self.late(&back, &witnesses(&places, false))),
        };
        Comparison { places, data }
    }

    /// Whether the new schema accepts what the old one does, and nothing of places or of the other direction.
    pub fn old_data(&self) -> Judgement {
        let (old, new) = (&self.old.bundle, &self.new.bundle);
        let found = changes(old, new, (Pointer::root(), Pointer::root()));
        let hints = self.hints(&found);
        let (old_bare, new_bare) = of_one_dialect((bare(old, self.formats), bare(new, self.formats)));
        let forth = One {
            inner: self.old,
            inner_bare: &old_bare,
            outer: self.new,
            outer_bare: &new_bare,
            hints: &hints,
        };
        self.soon(&forth).unwrap_or_else(|| self.late(&forth, &[]))
    }

    /// What the changed places mention.
    fn hints(&self, found: &[Changed]) -> Hints {
        let mut hints = Hints::default();
        for changed in found.iter().filter(|changed| changed.binds()) {
            hints.add_place(&changed.new_at);
            let schemas = [at(&self.old.bundle, &changed.old_at), at(&self.new.bundle, &changed.new_at)];
            schemas.into_iter().flatten().for_each(|schema| hints.add(schema));
        }
        hints
    }

    fn is_approximate(&self) -> bool {
        // What dynamic references lead to was not looked at.
        let (old, new) = (&self.old.bundle, &self.new.bundle);
        old.dialect != new.dialect || old.is_approximate || new.is_approximate
    }

    fn dialect(&self) -> Option<Changed> {
        let (old, new) = (self.old.bundle.dialect, self.new.bundle.dialect);
        let words = format!("the dialect changed from {} to {}", old.uri(), new.uri());
        let change = Change::new(Pointer::root().join("$schema"), words, false);
        let (old_at, new_at) = (Pointer::root(), Pointer::root());
        (old != new).then(|| Changed { old_at, new_at, changes: vec![change], sense: Sense::Along })
    }

    /// The verdicts on a changed place by itself; `None` if nothing there binds.
    fn judge(&self, changed: &Changed, is_known: (bool, bool)) -> Option<Judged> {
        if !changed.binds() {
            return None;
        }
        let is_known = if changed.sense == Sense::Turned { (is_known.1, is_known.0) } else { is_known };
        let verdicts = self.local(changed, self.formats, is_known);
        Some(Judged { with_formats: self.with_formats(changed, &verdicts), verdicts })
    }

    /// The verdicts on a place if formats asserted, where that makes others of these.
    fn with_formats(&self, changed: &Changed, verdicts: &Verdicts) -> Option<Verdicts> {
        let is_asked =
            changed.changes_format() && *self.formats != Formats::Assert && !self.deadline.is_over();
        let with = is_asked.then(|| self.local(changed, &Formats::Assert, (false, false)));
        with.filter(|with| {
            (with.old_data.verdict(), with.old_readers.verdict())
                != (verdicts.old_data.verdict(), verdicts.old_readers.verdict())
        })
    }

    /// The verdicts on a place; those are known where the whole is compatible.
    fn local(&self, changed: &Changed, formats: &Formats, is_known: (bool, bool)) -> Verdicts {
        if is_known == (true, true) {
            return Verdicts::COMPATIBLE;
        }
        let (old, new) = (&self.old.bundle, &self.new.bundle);
        let schemas = (at(old, &changed.old_at), at(new, &changed.new_at));
        let (Some(old_schema), Some(new_schema), false) = (schemas.0, schemas.1, self.deadline.is_over())
        else {
            return Verdicts::both(Judgement::Unproven { tried: 0 });
        };
        let (old_own, new_own) = own(old, new, old_schema, new_schema);
        let (old_whole, new_whole) = (complete(old, old_schema), complete(new, new_schema));
        let (old_own, new_own) = (complete(old, &old_own), complete(new, &new_own));
        let mut hints = Hints::default();
        hints.add(&old_own);
        hints.add(&new_own);
        let one = |inner: &Value, inner_own: &Value, outer_own: &Value| {
            self.one_place((inner, inner_own), outer_own, &hints, formats)
        };
        Verdicts {
            old_data: if is_known.0 { Judgement::Compatible } else { one(&old_whole, &old_own, &new_own) },
            old_readers: if is_known.1 { Judgement::Compatible } else { one(&new_whole, &new_own, &old_own) },
        }
    }

    /// Whether `outer` accepts what `inner` does, as far as their own keywords go.
    fn one_place(
        &self,
        (inner, inner_own): (&Value, &Value),
        outer: &Value,
        hints: &Hints,
        formats: &Formats,
    ) -> Judgement {
        let (accepts, rejects) = (Judge::alone(inner, formats), Judge::alone(outer, formats));
        let (Some(accepts), Some(rejects)) = (&accepts, &rejects) else {
            return Judgement::Unproven { tried: 0 };
        };
        let deadline = self.deadline.within(ONE_SEARCH);
        let mut search = Search { inner, outer, accepts, rejects, hints, deadline, tried: 0 };
        if let Some(found) = search.soon() {
            return Judgement::Breaking(Some(found));
        }
        let answer = contained(self.canonical, inner_own, outer, formats);
        if answer == Answer::Contained {
            return Judgement::Compatible;
        }
        search.deadline = self.deadline.within(ONE_SEARCH);
        let is_not_contained = matches!(answer, Answer::NotContained(_));
        if let Answer::NotContained(Some(lost)) | Answer::Unknown(Some(lost)) = answer
            && let Some(found) = among_lost(&lost, formats, &mut search)
        {
            return Judgement::Breaking(Some(found));
        }
        match search.everywhere() {
            Some(found) => Judgement::Breaking(Some(found)),
            // The parts may allow less than they were taken to.
            None if is_not_contained && inner == inner_own => Judgement::Breaking(None),
            None => Judgement::Unproven { tried: search.tried },
        }
    }

    fn search<'s>(&'s self, one: &'s One, time: Duration) -> Search<'s> {
        Search {
            inner: &one.inner.bundle.schema,
            outer: &one.outer.bundle.schema,
            accepts: one.inner.judge,
            rejects: one.outer.judge,
            hints: one.hints,
            deadline: self.deadline.within(time),
            tried: 0,
        }
    }

    /// What is found or proven soon of the schemas themselves.
    fn soon(&self, one: &One) -> Option<Judgement> {
        if let Some(found) = self.search(one, ONE_SEARCH).soon() {
            return Some(Judgement::Breaking(Some(found)));
        }
        let (inner_dialect, outer_dialect) = one.dialects();
        let stand = inner_dialect == outer_dialect
            || can_stand_for(&one.inner.bundle.schema, inner_dialect, Part::Inner)
                && can_stand_for(&one.outer.bundle.schema, outer_dialect, Part::Outer);
        let holds = |canonical: &dyn Canonical| {
            let deadline = self.deadline.within(ONE_PROOF.min(self.deadline.left() / PROOF_SHARE));
            let proof = Proof::new(one.inner_bare, one.outer_bare, canonical, self.formats, deadline);
            stand && proof.holds(&Pointer::root(), &Pointer::root())
        };
        // What is seen keyword by keyword costs little. Canonical forms may take all the time there is, so that what breaks is looked
        // for before them.
        if holds(&Silent) {
            return Some(Judgement::Compatible);
        }
        if let Some(found) = self.search(one, BEFORE.min(self.deadline.left() / BEFORE_SHARE)).made() {
            return Some(Judgement::Breaking(Some(found)));
        }
        holds(self.canonical).then_some(Judgement::Compatible)
    }

    /// What is found otherwise: by what breaks places, and by all that the search tries.
    fn late(&self, one: &One, values: &[(&Pointer, &Value)]) -> Judgement {
        if self.deadline.is_over() {
            return Judgement::Unproven { tried: 0 };
        }
        let schema = &one.inner.bundle.schema;
        let mut search = self.search(one, LAST_SEARCH.max(self.deadline.left() / LAST_SHARE));
        // `1.0` was no integer in draft 4.
        let (inner_dialect, outer_dialect) = one.dialects();
        let is_newer = outer_dialect == Dialect::Draft4 && inner_dialect != Dialect::Draft4;
        let fraction = serde_json::Number::from_f64(1.0).map_or(Value::Null, Value::Number);
        let integers = if is_newer { upgrade::integers(&one.inner.bundle) } else { Vec::new() };
        let values = values.iter().copied().chain(integers.iter().map(|place| (place, &fraction)));
        // What broke at a place, put at that place of an instance.
        // Some of the time is for what is found otherwise.
        let deadline = search.deadline.within(search.deadline.left() / 2);
        let sampler = Sampler::new(schema, one.inner.judge, 0, Some(deadline));
        let lifted = values.take_while(|_| !deadline.is_over()).filter_map(|(place, value)| {
            let goal = sampler.goal(place.as_str(), Some(value.clone()))?;
            Some((0..4).filter_map(|number| sampler.with(&goal, number)).collect::<Vec<_>>())
        });
        if let Some(found) = search.among(lifted.flatten()).or_else(|| search.everywhere()) {
            return Judgement::Breaking(Some(found));
        }
        let is_whole = inner_dialect == outer_dialect
            && !one.inner_bare.is_approximate
            && !one.outer_bare.is_approximate;
        if self.deadline.is_over() {
            return Judgement::Unproven { tried: search.tried };
        }
        match contained(self.canonical, &one.inner_bare.schema, &one.outer_bare.schema, self.formats) {
            Answer::Contained if is_whole => Judgement::Compatible,
            Answer::NotContained(_) if is_whole => Judgement::Breaking(None),
            _ => Judgement::Unproven { tried: search.tried },
        }
    }
}

/// Both bundles in the newest dialect, unless they are in the same.
fn of_one_dialect(both: (Bundle, Bundle)) -> (Bundle, Bundle) {
    if both.0.dialect == both.1.dialect {
        return both;
    }
    (upgrade::bundle(&both.0), upgrade::bundle(&both.1))
}

/// One direction of the question about the schemas themselves.
struct One<'a> {
    inner: &'a Half<'a>,
    inner_bare: &'a Bundle,
    outer: &'a Half<'a>,
    outer_bare: &'a Bundle,
    hints: &'a Hints,
}

impl One<'_> {
    fn dialects(&self) -> (Dialect, Dialect) {
        (self.inner.bundle.dialect, self.outer.bundle.dialect)
    }
}

/// What breaks places, and where they are on the side that has such values.
fn witnesses(places: &[(Changed, Option<Judged>)], forth: bool) -> Vec<(&Pointer, &Value)> {
    let judged = places.iter().filter_map(|(changed, judged)| Some((changed, &judged.as_ref()?.verdicts)));
    let found = judged.flat_map(|(changed, verdicts)| {
        let at = if forth { &changed.old_at } else { &changed.new_at };
        let (this, other) = (&verdicts.old_data, &verdicts.old_readers);
        let (this, other) = if forth { (this, other) } else { (other, this) };
        // What turns a condition may break the whole either way.
        let other = Some(other).filter(|_| changed.sense == Sense::Either);
        let all = std::iter::once(this).chain(other).filter_map(Judgement::witness);
        all.map(move |witness| (at, &witness.instance))
    });
    found.collect()
}

/// A witness among the instances of what canonical forms say is left out.
fn among_lost(lost: &Value, formats: &Formats, search: &mut Search) -> Option<Witness> {
    let judge = Judge::alone(lost, formats)?;
    let sampler = Sampler::new(lost, &judge, 0, Some(search.deadline));
    let found: Vec<_> = (0..8).filter_map(|number| sampler.instance(number)).collect();
    search.among(found)
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
    // What is said of the rest means something else where there is another rest.
    let is_of_same = |keyword: &str| match keyword {
        "additionalProperties" | "unevaluatedProperties" => declared(old) == declared(new),
        "items" | "additionalItems" => tuple(old) == tuple(new),
        _ => true,
    };
    for pair in step(old_bundle, new_bundle, old, new).both {
        let is_part = PARTS.contains(&pair.keyword) && is_of_same(pair.keyword);
        if is_part && pair.old.is_object() && pair.new.is_object() {
            for (own, place) in [(&mut old_own, &pair.old_at), (&mut new_own, &pair.new_at)] {
                if let Some(place) = own.pointer_mut(place.as_str()) {
                    *place = Map::new().into();
                }
            }
        }
    }
    (old_own, new_own)
}

/// The names and patterns of properties that a schema declares.
fn declared(schema: &Value) -> BTreeSet<(bool, &str)> {
    let names =
        |keyword: &str| schema.get(keyword).and_then(Value::as_object).into_iter().flat_map(Map::keys);
    let by_name = names("properties").map(|name| (false, name.as_str()));
    by_name.chain(names("patternProperties").map(|pattern| (true, pattern.as_str()))).collect()
}

/// Of how many first elements a schema says something each.
fn tuple(schema: &Value) -> usize {
    let lists = ["prefixItems", "items"].iter().filter_map(|keyword| schema.get(*keyword)?.as_array());
    lists.map(Vec::len).max().unwrap_or(0)
}
