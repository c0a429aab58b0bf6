//! What typify lost: documentation, and the attributes under which schemars' derive says exactly what
//! the source says. Where none do, the schema is carried: embedded, and counted apart.

mod attributes;
mod derived;
mod docs;
mod fit;
mod json_text;
mod notes;
mod references;
mod spelling;

use std::collections::HashMap;

use isomorph_json::Pointer;
use isomorph_schema::{Location, binds};
use schemars::Schema;
use serde_json::Value;

pub use attributes::Attributes;
pub use docs::{Documentation, is_hidden, lines};
pub use references::definitions_keyword;

use docs::Told;
use references::References;
use spelling::{Simple, Spelling};

use crate::model::{Branch, Definition, DefinitionId, Form, Model, Object, Origin, Property};
use crate::pair::{Field, Pair, Shape};

/// A definition, its item, and what is written around it.
#[derive(Debug)]
pub struct Annotated<'m> {
    /// The definition and its item.
    pub pair: Pair<'m>,
    /// What people are told of it.
    pub documentation: Documentation,
    /// What they are told of the fields.
    pub field_documentation: Vec<Documentation>,
    /// What they are told of the variants.
    pub variant_documentation: Vec<Documentation>,
    /// What schemars calls it.
    pub schema_name: String,
    /// How the schema comes back.
    pub schema: SchemaSource,
}

impl Annotated<'_> {
    /// Whether only a validator can tell what the type is to accept.
    pub fn is_guarded(&self) -> bool {
        self.pair.without_shape.is_some() || !self.pair.definition.guard.is_empty()
    }

    /// Whether its schema is a copy of the source.
    pub fn is_carried(&self) -> bool {
        matches!(self.schema, SchemaSource::Carried { .. })
    }
}

/// Where `JsonSchema` gets the schema of a type from.
#[derive(Debug, Clone, PartialEq)]
pub enum SchemaSource {
    /// From the derive, under these attributes.
    Derived {
        /// On the item.
        item: Attributes,
        /// On its fields.
        fields: Vec<Attributes>,
    },
    /// From a copy of the source.
    Carried {
        /// Why the derive cannot say it.
        because: String,
    },
}

/// Annotates every item.
pub fn annotate<'m>(model: &'m Model, pairs: Vec<Pair<'m>>) -> Vec<Annotated<'m>> {
    let mut annotator = Annotator { model, references: References::of(model), said: HashMap::new() };
    // An inline definition comes behind its owner, whose schema repeats it.
    let mut annotated: Vec<_> = pairs.into_iter().rev().map(|pair| annotator.annotate(pair)).collect();
    annotated.reverse();
    annotated
}

struct Annotator<'m> {
    model: &'m Model,
    references: References,
    /// What each inline definition's `JsonSchema` says.
    said: HashMap<DefinitionId, Value>,
}

