//! Instances that were made, of which some are taken.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use isomorph_json::work::parts;
use serde_json::Value;

use super::bits::Bits;
use super::coverage::Coverage;
use super::points::{Kind, Point};
use crate::clock::Deadline;

/// Instances, and what they show.
pub struct Covering {
    /// The instances, those first that show most that those before do not.
    pub instances: Vec<Value>,
    /// What all of them show.
    pub shown: BTreeSet<Point>,
}

/// Instances of which some are taken.
pub struct Pool<'c, 'b> {
    pub coverage: &'c Coverage<'b>,
    pub deadline: Deadline<'c>,
    pub points: &'c [Point],
    pub made: Vec<Candidate>,
    /// What all of them show.
    pub shown: Bits,
    /// How many values there may still be in them.
    left: usize,
}

/// How many values there are in the pool before only what shows something new comes in.
const VALUES: usize = 2_000_000;

/// An instance, and what it shows.
pub struct Candidate {
    pub shows: Bits,
    instance: Value,
    hash: u64,
}

impl<'c, 'b> Pool<'c, 'b> {
    /// Without any.
    pub fn of(coverage: &'c Coverage<'b>, deadline: Deadline<'c>) -> Self {
        let points = coverage.graph.points.as_slice();
        let (made, shown) = (Vec::new(), Bits::of(points.len()));
        Self { coverage, deadline, points, made, shown, left: VALUES }
    }

    /// Adds an instance, if it is none of those that are there.
    pub fn add(&mut self, instance: Value) -> bool {
        let mut hasher = DefaultHasher::new();
        instance.hash(&mut hasher);
        let hash = hasher.finish();
        if self.made.iter().any(|known| known.hash == hash && known.instance == instance) {
            return false;
        }
        let shows = self.coverage.shown_by(&instance, Some(self.deadline));
        let size = parts(&instance);
        if size > self.left && shows.beyond(&self.shown) == 0 {
            return false;
        }
        self.left = self.left.saturating_sub(size);
        self.shown.add(&shows);
        self.made.push(Candidate { shows, instance, hash });
        true
    }

    /// Whether nothing shows one of the branches of a `oneOf`: by itself each may hold only with another.
    pub fn lacks_a_branch(&self) -> bool {
        let is_of_one = |point: &Point| point.kind == Kind::Branch && point.at.contains("/oneOf/");
        (0..self.points.len()).any(|index| !self.shown.has(index) && is_of_one(&self.points[index]))
    }

    /// The best, one after the other.
    pub fn chosen(mut self, count: usize) -> Covering {
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
        Covering { instances, shown: points.map(|(_, point)| point.clone()).collect() }
    }
}
