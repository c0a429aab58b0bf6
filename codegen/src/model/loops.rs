//! Schemas that bind an instance by binding it: no instance could ever be judged by one.

use std::collections::HashMap;

use serde_json::Value;

use super::Location;
use super::subschemas::inside;
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
    for (index, document) in documents.iter().enumerate() {
        let root = Location { document: index, pointer: crate::Pointer::root() };
        let mut starts = vec![(root, &document.root)];
        while let Some((location, schema)) = starts.pop() {
            starts.extend(inside(schema).into_iter().map(|inner| (inner.location(&location), inner.schema)));
            if let Some(found) = search(documents, resolver, location, &mut state)? {
                return Ok(Some(found));
            }
        }
    }
    Ok(None)
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Open,
    Closed,
}

/// Depth-first search from `start`, without recursion.
fn search(
    documents: &[Document],
    resolver: &Resolver,
    start: Location,
    state: &mut HashMap<Location, State>,
) -> Result<Option<Location>, Error> {
    let mut work = vec![(start, false)];
    while let Some((location, is_done)) = work.pop() {
        if is_done {
            state.insert(location, State::Closed);
            continue;
        }
        if state.contains_key(&location) {
            continue;
        }
        state.insert(location.clone(), State::Open);
        work.push((location.clone(), true));
        for next in in_place(documents, resolver, &location)? {
            match state.get(&next) {
                Some(State::Closed) => {}
                Some(State::Open) => return Ok(Some(location)),
                None => work.push((next, false)),
            }
        }
    }
    Ok(None)
}

/// The schemas that bind the same instance, one step on.
fn in_place(
    documents: &[Document],
    resolver: &Resolver,
    location: &Location,
) -> Result<Vec<Location>, Error> {
    let document = &documents[location.document];
    let Some(schema) = location.pointer.find(&document.root) else {
        return Ok(Vec::new());
    };
    let mut next = Vec::new();
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        if let Target::Here(target) = resolver.follow(location, reference)? {
            next.push(target);
        }
        if document.dialect.reference_stands_alone() {
            return Ok(next);
        }
    }
    next.extend(
        inside(schema).iter().filter(|inner| inner.is_in_place()).map(|inner| inner.location(location)),
    );
    Ok(next)
}
