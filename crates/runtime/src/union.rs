//! Which branch of a union a value is of.

use std::marker::PhantomData;

use isomorph_json::work::{LEAST, allowance, within};

use crate::ambiguity::{Ambiguity, Attempt, Sought, bounded, is_outermost};
use crate::branch::Branch;
use crate::branches::{BranchOf, Kept, ReadUnion, Union, keeps_unknown, read_and_check, type_of};
use crate::by_type::ByType;
use crate::candidates::Candidates;
use crate::input::{Input, Replay, Take};
use crate::look::{Look, Scalar};
use crate::names::{one_of, unknown};
use crate::place::escaped;
use crate::quiet::{is_quiet, quietly};
use crate::refusal::Refusal;
use crate::strict::strictly;
use crate::tag::Tag;

/// Reads a union: by the type of the value where that tells the branches apart, or else from memory.
///
/// # Errors
///
/// If the value is of no branch, or of too many.
#[doc(hidden)]
pub fn read_union<T: ReadUnion, I: Input>(mut input: I) -> Result<T, I::Error> {
    if const { are_disjoint(T::BRANCHES, T::KEEPS_UNKNOWN) } {
        let begins = input.begins();
        return match of_all::<T>(begins) {
            Some(index) => read_and_check(index, input),
            None => input.visit(ByType(PhantomData)),
        };
    }
    // Known when it is compiled, so that what is read here is not compiled for trusted values where none are.
    if I::TRUSTED {
        input.replay(Choose::<T, true>(PhantomData))
    } else {
        input.replay(Choose::<T, false>(PhantomData))
    }
}

/// The branch of all values of these types.
#[inline]
fn of_all<T: ReadUnion>(types: u8) -> Option<usize> {
    // How a number is written may tell more than its value.
    if types == Branch::NOTHING || (T::INTEGERS_BY_SPELLING && types & Branch::NUMBER != 0) {
        return None;
    }
    T::BRANCHES.iter().position(|branch| branch.types & types == types)
}

/// Whether the type of a value is enough to tell which branch it is of. Where what is of none is kept, it has to be looked at
/// if not each value of a type is a branch's.
const fn are_disjoint(branches: &[Branch], keeps_unknown: bool) -> bool {
    let (mut seen, mut index) = (0, 0);
    while index < branches.len() {
        let branch = &branches[index];
        let is_some_of_type = branch.names.is_some() || branch.around.is_some() || branch.tags.is_some();
        if seen & branch.types != 0 || branch.only_by_tag || (keeps_unknown && is_some_of_type) {
            return false;
        }
        seen |= branch.types;
        index += 1;
    }
    true
}

/// Chooses the branch of a value. Where several are possible each is tried, and checked even if the value is trusted: it
/// is the checks that tell them apart.
struct Choose<T, const TRUSTED: bool>(PhantomData<T>);

impl<T: ReadUnion, const TRUSTED: bool> Take for Choose<T, TRUSTED> {
    type Output = T;

    fn take<R: Replay>(self, value: &mut R) -> Result<T, Refusal> {
        match possible::<T, R>(value)? {
            Possible::None if keeps_unknown::<T>() && may_be_unknown::<T, R>(value)? => {
                value.read::<_, false>(Kept::<T>(PhantomData))
            }
            Possible::None => Err(no_candidate::<T, R>(value)?),
            Possible::One(only) if keeps_unknown::<T>() && has_unknown_tag::<T, R>(value)? => {
                try_bounded::<T, R, TRUSTED>(&[only], value)
            }
            Possible::One(only) => value.read::<_, TRUSTED>(BranchOf::<T>(only, PhantomData)),
            Possible::Several(mut several, is_scalar) => {
                let several = several.as_mut_slice();
                if !T::ORDER.is_empty() {
                    several.sort_by_key(|index| T::ORDER.iter().position(|tried| tried == index));
                }
                if is_scalar && !keeps_unknown::<T>() {
                    // Nothing is in it that could be tried again and again.
                    return explained(value, |value| {
                        let found = matching::<T, R>(several, value, enough::<T>(TRUSTED))?;
                        only(found)?.map_err(|closest| none::<T>(closest))
                    });
                }
                try_bounded::<T, R, TRUSTED>(several, value)
            }
        }
    }
}

/// How many branches are looked for: of `oneOf`, a value that is known to be valid is of one only.
fn enough<T: ReadUnion>(trusted: bool) -> usize {
    if T::KIND == Union::OneOf && !trusted { 2 } else { 1 }
}

