//! What types keep of values, beside each other: unions of which a value can be several branches' at once, and none of
//! them keeps all of it, since what one declares another ignores.

use std::collections::BTreeSet;

use super::types::Types;
use super::{Branch, Definition, DefinitionId, Form, Object, Property, Rest, Subschema, Union};

/// Finds the unions whose type must be able to hold a value of several branches.
pub fn mark(definitions: &mut [Definition]) {
    let found: Vec<_> = definitions.iter().map(|one| Overlap::new(definitions).lies_in(&one.form)).collect();
    for (definition, found) in definitions.iter_mut().zip(found) {
        if let Form::Union(union) = &mut definition.form {
            union.several = found;
        }
    }
}

/// How many references are followed to find out what a schema is.
const DEEPEST: usize = 12;

/// Compares what types keep.
pub struct Overlap<'a> {
    definitions: &'a [Definition],
    /// Whether only what is declared has to be kept: what may be anything does not.
    only_declared: bool,
    /// Definitions of which the first keeps what the second keeps, as far as one can see from outside: those
    /// in each other do unless something in them does not.
    keeping: BTreeSet<(DefinitionId, DefinitionId)>,
}

impl<'a> Overlap<'a> {
    /// For values that must be kept as they are.
    fn new(definitions: &'a [Definition]) -> Self {
        Self { definitions, only_declared: false, keeping: BTreeSet::new() }
    }

    /// For values of which that must be kept which schemas declare.
    pub fn declared(definitions: &'a [Definition]) -> Self {
        Self { only_declared: true, ..Self::new(definitions) }
    }

