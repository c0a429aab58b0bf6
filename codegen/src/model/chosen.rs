//! Names that settings choose beside those of single types: of types by pattern, of fields, and of variants.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use isomorph_schema::Location;

use super::builder::Builder;
use super::called::beside;
use super::definition::Definition;
use super::definition_id::DefinitionId;
use super::form::{Form, Union};
use super::unmatched::Unmatched;
use crate::by_name::is_of;
use crate::error::Error;
use crate::names::{is_keyword, is_type_ident, is_word};

/// What is chosen by place, and by patterns of the type and of the field or variant.
#[derive(Default)]
struct Chosen<'s> {
    by_place: HashMap<Location, &'s String>,
    by_pattern: Vec<(&'s str, &'s str, &'s String)>,
    /// The places that were found, for those that were not.
    found: BTreeSet<Location>,
    /// The patterns that something was of, by their place in the list.
    matched: BTreeSet<usize>,
    /// The types and members that there are, if there are patterns.
    members: Vec<(String, String)>,
}

/// The settings that name members.
const MEMBERS: &[&str] = &["fields", "variants"];

impl Chosen<'_> {
    fn of(&mut self, at: &Location, ty: &str, member: &str) -> Option<String> {
        if let Some(name) = self.by_place.get(at) {
            self.found.insert(at.clone());
            return Some((*name).clone());
        }
        if self.by_pattern.is_empty() {
            return None;
        }
        self.members.push((ty.to_owned(), member.to_owned()));
        let all = self.by_pattern.iter().enumerate();
        let meant = all.filter(|(_, (types, members, _))| is_of(types, ty) && is_of(members, member));
        let meant: Vec<_> = meant.map(|(index, (_, _, name))| (index, *name)).collect();
        self.matched.extend(meant.iter().map(|(index, _)| *index));
        meant.first().map(|(_, name)| (*name).clone())
    }

    /// The patterns that nothing was of.
    fn unmatched(&self, table: &'static str) -> impl Iterator<Item = Unmatched> {
        let all = self.by_pattern.iter().enumerate().filter(|(index, _)| !self.matched.contains(index));
        all.map(move |(_, (types, member, _))| {
            Unmatched::of_members(table, &format!("{types}.{member}"), &self.members)
        })
    }
}

