//! Properties that may be absent and may be `null`, where the two are not to be told apart.

use super::absence::Kept;
use super::builder::Builder;
use super::definition::Definition;
use super::form::Form;
use crate::error::Error;
use crate::settings::AbsentNull;

/// Marks them, but for those of objects around which a schema tells instances apart by which properties they have.
///
/// # Errors
///
/// If a reference leads nowhere.
pub fn merge(builder: &Builder, definitions: &mut [Definition]) -> Result<(), Error> {
    if builder.settings.absent_null == AbsentNull::Apart {
        return Ok(());
    }
    let kept = Kept::find(builder, definitions)?;
    for definition in definitions {
        let id = definition.id;
        let Form::Object(object) = &mut definition.form else { continue };
        for property in &mut object.properties {
            let may_be_both = !kept.has(id, &property.name)
                && !property.required
                && matches!(property.schema.form, Form::Nullable(_));
            property.is_null_absent = may_be_both && property.when_absent.is_none();
        }
    }
    Ok(())
}