impl<'m> Annotator<'m> {
    fn annotate(&mut self, pair: Pair<'m>) -> Annotated<'m> {
        let definition = pair.definition;
        let own = text(&definition.schema, "description");
        let documentation = Documentation {
            description: own.or_else(|| self.description_around(definition)),
            notes: notes::of(&definition.schema, &definition.form, &definition.guard),
            // Of a schema inside another, what is around it is deprecated.
            is_deprecated: definition.origin != Origin::Inline && is_deprecated(&definition.schema),
        };
        let fields = match &pair.shape {
            Shape::Struct { fields, .. } => fields.as_slice(),
            _ => &[],
        };
        let sources: Vec<_> = fields.iter().map(|field| source_of(self.model, field.property)).collect();
        let described = fields.iter().zip(&sources);
        let field_documentation: Vec<_> =
            described.map(|(field, source)| field_documentation(field, source)).collect();
        let variant_documentation = self.variant_documentation(definition);
        let members =
            if field_documentation.is_empty() { &variant_documentation } else { &field_documentation };
        let schema = self.decide(&pair, &documentation, (members, &sources));
        if definition.origin == Origin::Inline {
            let said = match &schema {
                SchemaSource::Derived { .. } => definition.schema.clone(),
                SchemaSource::Carried { .. } => self.source(&definition.location).clone(),
            };
            self.said.insert(definition.id, said);
        }
        let schema_name = self.references.name(definition.id).to_owned();
        Annotated { pair, documentation, field_documentation, variant_documentation, schema_name, schema }
    }

    fn variant_documentation(&self, definition: &Definition) -> Vec<Documentation> {
        let of_branch = |branch: &Branch| {
            let is_deprecated = is_deprecated(self.source(&branch.schema.location));
            Documentation { is_deprecated, ..Documentation::default() }
        };
        match &definition.form {
            Form::Names(names) => documentation_of_names(definition, names),
            Form::Union(union) => union.branches.iter().map(of_branch).collect(),
            _ => Vec::new(),
        }
    }

    /// The description of the nullable property whose value this is: it describes the value as well.
    fn description_around(&self, definition: &Definition) -> Option<String> {
        let (around, _) = definition.location.pointer.split_last()?;
        let (property, keyword) = around.split_last()?;
        // What is said of one place is not said of others.
        let is_branch =
            definition.origin == Origin::Inline && keyword == "anyOf" && definition.places.is_empty();
        let root = &self.model.documents[definition.location.document].root;
        property.find(root).filter(|_| is_branch).and_then(|schema| text(schema, "description"))
    }

    /// Looks for attributes under which the derive says what the source says.
    fn decide(
        &self,
        pair: &Pair,
        documentation: &Documentation,
        (members, sources): (&[Documentation], &[&Value]),
    ) -> SchemaSource {
        let is_guarded_value = pair.definition.form == Form::Any && !pair.definition.guard.is_empty();
        if pair.without_shape.is_some() || is_guarded_value {
            return SchemaSource::Carried { because: "the type holds any value".into() };
        }
        let told: Vec<_> = members.iter().map(Documentation::told).collect();
        let documented = documentation.read_back();
        let mut shape = self.unadorned(pair.definition, &told);
        if documentation.is_deprecated {
            derived::insert(&mut shape, "deprecated", true.into());
        }
        let description = documentation.description.as_deref();
        let texts = Texts { documented, description, members, told, sources, shape };
        let mut conventions = Vec::new();
        for convention in Self::conventions(pair.definition, texts.are_read_back()) {
            let candidate = self.convention(pair, &texts, convention);
            if candidate.is_plain() {
                return candidate.derived();
            }
            conventions.push(candidate);
        }
        let mut closest: Option<Pointer> = None;
        let mut best: Option<Candidate> = None;
        for candidate in conventions.into_iter().map(|one| self.fitted(pair.definition, one, &texts)) {
            if let Some(place) = candidate.difference {
                closest = closest.max(Some(place));
            // Of two as short, the one that says more about the whole and less about each field.
            } else if best.as_ref().is_none_or(|best| candidate.len() <= best.len()) {
                best = Some(candidate);
            }
        }
        let carried =
            || SchemaSource::Carried { because: format!("no spelling for {}", closest.unwrap_or_default()) };
        best.map_or_else(carried, Candidate::derived)
    }

    /// The spellings to try, the plainest first.
    fn conventions(definition: &Definition, read_back: bool) -> Vec<Vec<Spelling>> {
        let mut conventions = vec![vec![], vec![Spelling::Plain], vec![Spelling::Pydantic]];
        if read_back {
            // Documentation is escaped; only this gives the author's text back.
            conventions[0].push(Spelling::Simple(Simple::PlainDescriptions));
        }
        if let Form::Object(object) = &definition.form {
            conventions.push(vec![Spelling::Simple(Simple::UndefaultedNotNull), Spelling::Pydantic]);
            if object.properties.iter().any(is_null_beside_default) {
                conventions.insert(2, vec![Spelling::Simple(Simple::PlainKeepingNull)]);
            }
            if let Some(first) = required(definition, &derived::required(object)) {
                for rest in &mut conventions {
                    rest.insert(0, first.clone());
                }
            }
        }
        conventions
    }

    /// The attributes under a convention, without more spellings.
    fn convention(&self, pair: &Pair, texts: &Texts, convention: Vec<Spelling>) -> Candidate {
        let definition = pair.definition;
        let source = &definition.schema;
        let own = text(source, "description").unwrap_or_default();
        let fields = match &definition.form {
            Form::Object(object) => field_attributes(object, texts, &convention),
            _ => Vec::new(),
        };
        let literals =
            matches!(definition.form, Form::Literals(_)).then_some(Spelling::Simple(Simple::Literals));
        let item = Attributes {
            rename: Some(self.references.name(definition.id).to_owned())
                .filter(|name| *name != definition.ident),
            inline: definition.origin == Origin::Inline,
            title: text(source, "title"),
            description: Some(own).filter(|own| texts.says_otherwise(own)),
            extend: missing_annotations(&texts.shape, source),
            spellings: literals.into_iter().chain(convention).collect(),
        };
        let said = say(definition, &item, &fields, texts);
        let difference = crate::model::difference(source, &said);
        Candidate { item, fields, said, difference }
    }

    /// With the spellings that lead from what the derive says to the source.
    fn fitted(&self, definition: &Definition, mut candidate: Candidate, texts: &Texts) -> Candidate {
        let mut without = candidate.item.clone();
        self.fit(definition, &mut candidate);
        if candidate.difference.is_none() {
            prune(definition, &mut candidate, texts);
        }
        if candidate.difference.is_none() || candidate.item.extend.is_empty() {
            return candidate;
        }
        // `extend` reads best, and comes first. Where what it adds is in the way of a spelling it follows.
        without.extend.clear();
        candidate.said = say(definition, &without, &candidate.fields, texts);
        candidate.item = without;
        self.fit(definition, &mut candidate);
        if candidate.difference.is_none() {
            prune(definition, &mut candidate, texts);
        }
        candidate
    }

    fn fit(&self, definition: &Definition, candidate: &mut Candidate) {
        let same = |from: &str, to: &str| self.references.same(definition.location.document, from, to);
        let allowed = fit::Allowed { guarded: &definition.guard, same: &same };
        candidate.item.spellings.extend(fit::fit(&mut candidate.said, &definition.schema, &allowed));
        candidate.difference = crate::model::difference(&definition.schema, &candidate.said);
    }

    /// What the derive says of a definition without attributes.
    fn unadorned(&self, definition: &Definition, told: &[Told]) -> Value {
        let mention = |id| self.mention(definition.location.document, id);
        match &definition.form {
            Form::Object(object) => derived::of_object(object, told, &mention),
            Form::Names(names) => derived::of_names(names, told),
            Form::Union(union) => derived::of_union(union, told, &mention),
            form => derived::of_form(form, &mention),
        }
    }

    /// How a definition appears where it is mentioned.
    fn mention(&self, document: usize, id: DefinitionId) -> Value {
        let reference = || serde_json::json!({"$ref": self.references.canonical(document, id)});
        self.said.get(&id).cloned().unwrap_or_else(reference)
    }

    /// A schema as its author wrote it.
    fn source(&self, location: &Location) -> &'m Value {
        location.pointer.find(&self.model.documents[location.document].root).unwrap_or(&Value::Null)
    }
}

