//! Instances that together show as much of a schema as so many can.

use std::collections::BTreeSet;

use serde_json::Value;

use super::coverage::{Coverage, Kind, Point};
use super::sampler::Sampler;
use crate::clock::Deadline;

/// How many instances are made for one that is taken.
const FOR_ONE: u64 = 4;
/// How many are made at most before those that nothing else shows are made on purpose.
const MADE: u64 = 400;
/// In how many vain tries in a row the search for another instance ends.
const PATIENCE: u64 = 24;

/// Instances, and what they show.
pub struct Covering {
    /// The instances, those first that show most that those before do not.
    pub instances: Vec<Value>,
    /// What all of them show.
    pub shown: BTreeSet<Point>,
}

struct Candidate {
    instance: Value,
    shows: BTreeSet<Point>,
}

/// Up to `count` different instances, and as many as there are in this time.
pub fn covering(
    coverage: &Coverage,
    bundle: &Value,
    sampler: &Sampler,
    count: usize,
    deadline: Deadline,
) -> Covering {
    let mut pool: Vec<Candidate> = Vec::new();
    let half = deadline.within(deadline.left() / 2);
    let wanted = (count as u64).saturating_mul(FOR_ONE).clamp(count as u64, MADE.max(count as u64));
    let mut vain = 0;
    for number in 0..wanted.saturating_add(PATIENCE) {
        let enough = pool.len() as u64 >= wanted || vain >= PATIENCE;
        if enough || half.is_over() && pool.len() >= count || deadline.is_over() {
            break;
        }
        let is_new = sampler.instance(number).is_some_and(|instance| add(&mut pool, coverage, instance));
        vain = if is_new { 0 } else { vain + 1 };
        if pool.is_empty() && number > 2 {
            break;
        }
    }
    if !pool.is_empty() {
        on_purpose(&mut pool, coverage, bundle, sampler, deadline);
    }
    chosen(pool, count)
}

fn add(pool: &mut Vec<Candidate>, coverage: &Coverage, instance: Value) -> bool {
    let is_new = !pool.iter().any(|known| known.instance == instance);
    if is_new {
        pool.push(Candidate { shows: coverage.shown_by(&instance), instance });
    }
    is_new
}

/// Makes what nothing in the pool shows, by leading instances there.
fn on_purpose(
    pool: &mut Vec<Candidate>,
    coverage: &Coverage,
    bundle: &Value,
    sampler: &Sampler,
    deadline: Deadline,
) {
    let mut shown: BTreeSet<Point> = pool.iter().flat_map(|one| &one.shows).cloned().collect();
    let mut number = 0;
    for point in coverage.points() {
        if deadline.is_over() {
            break;
        }
        if shown.contains(point) || point.kind == Kind::Property && point.which == 1 {
            continue;
        }
        let (schema_at, value) = goal(bundle, point);
        let Some(goal) = sampler.goal(&schema_at, value) else { continue };
        for _ in 0..3 {
            number += 1;
            let Some(instance) = sampler.with(&goal, number) else { continue };
            let candidate = Candidate { shows: coverage.shown_by(&instance), instance };
            shown.extend(candidate.shows.iter().cloned());
            if !pool.iter().any(|known| known.instance == candidate.instance) {
                pool.push(candidate);
            }
            if shown.contains(point) {
                break;
            }
        }
    }
}

/// The schema to lead to, and the value to have there; what it makes itself if there is none.
fn goal(bundle: &Value, point: &Point) -> (String, Option<Value>) {
    let around = point.at.rsplit_once('/').map_or("", |(around, _)| around).to_owned();
    let said = bundle.pointer(&point.at);
    match point.kind {
        Kind::Value => (around, said.and_then(|values| values.get(point.which)).cloned()),
        Kind::Bound => {
            let value = said.filter(|_| point.at.ends_with("imum")).cloned();
            (around, value)
        }
        Kind::Type => (around, None),
        Kind::Branch | Kind::Property => (point.at.clone(), None),
    }
}

/// The best of the pool, one after the other.
fn chosen(mut pool: Vec<Candidate>, count: usize) -> Covering {
    let mut covering = Covering { instances: Vec::new(), shown: BTreeSet::new() };
    while covering.instances.len() < count && !pool.is_empty() {
        let gain = |one: &Candidate| one.shows.difference(&covering.shown).count();
        let best = pool.iter().enumerate().max_by_key(|(index, one)| (gain(one), usize::MAX - index));
        let Some((index, gain)) = best.map(|(index, one)| (index, gain(one))) else { break };
        if gain == 0 {
            // Nothing is left to be shown: those that were made first are the plainest.
            covering
                .instances
                .extend(pool.drain(..).map(|one| one.instance).take(count - covering.instances.len()));
            break;
        }
        let one = pool.remove(index);
        covering.shown.extend(one.shows);
        covering.instances.push(one.instance);
    }
    covering
}
