//! Instances that together show as much of a schema as so many can.

use serde_json::Value;

use super::bits::Bits;
use super::coverage::Coverage;
use super::points::{Kind, Point};
use super::pool::{Covering, Pool};
use super::sampler::Sampler;
use super::together::together;
use crate::clock::Deadline;

/// How many instances are made for one that is taken.
const FOR_ONE: usize = 4;
/// How many are made at most before those that nothing else shows are made on purpose.
const MADE: usize = 400;
/// In how many vain tries in a row the search for another instance ends.
const PATIENCE: usize = 24;
/// How many are made as they come before any are made to show something.
const FEW: usize = 4;

/// Up to `count` different instances, and as many as there are in this time.
pub fn covering(
    coverage: &Coverage,
    bundle: &Value,
    sampler: &Sampler,
    count: usize,
    deadline: Deadline,
) -> Covering {
    let mut pool = Pool::of(coverage, deadline);
    let (mut next, quarter) = (0, deadline.left() / 4);
    let mut ordinary = |pool: &mut Pool, wanted, patience, late| {
        ordinary(pool, sampler, &mut next, wanted, patience, late);
    };
    ordinary(&mut pool, FEW.min(count), PATIENCE, deadline.within(deadline.left() / 8));
    if pool.made.is_empty() {
        ordinary(&mut pool, count, PATIENCE, deadline);
    } else {
        let nothing = Bits::of(pool.points.len());
        together(&mut pool, sampler, nothing, count, deadline.within(deadline.left() / 2));
        // So many there have to be.
        ordinary(&mut pool, count, 4 * PATIENCE, deadline);
        let wanted = count.saturating_mul(FOR_ONE).min(MADE);
        ordinary(&mut pool, wanted, PATIENCE, deadline.within(deadline.left() / 4));
        on_purpose(&mut pool, bundle, sampler, deadline.within(deadline.left() / 2));
    }
    // To prepare that takes time, too.
    if !pool.made.is_empty() && pool.lacks_a_branch() && deadline.left() > quarter {
        let (apart, shown) = (sampler.apart(bundle), pool.shown.clone());
        together(&mut pool, &apart, shown, count, deadline.within(deadline.left() / 2));
        on_purpose(&mut pool, bundle, &apart, deadline);
    }
    pool.chosen(count)
}

/// Makes instances as they come until there are so many, from a number on.
fn ordinary(
    pool: &mut Pool,
    sampler: &Sampler,
    next: &mut u64,
    wanted: usize,
    patience: usize,
    late: Deadline,
) {
    let mut vain = 0;
    while pool.made.len() < wanted
        && vain < patience
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

/// Makes what nothing in the pool shows, by leading instances there.
fn on_purpose(pool: &mut Pool, bundle: &Value, sampler: &Sampler, late: Deadline) {
    let mut number = 0;
    for index in 0..pool.points.len() {
        if late.is_over() {
            break;
        }
        let point = &pool.points[index];
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
