//! Formats and encodings for which types stand that are not ours.

use isomorph_schema::Types;
use serde_json::Value;

use super::apart::are_apart;
use super::compose::Composition;
use super::definition::Definition;
use super::form::{Form, Union};
use super::holder::{Holder, Key};
use super::mentions::leading_to;
use super::reason::Reason;
use super::width::Width;
use crate::foreign::{Foreign, StandIn};
use crate::settings::{Integers, Settings, Untyped};
use crate::via::Via;

/// The type that stands for values of these types, if the format of one of the schemas is mapped, or what the strings encode.
pub fn stand_in(composition: &Composition, settings: &Settings, types: Types) -> Option<StandIn> {
    let said = |keyword: &'static str| {
        let layers = composition.layers.all.iter();
        layers.filter_map(move |layer| layer.keywords.get(keyword)).filter_map(Value::as_str)
    };
    let mut formats = said("format");
    if let Some((format, foreign)) = formats.find_map(|format| Some((format, settings.formats.get(format)?)))
    {
        return Some(StandIn { foreign: foreign.clone(), format: Some(format.to_owned()), types });
    }
    let mut encodings = said("contentEncoding").filter(|_| types == Types::STRING);
    let foreign = encodings.find_map(|encoding| settings.encodings.get(encoding))?;
    Some(StandIn { foreign: foreign.clone(), format: None, types })
}

/// The integer type that the format of one of the schemas says, where formats say that.
pub fn width(composition: &Composition, settings: &Settings) -> Option<Width> {
    let formats = composition.layers.all.iter().filter_map(|layer| layer.keywords.get("format")?.as_str());
    formats.filter(|_| settings.integers == Integers::Format).find_map(Width::of_format)
}

/// Whether numbers can be read as a type.
pub fn holds_numbers(foreign: &Foreign) -> bool {
    matches!(foreign.via(), Via::Serde | Via::With(_))
}

/// Has a validator look at each `oneOf` that could take a value for one of a single branch only because a type in another
/// holds fewer values than its schema allows.
pub fn guard(definitions: &mut [Definition], settings: &Settings) {
    let is_narrow: Vec<_> =
        definitions.iter().map(|definition| narrows(&definition.form, settings)).collect();
    if !is_narrow.contains(&true) && settings.untyped == Untyped::Any {
        return;
    }
    let leading = leading_to(definitions, &is_narrow);
    let overlaps = |union: &Union| {
        let is_met = |(index, types): (usize, Types)| {
            let others = union.branches.iter().enumerate().filter(|(other, _)| *other != index);
            others.into_iter().any(|(_, branch)| branch.types.meets(types))
        };
        union.branches.iter().enumerate().any(|(index, branch)| {
            let holds_fewer = narrows(&branch.schema.form, settings)
                || branch.schema.form.references().iter().any(|id| leading[id.0]);
            holds_fewer && is_met((index, branch.types))
        })
    };
    // An object may be one for which the schema takes any value.
    let may_be_untyped = |union: &Union| {
        settings.untyped == Untyped::Object
            && union.branches.iter().any(|branch| branch.types.meets(Types::OBJECT))
    };
    let is_open = |definition: &Definition| match &definition.form {
        Form::Union(union) => {
            let is_open = || overlaps(union) || may_be_untyped(union);
            union.exactly_one && is_open() && !are_apart(union, definitions)
        }
        _ => false,
    };
    let open: Vec<_> = definitions.iter().map(is_open).collect();
    for definition in definitions.iter_mut().zip(open).filter_map(|(one, is_open)| is_open.then_some(one)) {
        if !definition.guard.iter().any(|known| known.is("oneOf")) {
            definition.guard.push(Reason::keyword("oneOf"));
        }
    }
}

/// Of each definition whether it leads to a type that is not ours and does not hold any string.
pub fn leading(definitions: &[Definition]) -> Vec<bool> {
    let are_such: Vec<_> = definitions.iter().map(|definition| holds_foreign(&definition.form)).collect();
    leading_to(definitions, &are_such)
}

fn holds_foreign(form: &Form) -> bool {
    match form {
        Form::Foreign(stand_in) => !stand_in.holds_any_string(),
        _ => form.parts().into_iter().any(|part| holds_foreign(&part.form)),
    }
}

/// Whether a type in a form holds fewer values than its schema allows.
fn narrows(form: &Form, settings: &Settings) -> bool {
    let is_told = |width: Width| {
        settings.formats.values().any(|foreign| foreign.path() == width.name())
            || settings.integers == Integers::Format && !matches!(width, Width::I64 | Width::U64)
    };
    match form {
        Form::Foreign(stand_in) => !stand_in.holds_any_string(),
        Form::Integer(width) => is_told(*width),
        Form::List(_, Holder::Set) | Form::Map(_, Key::Integer(_)) => true,
        _ => form.parts().into_iter().any(|part| narrows(&part.form, settings)),
    }
}
