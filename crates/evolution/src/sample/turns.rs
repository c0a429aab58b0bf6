//! Whose turn it is, where there are several ways to make something: each before any again.

use std::cell::RefCell;
use std::collections::HashMap;

/// How often each way was gone.
#[derive(Debug, Default)]
pub struct Turns {
    gone: RefCell<HashMap<usize, usize>>,
    first: usize,
}

/// What something is known by, for as long as it is not moved.
pub fn address<T>(of: &T) -> usize {
    std::ptr::from_ref(of).addr()
}

impl Turns {
    /// The first way is another one for another seed.
    pub fn new(seed: u64) -> Self {
        Self { gone: RefCell::default(), first: usize::try_from(seed % 1009).unwrap_or_default() }
    }

    /// Which of so many ways of a thing it is now.
    pub fn next(&self, thing: usize, ways: usize) -> usize {
        let mut gone = self.gone.borrow_mut();
        let count = gone.entry(thing).or_default();
        *count += 1;
        (*count - 1 + self.first) % ways.max(1)
    }

    /// One of several that were taken least often, and that fits; `None` if the first that are asked do not.
    pub fn least_of<'v, T>(&self, of: &[&'v T], fits: impl Fn(&'v T) -> bool) -> Option<&'v T> {
        /// How many are asked.
        const ASKED: usize = 40;
        let mut gone = self.gone.borrow_mut();
        let counts: Vec<usize> =
            of.iter().map(|one| gone.get(&address(*one)).copied().unwrap_or_default()).collect();
        let least = counts.iter().min()?;
        let order = (0..of.len()).map(|index| (self.first + index) % of.len());
        let mut order = order.filter(|index| counts[*index] == *least).take(ASKED);
        let one = of[order.find(|index| fits(of[*index]))?];
        *gone.entry(address(one)).or_default() += 1;
        Some(one)
    }

    /// The one of several that was taken least often.
    pub fn least<'v, T>(&self, of: &[&'v T]) -> Option<&'v T> {
        let mut gone = self.gone.borrow_mut();
        let start = if of.is_empty() { 0 } else { self.first % of.len() };
        let order = (0..of.len()).map(|index| of[(start + index) % of.len()]);
        let least = order.min_by_key(|one| gone.get(&address(*one)).copied().unwrap_or_default())?;
        *gone.entry(address(least)).or_default() += 1;
        Some(least)
    }
}
