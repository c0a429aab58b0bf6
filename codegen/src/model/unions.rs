//! Unions: `oneOf`, `anyOf`, and schemas of several types.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use isomorph_schema::{Dialect, Location, Types, listed};
use serde_json::Value;

use super::builder::{Builder, Draft};
use super::compose::Composition;
use super::composed::Composed;
use super::form::{Branch, Form, Holds, Representation, Subschema, Union};
use super::layers::collect;
use super::narrowed::Narrowed;
use super::position::Position;
use super::reason::Reason;
use super::scalars::{literal_form, type_matters};
use super::spread::Beside;
use crate::error::Error;
use crate::names::type_ident;

/// Keywords that give an instance a shape of its own, beside which a union only restricts it.
const SHAPING: [&str; 6] =
    ["properties", "patternProperties", "additionalProperties", "items", "prefixItems", "additionalItems"];

/// The schemas of which a value has to be one, and the keyword that says so.
struct Among {
    layer: usize,
    keyword: &'static str,
    locations: Vec<Location>,
}

/// What a value has to be one of, if one keyword says so: `oneOf` or `anyOf`, or an `if` that means one of two references.
fn among(composition: &Composition) -> Option<Among> {
    let values = |keyword: &'static str| {
        let all = composition.values(keyword).into_iter();
        // What stands around branches is said.
        all.filter(move |(layer, _)| !composition.is_said(*layer, keyword))
            .map(move |(layer, all)| (layer, keyword, all))
    };
    let unions: Vec<_> = values("oneOf").chain(values("anyOf")).collect();
    let at = |layer: usize, keyword: &str| composition.layers.all[layer].location.join(keyword);
    if let [(layer, keyword, Value::Array(schemas))] = unions.as_slice() {
        let base = at(*layer, keyword);
        let possible = (0..schemas.len()).filter(|index| schemas[*index] != Value::Bool(false));
        let locations = possible.map(|index| base.join(index)).collect();
        return Some(Among { layer: *layer, keyword, locations });
    }
    let refers = |(layer, schema): &(usize, &Value), of: usize| {
        let is_alone = schema.as_object().is_some_and(|one| one.len() == 1 && one.contains_key("$ref"));
        *layer == of && is_alone
    };
    match (
        values("if").collect::<Vec<_>>().as_slice(),
        composition.values("then").as_slice(),
        composition.values("else").as_slice(),
    ) {
        ([(layer, keyword, _)], [then], [or_else])
            if unions.is_empty() && refers(then, *layer) && refers(or_else, *layer) =>
        {
            let locations = ["then", "else"].map(|keyword| at(*layer, keyword)).into();
            Some(Among { layer: *layer, keyword, locations })
        }
        _ => None,
    }
}