fn try_bounded<T: ReadUnion, R: Replay, const TRUSTED: bool>(
    candidates: &[usize],
    value: &mut R,
) -> Result<T, Refusal> {
    if !is_outermost() {
        return bounded(None, || try_each::<T, R, TRUSTED>(candidates, value));
    }
    explained(value, |value| {
        if let Some((read, _)) = within(LEAST, || try_each::<T, R, TRUSTED>(candidates, value)) {
            return read;
        }
        // What the size allows is counted only now.
        let parts = value.parts();
        if allowance(parts) == LEAST {
            return Err(Refusal::limit_reached());
        }
        bounded(Some(parts), || try_each::<T, R, TRUSTED>(candidates, value))
    })
}

/// What comes of trying: first without a word of why branches refuse the value, and if nothing comes of that, once more for
/// why.
fn explained<T, R: Replay>(
    value: &mut R,
    mut read: impl FnMut(&mut R) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    if is_quiet() {
        return read(value);
    }
    match quietly(|| read(value)) {
        Ok(read) => Ok(read),
        Err(refusal) if refusal.is_limit_reached() => Err(Refusal::limit_reached()),
        Err(_) => read(value),
    }
}

/// Where what is unknown is kept, branches are tried strictly first: one that matches but for that stands behind one that
/// matches as it is.
fn try_each<T: ReadUnion, R: Replay, const TRUSTED: bool>(
    candidates: &[usize],
    value: &mut R,
) -> Result<T, Refusal> {
    let ambiguity = Ambiguity::enter();
    let enough = enough::<T>(TRUSTED);
    if !keeps_unknown::<T>() {
        if TRUSTED && let Some(read) = by_shape::<T, R>(&ambiguity, candidates, value)? {
            return Ok(read);
        }
        return attempt::<T, R>(&ambiguity, candidates, value, enough)?.map_err(|closest| none::<T>(closest));
    }
    if let Ok(read) = strictly(|| attempt::<T, R>(&ambiguity, candidates, value, enough))? {
        return Ok(read);
    }
    match attempt::<T, R>(&ambiguity, candidates, value, 1)? {
        Ok(read) => Ok(read),
        Err(closest) if has_known_tag::<T, R>(value)? => Err(none::<T>(closest)),
        Err(_) => value.read::<_, false>(Kept::<T>(PhantomData)),
    }
}

/// What a value is read as that is known to be valid, if it is of the shape of one branch only: that is the one which it
/// matches, and nothing has to be checked again.
fn by_shape<T: ReadUnion, R: Replay>(
    ambiguity: &Ambiguity,
    candidates: &[usize],
    value: &mut R,
) -> Result<Option<T>, Refusal> {
    let attempt = ambiguity.attempt::<T>(value.address(), true, Sought::OfShape);
    if let Some(known) = attempt.and_then(Attempt::outcome) {
        let [only] = known.as_slice() else { return Ok(None) };
        return value.read::<_, true>(BranchOf::<T>(*only, PhantomData)).map(Some);
    }
    let mut found: Vec<Tried<T>> = Vec::new();
    for index in candidates {
        match value.read::<_, true>(BranchOf::<T>(*index, PhantomData)) {
            Ok(read) => found.push((*index, read)),
            Err(refusal) if refusal.is_limit_reached() || refusal.is_malformed() => return Err(refusal),
            // It may be the one that the value matches.
            Err(refusal) if refusal.is_beyond() => return Ok(None),
            Err(_) => {}
        }
        if found.len() == 2 {
            break;
        }
    }
    if let Some(attempt) = attempt {
        attempt.remember(found.iter().map(|(index, _)| *index).collect());
    }
    let last = found.pop();
    Ok(last.filter(|_| found.is_empty()).map(|(_, read)| read))
}

/// What a value is read as if it matches one of these branches, else why it does not match the one that came closest.
fn attempt<T: ReadUnion, R: Replay>(
    ambiguity: &Ambiguity,
    candidates: &[usize],
    value: &mut R,
    enough: usize,
) -> Result<Result<T, Option<Tried<Refusal>>>, Refusal> {
    let has_parts = !matches!(value.look()?, Look::Scalar(_));
    let attempt = ambiguity.attempt::<T>(value.address(), has_parts, Sought::Matching(enough));
    let known = attempt.and_then(Attempt::outcome);
    if known.as_ref().is_some_and(Vec::is_empty) {
        // The first attempt has said more.
        return Ok(Err(None));
    }
    let found = matching::<T, R>(known.as_deref().unwrap_or(candidates), value, enough)?;
    if let Some(attempt) = attempt {
        attempt.remember(found.branches());
    }
    only(found)
}

