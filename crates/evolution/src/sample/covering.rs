//! Instances that together show as much of a schema as so many can.

use std::collections::{BTreeSet, HashMap};

use isomorph_json::work::parts;
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

/// Up to `count` different instances, and as many as there are in this time.
pub fn covering(
    coverage: &Coverage,
    bundle: &Value,
    sampler: &Sampler,
    count: usize,
    deadline: Deadline,
) -> Covering {
    let mut pool = Pool::of(coverage, deadline);
    let half = deadline.within(deadline.left() / 2);
    let wanted = (count as u64).saturating_mul(FOR_ONE).clamp(count as u64, MADE.max(count as u64));
    let mut vain = 0;
    for number in 0..wanted.saturating_add(PATIENCE) {
        let enough = pool.made.len() as u64 >= wanted || vain >= PATIENCE;
        if enough || half.is_over() && pool.made.len() >= count || deadline.is_over() {
            break;
        }
        let is_new = sampler.instance(number).is_some_and(|instance| pool.add(instance));
        vain = if is_new { 0 } else { vain + 1 };
        if pool.made.is_empty() && number > 2 {
            break;
        }
    }
    if !pool.made.is_empty() {
        on_purpose(&mut pool, bundle, sampler);
    }
    pool.chosen(count)
}

/// Makes what nothing in the pool shows, by leading instances there.
fn on_purpose(pool: &mut Pool, bundle: &Value, sampler: &Sampler) {
    let mut number = 0;
    for index in 0..pool.points.len() {
        if pool.deadline.is_over() {
            break;
        }
        let point = pool.points[index];
        if pool.shown.has(index) || point.kind == Kind::Property && point.which == 1 {
            continue;
        }
        let (schema_at, value) = goal(bundle, point);
        let Some(goal) = sampler.goal(&schema_at, value) else { continue };
        for _ in 0..3 {
            number += 1;
            let Some(instance) = sampler.with(&goal, number) else { continue };
            pool.add(instance);
            if pool.shown.has(index) {
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

/// Instances of which some are taken.
struct Pool<'c, 'b> {
    coverage: &'c Coverage<'b>,
    deadline: Deadline<'c>,
    points: Vec<&'c Point>,
    indices: HashMap<&'c Point, usize>,
    made: Vec<Candidate>,
    /// What all of them show.
    shown: Bits,
    /// How many values there may still be in them.
    left: usize,
}

/// How many values there are in the pool before only what shows something new comes in.
const VALUES: usize = 2_000_000;

struct Candidate {
    instance: Value,
    shows: Bits,
}

impl<'c, 'b> Pool<'c, 'b> {
    fn of(coverage: &'c Coverage<'b>, deadline: Deadline<'c>) -> Self {
        let points: Vec<&Point> = coverage.points().iter().collect();
        let indices = points.iter().enumerate().map(|(index, point)| (*point, index)).collect();
        let (made, shown) = (Vec::new(), Bits::of(points.len()));
        Self { coverage, deadline, points, indices, made, shown, left: VALUES }
    }

    /// Adds an instance, if it is none of those that are there.
    fn add(&mut self, instance: Value) -> bool {
        if self.made.iter().any(|known| known.instance == instance) {
            return false;
        }
        let mut shows = Bits::of(self.points.len());
        for point in self.coverage.shown_by(&instance, Some(self.deadline)) {
            self.indices.get(&point).into_iter().for_each(|index| shows.set(*index));
        }
        let size = parts(&instance);
        if size > self.left && shows.beyond(&self.shown) == 0 {
            return false;
        }
        self.left = self.left.saturating_sub(size);
        self.shown.add(&shows);
        self.made.push(Candidate { instance, shows });
        true
    }

    /// The best, one after the other.
    fn chosen(mut self, count: usize) -> Covering {
        let mut instances = Vec::new();
        let mut shown = Bits::of(self.points.len());
        while instances.len() < count && !self.made.is_empty() {
            let gains = self.made.iter().map(|one| one.shows.beyond(&shown));
            let best = gains.enumerate().max_by_key(|(index, gain)| (*gain, usize::MAX - index));
            let Some((index, gain)) = best else { break };
            if gain == 0 {
                // Nothing is left to be shown: those that were made first are the plainest.
                let left = count - instances.len();
                instances.extend(self.made.drain(..).map(|one| one.instance).take(left));
                break;
            }
            let one = self.made.remove(index);
            shown.add(&one.shows);
            instances.push(one.instance);
        }
        let points = self.points.iter().enumerate().filter(|(index, _)| shown.has(*index));
        Covering { instances, shown: points.map(|(_, point)| (*point).clone()).collect() }
    }
}

/// Which of the points.
struct Bits(Vec<u64>);

impl Bits {
    fn of(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    fn set(&mut self, index: usize) {
        self.0[index / 64] |= 1 << (index % 64);
    }

    fn has(&self, index: usize) -> bool {
        self.0[index / 64] >> (index % 64) & 1 == 1
    }

    fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    /// How many are here and not among the others.
    fn beyond(&self, others: &Self) -> u32 {
        self.0.iter().zip(&others.0).map(|(own, other)| (own & !other).count_ones()).sum()
    }
}
