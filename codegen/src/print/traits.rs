//! Which of the standard traits a type can derive: those that all its parts have.

use std::collections::HashMap;

use crate::annotate::Annotated;
use crate::known::BySchemars;
use crate::model::{Definition, DefinitionId, Form, Model, Rest, Subschema};
use crate::settings::MapType;

/// The traits that not every type has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each trait is there or not")]
pub struct Traits {
    /// `Eq`
    pub is_eq: bool,
    /// `Hash`
    pub is_hash: bool,
    /// `PartialOrd`
    pub is_partial_ord: bool,
    /// `Copy`
    pub is_copy: bool,
}

impl Traits {
    const ALL: Self = Self { is_eq: true, is_hash: true, is_partial_ord: true, is_copy: true };
    const OF_TEXT: Self = Self { is_copy: false, ..Self::ALL };
    const OF_ANYTHING: Self = Self { is_partial_ord: false, ..Self::OF_TEXT };
    const OF_UNSORTED: Self = Self { is_hash: false, ..Self::OF_ANYTHING };
    const OF_FLOAT: Self = Self { is_eq: false, is_hash: false, ..Self::ALL };
    const NONE: Self = Self { is_eq: false, ..Self::OF_UNSORTED };

    fn and(self, other: Self) -> Self {
        Self {
            is_eq: self.is_eq && other.is_eq,
            is_hash: self.is_hash && other.is_hash,
            is_partial_ord: self.is_partial_ord && other.is_partial_ord,
            is_copy: self.is_copy && other.is_copy,
        }
    }
}

/// The traits of every type.
pub struct AllTraits<'m> {
    model: &'m Model,
    known: HashMap<DefinitionId, Traits>,
}

impl<'m> AllTraits<'m> {
    /// Of these items: a type in a circle has what nothing in the circle lacks.
    pub fn of(model: &'m Model, items: &[&Annotated]) -> Self {
        let known = items.iter().map(|item| (item.pair.definition.id, Traits::ALL)).collect();
        let mut all = Self { model, known };
        loop {
            let mut changed = false;
            // What is held mostly stands behind what holds it.
            for item in items.iter().rev() {
                let definition = item.pair.definition;
                let known = all.one(definition.id);
                let traits = known.and(all.item(item));
                changed |= traits != known;
                all.known.insert(definition.id, traits);
            }
            if !changed {
                return all;
            }
        }
    }

    /// Why a type cannot derive one of the standard traits: the part of it that lacks that; `None` if it can, or the trait
    /// is another.
    pub fn lacking(&self, item: &Annotated, derive: &str) -> Option<String> {
        let has = |traits: Traits| match derive {
            "Eq" => traits.is_eq,
            "Hash" => traits.is_hash,
            "PartialOrd" => traits.is_partial_ord,
            "Ord" => traits.is_eq && traits.is_partial_ord,
            "Copy" => traits.is_copy,
            _ => true,
        };
        let form = &item.pair.definition.form;
        if item.pair.without_shape.is_some() {
            return (!has(Traits::OF_ANYTHING)).then(|| "it holds any value".to_owned());
        }
        if has(self.of_definition(item.pair.definition)) {
            return None;
        }
        if has(self.form(form)) {
            return Some("its variant for what is unknown has it not".to_owned());
        }
        let part = match form {
            Form::Object(object) => {
                let mut fields = object.fields().filter(|property| !has(self.form(&property.schema.form)));
                fields
                    .next()
                    .map(|property| format!("the type of its property `{}` has it not", property.name))
            }
            Form::Union(union) => {
                let mut branches =
                    union.branches.iter().filter(|branch| !has(self.form(&branch.schema.form)));
                branches
                    .next()
                    .map(|branch| format!("what its variant `{}` is around has it not", branch.name))
            }
            _ => None,
        };
        Some(part.unwrap_or_else(|| "what it holds has it not".to_owned()))
    }

    /// The traits of a definition.
    pub fn one(&self, id: DefinitionId) -> Traits {
        self.known.get(&id).copied().unwrap_or(Traits::NONE)
    }

    fn item(&self, item: &Annotated) -> Traits {
        let definition = item.pair.definition;
        if item.pair.without_shape.is_some() {
            return Traits::OF_ANYTHING;
        }
        let traits = self.of_definition(definition);
        // What contains itself is boxed.
        Traits { is_copy: traits.is_copy && definition.boxed.is_empty(), ..traits }
    }

    fn of_maps(&self) -> Traits {
        match self.model.map_type {
            MapType::BTreeMap => Traits::OF_TEXT,
            MapType::HashMap | MapType::IndexMap => Traits::OF_UNSORTED,
        }
    }

    fn of_definition(&self, definition: &Definition) -> Traits {
        let unknown = match &definition.form {
            _ if !definition.keeps_unknown => Traits::ALL,
            Form::Names(_) => Traits::OF_TEXT,
            _ => Traits::OF_ANYTHING,
        };
        self.form(&definition.form).and(unknown)
    }

    fn form(&self, form: &Form) -> Traits {
        let part = |part: &Subschema| self.form(&part.form);
        match form {
            Form::Any | Form::NumberAsWritten => Traits::OF_ANYTHING,
            Form::Null | Form::Boolean | Form::Integer(_) | Form::Names(_) | Form::Literals(_) => Traits::ALL,
            Form::Number => Traits::OF_FLOAT,
            Form::String => Traits::OF_TEXT,
            // Of a type that is not ours, only what it is read and written by is known.
            Form::Foreign(stand_in) => match stand_in.foreign.known() {
                Some(known) if known.is_ordered => Traits::OF_TEXT,
                Some(known) if matches!(known.said, BySchemars::Number(_)) => Traits::OF_FLOAT,
                _ => Traits::NONE,
            },
            Form::List(inner, _) => part(inner).and(Traits::OF_TEXT),
            Form::Map(inner, _) => part(inner).and(self.of_maps()),
            Form::Nullable(inner) => part(inner),
            Form::Object(_) | Form::Tuple(_) | Form::Union(_) => {
                let is_kept = matches!(form, Form::Object(object) if matches!(object.rest, Rest::Kept(_)));
                // What is kept is kept in a map.
                let own = if is_kept { self.of_maps() } else { Traits::ALL };
                form.parts().into_iter().map(part).fold(own, Traits::and)
            }
            Form::Reference(id) if self.model.is_part(*id) => self.form(&self.model.definition(*id).form),
            Form::Reference(id) => self.one(*id),
        }
    }
}
