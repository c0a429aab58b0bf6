use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::Unexpected;
use serde_json::Value;

use crate::ambiguity::{Ambiguity, Attempt, bounded, is_outermost};
use crate::branch::Branch;
use crate::check::Checked;
use crate::input::{AsWritten, At, Elements, Input, Members, Reader, Replay, Take, Visit, unexpected};
use crate::look::{Look, Scalar};
use crate::names::{one_of, unknown};
use crate::place::escaped;
use crate::refusal::Refusal;
use crate::strict::{is_strict, strictly};
use crate::tag::Tag;
use crate::written::is_written_as_integer;

/// What becomes of a value of several branches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Union {
    /// It is read as the branch that is tried first.
    AnyOf,
    /// It is refused.
    OneOf,
}

/// What the generator writes for a union: how each branch is read.
pub trait ReadUnion: Serialize + Sized + 'static {
    /// The branches, in the order of the variants.
    const BRANCHES: &'static [Branch];

    /// The property that tells branches apart.
    const TAG: Option<&'static str> = None;

    /// The keyword.
    const KIND: Union = Union::AnyOf;

    /// The order in which branches are tried, by their indices; none if it is theirs. Of several that match, the first
    /// keeps all that the others do.
    const ORDER: &'static [usize] = &[];

    /// Whether a number is an integer only if it is written as one.
    const INTEGERS_BY_SPELLING: bool = false;

    /// Whether a value that no branch is for is kept.
    const KEEPS_UNKNOWN: bool = false;

    /// A value that no branch is for, where such are kept.
    fn unknown(_: Value) -> Option<Self> {
        None
    }

    /// Reads a value of the branch of this index.
    ///
    /// # Errors
    ///
    /// If the value is none of it.
    fn read_branch<I: Input>(index: usize, input: I) -> Result<Self, I::Error>;

    /// Checks what the types of the branches do not say.
    ///
    /// # Errors
    ///
    /// If an assertion does not hold.
    fn check(&self) -> Checked {
        Ok(())
    }
}

fn read_and_check<T: ReadUnion, I: Input>(index: usize, input: I) -> Result<T, I::Error> {
    let at = input.at();
    let value = T::read_branch(index, input)?;
    if !I::TRUSTED {
        value.check().map_err(|refusal| at.refuse(refusal))?;
    }
    Ok(value)
}

/// Reads a value as the branch of this index.
struct BranchOf<T>(usize, PhantomData<T>);

impl<T: ReadUnion> Reader for BranchOf<T> {
    type Output = T;

    fn read<I: Input>(self, input: I) -> Result<T, I::Error> {
        if T::INTEGERS_BY_SPELLING {
            read_and_check(self.0, AsWritten(input))
        } else {
            read_and_check(self.0, input)
        }
    }
}

/// Whether a value that no branch is for is kept here and now.
fn keeps_unknown<T: ReadUnion>() -> bool {
    T::KEEPS_UNKNOWN && !is_strict()
}

/// Keeps a value that no branch is for.
fn keep<T: ReadUnion, I: Input>(input: I) -> Result<T, I::Error> {
    let at = input.at();
    T::unknown(input.value()?).ok_or_else(|| at.refuse(Refusal::new("no branch matches")))
}

/// Reads a value as one that no branch is for.
struct Kept<T>(PhantomData<T>);

impl<T: ReadUnion> Reader for Kept<T> {
    type Output = T;

    fn read<I: Input>(self, input: I) -> Result<T, I::Error> {
        keep(input)
    }
}

