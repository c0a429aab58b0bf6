//! Types that another crate has: those of documents for which settings name one. They are not made here again, but taken
//! from there; as what that crate has is made from the same document, it is known what they are called there.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use isomorph_schema::{Document, Location, Resolver, Target, Types, live};
use serde_json::Map;

use crate::annotate::{self, Annotated};
use crate::error::Error;
use crate::model::{self, Constant, Definition, DefinitionId, Form, Model, Origin, instead};
use crate::pair;
use crate::settings::Settings;

/// The documents whose types other crates have.
pub struct Crates {
    all: Vec<Crate>,
}

struct Crate {
    /// The document.
    document: usize,
    /// The module that has its types.
    path: String,
    /// What that has.
    model: Model,
    /// What schemars calls it.
    names: HashMap<DefinitionId, String>,
}

/// A type that another crate has.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Import {
    /// The module.
    pub path: String,
    /// What it is called there.
    pub there: String,
    /// What it is called here.
    pub here: String,
}

/// Where a definition stands, for which values, and which of those that stand there so.
type Key = (Location, Option<Types>, usize);

impl Crates {
    /// Of what settings say. These documents are only there to be referred to.
    ///
    /// # Errors
    ///
    /// If a document is not there, if what is said is no path, or if the document cannot be used.
    pub fn of(documents: &mut [Document], settings: &Settings) -> Result<Self, Error> {
        let mut all = Vec::new();
        for (uri, path) in &settings.crates {
            let path = path.replace('-', "_");
            if syn::parse_str::<syn::Path>(&path).is_err() {
                let message = format!("`crates`: `{path}` is no path of a crate or module");
                return Err(Error::of_setting(&["crates"], uri, message));
            }
            let Some(document) = documents.iter().position(|document| is_called(document, uri)) else {
                return Err(Error::of_setting(&["crates"], uri, not_there(documents, uri)));
            };
            documents[document].is_guest = true;
            all.push((document, path));
        }
        if all.is_empty() {
            return Ok(Self { all: Vec::new() });
        }
        let leads = leads(documents, settings)?;
        let mut empty = documents.to_vec();
        for document in &mut empty {
            document.root = Map::new().into();
        }
        let make = |(document, path)| {
            // What it does not need is not looked at again for each of many.
            let mut alone = empty.clone();
            for index in reached(&leads, document) {
                alone[index].root = documents[index].root.clone();
            }
            Crate::of(alone, document, path, settings)
        };
        Ok(Self { all: all.into_iter().map(make).collect::<Result<_, _>>()? })
    }

    /// Takes out the items that other crates have; they follow with what they are called there. A type that is not the
    /// same here, for what other schemas ask of it, stays.
    pub fn take<'m>(
        &self,
        model: &Model,
        items: Vec<Annotated<'m>>,
    ) -> (Vec<Annotated<'m>>, Vec<Annotated<'m>>, Vec<Import>) {
        let ids = keys(&model.definitions).into_iter().map(|(id, key)| (key, id)).collect();
        let mut same = HashMap::new();
        for one in &self.all {
            same.extend(one.same(&items, &ids));
        }
        settle(model, &items, &mut same);
        let is_taken = |item: &Annotated| same.contains_key(&item.pair.definition.id);
        let (taken, own): (Vec<_>, Vec<_>) = items.into_iter().partition(is_taken);
        let mut imports = BTreeSet::new();
        for id in own.iter().flat_map(|item| model.mentioned(&item.pair.definition.form)) {
            if let Some((path, there)) = same.get(&id) {
                let here = model.definition(id).ident.clone();
                imports.insert(Import { path: path.clone(), there: there.clone(), here });
            }
        }
        (own, taken, imports.into_iter().collect())
    }

    /// A line for each document of which some types are made here all the same.
    pub fn notes(&self, model: &Model, own: &[Annotated]) -> Vec<String> {
        let note = |one: &Crate| {
            let is_its = |definition: &&Definition| {
                definition.location.document == one.document && definition.origin != Origin::Inline
            };
            let mut left = own.iter().map(|item| item.pair.definition).filter(is_its);
            let first = left.next()?;
            let count = left.count();
            let (path, place) = (&one.path, model.place(&first.location));
            let which = match count {
                0 => format!("`{}` is made here: beside the other schemas it is not the type", first.ident),
                more => format!(
                    "`{}` and {more} other types are made here: beside the other schemas they are not those",
                    first.ident
                ),
            };
            Some(format!("{place}: {which} that `{path}` has"))
        };
        self.all.iter().filter_map(note).collect()
    }
}

impl Crate {
    fn of(
        mut documents: Vec<Document>,
        document: usize,
        path: String,
        settings: &Settings,
    ) -> Result<Self, Error> {
        for (index, other) in documents.iter_mut().enumerate() {
            other.is_guest = index != document;
        }
        let settings = Settings {
            root_name: None,
            names: BTreeMap::new(),
            fields: BTreeMap::new(),
            variants: BTreeMap::new(),
            types: BTreeMap::new(),
            crates: BTreeMap::new(),
            locked: None,
            only: Vec::new(),
            ..settings.clone()
        };
        let model = model::build(documents, &[], &settings)?;
        let names = annotate::annotate(&model, pair::pair(&model))
            .into_iter()
            .map(|item| (item.pair.definition.id, item.schema_name))
            .collect();
        Ok(Self { document, path, model, names })
    }

