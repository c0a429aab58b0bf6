//! Merge keys, which bring the members of other mappings (YAML 1.1's `<<`).

use std::collections::HashSet;

use isomorph_json::Fault;

use super::read::{Node, Reader, too_much};
use super::scalar::Scalar;

/// How many members merges may bring: this many, and this many times as the file has bytes.
const MOST: (usize, usize) = (1 << 18, 4);

impl Reader<'_> {
    /// The members of a mapping, and those that its merge keys bring where it has none of their names. What they bring is
    /// complete, with what it merges itself.
    pub(super) fn members(&mut self, own: Vec<(usize, usize)>) -> Result<Vec<(usize, usize)>, Fault> {
        if !own.iter().any(|(key, _)| self.is_merge(*key)) {
            return Ok(own);
        }
        let (merges, mut members): (Vec<_>, Vec<_>) = own.iter().partition(|(key, _)| self.is_merge(*key));
        let names: Result<HashSet<String>, Fault> =
            members.iter().map(|(key, _)| Ok(self.name(*key)?.0.to_owned())).collect();
        let mut names = names?;
        for (_, merged) in merges {
            let sources = match self.nodes.get(self.meant(merged)) {
                Some((Node::Sequence(sources), _)) => sources.clone(),
                _ => vec![merged],
            };
            for source in sources {
                let Some((Node::Mapping(brought), origin)) = self.nodes.get(self.meant(source)) else {
                    let origin = self.nodes.get(merged).map_or(0..0, |(_, origin)| origin.clone());
                    return Err(Fault::syntax(origin, "only mappings can be merged"));
                };
                self.merged += brought.len();
                if self.merged > MOST.0 + self.text.len() * MOST.1 {
                    return Err(too_much(origin));
                }
                let mut new = Vec::new();
                for &(key, value) in brought {
                    if names.insert(self.name(key)?.0.to_owned()) {
                        new.push((key, value));
                    }
                }
                self.bring(&mut new, source);
                members.extend(new);
            }
        }
        Ok(members)
    }

    /// Has members be used where an alias merges them.
    fn bring(&mut self, members: &mut [(usize, usize)], source: usize) {
        let Some((Node::Alias(_), at)) = self.nodes.get(source) else { return };
        let at = at.clone();
        for (key, value) in members {
            *key = self.add(Node::Alias(self.meant(*key)), at.clone(), 0);
            let brought = if self.is_used_often(*value) { self.meant(*value) } else { *value };
            *value = self.add(Node::Alias(brought), at.clone(), 0);
        }
    }

    /// Whether so many aliases stand between a node and what it stands for that nobody looks at one more.
    fn is_used_often(&self, index: usize) -> bool {
        const OFTEN: usize = 16;
        let next = |index: &usize| match self.nodes.get(*index) {
            Some((Node::Alias(meant), _)) => Some(*meant),
            _ => None,
        };
        std::iter::successors(Some(index), next).nth(OFTEN).is_some()
    }

    fn is_merge(&self, key: usize) -> bool {
        let is = |scalar: &Scalar| scalar.name == "<<" && !scalar.is_quoted;
        matches!(self.nodes.get(self.meant(key)), Some((Node::Scalar(scalar), _)) if is(scalar))
    }
}
