//! What an entry of `schema.rs` says of a type.

use isomorph_json::Pointer;
use isomorph_runtime::spelling::{Part, Step as To};
use schemars::Schema;
use serde_json::Value;

use super::spelling::Spelling;

/// What is said of a schema, beside what the derive says.
#[derive(Debug, Clone, PartialEq)]
pub enum Saying {
    /// A keyword that the derive does not say.
    Keyword(String, Value),
    /// How the source writes what the derive says.
    Spelled(Spelling),
    /// This, in each of these parts.
    In(Vec<Step>, Vec<Saying>),
}

/// A step into a part of a schema.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A property; or what is called so, in a keyword that holds schemas by name.
    Name(String),
    /// What a keyword holds.
    Keyword(String),
    /// A branch or an element.
    Index(usize),
}

/// What is said of a type.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entry {
    /// Before what holds for most types.
    pub first: Vec<Saying>,
    /// What holds for most types, if it holds for this one.
    pub every: Vec<Saying>,
    /// After that.
    pub then: Vec<Saying>,
}

impl Entry {
    /// Whether there is no more to say than what holds for most.
    pub fn is_every(&self) -> bool {
        self.first.is_empty() && self.then.is_empty()
    }

    /// The spellings among what is said.
    pub fn spellings(&self) -> Vec<&Spelling> {
        self.first.iter().chain(&self.every).chain(&self.then).flat_map(Saying::spellings).collect()
    }

    /// How much is said of this type alone.
    pub fn len(&self) -> usize {
        count(&self.first) + count(&self.then)
    }
}

fn count(sayings: &[Saying]) -> usize {
    let one = |saying: &Saying| match saying {
        Saying::In(steps, inner) => steps.len() * count(inner),
        _ => 1,
    };
    sayings.iter().map(one).sum()
}

impl Saying {
    /// The spellings among this.
    fn spellings(&self) -> Vec<&Spelling> {
        match self {
            Self::Keyword(..) => Vec::new(),
            Self::Spelled(spelling) => vec![spelling],
            Self::In(_, inner) => inner.iter().flat_map(Self::spellings).collect(),
        }
    }
}

/// Says all of this of a schema, by the very functions that the generated code calls.
pub fn say<'s>(schema: Value, sayings: impl IntoIterator<Item = &'s Saying>) -> Value {
    let Ok(mut schema) = Schema::try_from(schema) else { return Value::Null };
    for saying in sayings {
        if let Some(mut part) = Part::of(&mut schema) {
            one(saying, &mut part);
        }
    }
    schema.to_value()
}

fn one(saying: &Saying, part: &mut Part) {
    match saying {
        Saying::Keyword(keyword, value) => part.add(keyword, value.clone()),
        Saying::Spelled(spelling) => part.spell(|schema| spelling.apply(schema)),
        Saying::In(steps, inner) => {
            for step in steps {
                let found = match step {
                    Step::Name(name) => part.step(To::Name(name)),
                    Step::Index(index) => part.step(To::Index(*index)),
                    Step::Keyword(keyword) => part.keyword(keyword),
                };
                if let Some(mut found) = found {
                    for saying in inner {
                        self::one(saying, &mut found);
                    }
                }
            }
        }
    }
}

/// Sayings at their places, as people write them: what is said of a part in one block, and properties of which the same is
/// said in one. A list whose elements are meant is `named` or not.
pub fn gathered(all: Vec<(Pointer, Saying)>, named: bool) -> Vec<Saying> {
    inside(all.into_iter().map(|(at, saying)| (steps(&at, named), saying)).collect())
}

/// Sayings at their places in the very order in which they work: what is said of a whole may depend on what was said of its
/// parts before.
pub fn in_order(all: Vec<(Pointer, Saying)>, named: bool) -> Vec<Saying> {
    sequence(all.into_iter().map(|(at, saying)| (steps(&at, named), saying)).collect())
}

fn sequence(all: Placed) -> Vec<Saying> {
    let mut blocks: Vec<(Option<Step>, Placed)> = Vec::new();
    for (mut steps, saying) in all {
        let step = (!steps.is_empty()).then(|| steps.remove(0));
        match blocks.last_mut() {
            Some((last, inner)) if *last == step => inner.push((steps, saying)),
            _ => blocks.push((step, vec![(steps, saying)])),
        }
    }
    let said = blocks.into_iter().flat_map(|(step, inner)| match step {
        Some(step) => vec![Saying::In(vec![step], sequence(inner))],
        None => inner.into_iter().map(|(_, saying)| saying).collect(),
    });
    said.collect()
}

/// The steps to a place. Of a schema with one list of schemas, its elements are found by their numbers alone.
fn steps(at: &Pointer, named: bool) -> Vec<Step> {
    const LISTS: [&str; 5] = ["anyOf", "oneOf", "allOf", "prefixItems", "items"];
    let mut steps = Vec::new();
    let segments: Vec<_> = at.segments().collect();
    let mut segments = segments.iter().map(String::as_str).peekable();
    while let Some(keyword) = segments.next() {
        let index = segments.peek().and_then(|next| next.parse().ok());
        match (keyword, index) {
            ("properties", _) => steps.extend(segments.next().map(|name| Step::Name(name.to_owned()))),
            ("patternProperties", _) => {
                steps.push(Step::Keyword(keyword.to_owned()));
                steps.extend(segments.next().map(|name| Step::Name(name.to_owned())));
            }
            (list, Some(index)) if LISTS.contains(&list) => {
                steps.extend(named.then(|| Step::Keyword(list.to_owned())));
                steps.push(Step::Index(index));
                segments.next();
            }
            _ => steps.push(Step::Keyword(keyword.to_owned())),
        }
    }
    steps
}

/// What is said of parts of a schema, each with the steps that lead there.
type Placed = Vec<(Vec<Step>, Saying)>;

/// What is said of the parts of a schema, in one block each; in order, but that properties come last.
fn inside(all: Placed) -> Vec<Saying> {
    let (mut own, mut blocks): (Vec<Saying>, Vec<(Step, Placed)>) = (Vec::new(), Vec::new());
    for (mut steps, saying) in all {
        if steps.is_empty() {
            own.push(saying);
            continue;
        }
        let step = steps.remove(0);
        match blocks.iter_mut().find(|(other, _)| *other == step) {
            Some((_, inner)) => inner.push((steps, saying)),
            None => blocks.push((step, vec![(steps, saying)])),
        }
    }
    let blocks = blocks.into_iter().map(|(step, inner)| (step, inside(inner)));
    let mut gathered = of_the_same(blocks);
    // What a keyword holds comes before the properties.
    gathered.sort_by_key(|(steps, _)| !matches!(steps[0], Step::Keyword(_)));
    own.into_iter().chain(gathered.into_iter().map(|(steps, inner)| Saying::In(steps, inner))).collect()
}

/// Blocks that say the same, as one.
fn of_the_same(blocks: impl Iterator<Item = (Step, Vec<Saying>)>) -> Vec<(Vec<Step>, Vec<Saying>)> {
    let is_keyword = |step: &Step| matches!(step, Step::Keyword(_));
    let mut gathered: Vec<(Vec<Step>, Vec<Saying>)> = Vec::new();
    for (step, inner) in blocks {
        let same = gathered
            .iter_mut()
            .find(|(steps, other)| *other == inner && !is_keyword(&step) && !steps.iter().any(is_keyword));
        match same {
            Some((steps, _)) => steps.push(step),
            None => gathered.push((vec![step], inner)),
        }
    }
    gathered
}
