//! Guards: schemas that no Rust type says, checked by the `jsonschema` crate.

use std::marker::PhantomData;
use std::sync::OnceLock;

use isomorph_json::work::{LEAST, is_spent, judging, parts, within};
use isomorph_json::{Tape, TapeNode, parse};
use isomorph_validator::{
    Counted, Taped, ValueNode, encode_references, judges_by_pattern, name_dialects, validator_of,
};
use jsonschema::json::Json;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

pub use crate::embedded::Document;

use crate::input::{Input, Reader, Replay, Take};
use crate::look::Source;
use crate::quiet::is_quiet;
use crate::refusal::Refusal;

/// The schema in a document.
fn parsed(document: &Document) -> Value {
    // The generator has read this text; what it embeds is what it read.
    let mut root: Value = serde_json::from_str(document.text).unwrap_or_default();
    encode_references(&mut root);
    root
}

/// A schema in a [`Document`]. The validator is built when it is first needed.
#[derive(Debug)]
pub struct Guard {
    documents: &'static [Document],
    document: usize,
    pointer: &'static str,
    validator: OnceLock<Result<Validator<Counted>, String>>,
    /// The same, for instances that are text.
    taped: OnceLock<Result<Validator<Taped>, String>>,
}

impl Guard {
    /// Guards by the schema at `pointer` in the document of this index. All documents are at hand for
    /// its references.
    pub const fn new(documents: &'static [Document], document: usize, pointer: &'static str) -> Self {
        Self { documents, document, pointer, validator: OnceLock::new(), taped: OnceLock::new() }
    }

    /// Checks an instance.
    ///
    /// # Errors
    ///
    /// If the schema does not accept it. The message names the place in the instance and the keyword. If that takes too
    /// much, the refusal [says so](Refusal::is_limit_reached).
    pub fn check(&self, instance: &Value) -> Result<(), Refusal> {
        let validator = self.validator.get_or_init(|| self.build());
        self.ask(validator, || ValueNode(instance), || parts(instance))
    }

    /// Checks an instance that is text, which has been read before: nothing of it is copied.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    pub fn check_text(&self, text: &str) -> Result<(), Refusal> {
        let mut tape = Tape::default();
        if parse(text, DEEPEST, &mut tape).is_err() {
            // A name that comes twice, which is for the type to say.
            return self.check(&serde_json::from_str(text).map_err(Refusal::new)?);
        }
        let validator = self.taped.get_or_init(|| self.build());
        self.ask(validator, || TapeNode::root(text, &tape), || tape.end())
    }

    /// Asks for the verdict, and only then for what is wrong: the validator remembers what it came to in a value for the
    /// one, but not for the other, which may take twice as long with every level.
    fn ask<'i, F: Json>(
        &self,
        validator: &Result<Validator<F>, String>,
        instance: impl Fn() -> F::Node<'i>,
        parts: impl FnOnce() -> usize,
    ) -> Result<(), Refusal> {
        let validator = validator.as_ref().map_err(|error| {
            Refusal::new(format_args!("invalid value: the schema cannot be used: {error}"))
        })?;
        let verdict = judging(parts, || validator.is_valid(instance()));
        let (is_valid, taken) = verdict.ok_or_else(Refusal::limit_reached)?;
        if is_valid {
            return Ok(());
        }
        if is_quiet() {
            return Err(Refusal::new("invalid value"));
        }
        let enough = taken.saturating_mul(EXPLAINED).saturating_add(LEAST / 1000);
        let error = within(enough, || validator.validate(instance()).err().map(|e| self.refusal(&e)));
        match error {
            Some((Some(refusal), _)) => Err(refusal),
            _ if is_spent() => Err(Refusal::limit_reached()),
            _ => {
                let schema = self.schema();
                Err(Refusal::new(format_args!("invalid value: the schema does not accept it ({schema})")))
            }
        }
    }

    fn build<F: Json>(&self) -> Result<Validator<F>, String> {
        let documents = self.documents.iter().map(|document| (document.uri.to_owned(), parsed(document)));
        let mut documents: Vec<_> = documents.collect();
        let dialects: Vec<_> = self.documents.iter().map(|document| document.dialect).collect();
        name_dialects(&mut documents, &dialects);
        let document = &self.documents[self.document];
        validator_of(documents, document.uri, document.dialect, self.pointer)
            .map_err(|error| error.to_string())
    }

    fn schema(&self) -> String {
        format!("{}#{}", self.documents[self.document].uri, self.pointer)
    }

    fn refusal(&self, error: &ValidationError) -> Refusal {
        let schema = self.schema();
        let (message, keyword) = (error.masked(), error.kind().keyword());
        Refusal::new(format_args!("invalid value: {message} (keyword `{keyword}` in {schema})"))
            .at(error.instance_path().as_str())
    }
}

