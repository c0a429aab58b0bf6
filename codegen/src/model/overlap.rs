//! What types keep of values, beside each other: unions of which a value can be several branches' at once, and none of
//! them keeps all of it, since what one declares another ignores.

use isomorph_schema::Types;

use super::comparison::Comparison;
use super::definition::Definition;
use super::form::{Branch, Form, Object, Rest, Union};

/// Finds the unions whose type must be able to hold a value of several branches.
pub fn mark(definitions: &mut [Definition]) {
    let mut overlap = Overlap::new(definitions);
    let found: Vec<_> = definitions.iter().map(|one| overlap.lies_in(&one.form)).collect();
    for (definition, found) in definitions.iter_mut().zip(found) {
        if let Form::Union(union) = &mut definition.form {
            union.several = found;
        }
    }
}

/// Compares the branches of unions.
struct Overlap<'a> {
    definitions: &'a [Definition],
    comparison: Comparison<'a>,
}

impl<'a> Overlap<'a> {
    fn new(definitions: &'a [Definition]) -> Self {
        Self { definitions, comparison: Comparison::new(definitions) }
    }

    fn lies_in(&mut self, form: &Form) -> bool {
        let Form::Union(union) = form else { return false };
        let pairs = union.branches.iter().enumerate();
        let mut pairs = pairs.flat_map(|(index, a)| union.branches[..index].iter().map(move |b| (a, b)));
        !union.exactly_one
            && pairs.any(|(a, b)| {
                let (one, other) = (&a.schema.form, &b.schema.form);
                !self.are_apart(union, a, b)
                    && !self.comparison.keeps(one, other)
                    && !self.comparison.keeps(other, one)
            })
    }

    /// Whether no value with parts is both branches'. A value without parts is kept by each.
    fn are_apart(&self, union: &Union, a: &Branch, b: &Branch) -> bool {
        let common = a.types.intersection(b.types);
        let tagged_apart = || match (&union.tag, &a.tags, &b.tags) {
            (Some(_), Some(one), Some(other)) => {
                (a.tag_required || b.tag_required) && one.iter().all(|tag| !other.contains(tag))
            }
            _ => false,
        };
        if common.meets(Types::ARRAY) {
            return false;
        }
        !common.meets(Types::OBJECT) || tagged_apart() || self.exclude(&a.schema.form, &b.schema.form)
    }

    /// Whether no object is of both schemas, since one must have a property that the other forbids, or that is
    /// of another type there.
    fn exclude(&self, a: &Form, b: &Form) -> bool {
        let (Form::Object(a), Form::Object(b)) = (self.comparison.resolved(a), self.comparison.resolved(b))
        else {
            return false;
        };
        self.demands(a, b) || self.demands(b, a)
    }

    fn demands(&self, a: &Object, b: &Object) -> bool {
        let mut required = a.properties.iter().filter(|property| property.required);
        required.any(|property| match b.properties.iter().find(|other| other.name == property.name) {
            Some(other) => self.are_unlike(&property.schema.form, &other.schema.form),
            None => b.rest == Rest::Forbidden,
        })
    }

    fn are_unlike(&self, a: &Form, b: &Form) -> bool {
        let names = |form| match self.comparison.resolved(form) {
            Form::Names(names) => Some(names),
            _ => None,
        };
        match (names(a), names(b)) {
            (Some(some), Some(others)) => some.iter().all(|name| !others.contains(name)),
            _ => !types(self.definitions, a).meets(types(self.definitions, b)),
        }
    }
}

/// How many levels of `null` around each other are looked through.
const DEEPEST: usize = 12;

/// The JSON types that values of a form can have.
pub fn types(definitions: &[Definition], form: &Form) -> Types {
    types_within(definitions, form, DEEPEST)
}

fn types_within(definitions: &[Definition], form: &Form, depth: usize) -> Types {
    match form {
        Form::Null => Types::NULL,
        Form::Boolean => Types::BOOLEAN,
        Form::Integer | Form::Unsigned => Types::INTEGER,
        Form::Number | Form::NumberAsWritten => Types::NUMBER,
        Form::String | Form::Format(_) | Form::Names(_) => Types::STRING,
        Form::Literals(values) => values.iter().map(Types::of).fold(Types::NONE, Types::union),
        Form::Object(_) | Form::Map(_) => Types::OBJECT,
        Form::List(_) | Form::Tuple(_) => Types::ARRAY,
        Form::Union(union) => {
            union.branches.iter().map(|branch| branch.types).fold(Types::NONE, Types::union)
        }
        Form::Nullable(part) if depth > 0 => {
            types_within(definitions, &part.form, depth - 1).union(Types::NULL)
        }
        Form::Reference(id) if depth > 0 => types_within(definitions, &definitions[id.0].form, depth - 1),
        Form::Any | Form::Nullable(_) | Form::Reference(_) => Types::ALL,
    }
}
