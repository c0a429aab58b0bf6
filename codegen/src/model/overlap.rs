//! Unions of which a value can be several branches' at once: it is read as one that keeps all that the others do. Where
//! none does, since what one declares another ignores, the objects of one keep what they do not declare.

use std::collections::BTreeSet;

use isomorph_schema::Types;

use super::apart::are_apart;
use super::comparison::Comparison;
use super::definition::Definition;
use super::definition_id::DefinitionId;
use super::form::{Branch, Form, Object, Rest, Union};
use super::leaves::Leaves;

/// Decides in which order the branches of unions are tried; the objects that have to keep what they do not declare.
pub fn order(definitions: &mut [Definition]) -> BTreeSet<DefinitionId> {
    let mut overlap = Overlap::new(definitions);
    let orders: Vec<_> = definitions.iter().map(|one| overlap.order(&one.form)).collect();
    let mut open = overlap.comparison.into_open();
    open.extend(overlap.kept_whole);
    for (definition, order) in definitions.iter_mut().zip(orders) {
        if let (Form::Union(union), Some(order)) = (&mut definition.form, order) {
            union.order = order;
        }
    }
    open
}

/// How many pairs of branches are compared in all; of a union of so few branches they always are.
const MOST_PAIRS: usize = 1_000_000;
const ALWAYS_COMPARED: usize = 64;

/// Compares the branches of unions.
struct Overlap<'a> {
    definitions: &'a [Definition],
    comparison: Comparison<'a>,
    pairs_left: usize,
    /// The objects of unions of too many branches: they keep what they do not declare.
    kept_whole: BTreeSet<DefinitionId>,
}

impl<'a> Overlap<'a> {
    fn new(definitions: &'a [Definition]) -> Self {
        let comparison = Comparison::new(definitions);
        Self { definitions, comparison, pairs_left: MOST_PAIRS, kept_whole: BTreeSet::new() }
    }

    /// An order in which each branch keeps all that those behind it do of a value of both.
    fn order(&mut self, form: &'a Form) -> Option<Vec<usize>> {
        let Form::Union(union) = form else { return None };
        if union.exactly_one || are_apart(union, self.definitions) {
            return None;
        }
        if !self.is_compared(union.branches.len()) {
            self.kept_whole.extend(Leaves::new(self.definitions).within(form));
            return None;
        }
        let mut left = union.order.clone();
        // What lists its values would never be read as that behind what takes them all.
        left.sort_by_key(|index| !self.is_listed(&union.branches[*index].schema.form));
        let mut order = Vec::new();
        while !left.is_empty() {
            let mut places = 0..left.len();
            let first = places.find(|place| {
                let mut others = left.iter().filter(|other| **other != left[*place]);
                others.all(|other| self.may_stand_before(union, left[*place], *other))
            });
            let first = left.remove(first.unwrap_or(0));
            for other in &left {
                if !self.may_stand_before(union, first, *other) {
                    let (one, other) = (&union.branches[first].schema, &union.branches[*other].schema);
                    self.comparison.open(&one.form, &other.form);
                }
            }
            order.push(first);
        }
        Some(order)
    }

    fn is_listed(&self, form: &Form) -> bool {
        matches!(self.comparison.resolved(form), Form::Names(_) | Form::Literals(_))
    }

    fn is_compared(&mut self, branches: usize) -> bool {
        let left = self.pairs_left.checked_sub(branches.saturating_mul(branches));
        self.pairs_left = left.unwrap_or(self.pairs_left);
        left.is_some() || branches <= ALWAYS_COMPARED
    }

    fn may_stand_before(&mut self, union: &'a Union, a: usize, b: usize) -> bool {
        let (a, b) = (&union.branches[a], &union.branches[b]);
        self.are_apart(union, a, b) || self.comparison.keeps(&a.schema.form, &b.schema.form)
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
        Form::Integer(_) => Types::INTEGER,
        Form::Number | Form::NumberAsWritten => Types::NUMBER,
        Form::String | Form::Names(_) => Types::STRING,
        Form::Foreign(stand_in) => stand_in.types,
        Form::Literals(values) => values.iter().map(Types::of).fold(Types::NONE, Types::union),
        Form::Object(_) | Form::Map(_, _) => Types::OBJECT,
        Form::List(_, _) | Form::Tuple(_) => Types::ARRAY,
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
