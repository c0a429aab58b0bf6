//! Instances that together show as much of a schema as so many can.

use std::collections::{BTreeSet, HashMap};

use fastrand::Rng;
use isomorph_json::work::parts;
use serde_json::Value;

use super::coverage::Coverage;
use super::points::{Kind, Point};
use super::sampler::Sampler;
use super::wanted::Wanted;
use crate::clock::Deadline;

/// How many instances are made for one that is taken.
const FOR_ONE: usize = 4;
/// How many are made at most before those that nothing else shows are made on purpose.
const MADE: usize = 400;
/// In how many vain tries in a row the search for another instance ends.
const PATIENCE: usize = 24;
/// How many are made as they come before any are made to show something.
const FEW: usize = 4;

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
    let wanted = count.saturating_mul(FOR_ONE).clamp(count, MADE.max(count));
    let mut next = 0;
    ordinary(&mut pool, sampler, &mut next, FEW.min(count), deadline.within(deadline.left() / 8));
    if !pool.made.is_empty() {
        together(&mut pool, sampler, count, deadline.within(deadline.left() / 2));
    }
    let half = deadline.within(deadline.left() / 2);
    ordinary(&mut pool, sampler, &mut next, wanted, half);
    if pool.made.len() < count && !pool.made.is_empty() {
        ordinary(&mut pool, sampler, &mut next, count, deadline);
    }
    if !pool.made.is_empty() {
        on_purpose(&mut pool, bundle, sampler);
    }
    pool.chosen(count)
}

/// Makes instances as they come until there are so many, from a number on.
fn ordinary(pool: &mut Pool, sampler: &Sampler, next: &mut u64, wanted: usize, late: Deadline) {
    let mut vain = 0;
    while pool.made.len() < wanted
        && vain < PATIENCE
        && (pool.made.is_empty() || !late.is_over())
        && !pool.deadline.is_over()
    {
        let is_new = sampler.instance(*next).is_some_and(|instance| pool.add(instance));
        *next += 1;
        vain = if is_new { 0 } else { vain + 1 };
        if pool.made.is_empty() && *next > 3 {
            break;
        }
    }
}

/// How large instances are that show as much as they can, in values.
const LARGE: usize = 400;
/// Of how many points one is looked for, the next where the one before was in vain: what excludes each other is not looked for at once.
const ONE_OF: [u64; 6] = [1, 1, 4, 16, 64, 256];
/// How often the last may be in vain.
const IN_VAIN: usize = 24;
/// How often something may be asked for in vain before it is asked for no more.
const ASKED: u8 = 6;

/// Makes instances each of which shows as much as it can of what those before did not.
fn together(pool: &mut Pool, sampler: &Sampler, count: usize, late: Deadline) {
    let mut shown = Bits::of(pool.points.len());
    let mut asked = vec![0u8; pool.points.len()];
    let marks: Vec<Option<usize>> = pool.points.iter().map(|point| sampler.mark(point)).collect();
    let places: Vec<Option<usize>> = pool.coverage.places().map(|at| sampler.address(at)).collect();
    let (mut level, mut vain, mut made) = (0, 0, 0);
    for number in 0.. {
        let few = count.saturating_sub(made).max(1);
        let mut open: Vec<usize> =
            (0..pool.points.len()).filter(|index| !shown.has(*index) && asked[*index] < ASKED).collect();
        // What is not there shows by itself, mostly.
        let is_absent = |index: &usize| pool.points[*index].is_absent();
        if !open.iter().all(is_absent) {
            open.retain(|index| !is_absent(index));
        }
        if open.is_empty() || vain >= IN_VAIN || made >= MORE * count || late.is_over() {
            return;
        }
        let mut random = Rng::with_seed(number);
        let first = random.usize(..open.len());
        let first = open[first];
        open.retain(|index| *index == first || random.u64(..ONE_OF[level]) == 0);
        let is_open =
            |point: &Point| pool.indices.get(point).is_some_and(|index| open.binary_search(index).is_ok());
        let needs = pool.coverage.needs(&is_open, few);
        let needs =
            places.iter().zip(needs).filter_map(|(at, need)| Some(((*at)?, need)).filter(|_| need > 0));
        let wanted = Wanted::new(open.iter().filter_map(|index| marks[*index]).collect(), needs.collect());
        let (instance, taken) = sampler.showing(&wanted, number, LARGE);
        let is_new = instance.is_some_and(|instance| pool.add(instance));
        let newest = pool.made.last().filter(|_| is_new).map(|made| &made.shows);
        let gain = newest.map_or(0, |newest| newest.beyond(&shown));
        if let Some(newest) = newest {
            shown.add(newest);
        }
        for index in open.into_iter().filter(|index| !shown.has(*index)) {
            let point = pool.points[index];
            let is_vain = gain == 0 && point.is_absent();
            // Where much is asked for at once, one thing that cannot be takes others with it.
            let is_asked = level > 1 && marks[index].is_some_and(|mark| taken.contains(&mark));
            asked[index] += u8::from(is_vain || is_asked);
        }
        if gain > 0 {
            (level, vain, made) = (level.saturating_sub(1), 0, made + 1);
        } else if level + 1 < ONE_OF.len() {
            level += 1;
        } else {
            vain += 1;
        }
    }
}

/// How many times as many instances are made so as are taken.
const MORE: usize = 4;

/// Makes what nothing in the pool shows, by leading instances there.
fn on_purpose(pool: &mut Pool, bundle: &Value, sampler: &Sampler) {
    let mut number = 0;
    for index in 0..pool.points.len() {
        if pool.deadline.is_over() {
            break;
        }
        let point = pool.points[index];
        if pool.shown.has(index) || point.is_absent() {
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