impl<'a> Builder<'a> {
    /// The form of a schema whose shape is a union, if that is what it is.
    pub(super) fn union(
        &mut self,
        composition: &mut Composition<'a>,
        position: &Position,
    ) -> Result<Option<Composed>, Error> {
        let Some(among) = among(composition) else { return self.switched(composition, position) };
        if let ControlFlow::Break(decided) = self.beside_shape(composition, &among, position)? {
            return Ok(decided);
        }
        let types = composition.types;
        let Among { layer, keyword, locations } = among;
        if locations.is_empty() {
            return Ok(Some(Composed {
                form: Form::Any,
                checks: Vec::new(),
                left: vec![Reason::keyword(keyword)],
            }));
        }
        let exactly_one = keyword == "oneOf";
        let mut all_types = Vec::new();
        for location in &locations {
            all_types.push(self.types_of(location)?);
        }
        // Which of two a condition means no form says.
        let may_be_said = keyword != "if";
        let is_within = |of: &Types| of.minus(types).is_empty();
        if may_be_said && all_types.iter().all(is_within) {
            composition.say(layer, keyword);
        }
        if let Some(form) = self.listed(&locations, exactly_one, types)? {
            return Ok(Some(composition.done(form, Vec::new())));
        }
        let nulls = all_types.iter().filter(|one| one.meets(Types::NULL)).count();
        let null = all_types.iter().position(|one| *one == Types::NULL);
        // Where `null` is in another branch as well, it is two of `oneOf`, and no more than `null` of `anyOf`.
        let null = null.filter(|_| (nulls == 1 || keyword == "anyOf") && locations.len() > 1);
        // What can only be `null` is not `null` yet: `oneOf` of two of it is nothing.
        let null = null.filter(|index| self.takes_null(&locations[*index], 0));
        let mut branches = Vec::new();
        for (index, location) in locations.iter().enumerate().filter(|(index, _)| Some(*index) != null) {
            branches.push((location.clone(), all_types[index]));
        }
        let form = match branches.as_slice() {
            [] => return Ok(None),
            [(location, _)] => {
                let only = Position { location: location.clone(), types, name: position.name.clone() };
                self.place(&only)?
            }
            _ => {
                let own = branches.iter().map(|(_, types)| *types).fold(Types::NONE, Types::union);
                let said = branches;
                let mut branches = self.branches(&said, types, position)?;
                let mut each = branches.iter().zip(&said);
                if may_be_said
                    && (null.is_none() || types.meets(Types::NULL))
                    && each
                        .all(|(branch, (_, of))| is_within(of) || self.holds_only(&branch.schema.form, types))
                {
                    composition.say(layer, keyword);
                }
                let tag = self.tag(&mut branches, types)?;
                let also = self.beside_union(composition, &locations, position)?;
                let order = (0..branches.len()).collect();
                let union = Union {
                    exactly_one,
                    tag,
                    branches,
                    order,
                    also,
                    representation: Representation::Untagged,
                };
                let part = Subschema::new(position.location.clone(), Form::Union(union));
                if null.is_some() {
                    let own = own.intersection(types);
                    self.hoisted(part, &Position { types: own, ..position.clone() })
                } else {
                    part
                }
            }
        };
        let form = match null {
            Some(_) if matches!(form.form, Form::Nullable(_)) => form.form,
            Some(_) => Form::Nullable(Box::new(form)),
            None => {
                return Ok(Some(Composed { checks: form.checks, ..composition.done(form.form, Vec::new()) }));
            }
        };
        Ok(Some(composition.done(form, Vec::new())))
    }

    /// What a union is that stands beside what gives an instance a shape of its own, or one type without parts; nothing is
    /// decided of others.
    fn beside_shape(
        &mut self,
        composition: &mut Composition<'a>,
        Among { layer, keyword, locations }: &Among,
        position: &Position,
    ) -> Result<ControlFlow<Option<Composed>>, Error> {
        let (layer, keyword) = (*layer, *keyword);
        let left = composition.left(composition.types);
        let shaped = left.iter().any(|left| SHAPING.iter().any(|keyword| left.is(keyword)));
        let requires = left.iter().any(|left| left.is("required"));
        let is_scalar =
            |types: Types| !types.meets(Types::ARRAY.union(Types::OBJECT)) && types.each().len() == 1;
        if shaped || is_scalar(composition.types) {
            match self.narrow(composition, (layer, keyword), locations)? {
                Narrowed::Never => return Ok(ControlFlow::Break(Some(Composed::opaque(Reason::Never)))),
                Narrowed::Said => return Ok(ControlFlow::Break(None)),
                Narrowed::Open => {}
            }
        }
        let beside = Beside { layer, keyword, branches: locations };
        if shaped {
            return Ok(ControlFlow::Break(self.spread(composition, beside, position)?));
        }
        let types = composition.types;
        if requires && types == Types::OBJECT {
            let spread = self.spread(composition, beside, position)?;
            return Ok(spread.map_or(ControlFlow::Continue(()), |spread| ControlFlow::Break(Some(spread))));
        }
        if !is_scalar(types) {
            return Ok(ControlFlow::Continue(()));
        }
        let listed = self.listed(locations, keyword == "oneOf", types)?;
        Ok(ControlFlow::Break(listed.map(|form| {
            composition.say(layer, keyword);
            composition.done(form, Vec::new())
        })))
    }

    /// Whether a part has values of these types alone: its schema says so, or it was made for them. What others can refer to is
    /// made for all.
    fn holds_only(&self, form: &Form, types: Types) -> bool {
        match form {
            _ if types == Types::ALL => true,
            Form::Any => false,
            Form::Nullable(inner) => self.holds_only(&inner.form, types),
            Form::Union(union) => {
                union.branches.iter().all(|branch| self.holds_only(&branch.schema.form, types))
            }
            Form::Reference(id) => {
                let Draft { position, composed, .. } = &self.drafts[id.0];
                let is_made_for_them = position.types.minus(types).is_empty();
                let made = composed.as_ref().filter(|_| is_made_for_them);
                made.is_some_and(|made| self.holds_only(&made.form, types))
            }
            _ => true,
        }
    }