impl Builder<'_> {
    /// Calls the types of `free` by the patterns that their names are of: what `*` stands for in the pattern stands for the
    /// one in the name. Where a lock keeps names, those of others are not asked what they once were.
    ///
    /// # Errors
    ///
    /// If one cannot be called so, or another is.
    pub(super) fn name_by_pattern(
        &mut self,
        definitions: &mut [Definition],
        order: &[DefinitionId],
        free: &dyn Fn(DefinitionId) -> bool,
        is_locked: bool,
    ) -> Result<(), Error> {
        let patterns: Vec<_> = self.settings.names.iter().filter(|(place, _)| !place.contains('#')).collect();
        // What a pattern once named the lock names now.
        if !is_locked {
            let names: Vec<_> = order.iter().map(|id| definitions[id.0].ident.as_str()).collect();
            let of = patterns.iter().filter_map(|(pattern, _)| Unmatched::of_types("names", pattern, &names));
            self.unmatched.extend(of);
        }
        for id in order.iter().filter(|id| free(**id)) {
            let ident = &definitions[id.0].ident;
            let name = patterns.iter().find_map(|(pattern, name)| {
                let (start, end) = pattern.split_once('*').unwrap_or((pattern, ""));
                let rest = ident.strip_prefix(start)?.strip_suffix(end)?;
                (pattern.contains('*') || rest.is_empty()).then(|| name.replace('*', rest))
            });
            let Some(name) = name else { continue };
            if !is_type_ident(&name) {
                return Err(Error::BadName { name });
            }
            definitions[id.0].ident = name;
        }
        Ok(())
    }

    /// Holds the names of types to each other.
    ///
    /// # Errors
    ///
    /// If settings call two types the same that are not equal.
    pub(super) fn are_apart(
        &self,
        definitions: &[Definition],
        order: &[DefinitionId],
        given: &BTreeMap<DefinitionId, String>,
    ) -> Result<(), Error> {
        let mut known: BTreeMap<&str, DefinitionId> = BTreeMap::new();
        let place = |id: DefinitionId| {
            let location = &definitions[id.0].location;
            self.documents[location.document].place(&location.pointer)
        };
        for id in order {
            let ident = definitions[id.0].ident.as_str();
            if let Some(other) = known.insert(ident, *id) {
                let (one, two) = (place(other), place(*id));
                let message =
                    format!("`names` calls two types `{ident}` whose schemas are not equal: {one} and {two}");
                return Err(Error::of_setting(&["names"], ident, message));
            }
        }
        // What was to be of a type of that name, and is of another.
        match given.iter().find(|(id, name)| definitions[id.0].ident != **name) {
            Some((id, name)) => {
                let (place, ident) = (place(*id), &definitions[id.0].ident);
                let message = format!(
                    "`names` calls two schemas `{name}` that are not equal; one is {place}, now `{ident}`"
                );
                Err(Error::of_setting(&["names"], name, message))
            }
            None => Ok(()),
        }
    }

    /// Calls fields and variants as settings say.
    ///
    /// # Errors
    ///
    /// If one cannot be called so, or there is nothing at a place.
    pub(super) fn name_members(
        &mut self,
        definitions: &mut [Definition],
        order: &[DefinitionId],
    ) -> Result<(), Error> {
        let settings = self.settings;
        let mut fields = self.chosen(&settings.fields)?;
        let mut variants = self.chosen(&settings.variants)?;
        for id in order {
            let Definition { ident, form, variants: names, location, .. } = &mut definitions[id.0];
            match form {
                Form::Object(object) => {
                    for property in &mut object.properties {
                        property.called = fields.of(&property.schema.location, ident, &property.name);
                    }
                    let called = object.properties.iter().filter_map(|property| property.called.as_ref());
                    differ(ident, called, &|name| {
                        is_word(name) && !["crate", "self", "super", "Self", "_"].contains(&name)
                    })?;
                    for name in object.properties.iter_mut().filter_map(|property| property.called.as_mut()) {
                        if is_keyword(name) {
                            name.insert_str(0, "r#");
                        }
                    }
                }
                Form::Names(values) => {
                    let at = |index: usize| self.place_of_value(location, &values[index]);
                    let chosen =
                        (0..values.len()).map(|index| variants.of(&at(index), ident, &values[index]));
                    *names = named(ident, chosen.collect(), names.clone())?;
                }
                Form::Union(Union { branches, .. }) => {
                    let chosen = branches
                        .iter()
                        .map(|branch| variants.of(&branch.schema.location, ident, &branch.name));
                    let chosen = chosen.collect();
                    let names = branches.iter().map(|branch| branch.name.clone()).collect();
                    for (branch, name) in branches.iter_mut().zip(named(ident, chosen, names)?) {
                        branch.name = name;
                    }
                }
                _ => {}
            }
        }
        self.unmatched.extend(fields.unmatched("fields").chain(variants.unmatched("variants")));
        let lost = |settings: &BTreeMap<String, String>, chosen: &Chosen| {
            let mut places = settings.iter().filter(|(place, _)| place.contains('#'));
            let is_lost =
                |place: &str| self.member_location(place).is_none_or(|at| !chosen.found.contains(&at));
            places.find(|(place, _)| is_lost(place)).map(|(place, name)| (place.clone(), name.clone()))
        };
        let lost = lost(&settings.fields, &fields).or_else(|| lost(&settings.variants, &variants));
        lost.map_or(Ok(()), |(place, name)| Err(self.unused(&place, &name)))
    }

    fn chosen<'s>(&self, said: &'s BTreeMap<String, String>) -> Result<Chosen<'s>, Error> {
        let mut chosen = Chosen::default();
        for (place, name) in said {
            if place.contains('#') {
                let location = self.member_location(place).ok_or_else(|| self.unused(place, name))?;
                chosen.by_place.insert(location, name);
            } else {
                let no_member = || {
                    let message =
                        format!("`{place}` is neither FILE#POINTER nor TYPE.NAME, for the name `{name}`");
                    Error::of_setting(MEMBERS, place, message)
                };
                let (types, members) = place.split_once('.').ok_or_else(no_member)?;
                chosen.by_pattern.push((types, members, name));
            }
        }
        Ok(chosen)
    }

    /// Where a property, a branch or a value of an enum stands.
    fn member_location(&self, place: &str) -> Option<Location> {
        let (file, pointer) = place.split_once('#')?;
        let document = self.documents.iter().position(|one| one.file_name() == file || one.file == file)?;
        let pointer = isomorph_json::Pointer::parse(pointer)?;
        Some(Location { document, pointer: self.documents[document].locate(&pointer) })
    }

    /// Where a value of an enum stands: in its list, as a branch, or as the only one.
    fn place_of_value(&self, location: &Location, value: &str) -> Location {
        let schema = self.schema(location);
        let is_it =
            |one: &serde_json::Value| one == value || one.get("const").is_some_and(|one| one == value);
        let lists = ["enum", "oneOf", "anyOf"].into_iter();
        let mut found = lists.filter_map(|keyword| {
            let index = schema.get(keyword)?.as_array()?.iter().position(is_it)?;
            Some(location.join(keyword).join(index))
        });
        found.next().unwrap_or_else(|| location.join("const"))
    }
}

/// The names of variants with those that were chosen.
fn named(ty: &str, chosen: Vec<Option<String>>, names: Vec<String>) -> Result<Vec<String>, Error> {
    if chosen.iter().all(Option::is_none) {
        return Ok(names);
    }
    differ(ty, chosen.iter().flatten(), &|name| is_word(name) && name != "Self" && !is_keyword(name))?;
    Ok(beside(chosen, names))
}

/// Holds what is chosen to each other, and to what can be chosen.
fn differ<'n>(
    ty: &str,
    names: impl Iterator<Item = &'n String>,
    can_be: &dyn Fn(&str) -> bool,
) -> Result<(), Error> {
    let mut known = BTreeSet::new();
    for name in names {
        if !can_be(name) {
            let message = format!("`{name}`, in `{ty}`, is no identifier of Rust");
            return Err(Error::of_setting(MEMBERS, name, message));
        }
        if !known.insert(name) {
            let message = format!("two members of `{ty}` are to be called `{name}`");
            return Err(Error::of_setting(MEMBERS, name, message));
        }
    }
    Ok(())
}
