//! Which places are of one type, and what those types are called.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::candidates::{Candidates, Kind};
use super::joined::joined;
use super::places::{Place, place_of};
use super::settle::settle;
use super::singular::{one, several};
use super::suggestion::{Noun, Suggestion};
use super::words::{Words, pascal, words};
use crate::model::definition::Definition;
use crate::model::definition_id::DefinitionId;
use crate::model::form::{Branch, Form};
use crate::model::variants::MOST_FIELDS;

/// The places of one type, not by the order of keys.
#[derive(Debug)]
pub struct Group {
    /// The definitions, the one first that stands for all.
    pub members: Vec<DefinitionId>,
    /// The name of the type.
    pub name: String,
}

/// What is known when inline types are named.
pub struct Naming<'a> {
    /// All definitions.
    pub definitions: &'a [Definition],
    /// What places suggest.
    pub suggestions: &'a BTreeMap<DefinitionId, Suggestion>,
    /// The class of each definition: those of one class may be one type.
    pub classes: HashMap<DefinitionId, usize>,
    /// Names that were given.
    pub given: &'a BTreeMap<DefinitionId, String>,
}

/// What tells a place from others of the same type, which had to be called after one of them: its owner, and its own words.
type Apart = (DefinitionId, String);

/// How often types are taken apart again, which were called after one of several owners.
const ROUNDS: usize = 6;

/// How far up owners are asked for what tells equal places apart.
const DEEPEST: usize = 16;

