//! Whether types can derive what they are told to.

use super::items::Items;
use super::told;
use super::traits::AllTraits;
use crate::error::Error;
use crate::model::Model;
use crate::settings::{Schemars, Settings};

/// Refuses a standard trait of which a part of a type is without, and one that another setting leaves out. What other
/// traits ask for only the compiler knows.
///
/// # Errors
///
/// If there is one; it names the part.
pub fn hold(model: &Model, items: &Items, settings: &Settings) -> Result<(), Error> {
    if settings.derive.all().next().is_none() {
        return Ok(());
    }
    let traits = AllTraits::of(model, &items.all());
    for item in items.own {
        let name = &item.pair.definition.ident;
        for derive in settings.derive.of(name) {
            let name_of = |path: syn::Path| told::known_trait(&path);
            let Some(known) = syn::parse_str(derive).ok().and_then(name_of) else { continue };
            let is_unwanted = known == "JsonSchema" && settings.schemars == Schemars::Never;
            let unwanted = is_unwanted.then(|| "`schemars` says that no type has it".to_owned());
            if let Some(part) = unwanted.or_else(|| traits.lacking(item, &known)) {
                return Err(Error::NoDerive { name: name.clone(), derive: derive.to_owned(), part });
            }
        }
    }
    Ok(())
}