fn field_documentation(field: &Field, source: &Value) -> Documentation {
    Documentation {
        description: text(source, "description"),
        notes: notes::of(source, &field.property.schema.form, &[]),
        is_deprecated: is_deprecated(source),
    }
}

/// The attributes of the fields of a struct whose container has these spellings.
fn field_attributes(object: &Object, texts: &Texts, spellings: &[Spelling]) -> Vec<Attributes> {
    let unadorned = Attributes { spellings: spellings.to_vec(), ..Attributes::default() };
    let said = derived::adorned(texts.shape.clone(), &unadorned, None);
    let attributes =
        object.properties.iter().zip(texts.sources).enumerate().map(|(index, (property, source))| {
            let said = &said["properties"][&property.name];
            let description = texts.members[index].description.clone();
            Attributes {
                title: text(source, "title").filter(|title| said.get("title").is_none_or(|t| t != title)),
                description: description.filter(|_| texts.told[index].documentation.is_none()),
                extend: missing_annotations(said, source),
                spellings: default_as(said, source).into_iter().collect(),
                ..Attributes::default()
            }
        });
    attributes.collect()
}

/// What the derive says under these attributes.
fn say(definition: &Definition, item: &Attributes, fields: &[Attributes], texts: &Texts) -> Value {
    let mut shape = texts.shape.clone();
    if let (Form::Object(object), Some(properties)) = (&definition.form, shape.get_mut("properties")) {
        for (property, field) in object.properties.iter().zip(fields).filter(|(_, field)| field.len() > 0) {
            let said = std::mem::take(&mut properties[&property.name]);
            properties[&property.name] = derived::adorned(said, field, None);
        }
    }
    derived::adorned(shape, item, texts.documented.as_deref())
}