impl Naming<'_> {
    /// Names these definitions; `taken` are the names that others have. Equal schemas are one type, unless that would have
    /// to be called after one of several owners: then there is one for each owner.
    pub fn groups(&self, inline: &[DefinitionId], taken: &BTreeSet<String>) -> Vec<Group> {
        let mut apart: HashMap<DefinitionId, Apart> = HashMap::new();
        let mut round = 0;
        loop {
            let groups = self.grouped(inline, &apart);
            let (names, candidates) = self.named(&groups, &mut taken.clone());
            let found = self.found_apart(&groups, &names, &candidates);
            let before = apart.len();
            apart.extend(found);
            round += 1;
            if apart.len() == before || round > ROUNDS {
                let groups = groups.into_iter().zip(names);
                return groups.map(|(members, name)| Group { members, name }).collect();
            }
        }
    }

    fn grouped(
        &self,
        inline: &[DefinitionId],
        apart: &HashMap<DefinitionId, Apart>,
    ) -> Vec<Vec<DefinitionId>> {
        let mut groups: BTreeMap<_, Vec<DefinitionId>> = BTreeMap::new();
        let variants = self.variants(inline);
        for id in inline {
            let suggestion = &self.suggestions[id];
            let title: Vec<_> = suggestion.title.iter().map(|word| word.to_lowercase()).collect();
            // Objects of one property are shared only under one word.
            let is_small =
                matches!(&self.definitions[id.0].form, Form::Object(object) if object.properties.len() < 2);
            let word = suggestion.own.last().filter(|_| is_small).map(|word| word.to_lowercase());
            let noun = suggestion.noun.as_ref().and_then(|noun| noun.branch);
            let owner = apart.get(id).or_else(|| apart.get(&noun?));
            let of = variants.get(id).map(|(class, union)| (class, self.given.get(union), apart.get(union)));
            groups.entry((self.classes[id], title, word, owner, of)).or_default().push(*id);
        }
        let groups = groups.into_values().flat_map(|group| self.by_given_name(group));
        let mut groups = self.joined_by_given_name(groups);
        for group in &mut groups {
            group.sort_by_cached_key(|id| self.places(*id));
        }
        groups.sort_by_cached_key(|group| self.places(group[0]));
        groups
    }

    /// The objects that are variants of unions which a tag tells apart, with the class of each union and itself: as fields of a
    /// variant they are no types, and none that unions of different classes share.
    fn variants(&self, inline: &[DefinitionId]) -> HashMap<DefinitionId, (usize, DefinitionId)> {
        let inline: BTreeSet<_> = inline.iter().copied().collect();
        let mut variants = HashMap::new();
        for definition in self.definitions {
            let Form::Union(union) = &definition.form else { continue };
            let Some(tag) = &union.tag else { continue };
            // What has a name of its own is of no class.
            let class = self.classes.get(&definition.id).copied().unwrap_or(usize::MAX - definition.id.0);
            let object = |branch: &Branch| match branch.schema.form {
                Form::Reference(id) if inline.contains(&id) && self.is_variant(id, tag) => Some(id),
                _ => None,
            };
            if let Some(all) = union.branches.iter().map(object).collect::<Option<Vec<_>>>() {
                variants.extend(all.into_iter().map(|id| (id, (class, definition.id))));
            }
        }
        variants
    }

    /// Whether an object has a constant by this name, and few fields beside.
    fn is_variant(&self, id: DefinitionId, tag: &str) -> bool {
        let Form::Object(object) = &self.definitions[id.0].form else { return false };
        let is_constant = |form: &Form| match form {
            Form::Reference(id) => {
                matches!(&self.definitions[id.0].form, Form::Names(names) if names.len() == 1)
            }
            _ => false,
        };
        let mut tags = object.properties.iter().filter(|property| property.name == tag && property.required);
        object.properties.len() <= MOST_FIELDS + 1 && tags.any(|property| is_constant(&property.schema.form))
    }

    /// Where a definition stands, and where all that it is part of does: one schema may be part of several types.
    fn places(&self, id: DefinitionId) -> Vec<Place> {
        let mut chain = vec![id];
        while let Some(owner) = chain.last().and_then(|id| self.suggestions.get(id)?.owner)
            && !chain.contains(&owner)
            && chain.len() < DEEPEST
        {
            chain.push(owner);
        }
        chain.iter().map(|id| place_of(&self.definitions[id.0])).collect()
    }

    /// What is equal and was given one name is one type, whatever its places would call it.
    fn joined_by_given_name(
        &self,
        groups: impl Iterator<Item = Vec<DefinitionId>>,
    ) -> Vec<Vec<DefinitionId>> {
        let mut joined: Vec<Vec<DefinitionId>> = Vec::new();
        let mut known: HashMap<(usize, &String), usize> = HashMap::new();
        for group in groups {
            let given = group.iter().find_map(|id| self.given.get(id));
            let key = given.map(|name| (self.classes[&group[0]], name));
            if let Some(at) = key.and_then(|key| known.get(&key)) {
                joined[*at].extend(group);
            } else {
                known.extend(key.map(|key| (key, joined.len())));
                joined.push(group);
            }
        }
        joined
    }

    /// What was given two names stays two types; what was given none goes with the first.
    fn by_given_name(&self, group: Vec<DefinitionId>) -> Vec<Vec<DefinitionId>> {
        let given: BTreeSet<_> = group.iter().filter_map(|id| self.given.get(id)).collect();
        if given.len() < 2 {
            return vec![group];
        }
        let of = |name: &String| {
            let is_of = |id: &&DefinitionId| match self.given.get(id) {
                Some(own) => own == name,
                None => given.first().is_some_and(|first| *first == name),
            };
            group.iter().filter(is_of).copied().collect()
        };
        given.iter().map(|name| of(name)).collect()
    }

    fn named(
        &self,
        groups: &[Vec<DefinitionId>],
        taken: &mut BTreeSet<String>,
    ) -> (Vec<String>, Vec<Candidates>) {
        let mut names = vec![String::new(); groups.len()];
        let mut is_given = BTreeSet::new();
        for (index, group) in groups.iter().enumerate() {
            // What was one type, and is no longer, has its name once.
            let mut given = group.iter().filter_map(|id| self.given.get(id));
            if let Some(given) = given.find(|name| is_given.insert((*name).clone())) {
                names[index].clone_from(given);
            }
        }
        let mut candidates: Vec<_> = groups.iter().map(|group| self.candidates(group)).collect();
        let index_of: HashMap<_, _> = groups
            .iter()
            .enumerate()
            .flat_map(|(index, group)| group.iter().map(move |id| (*id, index)))
            .collect();
        // A union is called after the branch that has the noun.
        let noun_of = |index: usize| -> Option<(usize, &Noun)> {
            let noun = self.suggestions[&groups[index][0]].noun.as_ref()?;
            let branch = *index_of.get(&noun.branch?)?;
            (branch != index).then_some((branch, noun))
        };
        for is_late in [false, true] {
            let which: Vec<_> = (0..groups.len()).filter(|index| names[*index].is_empty()).collect();
            let which: Vec<_> =
                which.into_iter().filter(|index| noun_of(*index).is_some() == is_late).collect();
            for index in which.iter().filter(|_| is_late) {
                let joins = noun_of(*index).and_then(|(branch, noun)| joined_with(noun, &names[branch]));
                if let Some(name) = joins.map(|words| pascal(&words)) {
                    candidates[*index].names.retain(|known| *known != name);
                    candidates[*index].names.insert(0, name);
                    candidates[*index].good += 1;
                }
            }
            let all: Vec<_> = which.iter().map(|index| &candidates[*index]).collect();
            for (index, name) in which.iter().zip(settle(&all, taken)) {
                names[*index] = name;
            }
        }
        (names, candidates)
    }

    fn candidates(&self, group: &[DefinitionId]) -> Candidates {
        let kind = match &self.definitions[group[0].0].form {
            Form::Object(_) => Kind::Struct,
            Form::Names(_) | Form::Literals(_) => Kind::Enum,
            Form::Union(_) => Kind::Union,
            _ => Kind::Newtype,
        };
        let places: Vec<_> = group.iter().map(|id| &self.suggestions[id]).collect();
        Candidates::of(kind, &places)
    }

    /// The owner of each place whose type had to be called after one of several owners.
    fn found_apart(
        &self,
        groups: &[Vec<DefinitionId>],
        names: &[String],
        candidates: &[Candidates],
    ) -> HashMap<DefinitionId, Apart> {
        let stands_for: HashMap<_, _> =
            groups.iter().flat_map(|group| group.iter().map(|id| (*id, group[0]))).collect();
        let owner = |id: &DefinitionId| {
            let mut owner = self.suggestions[id].owner;
            // A union that leaves its noun to a branch owns nothing.
            while let Some(next) = owner
                && let Some(around) = self.suggestions.get(&next).filter(|around| around.noun.is_some())
                && around.owner.is_some()
            {
                owner = around.owner;
            }
            owner.map(|owner| stands_for.get(&owner).copied().unwrap_or(owner))
        };
        let mut apart = HashMap::new();
        for ((group, name), candidates) in groups.iter().zip(names).zip(candidates) {
            let is_given = group.iter().any(|id| self.given.contains_key(id));
            if group.len() < 2 || is_given || !candidates.owned.contains(name) {
                continue;
            }
            let words = |id: &DefinitionId| pascal(self.suggestions[id].words());
            let owners: Vec<_> = group.iter().filter_map(|id| Some((*id, (owner(id)?, words(id))))).collect();
            if owners.iter().map(|(_, owner)| owner).collect::<BTreeSet<_>>().len() > 1 {
                apart.extend(owners);
            }
        }
        apart
    }
}

/// What a union joins, with the name of the branch that has the noun.
fn joined_with(noun: &Noun, name: &str) -> Option<Words> {
    let name = words(name);
    // Where the noun is that of elements, what is called as the property in the plural is the list.
    let is_plural = |part: &Words| *part == several(&noun.words) && one(&noun.words) != noun.words;
    let parts = noun.parts.iter().map(|part| {
        Some(if is_plural(part) {
            several(&name)
        } else if *part == noun.words {
            name.clone()
        } else if *part == several(&noun.words) {
            several(&name)
        } else {
            part.clone()
        })
    });
    joined(&parts.collect::<Vec<_>>())
}