    /// The module and the name of each of these items that it has as it is here.
    fn same(
        &self,
        items: &[Annotated],
        ids: &HashMap<Key, DefinitionId>,
    ) -> HashMap<DefinitionId, (String, String)> {
        let mut here = HashMap::new();
        for (there, key) in keys(&self.model.definitions) {
            here.extend(ids.get(&key).map(|id| (there, *id)));
        }
        let there: HashMap<_, _> = here.iter().map(|(there, here)| (*here, *there)).collect();
        let is_same = |item: &&Annotated| {
            let one = item.pair.definition;
            let Some(id) = there.get(&one.id).filter(|_| one.location.document == self.document) else {
                return false;
            };
            let Some(name) = self.names.get(id) else { return false };
            // Nobody refers to an inline schema by a name.
            let is_called_so = one.origin == Origin::Inline || *name == item.schema_name;
            is_called_so && is_same(one, self.model.definition(*id), &here)
        };
        let found = items.iter().filter(is_same).map(|item| item.pair.definition.id);
        let named =
            found.map(|id| (id, (self.path.clone(), self.model.definition(there[&id]).ident.clone())));
        named.collect()
    }
}

/// Leaves out what this crate has to build and cannot, as fields of another's newtypes are private, and what holds
/// something that is left out.
fn settle(model: &Model, items: &[Annotated], same: &mut HashMap<DefinitionId, (String, String)>) {
    let mut holders: HashMap<DefinitionId, Vec<DefinitionId>> = HashMap::new();
    for id in same.keys() {
        for part in model.mentioned(&model.definition(*id).form) {
            holders.entry(part).or_default().push(*id);
        }
    }
    let own = items.iter().map(|item| item.pair.definition.id).chain(holders.keys().copied());
    let mut left: Vec<_> = own.filter(|id| !same.contains_key(id)).collect();
    while let Some(id) = left.pop() {
        let definition = model.definition(id);
        // An inline schema is its owner's.
        let is_inline = |part: &DefinitionId| model.definition(*part).origin == Origin::Inline;
        let parts = model.mentioned(&definition.form).into_iter().filter(is_inline);
        let around = holders.get(&id).into_iter().flatten().copied();
        let more: Vec<_> = constructed(definition).into_iter().chain(parts).chain(around).collect();
        left.extend(more.into_iter().filter(|one| same.remove(one).is_some()));
    }
}

/// The types of which values are written where a definition has defaults.
fn constructed(definition: &Definition) -> Vec<DefinitionId> {
    let mut work: Vec<&Constant> = definition.default.iter().collect();
    let mut forms = vec![&definition.form];
    while let Some(form) = forms.pop() {
        if let Form::Object(object) = form {
            work.extend(object.properties.iter().filter_map(|property| property.when_absent.as_ref()));
        }
        forms.extend(form.parts().into_iter().map(|part| &part.form));
    }
    let mut found = Vec::new();
    while let Some(constant) = work.pop() {
        match constant {
            Constant::Wrapped(id, _) => found.push(*id),
            Constant::Object(object) => found.push(object.id),
            _ => {}
        }
        work.extend(constant.parts());
    }
    found
}

/// The keys of definitions.
fn keys(definitions: &[Definition]) -> Vec<(DefinitionId, Key)> {
    let mut count: HashMap<(&Location, Option<Types>), usize> = HashMap::new();
    let mut keys = Vec::with_capacity(definitions.len());
    for Definition { id, location, slice, .. } in definitions {
        let index = count.entry((location, *slice)).or_default();
        *index += 1;
        keys.push((*id, (location.clone(), *slice, *index)));
    }
    keys
}

/// Whether a definition is made of the same as another, whose parts are those of `here`.
fn is_same(one: &Definition, there: &Definition, here: &HashMap<DefinitionId, DefinitionId>) -> bool {
    let mut form = there.form.clone();
    instead::in_form(&mut form, &|id| *id = here.get(id).copied().unwrap_or(*id));
    one.form == form
        && one.variants == there.variants
        && one.checks == there.checks
        && one.guard == there.guard
        && one.keeps_unknown == there.keeps_unknown
}

/// The documents to which schemas of each refer.
fn leads(documents: &[Document], settings: &Settings) -> Result<Vec<BTreeSet<usize>>, Error> {
    let resolver = Resolver::new(documents, settings.unresolved)?;
    let mut leads = vec![BTreeSet::new(); documents.len()];
    for one in live::find(documents, &resolver)? {
        let dynamic = ["$dynamicRef", "$recursiveRef"].into_iter();
        let dynamic = dynamic.filter_map(|keyword| one.schema.get(keyword)?.as_str());
        for text in dynamic {
            if let Target::Here(target) = resolver.follow(&one.location, text)? {
                leads[one.location.document].insert(target.document);
            }
        }
        leads[one.location.document].extend(one.target.map(|target| target.document));
    }
    Ok(leads)
}

/// A document, and those that it leads to.
fn reached(leads: &[BTreeSet<usize>], from: usize) -> BTreeSet<usize> {
    let (mut reached, mut work) = (BTreeSet::new(), vec![from]);
    while let Some(index) = work.pop() {
        if reached.insert(index) {
            work.extend(&leads[index]);
        }
    }
    reached
}

/// Whether a document has this URI, or is called so in messages.
fn is_called(document: &Document, uri: &str) -> bool {
    let uri = uri.trim_end_matches('#');
    let said = ["$id", "id"].into_iter().filter_map(|keyword| document.root.get(keyword)?.as_str());
    let known = [document.uri.as_str(), document.file.as_str(), document.file_name()].into_iter();
    known
        .chain(document.aliases.iter().map(String::as_str))
        .chain(said)
        .any(|known| known.trim_end_matches('#') == uri)
}

fn not_there(documents: &[Document], uri: &str) -> String {
    let known: Vec<_> = documents.iter().map(|document| format!("`{}`", document.file)).collect();
    format!(
        "`crates`: no schema here is `{uri}`; there are {}. The crate's own schema is needed to know its types: \
         name its file with the others, or `map` it",
        known.join(", ")
    )
}
