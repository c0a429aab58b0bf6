//! How many values it takes to show what is open, and how many so many instances can show at most.

use std::collections::HashMap;

use super::bits::Bits;
use super::graph::Graph;
use super::node::{By, Open};
use super::points::Kind;

/// How many parts of an array or a map are made for what they can show, as long as so many do.
const PARTS: usize = 16;
/// How many are made at most.
const MOST_PARTS: usize = 128;

/// How many parts an array or a map has, if so many values for them are needed and so few instances are to be made.
pub fn parts(need: usize, few: usize) -> usize {
    need.div_ceil(few.max(1)).clamp(PARTS, MOST_PARTS).min(need)
}

impl Graph<'_> {
    /// How many values for each schema it takes to show all points that are open, roughly: no more than one for what stands side by
    /// side, and one each for what excludes each other. Of what takes more than `few`, an instance shall have what it has in itself.
    pub fn needs(&self, open: &Bits, few: usize) -> Vec<usize> {
        let direct = self.needs_beside(open, few, &|_| 0);
        if direct.iter().all(|need| *need <= few) {
            return direct;
        }
        self.needs_beside(open, few, &|schema| if direct[schema] > few { direct[schema] } else { 0 })
    }

    /// The same, where ways that lead back to a schema lead to so much.
    fn needs_beside(&self, open: &Bits, few: usize, back: &dyn Fn(usize) -> usize) -> Vec<usize> {
        let mut needs = vec![0; self.nodes.len()];
        for index in &self.order {
            let node = &self.nodes[*index];
            let open_of = |group: &Open| group.points.iter().filter(|point| open.has(**point)).count();
            let own = node.groups.iter().map(|group| open_of(group).div_ceil(group.at_once.max(1)));
            let mut need = own.max().unwrap_or(0);
            let (mut choices, mut among) = (Vec::<(&str, usize)>::new(), 0);
            for way in &node.ways {
                let below = if way.returns { back(way.to) } else { needs[way.to] };
                let own = usize::from(way.point.is_some_and(|point| open.has(point)));
                match way.by {
                    By::One => need = need.max(below),
                    By::Many(most) => need = need.max(below.div_ceil(parts(below, few).min(most).max(1))),
                    By::Choice(keyword) => match choices.iter_mut().find(|(known, _)| *known == keyword) {
                        Some((_, sum)) => *sum += below.max(own),
                        None => choices.push((keyword, below.max(own))),
                    },
                    By::Among(most) => {
                        among += below.max(own);
                        need = need.max(among.div_ceil(most.max(1)));
                    }
                }
            }
            needs[*index] = choices.into_iter().fold(need, |need, (_, sum)| need.max(sum));
        }
        needs
    }

    /// How many points of each kind so many instances can show at most, as far as that can be counted: an `enum` that an instance
    /// has one value of shows one. What may be as large as it likes may show all.
    pub fn possible(&self, instances: usize) -> HashMap<Kind, usize> {
        let mut possible = HashMap::new();
        for (node, most) in self.nodes.iter().zip(self.most()) {
            for group in &node.groups {
                let most = most.saturating_mul(instances).saturating_mul(group.at_once);
                let kind = group.points.first().map(|point| self.points[*point].kind);
                let count: &mut usize = possible.entry(kind.unwrap_or(Kind::Value)).or_default();
                *count = count.saturating_add(group.points.len().min(most));
            }
        }
        for (kind, count) in &mut possible {
            *count = self.in_one(*kind).saturating_mul(instances).min(*count);
        }
        possible
    }

    /// How many points of a kind one instance shows at most, where branches that exclude each other do so inside others, too.
    fn in_one(&self, kind: Kind) -> usize {
        let mut most = vec![0usize; self.nodes.len()];
        for index in &self.order {
            let node = &self.nodes[*index];
            let of_kind =
                |group: &&Open| group.points.first().map(|point| self.points[*point].kind) == Some(kind);
            let own = node.groups.iter().filter(of_kind).map(|group| group.points.len().min(group.at_once));
            let mut sum = own.fold(0, usize::saturating_add);
            let mut excluding = HashMap::<&str, usize>::new();
            for way in &node.ways {
                let below = if way.returns { usize::MAX } else { most[way.to] };
                match way.by {
                    By::Choice(keyword @ ("oneOf" | "if")) => {
                        let greatest = excluding.entry(keyword).or_default();
                        *greatest = below.max(*greatest);
                    }
                    By::Many(parts) => sum = sum.saturating_add(below.saturating_mul(parts)),
                    By::One | By::Among(_) | By::Choice(_) => sum = sum.saturating_add(below),
                }
            }
            most[*index] = excluding.into_values().fold(sum, usize::saturating_add);
        }
        most.first().copied().unwrap_or(usize::MAX)
    }

    /// How many values for each schema there are in one instance at most.
    fn most(&self) -> Vec<usize> {
        let mut most = vec![0usize; self.nodes.len()];
        most.iter_mut().take(1).for_each(|root| *root = 1);
        for way in self.nodes.iter().flat_map(|node| &node.ways).filter(|way| way.returns) {
            most[way.to] = usize::MAX;
        }
        for index in self.order.iter().rev() {
            let here = most[*index];
            for way in self.nodes[*index].ways.iter().filter(|way| !way.returns) {
                let parts = if let By::Many(parts) = way.by { parts } else { 1 };
                most[way.to] = most[way.to].saturating_add(here.saturating_mul(parts));
            }
        }
        most
    }
}
