//! What branches want that are of another type than the one that is explained, and what a list would want of its elements.

use isomorph_json::{Kind, TapeNode, visible};
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Wanted;

use super::explain::{Explainer, MANY, split_last};
use super::message::{alternatives, type_names};
use super::retyped::without_quotes;
use super::shell::Shell;
use super::union::{Said, other_types};

impl Explainer<'_> {
    /// Says how the value would be of the type that another branch wants, in the first problem from an index on that is about it.
    pub(super) fn hint_at_other_types(
        &mut self,
        error: &ValidationError,
        branches: &[Vec<Said>],
        value: TapeNode,
        from: usize,
    ) {
        let found = self.found(error, value);
        let names = other_types(branches, error.instance_path().as_str());
        let at = self.at(error);
        let problem = self.problems.get_mut(from..).unwrap_or_default().first_mut();
        let Some(problem) = problem.filter(|problem| problem.instance_location == at) else { return };
        if let Some(hint) = without_quotes(&names, found) {
            problem.help.push(visible(hint));
        } else if problem.keyword == "pattern" && problem.help.is_empty() {
            // A pattern says of itself that there is no other way.
            let mut others: Vec<_> = names.into_iter().filter(|name| *name != "null").collect();
            others.dedup();
            if !others.is_empty() {
                problem.help.push(format!("or write {}, which another branch takes", alternatives(&others)));
            }
        }
    }

    /// Whether a value could not be the one element of the list that is wanted instead.
    pub(super) fn is_no_element(&self, error: &ValidationError, wanted: &Wanted, value: TapeNode) -> bool {
        let Wanted::Type { kind } = wanted else { return false };
        if type_names(kind) != ["an array"]
            || value.word().kind() == Kind::Null
            || self.problems.len() >= MANY
        {
            return false;
        }
        let items = self.keyword_location(error).and_then(|(index, pointer)| {
            let items = format!("{}/items", split_last(&pointer)?.0);
            self.schema.files().subschema(index, &items).filter(|items| !items.is_array())?;
            Shell::whole(self.schema.files(), (index, items))
        });
        items.is_some_and(|items| !items.errors(value).is_empty())
    }
}