/// Reads a union: by the type of the value where that tells the branches apart, or else from memory.
///
/// # Errors
///
/// If the value is of no branch, or of too many.
#[doc(hidden)]
pub fn read_union<T: ReadUnion, I: Input>(input: I) -> Result<T, I::Error> {
    if const { are_disjoint(T::BRANCHES, T::KEEPS_UNKNOWN) } {
        return input.visit(ByType(PhantomData));
    }
    input.replay(Choose::<T> { trusted: I::TRUSTED, union: PhantomData })
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
struct Choose<T> {
    trusted: bool,
    union: PhantomData<T>,
}

impl<T: ReadUnion> Take for Choose<T> {
    type Output = T;

    fn take<R: Replay>(self, value: &mut R) -> Result<T, Refusal> {
        let mut candidates = possible::<T, R>(value)?;
        if !T::ORDER.is_empty() {
            candidates.sort_by_key(|index| T::ORDER.iter().position(|tried| tried == index));
        }
        match candidates.as_slice() {
            [] if keeps_unknown::<T>() && may_be_unknown::<T, R>(value)? => {
                value.read::<_, false>(Kept::<T>(PhantomData))
            }
            [] => Err(no_candidate::<T, R>(value)?),
            [_] if keeps_unknown::<T>() && has_unknown_tag::<T, R>(value)? => {
                try_bounded(&candidates, value, self.trusted)
            }
            [only] if self.trusted => value.read::<_, true>(BranchOf::<T>(*only, PhantomData)),
            [only] => value.read::<_, false>(BranchOf::<T>(*only, PhantomData)),
            several => try_bounded(several, value, self.trusted),
        }
    }
}

fn try_bounded<T: ReadUnion, R: Replay>(
    candidates: &[usize],
    value: &mut R,
    trusted: bool,
) -> Result<T, Refusal> {
    let mut parts = None;
    if is_outermost() {
        parts = Some(value.parts());
    }
    bounded(parts, || try_each(candidates, value, trusted))
}

/// Where what is unknown is kept, branches are tried strictly first: one that matches but for that stands behind one that
/// matches as it is.
fn try_each<T: ReadUnion, R: Replay>(
    candidates: &[usize],
    value: &mut R,
    trusted: bool,
) -> Result<T, Refusal> {
    let ambiguity = Ambiguity::enter();
    // Of `oneOf`, a value that is known to be valid is of one branch only.
    let enough = if T::KIND == Union::OneOf && !trusted { 2 } else { 1 };
    if !keeps_unknown::<T>() {
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

/// What a value is read as if it matches one of these branches, else why it does not match the one that came closest.
fn attempt<T: ReadUnion, R: Replay>(
    ambiguity: &Ambiguity,
    candidates: &[usize],
    value: &mut R,
    enough: usize,
) -> Result<Result<T, Option<Tried<Refusal>>>, Refusal> {
    let has_parts = !matches!(value.look()?, Look::Scalar(_));
    let attempt = ambiguity.attempt::<T>(value.address(), has_parts, enough);
    let known = attempt.and_then(Attempt::outcome);
    if known.as_ref().is_some_and(Vec::is_empty) {
        // The first attempt has said more.
        return Ok(Err(None));
    }
    let (matched, closest) = matching::<T, R>(known.as_deref().unwrap_or(candidates), value, enough)?;
    if let Some(attempt) = attempt {
        attempt.remember(matched.iter().map(|(index, _)| *index).collect());
    }
    if let [(first, _), (second, _)] = matched.as_slice() {
        return Err(both_match::<T>(*first, *second));
    }
    Ok(matched.into_iter().next().map(|(_, read)| read).ok_or(closest))
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

/// What a value is read as, by the branches that match; and why the one does not that came closest.
type Matching<T> = (Vec<Tried<T>>, Option<Tried<Refusal>>);

/// What a value is read as by the first branches that match, until they are `enough`, and by which; and why the branch
/// did not that came furthest into the value, which is the one that was meant. Whether a branch matches that takes too
/// much is not known, and so neither is what the value is.
fn matching<T: ReadUnion, R: Replay>(
    candidates: &[usize],
    value: &mut R,
    enough: usize,
) -> Result<Matching<T>, Refusal> {
    let (mut matched, mut closest) = (Vec::new(), None::<Tried<Refusal>>);
    for index in candidates {
        match value.read::<_, false>(BranchOf::<T>(*index, PhantomData)) {
            Ok(read) => matched.push((*index, read)),
            Err(refusal) if refusal.is_limit_reached() || refusal.is_malformed() => return Err(refusal),
            // It may be another branch's as well.
            Err(refusal) if refusal.is_beyond() && T::KIND == Union::OneOf => return Err(refusal),
            Err(refusal) if closest.as_ref().is_none_or(|(_, known)| refusal.depth() > known.depth()) => {
                closest = Some((*index, refusal));
            }
            Err(_) => {}
        }
        if matched.len() == enough {
            break;
        }
    }
    Ok((matched, closest))
}

fn both_match<T: ReadUnion>(first: usize, second: usize) -> Refusal {
    let (first, second) = (T::BRANCHES[first].name, T::BRANCHES[second].name);
    Refusal::new(format_args!("invalid value: both `{first}` and `{second}` match, expected one of oneOf"))
}

/// The branches that a value may be of, at first sight.
fn possible<T: ReadUnion, R: Replay>(value: &mut R) -> Result<Vec<usize>, Refusal> {
    let of = |is_possible: &dyn Fn(&Branch) -> bool| {
        T::BRANCHES
            .iter()
            .enumerate()
            .filter(|(_, branch)| is_possible(branch))
            .map(|(index, _)| index)
            .collect()
    };
    match value.look()? {
        Look::Array => Ok(of(&|branch| branch.types & Branch::ARRAY != 0)),
        Look::Object => {
            let tag = Tag::of(T::TAG, value)?;
            let is_around = T::BRANCHES.iter().any(|branch| branch.around.is_some());
            let names = if is_around { value.names()? } else { Vec::new() };
            Ok(of(&|branch| {
                branch.types & Branch::OBJECT != 0
                    && branch.around.is_none_or(|name| names.iter().any(|found| found == name))
                    && tag.is_of(branch)
            }))
        }
        Look::Scalar(scalar) => {
            let types = type_of::<T>(&scalar);
            Ok(of(&|branch| {
                let is_named = match (&scalar, branch.names) {
                    (Scalar::String(text), Some(names)) => names.contains(&text.as_ref()),
                    _ => true,
                };
                branch.types & types != 0 && is_named
            }))
        }
    }
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

fn type_of<T: ReadUnion>(scalar: &Scalar) -> u8 {
    match scalar {
        Scalar::Null => Branch::NULL,
        Scalar::Boolean(_) => Branch::BOOLEAN,
        Scalar::Float(number) => type_of_float::<T>(*number),
        Scalar::Signed(_) | Scalar::Unsigned(_) => Branch::INTEGER,
        Scalar::String(_) => Branch::STRING,
    }
}

fn type_of_float<T: ReadUnion>(number: f64) -> u8 {
    let is_integer =
        if T::INTEGERS_BY_SPELLING { is_written_as_integer(number) } else { number.fract() == 0.0 };
    if is_integer { Branch::INTEGER } else { Branch::FRACTION }
}

/// A union whose branches have no type in common: what comes next says which it is, and the value is read
/// as it comes.
struct ByType<T>(PhantomData<T>);

impl<T: ReadUnion> ByType<T> {
    fn branch(types: u8) -> Option<usize> {
        T::BRANCHES.iter().position(|branch| branch.types & types != 0)
    }

    fn scalar(self, types: u8, scalar: Scalar) -> Result<T, Refusal> {
        match Self::branch(types) {
            Some(index) if T::INTEGERS_BY_SPELLING => read_and_check(index, AsWritten(scalar)),
            Some(index) => read_and_check(index, scalar),
            None if keeps_unknown::<T>() => keep(scalar),
            None => Err(unexpected(&self, scalar.unexpected())),
        }
    }
}

impl<T: ReadUnion> Visit for ByType<T> {
    type Output = T;
    const TAKES_NUMBERS: bool = true;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let names: Vec<_> = T::BRANCHES.iter().map(|branch| branch.name).collect();
        f.write_str(&one_of("nothing", &names))
    }

    fn null(self) -> Result<T, Refusal> {
        self.scalar(Branch::NULL, Scalar::Null)
    }

    fn boolean(self, value: bool) -> Result<T, Refusal> {
        self.scalar(Branch::BOOLEAN, Scalar::Boolean(value))
    }

    fn signed(self, value: i64) -> Result<T, Refusal> {
        self.scalar(Branch::INTEGER, Scalar::Signed(value))
    }

    fn unsigned(self, value: u64) -> Result<T, Refusal> {
        self.scalar(Branch::INTEGER, Scalar::Unsigned(value))
    }

    fn float(self, value: f64) -> Result<T, Refusal> {
        self.scalar(type_of_float::<T>(value), Scalar::Float(value))
    }

    fn string(self, value: Cow<str>) -> Result<T, Refusal> {
        self.scalar(Branch::STRING, Scalar::String(value))
    }

    fn array<A: Elements>(self, elements: A) -> Result<T, A::Error> {
        match Self::branch(Branch::ARRAY) {
            Some(index) => read_and_check(index, elements.into_input()),
            None if keeps_unknown::<T>() => keep(elements.into_input()),
            None => Err(elements.refuse(unexpected(&self, Unexpected::Other("array")))),
        }
    }

    fn object<M: Members>(self, members: M) -> Result<T, M::Error> {
        match Self::branch(Branch::OBJECT) {
            Some(index) => read_and_check(index, members.into_input()),
            None if keeps_unknown::<T>() => keep(members.into_input()),
            None => Err(members.refuse(unexpected(&self, Unexpected::Other("object")))),
        }
    }
}
