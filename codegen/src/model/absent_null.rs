//! Properties that may be absent and may be `null`, where the two are not to be told apart.

use super::absence;
use super::definition::Definition;
use super::form::Form;
use crate::settings::{AbsentNull, Settings};

/// Marks them, but for those of objects around which a schema tells instances apart by which properties they have.
pub fn merge(definitions: &mut [Definition], settings: &Settings) {
    if settings.absent_null == AbsentNull::Apart {
        return;
    }
    let kept = absence::kept(definitions);
    for definition in definitions.iter_mut().filter(|definition| !kept.contains(&definition.id)) {
        let Form::Object(object) = &mut definition.form else { continue };
        for property in &mut object.properties {
            let may_be_both = !property.required && matches!(property.schema.form, Form::Nullable(_));
            property.is_null_absent = may_be_both && property.when_absent.is_none();
        }
    }
}