/// What a value is read as if it matches one branch; why it does not match the one that came closest if it matches none.
fn only<T: ReadUnion>(found: Found<T>) -> Result<Result<T, Option<Tried<Refusal>>>, Refusal> {
    match found {
        Found::None(closest) => Ok(Err(closest)),
        Found::One(_, read) => Ok(Ok(read)),
        Found::Two(first, second) => Err(both_match::<T>(first, second)),
    }
}

/// The refusal of a value that matches no branch.
fn none<T: ReadUnion>(closest: Option<Tried<Refusal>>) -> Refusal {
    match closest {
        Some((index, refusal)) => {
            refusal.note(format_args!("; no branch matches, `{}` came closest", T::BRANCHES[index].name))
        }
        None => Refusal::new("no branch matches"),
    }
}

/// What came of a branch, by its index.
type Tried<T> = (usize, T);

/// Which branches match a value.
enum Found<T> {
    /// None; and why the one does not that came closest.
    None(Option<Tried<Refusal>>),
    /// This one, and what the value is read as. There may be others.
    One(usize, T),
    /// These, and there may be others.
    Two(usize, usize),
}

impl<T> Found<T> {
    fn branches(&self) -> Vec<usize> {
        match self {
            Self::None(_) => Vec::new(),
            Self::One(index, _) => vec![*index],
            Self::Two(first, second) => vec![*first, *second],
        }
    }
}

/// What a value is read as by the first branches that match, until they are `enough`, one or two; and why the branch
/// did not that came furthest into the value, which is the one that was meant. Whether a branch matches that takes too
/// much is not known, and so neither is what the value is.
fn matching<T: ReadUnion, R: Replay>(
    candidates: &[usize],
    value: &mut R,
    enough: usize,
) -> Result<Found<T>, Refusal> {
    let (mut matched, mut closest) = (None::<Tried<T>>, None::<Tried<Refusal>>);
    for index in candidates {
        match value.read::<_, false>(BranchOf::<T>(*index, PhantomData)) {
            Ok(read) if enough == 1 => return Ok(Found::One(*index, read)),
            Ok(read) => match matched {
                None => matched = Some((*index, read)),
                Some((first, _)) => return Ok(Found::Two(first, *index)),
            },
            Err(refusal) if refusal.is_limit_reached() || refusal.is_malformed() => return Err(refusal),
            // It may be this branch's, which another would not know.
            Err(refusal) if refusal.is_beyond() && T::KIND == Union::OneOf => return Err(refusal),
            // Another branch may accept the object and pass over the property, which would be lost.
            Err(refusal)
                if refusal.is_beyond() && (refusal.depth() > 1 || matches!(value.look()?, Look::Object)) =>
            {
                return Err(refusal);
            }
            Err(refusal) if closest.as_ref().is_none_or(|(_, known)| refusal.depth() > known.depth()) => {
                closest = Some((*index, refusal));
            }
            Err(_) => {}
        }
    }
    Ok(match matched {
        Some((index, read)) => Found::One(index, read),
        None => Found::None(closest),
    })
}

fn both_match<T: ReadUnion>(first: usize, second: usize) -> Refusal {
    let (first, second) = (T::BRANCHES[first].name, T::BRANCHES[second].name);
    Refusal::new(format_args!("invalid value: both `{first}` and `{second}` match, expected one of oneOf"))
}

/// The branches that a value may be of, at first sight, by their indices.
enum Possible {
    None,
    One(usize),
    /// In the order of the variants; and whether the value has no parts.
    Several(Candidates, bool),
}

impl Possible {
    /// Those of which this is true.
    fn of<T: ReadUnion>(is_scalar: bool, is_possible: impl Fn(&Branch) -> bool) -> Self {
        let mut found = (0..T::BRANCHES.len()).filter(|index| is_possible(&T::BRANCHES[*index]));
        let Some(first) = found.next() else { return Self::None };
        let Some(second) = found.next() else { return Self::One(first) };
        Self::Several(Candidates::of([first, second].into_iter().chain(found)), is_scalar)
    }
}