/// A regular expression that names of properties match, as ECMA-262 has it. It is compiled when it is first needed.
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    validator: OnceLock<Option<Validator>>,
}

impl Pattern {
    /// Matches names by this expression.
    pub const fn new(text: &'static str) -> Self {
        Self { text, validator: OnceLock::new() }
    }

    /// Whether a name matches. What cannot be told is left to the guard around: no name does.
    pub fn is_match(&self, name: &str) -> bool {
        let validator = self.validator.get_or_init(|| judges_by_pattern(self.text));
        validator.as_ref().is_some_and(|validator| validator.is_valid(&Value::from(name)))
    }
}

/// How deep an instance may be nested, as serde_json has it.
const DEEPEST: usize = 127;

/// How many times what the verdict took may be taken to say why.
const EXPLAINED: u64 = 8;

/// A type that is wider than its schema.
pub trait Guarded: Sized {
    /// Reads a value by its type alone.
    ///
    /// # Errors
    ///
    /// If the value is not of the type.
    fn read_shape<I: Input>(input: I) -> Result<Self, I::Error>;

    /// Reads a value that a guard lets pass. What stands inside it is trusted from there on: the guard has
    /// checked all of it, so that guards inside guards cost nothing.
    ///
    /// # Errors
    ///
    /// If the guard refuses the value.
    fn read_guarded<I: Input>(input: I, guard: &Guard) -> Result<Self, I::Error> {
        if I::TRUSTED {
            return Self::read_shape(input);
        }
        input.replay(GuardedBy { guard, guarded: PhantomData })
    }
}

/// Reads a value that a guard lets pass.
struct GuardedBy<'g, T> {
    guard: &'g Guard,
    guarded: PhantomData<T>,
}

impl<T: Guarded> Take for GuardedBy<'_, T> {
    type Output = T;

    fn take<R: Replay>(self, value: &mut R) -> Result<T, Refusal> {
        match value.source()? {
            Source::Value(value) => self.guard.check(value)?,
            Source::Text(text) => self.guard.check_text(text)?,
        }
        value.read::<_, true>(self)
    }
}

impl<T: Guarded> Reader for GuardedBy<'_, T> {
    type Output = T;

    fn read<I: Input>(self, input: I) -> Result<T, I::Error> {
        T::read_shape(input)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Document, Guard};
    use crate::refusal::LIMIT_REACHED;

    /// A union whose last branch alone matches, and which is asked for every element.
    fn wide(branches: usize, elements: usize) -> (Guard, Value) {
        let constant = |index: usize| json!({"const": format!("constant {index}"), "not": {"type": "null"}});
        let schema = json!({"items": {"anyOf": (0..branches).map(constant).collect::<Vec<_>>()}});
        let text = Box::leak(schema.to_string().into_boxed_str());
        let dialect = "https://json-schema.org/draft/2020-12/schema";
        let documents = Box::leak(Box::new([Document { uri: "isomorph:///wide.json", dialect, text }]));
        (Guard::new(documents, 0, ""), json!(vec![format!("constant {}", branches - 1); elements]))
    }

    #[test]
    fn what_takes_too_much_is_refused_and_said_to_be_so() {
        let (guard, instance) = wide(2_000, 5_000);
        let refusal = guard.check(&instance).expect_err("it takes ten million comparisons");
        assert!(refusal.is_limit_reached(), "{refusal}");
        assert!(refusal.to_string().contains(LIMIT_REACHED));
        let (guard, instance) = wide(20, 500);
        assert_eq!(guard.check(&instance), Ok(()));
        assert!(!guard.check(&json!(["none"])).expect_err("it is none").is_limit_reached());
    }
}