/// Drops the spellings without which the derive says the same; the way to a fit may be longer than the fit.
fn prune(definition: &Definition, candidate: &mut Candidate, texts: &Texts) {
    const MOST: usize = 12;
    if candidate.item.spellings.len() > MOST {
        return;
    }
    let spellings = std::mem::take(&mut candidate.item.spellings);
    let said = say(definition, &candidate.item, &candidate.fields, texts);
    let mut said = Schema::try_from(said).unwrap_or_default();
    // What is said before each spelling.
    let mut before = Vec::new();
    for spelling in &spellings {
        before.push(said.clone());
        spelling.apply(&mut said);
    }
    // The last comes first.
    let mut kept: Vec<Spelling> = Vec::new();
    for (spelling, mut without) in spellings.into_iter().zip(before).rev() {
        kept.iter().rev().for_each(|later| later.apply(&mut without));
        if *without.as_value() != candidate.said {
            kept.push(spelling);
        }
    }
    kept.reverse();
    candidate.item.spellings = kept;
}

/// Whether a property has a default, and may be `null` besides.
fn is_null_beside_default(property: &Property) -> bool {
    let is_nullable = matches!(property.schema.form, Form::Nullable(_));
    is_nullable && property.default.as_ref().is_some_and(|default| !default.is_null())
}

/// How `required` is spelled, if the source lists it otherwise than the derive.
fn required(definition: &Definition, derived: &[&str]) -> Option<Spelling> {
    let names = definition.schema.get("required").and_then(Value::as_array)?;
    let names: Vec<_> = names.iter().filter_map(Value::as_str).collect();
    (names != derived).then(|| Spelling::Required(names.into_iter().map(ToOwned::to_owned).collect()))
}

/// How the default of a property is written, if the source writes it otherwise.
fn default_as(said: &Value, source: &Value) -> Option<Spelling> {
    let (said, wanted) = (said.get("default")?, source.get("default")?);
    (said != wanted).then(|| Spelling::DefaultAs(wanted.clone()))
}

/// What people are told of a definition and its fields.
struct Texts<'a> {
    /// What schemars reads back out of the documentation, if the description is in it as it is.
    documented: Option<String>,
    /// The description, whether it is or not.
    description: Option<&'a str>,
    /// What people are told of the fields, or of the variants.
    members: &'a [Documentation],
    /// What schemars reads of that.
    told: Vec<Told>,
    /// What the source says of the fields.
    sources: &'a [&'a Value],
    /// What the derive says without attributes.
    shape: Value,
}

