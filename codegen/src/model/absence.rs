//! Where a property that is absent must stay so: around it a schema tells instances apart by which properties
//! they have, and a default that appears when a value is written again could make it another schema's, or
//! none's.

use std::collections::BTreeSet;

use super::apart::{are_apart, taking};
use super::builder::Builder;
use super::definition::Definition;
use super::definition_id::DefinitionId;
use super::form::Form;
use super::leaves::Leaves;
use super::looked_at::LookedAt;
use super::reason::Reason;
use crate::error::Error;

/// Which absent properties must stay absent.
#[derive(Default)]
pub struct Kept {
    /// All of these definitions.
    whole: BTreeSet<DefinitionId>,
    /// Those of these definitions that a guard looks at.
    in_part: BTreeSet<DefinitionId>,
    looked_at: LookedAt,
}

impl Kept {
    /// Of these definitions.
    ///
    /// # Errors
    ///
    /// If a reference leads nowhere.
    pub fn find(builder: &Builder, definitions: &[Definition]) -> Result<Self, Error> {
        let mut kept = Self::default();
        let leaves = Leaves::new(definitions);
        let (mut whole, mut in_part) = (Vec::new(), Vec::new());
        for definition in definitions {
            if definition.guard.iter().any(sees_properties) {
                let is_known = kept.looked_at.add(builder, definition)?;
                if is_known { &mut in_part } else { &mut whole }.push(definition.id);
            }
            if let Form::Union(union) = &definition.form
                && !are_apart(union, definitions)
            {
                // Of `anyOf` any branch will do, if it is the same one the next time.
                let taking = taking(union, definitions, &leaves);
                let taking = taking.iter().flat_map(|branch| branch.schema.form.references());
                whole.extend(taking.filter(|_| !union.exactly_one));
                whole.extend(definition.form.references().into_iter().filter(|_| union.exactly_one));
            }
        }
        kept.whole = reached(definitions, whole);
        kept.in_part = reached(definitions, in_part);
        Ok(kept)
    }

    /// Every property, of every definition.
    pub fn all(definitions: &[Definition]) -> Self {
        Self { whole: definitions.iter().map(|definition| definition.id).collect(), ..Self::default() }
    }

    /// Whether this property of a definition must stay absent where it is.
    pub fn has(&self, id: DefinitionId, name: &str) -> bool {
        self.whole.contains(&id) || (self.in_part.contains(&id) && self.looked_at.has(id, name))
    }
}

/// All that these definitions lead to.
fn reached(definitions: &[Definition], mut work: Vec<DefinitionId>) -> BTreeSet<DefinitionId> {
    let mut reached = BTreeSet::new();
    while let Some(id) = work.pop() {
        if reached.insert(id) {
            work.extend(definitions[id.0].form.references());
        }
    }
    reached
}

/// Whether what is left to a validator may judge an object by what is in it.
fn sees_properties(reason: &Reason) -> bool {
    const SCALAR: [&str; 3] = ["pattern", "multipleOf", "format"];
    !SCALAR.iter().any(|keyword| reason.is(keyword))
}
