//! Values of which several branches are tried, inside each other.
//!
//! Each branch reads anew what is in the value. Were every attempt made for its own sake, the work would double with
//! each such value around another, and an instance of 300 bytes could take hours; so what came of an attempt is
//! remembered while the outermost value is read.

use std::any::TypeId;
use std::cell::RefCell;
use std::collections::HashMap;

use isomorph_json::work::{allowance, is_spent, left, within};

use crate::refusal::Refusal;
use crate::strict::is_strict;

#[derive(Default)]
struct Tried {
    depth: usize,
    /// Half of what the outermost value may take. When no more is left, so deep is deep enough.
    half: u64,
    /// The branches that matched.
    outcomes: HashMap<Attempt, Vec<usize>>,
}

thread_local! {
    static TRIED: RefCell<Tried> = RefCell::default();
}

/// A value, by its address, as a union, of which branches are looked for, strictly or not. Nothing of the outermost value moves
/// while it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Attempt {
    value: usize,
    union: TypeId,
    sought: Sought,
    strict: bool,
}

/// Which branches are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sought {
    /// The first so many that match.
    Matching(usize),
    /// Those of whose shape the value is, whatever is checked besides, until there are two.
    OfShape,
}

/// A value of which several branches are possible, while they are tried.
pub struct Ambiguity {
    /// How many others lie around it.
    depth: usize,
}

impl Ambiguity {
    pub fn enter() -> Self {
        let depth = TRIED.with_borrow_mut(|tried| {
            if tried.depth == 0 {
                tried.half = left() / 2;
            }
            tried.depth += 1;
            tried.depth - 1
        });
        Self { depth }
    }

    /// The attempt to read a value as `T`, if it may be made again: not of the outermost value, and to read one without
    /// parts takes less than to remember it.
    pub fn attempt<T: 'static>(&self, value: usize, has_parts: bool, sought: Sought) -> Option<Attempt> {
        let may_come_again = self.depth > 0 && has_parts;
        may_come_again.then(|| Attempt { value, union: TypeId::of::<T>(), sought, strict: is_strict() })
    }
}

impl Drop for Ambiguity {
    fn drop(&mut self) {
        TRIED.with_borrow_mut(|tried| {
            tried.depth = self.depth;
            if self.depth == 0 {
                tried.outcomes.clear();
            }
        });
    }
}

impl Attempt {
    /// The branches that matched when it was made before.
    pub fn outcome(self) -> Option<Vec<usize>> {
        TRIED.with_borrow(|tried| tried.outcomes.get(&self).cloned())
    }

    pub fn remember(self, matched: Vec<usize>) {
        TRIED.with_borrow_mut(|tried| tried.outcomes.insert(self, matched));
    }
}

/// Whether no value is being read of which several branches are tried.
pub fn is_outermost() -> bool {
    TRIED.with_borrow(|tried| tried.depth == 0)
}

/// Reads a value of which several branches are possible, with what is left to it; the outermost of them, of so many
/// `parts`, with what those may take.
pub fn bounded<T>(parts: Option<usize>, read: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    if let Some(parts) = parts {
        let read = within(allowance(parts), read);
        return read.map_or_else(|| Err(Refusal::limit_reached()), |(read, _)| read);
    }
    if is_spent() { Err(Refusal::limit_reached()) } else { read() }
}

/// Does something with a value that is there for it alone: another may have its address afterwards.
pub fn apart<T>(job: impl FnOnce() -> T) -> T {
    struct Before(HashMap<Attempt, Vec<usize>>);
    impl Drop for Before {
        fn drop(&mut self) {
            TRIED.with_borrow_mut(|tried| tried.outcomes = std::mem::take(&mut self.0));
        }
    }
    if is_outermost() {
        return job();
    }
    let _before = Before(TRIED.with_borrow_mut(|tried| std::mem::take(&mut tried.outcomes)));
    job()
}

#[cfg(test)]
mod tests {
    use super::{Ambiguity, bounded};
    use isomorph_json::work::spend;

    #[test]
    fn what_takes_too_much_is_refused_and_said_to_be_so() {
        let read = bounded(Some(2), || {
            let _ambiguity = Ambiguity::enter();
            spend(u64::MAX);
            bounded(None, || Ok(()))
        });
        assert!(read.is_err_and(|refusal| refusal.is_limit_reached()));
        assert!(bounded(Some(2), || Ok(())).is_ok());
    }
}