impl Texts<'_> {
    /// Whether documentation says anything otherwise than the descriptions.
    fn are_read_back(&self) -> bool {
        let is_other = |description: Option<&str>, told: Option<&str>| {
            told.is_some_and(|told| told != description.unwrap_or_default())
        };
        let mut members = self.members.iter().zip(&self.told);
        is_other(self.description, self.documented.as_deref())
            || members
                .any(|(member, told)| is_other(member.description.as_deref(), told.documentation.as_deref()))
    }

    /// Whether schemars would read another description than `own` out of the documentation.
    fn says_otherwise(&self, own: &str) -> bool {
        self.description.is_some_and(|told| told != own || self.documented.is_none())
    }
}

/// Attributes, and the first place where the derive says something else under them.
struct Candidate {
    item: Attributes,
    fields: Vec<Attributes>,
    said: Value,
    difference: Option<Pointer>,
}

impl Candidate {
    /// Whether it says it all, and no field has to say by itself what another convention might.
    fn is_plain(&self) -> bool {
        self.difference.is_none() && self.fields.iter().all(|field| field.title.is_none())
    }

    fn len(&self) -> usize {
        self.item.len() + self.fields.iter().map(Attributes::len).sum::<usize>()
    }

    fn derived(self) -> SchemaSource {
        SchemaSource::Derived { item: self.item, fields: self.fields }
    }
}

/// The source of a property. One that is required and not declared has none.
fn source_of<'m>(model: &'m Model, property: &Property) -> &'m Value {
    let location = &property.schema.location;
    let is_declared = location.pointer.last() == property.name;
    let root = &model.documents[location.document].root;
    location.pointer.find(root).filter(|_| is_declared).unwrap_or(&Value::Null)
}

/// What the source says of each string of an enum that it writes as constants, in a list of schemas. Of texts
/// that documentation cannot say again, nothing.
fn documentation_of_names(definition: &Definition, names: &[String]) -> Vec<Documentation> {
    let branches =
        ["oneOf", "anyOf"].into_iter().find_map(|keyword| definition.schema.get(keyword)?.as_array());
    let branches = branches.map(Vec::as_slice).unwrap_or_default();
    let is_of = |branch: &Value, name: &String| {
        let only = branch.get("const").or_else(|| match branch.get("enum")?.as_array()?.as_slice() {
            [only] => Some(only),
            _ => None,
        });
        only.is_some_and(|only| only == name)
    };
    let of_name = |name| {
        let branch = branches.iter().find(|branch| is_of(branch, name)).unwrap_or(&Value::Null);
        let told = Documentation { description: text(branch, "description"), ..Documentation::default() };
        let description = told.as_it_is().map(ToOwned::to_owned);
        Documentation { description, is_deprecated: is_deprecated(branch), ..Documentation::default() }
    };
    names.iter().map(of_name).collect()
}

fn is_deprecated(schema: &Value) -> bool {
    schema.get("deprecated") == Some(&Value::Bool(true))
}

fn text(schema: &Value, keyword: &str) -> Option<String> {
    schema.get(keyword).and_then(Value::as_str).map(ToOwned::to_owned)
}

/// The keywords of the source that the derive does not make, and that no shape says.
fn missing_annotations(said: &Value, source: &Value) -> Vec<(String, Value)> {
    let keywords = source.as_object().into_iter().flatten();
    let mut missing: Vec<_> = keywords
        .filter(|(keyword, _)| said.get(keyword.as_str()).is_none())
        .filter(|(keyword, _)| !matches!(keyword.as_str(), "title" | "description"))
        .filter(|(keyword, _)| fit::stands_beside(keyword))
        // What binds one branch of an open union goes into that.
        .filter(|(keyword, _)| !said.as_object().is_some_and(fit::has_other) || !binds(keyword))
        .map(|(keyword, value)| (keyword.clone(), value.clone()))
        .collect();
    // The order of keywords means nothing, and is not to show.
    missing.sort_by(|a, b| a.0.cmp(&b.0));
    missing
}
