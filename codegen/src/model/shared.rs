//! Definitions that several documents have by one name: one type where they say the same and mean the same,
//! else each its own.

use std::collections::BTreeMap;

use isomorph_json::Pointer;
use isomorph_schema::{Location, Target, binds_in, inside};
use serde_json::{Map, Value};

use super::builder::Builder;
use super::definition::Origin;
use super::definition_id::DefinitionId;
use super::merge;
use super::position::Position;
use crate::error::Error;
use crate::names::type_ident;

/// The definitions that others of the same name are held against, each with the documents that it stands for.
pub type ByName = BTreeMap<String, Vec<(DefinitionId, Vec<usize>)>>;

impl Builder<'_> {
    /// Adds a definition that other documents may repeat.
    pub(super) fn add_shared(
        &mut self,
        by_name: &mut ByName,
        name: &str,
        origin: Origin,
        location: Location,
    ) {
        // A guest may use a name for something else.
        if self.documents[location.document].is_guest {
            let id = self.add(origin, Position::new(location.clone(), type_ident(name)));
            self.at.insert(location, id);
            return;
        }
        let document = location.document;
        let known = by_name.entry(name.to_owned()).or_default();
        let same = known.iter().position(|(id, documents)| {
            !documents.contains(&document) && self.repeats(&location, &origin, *id)
        });
        let id = if let Some(index) = same {
            known[index].1.push(document);
            known[index].0
        } else {
            let id = self.add(origin, Position::new(location.clone(), type_ident(name)));
            known.push((id, vec![document]));
            id
        };
        self.at.insert(location, id);
    }

    /// Whether what stands at a place is written as a definition is.
    fn repeats(&self, copy: &Location, origin: &Origin, known: DefinitionId) -> bool {
        let known = &self.drafts[known.0];
        let (kept, copy) = (self.schema(&known.position.location), self.schema(copy));
        match (&known.origin, origin) {
            (Origin::Root, Origin::Root) => merge::own(kept) == merge::own(copy),
            (Origin::Root, _) => in_place(kept, copy) == *copy,
            _ => kept == copy,
        }
    }

    /// Gives definitions of their own to copies that mean something else than what they are copies of, by their
    /// dialect or by what their references lead to; until all that is left means the same.
    pub(super) fn separate_copies(&mut self) -> Result<(), Error> {
        loop {
            let mut others: BTreeMap<DefinitionId, Vec<Location>> = BTreeMap::new();
            for (copy, id) in &self.at {
                let kept = &self.drafts[id.0].position.location;
                if copy != kept && !self.means_the_same(kept, copy)? {
                    others.entry(*id).or_default().push(copy.clone());
                }
            }
            if others.is_empty() {
                return Ok(());
            }
            for (id, mut copies) in others {
                copies.sort();
                let first = &copies[0];
                let is_root = first.pointer == Pointer::root();
                let origin = if is_root { Origin::Root } else { Origin::Named(first.pointer.last()) };
                let position = self.drafts[id.0].position.clone();
                let own = self.add(origin, Position { location: first.clone(), ..position });
                self.at.extend(copies.into_iter().map(|copy| (copy, own)));
            }
        }
    }

    /// Whether a copy means what the schema means that it is a copy of, as long as the same is true of what
    /// their references lead to.
    fn means_the_same(&self, kept: &Location, copy: &Location) -> Result<bool, Error> {
        let mut inner = vec![(kept.clone(), self.schema(kept), copy.clone())];
        while let Some((first, schema, second)) = inner.pop() {
            if !self.leads_to_the_same(schema, &first, &second)? {
                return Ok(false);
            }
            let dialect = self.documents[first.document].dialect;
            let below = inside(schema, dialect).into_iter().filter(|inner| !inner.is_definition());
            inner.extend(below.map(|inner| (inner.location(&first), inner.schema, inner.location(&second))));
        }
        Ok(true)
    }

    fn leads_to_the_same(&self, schema: &Value, first: &Location, second: &Location) -> Result<bool, Error> {
        let dialect = self.documents[first.document].dialect;
        if self.documents[second.document].dialect != dialect {
            return Ok(false);
        }
        let references =
            ["$ref", "$dynamicRef", "$recursiveRef"].into_iter().filter(|k| binds_in(k, dialect));
        for reference in references.filter_map(|keyword| schema.get(keyword)?.as_str()) {
            let same =
                match (self.resolver.follow(first, reference)?, self.resolver.follow(second, reference)?) {
                    (Target::Here(a), Target::Here(b)) => a == b || self.is_one(&a, &b),
                    (a, b) => a == b,
                };
            if !same {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn is_one(&self, a: &Location, b: &Location) -> bool {
        self.at.get(a).is_some_and(|id| self.at.get(b) == Some(id))
    }
}

/// What the schema of a whole document says where another document has it among its definitions: there, it need
/// not say which document it is.
fn in_place(root: &Value, copy: &Value) -> Value {
    let Value::Object(keywords) = root else { return root.clone() };
    let is_kept = |(keyword, _): &(&String, &Value)| {
        !merge::OF_A_DOCUMENT.contains(&keyword.as_str()) || copy.get(keyword.as_str()).is_some()
    };
    let kept = keywords.iter().filter(is_kept).map(|(keyword, value)| (keyword.clone(), value.clone()));
    kept.collect::<Map<_, _>>().into()
}
