use std::collections::{BTreeMap, HashMap};

use isomorph_json::Pointer;

use super::kind::Kind;
use super::rules::Rules;
use super::used::{Offer, Operation, Use};

/// A document that holds schemas: which, and where they stand in it.
#[derive(Debug, Clone)]
pub struct Holder {
    /// What it is.
    pub kind: Kind,
    /// What its schemas mean beyond JSON Schema.
    pub rules: Rules,
    /// The keyword of the definitions that they became: `$defs` or `definitions`.
    pub keyword: &'static str,
    /// The schemas.
    pub held: Vec<Held>,
    /// What its operations use them for.
    pub uses: Vec<Use>,
    /// Its operations, if they are asked for.
    pub operations: Vec<Operation>,
    /// Which of the schemas it offers to others.
    pub offers: Vec<Offer>,
    /// References to what other documents hold, as they are here, and as the document has them.
    pub references: BTreeMap<String, String>,
    /// The index of each by its name.
    by_name: HashMap<String, usize>,
}

/// A schema that a document holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The name of the definition that it became.
    pub name: String,
    /// Where it stands in the document.
    pub pointer: Pointer,
    /// How references of the document are written that lead to it, from behind the `#`; what they say of places inside it
    /// comes behind that.
    pub fragment: String,
    /// Whether references in it are relative to it, and not to the document.
    pub is_alone: bool,
}

/// How many names a message lists.
const SHOWN: usize = 24;

impl Holder {
    /// One that holds nothing yet.
    pub(super) fn new(kind: Kind, rules: Rules, keyword: &'static str) -> Self {
        Self {
            kind,
            rules,
            keyword,
            held: Vec::new(),
            uses: Vec::new(),
            operations: Vec::new(),
            offers: Vec::new(),
            references: BTreeMap::new(),
            by_name: HashMap::new(),
        }
    }

    /// One of parts that nobody has named.
    pub fn of_parts() -> Self {
        Self::new(Kind::Parts, Rules::Plain, "$defs")
    }

    /// Whether it holds schemas by their names.
    pub fn has_names(&self) -> bool {
        self.kind != Kind::Parts
    }

    /// Adds a schema, whose name is new; its index.
    pub(super) fn hold(&mut self, held: Held) -> usize {
        self.by_name.insert(held.name.clone(), self.held.len());
        self.held.push(held);
        self.held.len() - 1
    }

    /// Where a place of the document of definitions stands in this one.
    pub fn place(&self, pointer: &Pointer) -> Option<Pointer> {
        let mut segments = pointer.segments();
        let (keyword, name) = (segments.next()?, segments.next()?);
        let held = &self.held[*self.by_name.get(&name).filter(|_| keyword == self.keyword)?];
        let rest = pointer.strip_prefix(&self.definition(&held.name))?;
        Some(held.pointer.append(&rest))
    }

    /// Where a place of this document stands in the document of definitions; `None` if it is in no schema.
    pub fn locate(&self, place: &Pointer) -> Option<Pointer> {
        let inside = self.held.iter().filter_map(|held| Some((held, place.strip_prefix(&held.pointer)?)));
        // A schema may be inside another, by a reference that leads there.
        let (held, rest) = inside.min_by_key(|(_, rest)| rest.as_str().len())?;
        Some(self.definition(&held.name).append(&rest))
    }

    /// The definition of the only schema.
    ///
    /// # Errors
    ///
    /// If there are several: their names, and what to do.
    pub fn only(&self) -> Result<Pointer, String> {
        match self.held.as_slice() {
            [only] => Ok(self.definition(&only.name)),
            [] => Err(format!("{} is no schema; name one by its place, as in `#/name`", self.kind)),
            all => {
                let shown: Vec<_> = all.iter().take(SHOWN).map(|held| format!("`{}`", held.name)).collect();
                let more = if all.len() > SHOWN { " …" } else { "" };
                Err(format!(
                    "{} is no schema, and holds {}; name one: {}{more}",
                    self.kind,
                    all.len(),
                    shown.join(", ")
                ))
            }
        }
    }

    /// The definition of this name.
    pub fn definition(&self, name: &str) -> Pointer {
        Pointer::root().join(self.keyword).join(name)
    }
}
