//! What changes for code that uses the generated types, by the rules of semantic versioning.

use isomorph_codegen::{Api, ApiItem, ApiMember};
use serde::Serialize;

/// Which release a change asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Release {
    /// None: the generated text is the same.
    None,
    /// Only documentation, or what code cannot see.
    Patch,
    /// Something is there that was not.
    Minor,
    /// Code that compiled may no longer do so.
    Major,
    /// The types were not made in the time there was.
    Unknown,
}

impl Release {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Unknown => "unknown",
        }
    }

    /// The word for it, and what to do where it is not known.
    pub fn said(self) -> String {
        match self {
            Self::Unknown => "unknown: its types were not made in the time of `--time`".to_owned(),
            known => known.word().to_owned(),
        }
    }

    /// Whether nobody can say that it is less.
    pub fn may_be_major(self) -> bool {
        matches!(self, Self::Major | Self::Unknown)
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApiChange {
    /// The item, or the item and the member: `Order`, `Order.price`, `Status::Open`.
    pub item: String,
    /// What happened.
    pub change: String,
    /// What it asks for.
    pub release: Release,
}

/// What changed, the worst first.
pub fn changes(old: &Api, new: &Api) -> Vec<ApiChange> {
    let mut found = Vec::new();
    for item in &old.items {
        match new.item(&item.name) {
            Some(now) => compare(item, now, &mut found),
            None => found.push(change(&item.name, format!("the {} was removed", item.kind), Release::Major)),
        }
    }
    for item in new.items.iter().filter(|item| old.item(&item.name).is_none()) {
        found.push(change(&item.name, format!("the {} is new", item.kind), Release::Minor));
    }
    features(old, new, &mut found);
    found.sort_by_key(|change| std::cmp::Reverse(change.release));
    found
}

/// What a feature has, or no longer has. What was by a feature and is always is there as well; its types tell of it.
fn features(old: &Api, new: &Api, found: &mut Vec<ApiChange>) {
    let is_always =
        |api: &Api| api.items.iter().any(|item| item.derives.iter().any(|one| one == "JsonSchema"));
    for feature in old.features.difference(&new.features).filter(|_| !is_always(new)) {
        let words = format!("nothing is behind the feature `{feature}` any more");
        found.push(change("every type", words, Release::Major));
    }
    for feature in new.features.difference(&old.features).filter(|_| !is_always(old)) {
        found.push(change("every type", format!("has more behind the feature `{feature}`"), Release::Minor));
    }
}

fn change(item: &str, change: String, release: Release) -> ApiChange {
    ApiChange { item: item.to_owned(), change, release }
}

/// What is said of something newly deprecated, which is a minor change by semantic versioning (section 7).
const DEPRECATED: &str = "is deprecated now";

fn compare(old: &ApiItem, new: &ApiItem, found: &mut Vec<ApiChange>) {
    let name = &old.name;
    if old.kind != new.kind {
        found.push(change(
            name,
            format!("was {} and is {}", article(old.kind), article(new.kind)),
            Release::Major,
        ));
        return;
    }
    let traits =
        |item: &ApiItem| -> Vec<String> { item.derives.iter().chain(&item.impls).cloned().collect() };
    let (before, after) = (traits(old), traits(new));
    for lost in before.iter().filter(|one| !after.contains(one)) {
        let words = match otherwise(lost).filter(|other| after.contains(other)) {
            Some(other) => format!("implements `{other}` instead of `{lost}`"),
            None => format!("no longer implements `{lost}`"),
        };
        found.push(change(name, words, Release::Major));
    }
    let is_said = |gained: &&String| otherwise(gained).is_some_and(|other| before.contains(&other));
    for gained in after.iter().filter(|one| !before.contains(one) && !is_said(one)) {
        found.push(change(name, format!("implements `{gained}` now"), Release::Minor));
    }
    functions(old, new, found);
    members(old, new, found);
    if new.is_deprecated && !old.is_deprecated {
        found.push(change(name, DEPRECATED.to_owned(), Release::Minor));
    }
    match (old.is_non_exhaustive, new.is_non_exhaustive) {
        // Nobody elsewhere makes such a value any more, or matches it without a rest.
        (false, true) => found.push(change(name, "is non-exhaustive now".to_owned(), Release::Major)),
        (true, false) => found.push(change(name, "is exhaustive now".to_owned(), Release::Minor)),
        _ => {}
    }
    if old.docs != new.docs {
        found.push(change(name, "the documentation changed".to_owned(), Release::Patch));
    }
}

/// The conversion that there may be instead of one: whether every value will do decides.
fn otherwise(conversion: &str) -> Option<String> {
    let from = conversion.strip_prefix("From<").map(|from| format!("TryFrom<{from}"));
    from.or_else(|| conversion.strip_prefix("TryFrom<").map(|from| format!("From<{from}")))
}

fn functions(old: &ApiItem, new: &ApiItem, found: &mut Vec<ApiChange>) {
    let path = |function: &ApiMember| format!("{}::{}", old.name, function.name);
    for function in &old.functions {
        match new.functions.iter().find(|now| now.name == function.name) {
            None => {
                found.push(change(&path(function), "the function was removed".to_owned(), Release::Major));
            }
            Some(now) if now.ty != function.ty => {
                let words = format!("was `{}` and is `{}`", function.ty, now.ty);
                found.push(change(&path(function), words, Release::Major));
            }
            Some(_) => {}
        }
    }
    for function in &new.functions {
        if !old.functions.iter().any(|before| before.name == function.name) {
            found.push(change(&path(function), "the function is new".to_owned(), Release::Minor));
        }
    }
}

fn members(old: &ApiItem, new: &ApiItem, found: &mut Vec<ApiChange>) {
    let is_enum = old.kind == "enum";
    let what = if is_enum { "variant" } else { "field" };
    let path =
        |member: &ApiMember| format!("{}{}{}", old.name, if is_enum { "::" } else { "." }, member.name);
    let same = |item: &ApiItem, name: &str| item.members.iter().find(|member| member.name == name).cloned();
    for member in &old.members {
        let Some(now) = same(new, &member.name) else {
            found.push(change(&path(member), format!("the {what} was removed"), Release::Major));
            continue;
        };
        if now.ty != member.ty {
            let words = format!("was `{}` and is `{}`", shown(&member.ty), shown(&now.ty));
            found.push(change(&path(member), words, Release::Major));
        }
        if now.is_deprecated && !member.is_deprecated {
            found.push(change(&path(member), DEPRECATED.to_owned(), Release::Minor));
        }
        if now.docs != member.docs {
            found.push(change(&path(member), "the documentation changed".to_owned(), Release::Patch));
        }
    }
    for member in new.members.iter().filter(|member| same(old, &member.name).is_none()) {
        // Whoever makes such a value, or matches it, names every member.
        let release = if old.is_non_exhaustive { Release::Minor } else { Release::Major };
        found.push(change(&path(member), format!("the {what} is new"), release));
    }
    let order = |item: &ApiItem, other: &ApiItem| -> Vec<String> {
        let both = item.members.iter().filter(|member| same(other, &member.name).is_some());
        both.map(|member| member.name.clone()).collect()
    };
    let is_plain = is_enum && old.members.iter().all(|member| member.ty.is_empty());
    if is_plain && order(old, new) != order(new, old) {
        let words = "the order of the variants changed, and with it their numbers".to_owned();
        found.push(change(&old.name, words, Release::Major));
    }
}

fn shown(ty: &str) -> &str {
    if ty.is_empty() { "()" } else { ty }
}

fn article(kind: &str) -> String {
    format!("{} {kind}", if kind.starts_with('e') { "an" } else { "a" })
}
