//! What of a value its type holds, so that it can be judged by that: a schema that asks for what a type drops, or turns
//! into something else, is none that a typed value can be held against.

use std::collections::HashSet;

use isomorph_schema::{Location, Types};

use super::definition::Definition;
use super::definition_id::DefinitionId;
use super::form::{Form, Object, Property, Rest, Subschema};
use super::overlap::types;

/// More shapes than that are not looked at.
const MOST: usize = 256;

static ANY: Form = Form::Any;
static NULL: Form = Form::Null;
static STRING: Form = Form::String;

/// What a value may be: the shapes of its type, through references, `null` and unions.
#[derive(Debug, Clone, Default)]
pub struct View<'f> {
    /// The shapes.
    pub shapes: Vec<&'f Form>,
    /// The parts that they are the shapes of, if they are those of parts.
    parts: Vec<&'f Subschema>,
}

/// Whether an object has a property, as far as its type tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It always has.
    Always,
    /// It may have, and its value tells.
    Told,
    /// It never has.
    Never,
}

impl View<'_> {
    /// Whether it may be anything.
    pub fn is_any(&self) -> bool {
        !self.shapes.is_empty() && self.shapes.iter().all(|shape| **shape == Form::Any)
    }
}

/// Makes views of the types of these definitions.
#[derive(Clone, Copy)]
pub struct Views<'f>(pub &'f [Definition]);

impl<'f> Views<'f> {
    /// What a value of a form may be; `None` if that is too much to look at.
    pub fn of(self, form: &'f Form) -> Option<View<'f>> {
        let mut view = View::default();
        self.add(form, &mut view, &mut HashSet::new())?;
        Some(view)
    }

    /// What the name of a property may be.
    pub fn name() -> View<'f> {
        View { shapes: vec![&STRING], parts: Vec::new() }
    }