    fn branches(
        &mut self,
        schemas: &[(Location, Types)],
        types: Types,
        position: &Position,
    ) -> Result<Vec<Branch>, Error> {
        let mut branches = Vec::new();
        for (index, (location, own)) in schemas.iter().enumerate() {
            let name = self.branch_name(location, *own, index);
            let inner =
                Position { location: location.clone(), types, name: format!("{}{name}", position.name) };
            let schema = match self.selected_type(location)? {
                Some(selected) => selected,
                None => self.place(&inner)?,
            };
            branches.push(Branch {
                name,
                schema,
                types: own.intersection(types),
                tags: None,
                tag_required: false,
                holds: Holds::Value,
            });
        }
        Ok(branches)
    }

    /// What a variant is called: by its title, by what it refers to, by its tag, by its type, or by number.
    pub(super) fn branch_name(&self, location: &Location, types: Types, index: usize) -> String {
        let schema = self.schema(location);
        let title = schema.get("title").and_then(Value::as_str).filter(|title| title.len() <= 40);
        let reference = schema.get("$ref").and_then(Value::as_str);
        let reference = reference.map(|reference| reference.rsplit(['/', '#']).next().unwrap_or_default());
        let constant = schema.get("const").and_then(Value::as_str);
        let named = title.or(reference).or(constant).filter(|name| name.chars().any(char::is_alphanumeric));
        match named {
            Some(name) => type_ident(name),
            None if types.each().len() == 1 && !types.meets(Types::OBJECT) => types.name().to_owned(),
            None => format!("Variant{}", index + 1),
        }
    }

    /// A union of nothing but listed values is the list of them all.
    fn listed(&self, locations: &[Location], exactly_one: bool, types: Types) -> Result<Option<Form>, Error> {
        let mut values: Vec<&Value> = Vec::new();
        for location in locations {
            let layers = collect(self.documents, &self.resolver, location)?;
            let [layer] = layers.all.as_slice() else { return Ok(None) };
            if !layer.binding(types).all(|keyword| ["type", "const", "enum"].contains(&keyword)) {
                return Ok(None);
            }
            let own = layer.get("type").map_or(Types::ALL, Types::named).intersection(types);
            let listed =
                layer.get("enum").and_then(Value::as_array).map(|all| all.iter().collect::<Vec<_>>());
            let constant = layer.get("const").map(|value| vec![value]);
            let Some(listed) = listed.xor(constant) else { return Ok(None) };
            let listed: Vec<_> = listed.into_iter().filter(|value| Types::of(value).meets(own)).collect();
            if layer.dialect == Dialect::Draft4 && type_matters(&listed, own) {
                return Ok(None);
            }
            for value in listed {
                if !values.iter().any(|known| isomorph_runtime::same(known, value)) {
                    values.push(value);
                } else if exactly_one {
                    return Ok(None);
                }
            }
        }
        Ok((!values.is_empty()).then(|| literal_form(&values)))
    }

    /// One branch for each type, and one for the others if there are any.
    pub(super) fn union_by_type(
        &mut self,
        each: &[Types],
        other: Types,
        position: &Position,
        outside: &[Reason],
    ) -> Result<Union, Error> {
        let mut branches = Vec::new();
        for types in each {
            let inner = position.of_types(*types, types.name());
            let schema = self.inside(&inner, outside)?;
            let name = types.name().to_owned();
            branches.push(Branch {
                name,
                schema,
                types: *types,
                tags: None,
                tag_required: false,
                holds: Holds::Value,
            });
        }
        if !other.is_empty() {
            let schema = Subschema::new(position.location.clone(), Form::Any);
            branches.push(Branch {
                name: "Other".into(),
                schema,
                types: other,
                tags: None,
                tag_required: false,
                holds: Holds::Value,
            });
        }
        let order = (0..branches.len()).collect();
        Ok(Union {
            exactly_one: false,
            tag: None,
            branches,
            order,
            also: Vec::new(),
            representation: Representation::Untagged,
        })
    }