    fn lies_in(mut self, form: &Form) -> bool {
        let Form::Union(union) = form else { return false };
        let pairs = union.branches.iter().enumerate();
        let mut pairs = pairs.flat_map(|(index, a)| union.branches[..index].iter().map(move |b| (a, b)));
        !union.exactly_one
            && pairs.any(|(a, b)| {
                let (one, other) = (&a.schema.form, &b.schema.form);
                !self.are_apart(union, a, b) && !self.keeps(one, other) && !self.keeps(other, one)
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
        let (Form::Object(a), Form::Object(b)) = (self.resolved(a), self.resolved(b)) else { return false };
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
        let names = |form| match self.resolved(form) {
            Form::Names(names) => Some(names),
            _ => None,
        };
        match (names(a), names(b)) {
            (Some(some), Some(others)) => some.iter().all(|name| !others.contains(name)),
            _ => !self.types(a, DEEPEST).meets(self.types(b, DEEPEST)),
        }
    }

    fn resolved<'f>(&self, form: &'f Form) -> &'f Form
    where
        'a: 'f,
    {
        let mut form = form;
        for _ in 0..DEEPEST {
            let Form::Reference(id) = form else { break };
            form = &self.definitions[id.0].form;
        }
        form
    }

    fn types(&self, form: &Form, depth: usize) -> Types {
        match self.resolved(form) {
            Form::Null => Types::NULL,
            Form::Boolean => Types::BOOLEAN,
            Form::Integer | Form::Unsigned => Types::INTEGER,
            Form::Number | Form::NumberAsWritten => Types::NUMBER,
            Form::String | Form::Format(_) | Form::Names(_) => Types::STRING,
            Form::Literals(values) => values.iter().map(Types::of).fold(Types::NONE, Types::union),
            Form::Object(_) | Form::Map(_) => Types::OBJECT,
            Form::List(_) | Form::Tuple(_) => Types::ARRAY,
            Form::Nullable(part) if depth > 0 => self.types(&part.form, depth - 1).union(Types::NULL),
            Form::Union(union) => {
                union.branches.iter().map(|branch| branch.types).fold(Types::NONE, Types::union)
            }
            Form::Any | Form::Nullable(_) | Form::Reference(_) => Types::ALL,
        }
    }

    /// Whether a type of the first form keeps all that one of the second does of a value of both.
    pub fn keeps(&mut self, a: &Form, b: &Form) -> bool {
        let keeps = self.keeps_all_of(a, b);
        if !keeps {
            // What it rests on may not hold.
            self.keeping.clear();
        }
        keeps
    }

    fn keeps_all_of(&mut self, a: &Form, b: &Form) -> bool {
        if let (Form::Reference(one), Form::Reference(other)) = (a, b)
            && (one == other || !self.keeping.insert((*one, *other)))
        {
            return true;
        }
        let (a, b) = (self.resolved(a), self.resolved(b));
        match (a, b) {
            (Form::Any, _) => true,
            (_, Form::Any) if self.only_declared => true,
            (Form::Nullable(part), other) => self.keeps_all_of(&part.form, other),
            (form, Form::Nullable(part)) => self.keeps_all_of(form, &part.form),
            (Form::Union(union), other) => {
                union.branches.iter().all(|branch| self.keeps_all_of(&branch.schema.form, other))
            }
            (form, Form::Union(union)) => {
                union.branches.iter().all(|branch| self.keeps_all_of(form, &branch.schema.form))
            }
            _ => {
                let members = Members::of(a).zip(Members::of(b));
                let elements = Elements::of(a).zip(Elements::of(b));
                members.is_none_or(|(a, b)| self.keeps_members(&a, &b))
                    && elements.is_none_or(|(a, b)| self.keeps_elements(&a, &b))
            }
        }
    }

    fn keeps_members(&mut self, a: &Members, b: &Members) -> bool {
        let declared = b.properties.iter().all(|property| match a.named(&property.name) {
            Kept::As(form) => self.keeps_all_of(form, &property.schema.form),
            Kept::Not => false,
            Kept::Never => true,
        });
        let Kept::As(others) = b.others else { return declared };
        if self.only_declared && matches!(others, Form::Any) {
            return declared;
        }
        declared
            && a.properties.iter().all(|property| self.keeps_all_of(&property.schema.form, others))
            && match a.others {
                Kept::As(form) => self.keeps_all_of(form, others),
                Kept::Not => false,
                Kept::Never => true,
            }
    }

    fn keeps_elements(&mut self, a: &Elements, b: &Elements) -> bool {
        // One beyond those with schemas of their own stands for all that follow.
        let mut all =
            (0..=a.first.len().max(b.first.len())).map_while(|index| Some((a.at(index)?, b.at(index)?)));
        all.all(|(one, other)| self.keeps_all_of(one, other))
    }
}

/// What a type keeps of a property.
#[derive(Clone, Copy)]
enum Kept<'f> {
    /// What this form does.
    As(&'f Form),
    /// Nothing.
    Not,
    /// There is no such property.
    Never,
}

/// What a type keeps of an object.
struct Members<'f> {
    properties: &'f [Property],
    others: Kept<'f>,
}

impl<'f> Members<'f> {
    fn of(form: &'f Form) -> Option<Self> {
        match form {
            Form::Object(object) => {
                let others = match &object.rest {
                    Rest::Ignored => Kept::Not,
                    Rest::Forbidden => Kept::Never,
                    Rest::Kept(part) => Kept::As(&part.form),
                };
                Some(Self { properties: &object.properties, others })
            }
            Form::Map(part) => Some(Self { properties: &[], others: Kept::As(&part.form) }),
            Form::Any => Some(Self { properties: &[], others: Kept::As(form) }),
            _ => None,
        }
    }

    fn named(&self, name: &str) -> Kept<'f> {
        let declared = self.properties.iter().find(|property| property.name == name);
        declared.map_or(self.others, |property| Kept::As(&property.schema.form))
    }
}

/// What a type keeps of an array.
struct Elements<'f> {
    first: &'f [Subschema],
    others: Option<&'f Form>,
}

impl<'f> Elements<'f> {
    fn of(form: &'f Form) -> Option<Self> {
        match form {
            Form::List(part) => Some(Self { first: &[], others: Some(&part.form) }),
            Form::Tuple(parts) => Some(Self { first: parts, others: None }),
            Form::Any => Some(Self { first: &[], others: Some(form) }),
            _ => None,
        }
    }

    fn at(&self, index: usize) -> Option<&'f Form> {
        self.first.get(index).map(|part| &part.form).or(self.others)
    }
}