    /// Anything.
    pub fn any() -> View<'f> {
        View { shapes: vec![&ANY], parts: Vec::new() }
    }

    fn of_parts(self, parts: Vec<&'f Subschema>) -> Option<View<'f>> {
        let (mut view, mut seen) = (View::default(), HashSet::new());
        for part in &parts {
            self.add(&part.form, &mut view, &mut seen)?;
        }
        view.parts = parts;
        Some(view)
    }

    fn add(self, form: &'f Form, view: &mut View<'f>, seen: &mut HashSet<DefinitionId>) -> Option<()> {
        match form {
            Form::Reference(id) => {
                if seen.insert(*id) {
                    self.add(&self.0[id.0].form, view, seen)?;
                }
            }
            Form::Nullable(part) => {
                view.shapes.push(&NULL);
                self.add(&part.form, view, seen)?;
            }
            Form::Union(union) => {
                union.branches.iter().try_for_each(|branch| self.add(&branch.schema.form, view, seen))?;
            }
            shape => view.shapes.push(shape),
        }
        (view.shapes.len() <= MOST).then_some(())
    }

    /// The JSON types of what it may be.
    pub fn types(self, view: &View) -> Types {
        view.shapes.iter().map(|shape| types(self.0, shape)).fold(Types::NONE, Types::union)
    }

    /// Whether the type of the value is that of the schema there, which every value then holds to.
    pub fn is_of(self, view: &View, location: &Location) -> bool {
        let is_exact = |part: &&Subschema| match &part.form {
            Form::Reference(id) => self.0[id.0].location == *location,
            Form::Any => false,
            _ => part.location == *location && !part.is_unsaid,
        };
        !view.parts.is_empty() && view.parts.iter().all(is_exact)
    }

    /// The values of the property of this name; `None` if one of the shapes drops it, or makes one up.
    pub fn member(self, view: &View<'f>, name: &str) -> Option<View<'f>> {
        let parts = view.shapes.iter().map(|shape| match shape {
            Form::Object(object) => match (find(object, name), &object.rest) {
                (Some(property), _) => is_as_read(property).then_some(vec![&property.schema]),
                (None, Rest::Kept(part)) => Some(vec![part.as_ref()]),
                (None, Rest::Forbidden) => Some(Vec::new()),
                (None, Rest::Ignored) => None,
            },
            other => Some(of_map(other)),
        });
        self.collected(view, parts)
    }

    /// The values of the properties that are `wanted` by their names, and of those whose names are not known.
    pub fn members(self, view: &View<'f>, wanted: &dyn Fn(&str) -> bool) -> Option<View<'f>> {
        let parts = view.shapes.iter().map(|shape| match shape {
            Form::Object(object) => {
                let declared: Vec<_> = object.properties.iter().filter(|one| wanted(&one.name)).collect();
                let rest = match &object.rest {
                    Rest::Kept(part) => Some(part.as_ref()),
                    Rest::Forbidden => None,
                    Rest::Ignored => return None,
                };
                let are_as_read = declared.iter().all(|property| is_as_read(property));
                are_as_read.then(|| declared.iter().map(|property| &property.schema).chain(rest).collect())
            }
            other => Some(of_map(other)),
        });
        self.collected(view, parts)
    }

    /// The elements at this index, or at any.
    pub fn elements(self, view: &View<'f>, index: Option<usize>) -> Option<View<'f>> {
        let parts = view.shapes.iter().map(|shape| {
            Some(match (shape, index) {
                (Form::List(part, _), _) => vec![part.as_ref()],
                (Form::Tuple(parts), Some(index)) => parts.get(index).into_iter().collect(),
                (Form::Tuple(parts), None) => parts.iter().collect(),
                _ => Vec::new(),
            })
        });
        self.collected(view, parts)
    }

    fn collected(
        self,
        view: &View<'f>,
        parts: impl Iterator<Item = Option<Vec<&'f Subschema>>>,
    ) -> Option<View<'f>> {
        let parts = parts.collect::<Option<Vec<_>>>()?.concat();
        let mut inner = self.of_parts(parts)?;
        if view.shapes.iter().any(|shape| may_have_any_parts(shape)) {
            inner.shapes.push(&ANY);
            inner.parts.clear();
        }
        Some(if inner.is_any() { Views::any() } else { inner })
    }

    /// Whether an object has the property of this name; `None` if that cannot be told.
    pub fn presence(view: &View, name: &str) -> Option<Presence> {
        let mut found = Vec::new();
        for shape in &view.shapes {
            found.push(match shape {
                Form::Object(object) => match (find(object, name), &object.rest) {
                    (Some(property), _) if property.required => Presence::Always,
                    (Some(property), _) if is_as_read(property) => Presence::Told,
                    (None, Rest::Kept(_)) => Presence::Told,
                    (None, Rest::Forbidden) => Presence::Never,
                    _ => return None,
                },
                Form::Map(_, _) => Presence::Told,
                shape if may_have_any_parts(shape) => Presence::Told,
                _ => continue,
            });
        }
        let first = found.first().copied().unwrap_or(Presence::Never);
        Some(if found.iter().all(|one| *one == first) { first } else { Presence::Told })
    }

    /// Whether scalars are written as they were read.
    pub fn is_as_written(view: &View) -> bool {
        !view.shapes.iter().any(|shape| matches!(shape, Form::Foreign(_)))
    }

    /// Whether every property of an object can be seen, and none is made up.
    pub fn shows_all(view: &View) -> bool {
        view.shapes.iter().all(|shape| match shape {
            Form::Object(object) => object.rest != Rest::Ignored && object.properties.iter().all(is_as_read),
            _ => true,
        })
    }

    /// Whether values are equal only if they were so when they were read.
    pub fn tells_apart(self, view: &View<'f>) -> bool {
        let mut seen = HashSet::new();
        let mut work = view.shapes.clone();
        while let Some(shape) = work.pop() {
            if !seen.insert(std::ptr::from_ref(shape)) {
                continue;
            }
            match shape {
                Form::Foreign(_) => return false,
                Form::Reference(id) => work.push(&self.0[id.0].form),
                Form::Object(object) => {
                    if object.rest == Rest::Ignored || !object.properties.iter().all(is_as_read) {
                        return false;
                    }
                    work.extend(shape.parts().into_iter().map(|part| &part.form));
                }
                other => work.extend(other.parts().into_iter().map(|part| &part.form)),
            }
        }
        true
    }
}

/// Whether what a value of a shape holds is known to no part of its type: what is listed as a whole has none.
fn may_have_any_parts(shape: &Form) -> bool {
    match shape {
        Form::Any => true,
        Form::Literals(values) => values.iter().any(|value| value.is_array() || value.is_object()),
        _ => false,
    }
}

fn find<'o>(object: &'o Object, name: &str) -> Option<&'o Property> {
    object.properties.iter().find(|property| property.name == name)
}

/// Whether a property is written only if it was read.
fn is_as_read(property: &Property) -> bool {
    property.required || (property.when_absent.is_none() && property.tag.is_none())
}

fn of_map(shape: &Form) -> Vec<&Subschema> {
    match shape {
        Form::Map(part, _) => vec![part],
        _ => Vec::new(),
    }
}
