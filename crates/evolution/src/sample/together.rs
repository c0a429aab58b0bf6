//! Instances each of which shows as much as there is room for.

use fastrand::Rng;

use super::bits::Bits;
use super::points::Point;
use super::pool::Pool;
use super::sampler::Sampler;
use super::wanted::Wanted;
use crate::clock::Deadline;

/// How large instances are that show as much as they can, in values: first, and where so many of them would not show all.
const LARGE: usize = 400;
const LARGEST: usize = 1600;
/// Of how many points one is looked for, the next where the one before was in vain: what excludes each other is not looked for at once.
const ONE_OF: [u64; 6] = [1, 1, 4, 16, 64, 256];
/// How often the last may be in vain.
const IN_VAIN: usize = 24;
/// How often something may be asked for in vain before it is asked for no more.
const ASKED: u8 = 6;

/// Makes instances each of which shows as much as it can of what those before did not, and what is shown anyhow.
pub fn together(pool: &mut Pool, sampler: &Sampler, shown: Bits, count: usize, late: Deadline) {
    let marks = pool.points.iter().map(|point| sampler.mark(point)).collect();
    let nodes = &pool.coverage.graph.nodes;
    let places = nodes.iter().map(|node| sampler.address(&node.at)).collect();
    let mut showing = Showing { marks, places, asked: vec![0; pool.points.len()], shown };
    let (mut level, mut vain, mut made, mut large) = (0, 0, 0, LARGE);
    for number in 0.. {
        let few = count.saturating_sub(made).max(1);
        let mut open = showing.open(pool.points);
        if open.is_empty() || vain >= IN_VAIN || made >= MORE * count || late.is_over() {
            return;
        }
        let mut random = Rng::with_seed(number);
        let first = open[random.usize(..open.len())];
        open.retain(|index| *index == first || random.u64(..ONE_OF[level]) == 0);
        let (instance, taken) = sampler.showing(&showing.wanted(pool, &open, few), number, large);
        let is_new = instance.is_some_and(|instance| pool.add(instance));
        let newest = pool.made.last().filter(|_| is_new).map(|made| &made.shows);
        let gain = newest.map_or(0, |newest| newest.beyond(&showing.shown)) as usize;
        if let Some(newest) = newest {
            showing.shown.add(newest);
        }
        // So many like this one would not show all.
        let is_slow = level == 0 && open.len() > few.saturating_mul(gain);
        large = if is_slow { LARGEST.min(2 * large) } else { large };
        showing.ask(pool.points, &open, |mark| level > 1 && taken.contains(&mark), gain == 0);
        if gain > 0 {
            (level, vain, made) = (level.saturating_sub(1), 0, made + 1);
        } else if level + 1 < ONE_OF.len() {
            level += 1;
        } else {
            vain += 1;
        }
    }
}

/// What is shown, and what is still asked for.
struct Showing {
    /// What the points are known by, and the schemas.
    marks: Vec<Option<usize>>,
    places: Vec<Option<usize>>,
    /// How often each point was asked for in vain.
    asked: Vec<u8>,
    shown: Bits,
}

impl Showing {
    /// The points that are to be shown.
    fn open(&self, points: &[Point]) -> Vec<usize> {
        let is_open = |index: &usize| !self.shown.has(*index) && self.asked[*index] < ASKED;
        let mut open: Vec<usize> = (0..points.len()).filter(is_open).collect();
        // What is not there shows by itself, mostly.
        let is_absent = |index: &usize| points[*index].is_absent();
        if !open.iter().all(is_absent) {
            open.retain(|index| !is_absent(index));
        }
        open
    }

    /// These points, as makers of instances know them.
    fn wanted(&self, pool: &Pool, open: &[usize], few: usize) -> Wanted {
        let mut is_open = Bits::of(pool.points.len());
        is_open.extend(open.iter().copied());
        let needs = pool.coverage.graph.needs(&is_open, few);
        let needs = self.places.iter().zip(needs).filter(|(_, need)| *need > 0);
        let needs = needs.filter_map(|(at, need)| Some(((*at)?, need))).collect();
        Wanted::new(open.iter().filter_map(|index| self.marks[*index]).collect(), needs, few)
    }

    /// Counts what was asked for in vain. Where much is asked for at once, one thing that cannot be takes others with it.
    fn ask(&mut self, points: &[Point], open: &[usize], was_tried: impl Fn(usize) -> bool, is_vain: bool) {
        for index in open.iter().copied().filter(|index| !self.shown.has(*index)) {
            let is_asked = self.marks[index].is_some_and(&was_tried);
            self.asked[index] += u8::from(is_asked || is_vain && points[index].is_absent());
        }
    }
}

/// How many times as many instances are made so as are taken.
const MORE: usize = 4;
