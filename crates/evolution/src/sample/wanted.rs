//! What instances shall show that none did yet.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::needs::parts;
use super::points::{Kind, Point};
use super::prepare::Prepared;
use super::turns::address;

/// What shall be shown, in the schema that instances are made of; by address.
pub struct Wanted {
    open: HashSet<usize>,
    needs: HashMap<usize, usize>,
    few: usize,
}

impl Wanted {
    /// What is known by these marks; and how many values for each schema it takes, by its address, in so few instances.
    pub fn new(open: HashSet<usize>, needs: HashMap<usize, usize>, few: usize) -> Self {
        Self { open, needs, few }
    }

    /// How many parts one value has, if so many values are needed.
    pub fn parts(&self, need: usize) -> usize {
        parts(need, self.few)
    }

    /// Whether something shall be shown.
    pub fn has(&self, mark: usize) -> bool {
        self.open.contains(&mark)
    }

    /// How many values for a schema it takes.
    pub fn need(&self, schema: &Value) -> usize {
        self.needs.get(&address(schema)).copied().unwrap_or_default()
    }
}

/// What a point is known by.
pub fn mark(prepared: &Prepared, point: &Point) -> Option<usize> {
    let said = prepared.at(&point.at)?;
    match point.kind {
        Kind::Value | Kind::Type => said.get(point.which).map(address),
        Kind::Property => Some(address(said) + point.which),
        Kind::Branch | Kind::Bound => Some(address(said)),
    }
}