    /// The strings that a property can be in each branch, for every property that is so limited.
    fn tags(&self, location: &Location) -> Result<BTreeMap<String, (Vec<String>, bool)>, Error> {
        let layers = collect(self.documents, &self.resolver, location)?;
        let mut tags = BTreeMap::new();
        let required = |name: &str| {
            let lists =
                layers.all.iter().filter_map(|layer| layer.get("required")).filter_map(Value::as_array);
            lists.flatten().any(|required| required == name)
        };
        for layer in &layers.all {
            let properties = layer.get("properties").and_then(Value::as_object);
            for name in properties.into_iter().flatten().map(|(name, _)| name) {
                let place = layer.location.join("properties").join(name);
                let inner = collect(self.documents, &self.resolver, &place)?;
                for layer in &inner.all {
                    let Some(values) = listed(|keyword| layer.get(keyword)) else { continue };
                    let strings: Option<Vec<_>> =
                        values.iter().map(|value| value.as_str().map(ToOwned::to_owned)).collect();
                    if let Some(strings) = strings {
                        tags.insert(name.clone(), (strings, required(name)));
                    }
                }
            }
        }
        Ok(tags)
    }

    /// Finds what tells most of the branches apart, and has each say its values of it.
    pub(super) fn tag(&self, branches: &mut [Branch], types: Types) -> Result<Option<String>, Error> {
        let tag = tag_of(self, branches, types)?;
        if let Some(tag) = &tag {
            self.tag_branches(branches, tag)?;
        }
        Ok(tag)
    }

    fn tag_branches(&self, branches: &mut [Branch], tag: &str) -> Result<(), Error> {
        for branch in branches.iter_mut().filter(|branch| branch.types.meets(Types::OBJECT)) {
            if let Some((values, required)) = self.tags(&branch.schema.location)?.remove(tag) {
                branch.tags = Some(values);
                branch.tag_required = required;
            }
        }
        Ok(())
    }
}

/// The property that tells most of the branches apart: limited to strings in at least two of them, and to
/// others in each.
fn tag_of(builder: &Builder, branches: &[Branch], types: Types) -> Result<Option<String>, Error> {
    if !types.meets(Types::OBJECT) {
        return Ok(None);
    }
    let mut selected = branches.iter().filter_map(|branch| builder.selected(&branch.schema.location));
    if let Some(selected) = selected.next() {
        return Ok(Some(selected.tag.to_owned()));
    }
    let mut limited: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for branch in branches.iter().filter(|branch| branch.types.meets(Types::OBJECT)) {
        for (name, (values, _)) in builder.tags(&branch.schema.location)? {
            limited.entry(name).or_default().push(values);
        }
    }
    let apart = |values: &Vec<Vec<String>>| {
        let distinct =
            |i: usize| values[..i].iter().all(|other| other.iter().all(|v| !values[i].contains(v)));
        (1..values.len()).filter(|i| distinct(*i)).count()
    };
    let best = limited.iter().map(|(name, values)| (apart(values), name));
    let best = best.filter(|(count, _)| *count > 0);
    Ok(best.max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(a.1))).map(|(_, name)| name.clone()))
}

#[cfg(test)]
mod tests {
    use isomorph_schema::Source;
    use serde_json::{Value, json};

    use crate::Settings;

    /// What the type of a schema does not say by its shape, by keywords.
    fn unsaid(schema: &Value) -> Vec<String> {
        let text = schema.to_string().into_bytes();
        let sources = [Source { file: "case.json".into(), uri: None, text }];
        let generated = crate::generate(&sources, &Settings::default(), "model.rs").expect("a valid schema");
        let row = &generated.report.definitions[0];
        row.checked_by.iter().chain(&row.guarded_by).cloned().collect()
    }

    #[test]
    fn branches_that_are_made_for_the_types_around_them_are_said_by_the_union() {
        let defs = json!({
            "Named": {"type": "object", "properties": {"n": {"type": "string"}}, "required": ["n"]},
            "Wider": {"type": ["string", "object"], "properties": {"w": {"type": "string"}}, "required": ["w"]},
        });
        let union =
            |keyword: &str, branches: Value| json!({"type": "object", keyword: branches, "$defs": defs});
        let own = |name: &str| json!({"properties": {name: {"type": "string"}}, "required": [name]});
        let named = json!({"$ref": "#/$defs/Named"});
        let wider = json!({"$ref": "#/$defs/Wider"});
        for keyword in ["oneOf", "anyOf"] {
            assert!(unsaid(&union(keyword, json!([own("a"), own("b")]))).is_empty());
            assert!(unsaid(&union(keyword, json!([own("a"), named]))).is_empty());
            // A string is one that the type of the reference can hold.
            assert_eq!(unsaid(&union(keyword, json!([own("a"), wider]))), [keyword]);
            let inside = json!({"anyOf": [own("b"), wider]});
            assert_eq!(unsaid(&union(keyword, json!([own("a"), inside]))), [keyword]);
        }
    }
}
