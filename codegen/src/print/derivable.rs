//! Whether types can derive what they are told to.

use super::traits::AllTraits;
use crate::annotate::Annotated;
use crate::error::Error;
use crate::model::Model;
use crate::settings::Settings;

/// Refuses a standard trait of which a part of a type is without. What other traits ask for only the compiler knows.
///
/// # Errors
///
/// If there is one; it names the part.
pub fn hold(model: &Model, items: &[Annotated], settings: &Settings) -> Result<(), Error> {
    if settings.derive.all().next().is_none() {
        return Ok(());
    }
    let traits = AllTraits::of(model, items);
    for item in items {
        let name = &item.pair.definition.ident;
        for derive in settings.derive.of(name) {
            if let Some(part) = traits.lacking(item, derive) {
                return Err(Error::NoDerive { name: name.clone(), derive: derive.to_owned(), part });
            }
        }
    }
    Ok(())
}