fn possible<T: ReadUnion, R: Replay>(value: &mut R) -> Result<Possible, Refusal> {
    Ok(match value.look()? {
        Look::Array => Possible::of::<T>(false, |branch| branch.types & Branch::ARRAY != 0),
        Look::Object => {
            let is_around = T::BRANCHES.iter().any(|branch| branch.around.is_some());
            let names = if is_around { value.names()? } else { Vec::new() };
            let has = |around: &str| names.iter().any(|name| name == around);
            let tag = Tag::of(T::TAG, value)?;
            Possible::of::<T>(false, |branch| {
                branch.types & Branch::OBJECT != 0 && branch.around.is_none_or(has) && tag.is_of(branch)
            })
        }
        Look::Scalar(scalar) => {
            let types = type_of::<T>(&scalar);
            Possible::of::<T>(true, |branch| {
                let is_named = match (&scalar, branch.names) {
                    (Scalar::String(text), Some(names)) => names.contains(&text.as_ref()),
                    _ => true,
                };
                branch.types & types != 0 && is_named
            })
        }
    })
}

/// Whether a value that no branch is for at first sight can be a branch's that is not known: of an object that is told by
/// a tag, the tag has to be there.
fn may_be_unknown<T: ReadUnion, R: Replay>(value: &mut R) -> Result<bool, Refusal> {
    let is_object = matches!(value.look()?, Look::Object);
    Ok(!is_object || matches!(Tag::of(T::TAG, value)?, Tag::None | Tag::Said(_)))
}

/// Whether the tag of a value says which branch it is of.
fn has_known_tag<T: ReadUnion, R: Replay>(value: &mut R) -> Result<bool, Refusal> {
    Ok(matches!(Tag::of(T::TAG, value)?, Tag::Said(said) if is_known::<T>(&said)))
}

/// Whether the tag of a value is one that no branch has.
fn has_unknown_tag<T: ReadUnion, R: Replay>(value: &mut R) -> Result<bool, Refusal> {
    let is_object = matches!(value.look()?, Look::Object);
    Ok(is_object && matches!(Tag::of(T::TAG, value)?, Tag::Said(said) if !is_known::<T>(&said)))
}

fn is_known<T: ReadUnion>(said: &str) -> bool {
    T::BRANCHES.iter().filter_map(|branch| branch.tags).any(|tags| tags.contains(&said))
}

/// The refusal of a value that no branch is for.
fn no_candidate<T: ReadUnion, R: Replay>(value: &mut R) -> Result<Refusal, Refusal> {
    let names: Vec<_> = T::BRANCHES.iter().map(|branch| branch.name).collect();
    match value.look()? {
        Look::Scalar(Scalar::String(text)) => {
            let all = T::BRANCHES.iter().flat_map(|branch| branch.names.unwrap_or_default()).copied();
            let all: Vec<_> = all.collect();
            if !all.is_empty() {
                return Ok(unknown(&text, &all));
            }
        }
        Look::Object => {
            if let Some(tag) = T::TAG {
                return Ok(without_tag::<T>(tag, value.member(tag)?));
            }
            let around: Vec<_> = T::BRANCHES.iter().filter_map(|branch| branch.around).collect();
            if !around.is_empty() {
                let found = value.names()?;
                let found: Vec<_> = found.iter().map(String::as_str).collect();
                let (found, expected) = (one_of("nothing", &found), one_of("nothing", &around));
                return Ok(Refusal::new(format_args!(
                    "invalid value: an object of {found}, expected of {expected}"
                )));
            }
        }
        Look::Scalar(_) | Look::Array => {}
    }
    Ok(Refusal::invalid_type(value.look()?.unexpected(), one_of("nothing", &names)))
}

/// The refusal of an object whose tag is no branch's.
fn without_tag<T: ReadUnion>(tag: &str, found: Option<Look>) -> Refusal {
    let tags: Vec<_> =
        T::BRANCHES.iter().flat_map(|branch| branch.tags.unwrap_or_default()).copied().collect();
    let refusal = match found {
        None => return Refusal::missing(tag),
        Some(Look::Scalar(Scalar::String(found))) => unknown(&found, &tags),
        Some(other) => Refusal::invalid_type(other.unexpected(), one_of("nothing", &tags)),
    };
    refusal.at(format_args!("/{}", escaped(tag)))
}
