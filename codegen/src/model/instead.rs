//! Definitions in the place of others, wherever these are mentioned.

use super::constant::Constant;
use super::definition_id::DefinitionId;
use super::form::{Form, Object, Rest};

/// In a form, constants too.
pub fn in_form(form: &mut Form, instead: &dyn Fn(&mut DefinitionId)) {
    match form {
        Form::Reference(id) => instead(id),
        Form::Object(Object { properties, rest, .. }) => {
            for property in properties {
                if let Some(constant) = &mut property.when_absent {
                    in_constant(constant, instead);
                }
                in_form(&mut property.schema.form, instead);
            }
            if let Rest::Kept(part) = rest {
                in_form(&mut part.form, instead);
            }
        }
        form => form.parts_mut().into_iter().for_each(|part| in_form(&mut part.form, instead)),
    }
}

/// Has a look at every constant of a form, and at those that it is made of.
pub fn constants(form: &mut Form, look: &mut dyn FnMut(&mut Constant)) {
    if let Form::Object(object) = form {
        for constant in object.properties.iter_mut().filter_map(|property| property.when_absent.as_mut()) {
            each(constant, look);
        }
    }
    form.parts_mut().into_iter().for_each(|part| constants(&mut part.form, look));
}

/// Has a look at a constant, and at those that it is made of.
pub fn each(constant: &mut Constant, look: &mut dyn FnMut(&mut Constant)) {
    look(constant);
    constant.parts_mut().into_iter().for_each(|part| each(part, look));
}

/// In a constant.
pub fn in_constant(constant: &mut Constant, instead: &dyn Fn(&mut DefinitionId)) {
    match constant {
        Constant::Variant(id, ..) | Constant::Branch(id, ..) | Constant::Wrapped(id, _) => instead(id),
        Constant::Object(object) => instead(&mut object.id),
        _ => {}
    }
    constant.parts_mut().into_iter().for_each(|part| in_constant(part, instead));
}
