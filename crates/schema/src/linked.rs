//! Documents as a validator finds them: with something in the place of what is not here.

use crate::document::Document;
use crate::error::Error;
use crate::live;
use crate::loops;
use crate::resolve::Resolver;
use crate::unresolved::Unresolved;

/// The documents as they are validated against: with those that stand for what is not here, as `unresolved` says.
///
/// # Errors
///
/// If a reference leads nowhere, an identifier is no URI, or a schema refers to itself with no step into the instance,
/// where that is an error.
pub fn linked(mut documents: Vec<Document>, unresolved: Unresolved) -> Result<Vec<Document>, Error> {
    if unresolved == Unresolved::Refuse {
        refuse_cycles(&documents)?;
        let stand_ins = stand_ins_for_data(&documents)?;
        documents.extend(stand_ins);
        return Ok(documents);
    }
    loops::cut(&mut documents, unresolved)?;
    let resolver = Resolver::new(&documents, unresolved)?;
    live::find(&documents, &resolver)?;
    let (stand_ins, for_data) = (resolver.stand_ins(), resolver.stand_ins_for_data());
    drop(resolver);
    documents.extend(stand_ins.into_iter().chain(for_data));
    Ok(documents)
}

/// Refuses a schema that refers to itself with no step into the instance: a validator would take it for one that accepts
/// everything.
fn refuse_cycles(documents: &[Document]) -> Result<(), Error> {
    let resolver = Resolver::new(documents, Unresolved::Accept)?;
    // Where a reference leads nowhere that is for the validator to say.
    match loops::find(documents, &resolver) {
        Ok(Some(location)) => Err(Error::ReferenceCycle {
            place: documents[location.document].place_in_text(&location.pointer),
        }),
        _ => Ok(()),
    }
}

/// Documents that are not here, to which no schema refers but a validator asks for.
///
/// # Errors
///
/// If an identifier is no URI.
fn stand_ins_for_data(documents: &[Document]) -> Result<Vec<Document>, Error> {
    // Only then does a validator ask for what is beside a reference, or unknown.
    if !documents.iter().all(|document| document.dialect.reference_stands_alone()) {
        return Ok(Vec::new());
    }
    let resolver = Resolver::new(documents, Unresolved::Accept)?;
    if resolver.has_all() {
        return Ok(Vec::new());
    }
    // Where a reference leads nowhere that is for the validator to say.
    Ok(live::find(documents, &resolver).map_or_else(|_| Vec::new(), |_| resolver.stand_ins_for_data()))
}
