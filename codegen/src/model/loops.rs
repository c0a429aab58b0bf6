//! Schemas that bind an instance by binding it: no instance could ever be judged by one.

use std::collections::HashMap;

use serde_json::Value;

use super::Location;
use super::live::{self, Live};
use super::subschemas::{Inner, inside};
use crate::Error;
use crate::load::Document;
use crate::resolve::{Resolver, Target};

/// A schema that leads back to one that led to it, without a step into the instance, if there is one. On the
/// way, every reference is followed once.
///
/// # Errors
///
/// If a reference leads nowhere.
pub fn find(documents: &[Document], resolver: &Resolver) -> Result<Option<Location>, Error> {
    let mut state = HashMap::new();
    for Live { location, schema, .. } in live::find(documents, resolver)? {
        if let Some(found) = search(documents, resolver, (location, schema), &mut state)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Open,
    Closed,
}

/// Depth-first search from `start`, without recursion. `state` goes by the address of a schema.
fn search<'a>(
    documents: &'a [Document],
    resolver: &Resolver,
    start: (Location, &'a Value),
    state: &mut HashMap<*const Value, State>,
) -> Result<Option<Location>, Error> {
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
        let all = in_place(documents, resolver, &location, schema)?;
        work.push(((location.clone(), schema), true));
        for (next, schema) in all {
            match state.get(&std::ptr::from_ref(schema)) {
                Some(State::Closed) => {}
                Some(State::Open) => return Ok(Some(location)),
                None => work.push(((next, schema), false)),
            }
        }
    }
    Ok(None)
}

/// The schemas that bind the same instance, one step on.
fn in_place<'a>(
    documents: &'a [Document],
    resolver: &Resolver,
    location: &Location,
    schema: &'a Value,
) -> Result<Vec<(Location, &'a Value)>, Error> {
    let mut next = Vec::new();
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        if let Target::Here(target) = resolver.follow(location, reference)?
            && let Some(schema) = target.pointer.find(&documents[target.document].root)
        {
            next.push((target, schema));
        }
        if documents[location.document].dialect.reference_stands_alone() {
            return Ok(next);
        }
    }
    let inner = inside(schema, documents[location.document].dialect).into_iter().filter(Inner::is_in_place);
    next.extend(inner.map(|inner| (inner.location(location), inner.schema)));
    Ok(next)
}
