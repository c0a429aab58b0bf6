//! Schemas that bind an instance by binding it: no instance could ever be judged by one.

use std::collections::HashMap;

use isomorph_json::Pointer;
use serde_json::Value;

use crate::document::Document;
use crate::error::Error;
use crate::live;
use crate::live::Live;
use crate::location::Location;
use crate::resolve::Resolver;
use crate::subschemas::{Inner, inside};
use crate::unresolved::Unresolved;

/// A schema that leads back to one that led to it, without a step into the instance, if there is one. On the
/// way, every reference is followed once.
///
/// # Errors
///
/// If a reference leads nowhere.
pub fn find(documents: &[Document], resolver: &Resolver) -> Result<Option<Location>, Error> {
    let live = live::find(documents, resolver)?;
    let target = |one: &Live| Some((std::ptr::from_ref(one.schema), one.target.clone()?));
    let search = Search { documents, targets: live.iter().filter_map(target).collect() };
    let mut state = HashMap::new();
    let mut starts = vec![];
    for (document, Document { root, .. }) in documents.iter().enumerate() {
        starts.push((Location { document, pointer: Pointer::root() }, root));
        while let Some((location, schema)) = starts.pop() {
            let inner = inside(schema, documents[document].dialect);
            starts.extend(inner.into_iter().map(|inner| (inner.location(&location), inner.schema)));
            if let Some(found) = search.leads_back((location, schema), &mut state) {
                return Ok(Some(found));
            }
        }
    }
    // What only references lead to.
    let mut others = live.into_iter().map(|Live { location, schema, .. }| (location, schema));
    Ok(others.find_map(|start| search.leads_back(start, &mut state)))
}

/// Makes sure that no schema binds an instance by binding it: such a schema could judge nothing. As the
/// settings say, that is an error, the schema rejects everything, or it does not ask itself.
///
/// # Errors
///
/// If a reference leads nowhere, or such a schema is an error.
pub fn cut(documents: &mut [Document], unresolved: Unresolved) -> Result<(), Error> {
    loop {
        let resolver = Resolver::new(documents, unresolved)?;
        let Some(location) = find(documents, &resolver)? else {
            return Ok(());
        };
        drop(resolver);
        let document = &mut documents[location.document];
        match (unresolved, document.root.pointer_mut(location.pointer.as_str())) {
            (Unresolved::Reject, Some(schema)) => *schema = serde_json::json!({"not": {}}),
            (Unresolved::Accept, Some(schema)) => {
                let keywords = schema.as_object_mut();
                if keywords.is_none_or(|keywords| keywords.shift_remove("$ref").is_none()) {
                    *schema = true.into();
                }
            }
            _ => return Err(Error::ReferenceCycle { place: document.place_in_text(&location.pointer) }),
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Open,
    Closed,
}

struct Search<'a> {
    documents: &'a [Document],
    /// Where the `$ref` of a schema leads, by its address.
    targets: HashMap<*const Value, Location>,
}

impl<'a> Search<'a> {
    /// Depth-first search from `start`, without recursion. `state` goes by the address of a schema.
    fn leads_back(
        &self,
        start: (Location, &'a Value),
        state: &mut HashMap<*const Value, State>,
    ) -> Option<Location> {
        let mut work = vec![(start, false)];
        while let Some(((location, schema), is_done)) = work.pop() {
            if is_done {
                state.insert(schema, State::Closed);
                continue;
            }
            if state.contains_key(&std::ptr::from_ref(schema)) {
                continue;
            }
            state.insert(schema, State::Open);
            let all = self.in_place(&location, schema);
            work.push(((location.clone(), schema), true));
            for (next, schema) in all {
                match state.get(&std::ptr::from_ref(schema)) {
                    Some(State::Closed) => {}
                    Some(State::Open) => return Some(location),
                    None => work.push(((next, schema), false)),
                }
            }
        }
        None
    }

    /// The schemas that bind the same instance, one step on.
    fn in_place(&self, location: &Location, schema: &'a Value) -> Vec<(Location, &'a Value)> {
        let target = self.targets.get(&std::ptr::from_ref(schema)).and_then(|target| {
            Some((target.clone(), target.pointer.find(&self.documents[target.document].root)?))
        });
        let inner = inside(schema, self.documents[location.document].dialect);
        let inner = inner.into_iter().filter(Inner::is_in_place);
        let inner = inner.map(|inner| (inner.location(location), inner.schema));
        target.into_iter().chain(inner).collect()
    }
}
