//! How much work a verdict may take.
//!
//! What a schema asks of an instance can multiply from one level to the next, and whoever sends the instance chooses how
//! many levels there are. So all that looks at a value in memory says so here, and a job that has nothing left ends.

use std::cell::Cell;

use serde_json::Value;

thread_local! {
    /// What is left for the job that is being done, in looks at a value: some nanoseconds each.
    static LEFT: Cell<u64> = const { Cell::new(u64::MAX) };
}

/// What every job may take, however small the value is: some hundredths of a second.
pub const LEAST: u64 = 3_000_000;
/// What a job may take for every value in its value.
const EACH: u64 = 300;

/// What a job may take that judges a value of so many parts.
pub fn allowance(parts: usize) -> u64 {
    LEAST.max(EACH.saturating_mul(parts as u64))
}

/// Notes so many looks at a value. Gives `false` when nothing is left for the job: then it has to end, and its result
/// means nothing.
#[inline]
pub fn spend(looks: u64) -> bool {
    LEFT.with(|left| {
        let rest = left.get().saturating_sub(looks);
        left.set(rest);
        rest > 0
    })
}

/// Whether nothing is left for the job that is being done.
#[inline]
pub fn is_spent() -> bool {
    left() == 0
}

/// What is left for the job that is being done.
#[inline]
pub fn left() -> u64 {
    LEFT.with(Cell::get)
}

/// Does a job that may take so much, and no more than the job around it has left. Gives what it came to and what it took;
/// `None` if that was too much.
pub fn within<T>(limit: u64, job: impl FnOnce() -> T) -> Option<(T, u64)> {
    /// Takes what was spent from the job around, also when a job panics.
    struct Around {
        before: u64,
        limit: u64,
    }
    impl Drop for Around {
        fn drop(&mut self) {
            LEFT.with(|left| left.set(self.before - (self.limit - left.get().min(self.limit))));
        }
    }
    let before = left();
    let limit = limit.min(before);
    let _around = Around { before, limit };
    LEFT.with(|left| left.set(limit));
    let result = job();
    (!is_spent()).then(|| (result, limit - left()))
}

/// Does a job that judges a value of so many `parts`: first with what every job may take, and then with what the size of
/// the value allows, which is counted only then. Gives what it came to and what it took; `None` if that was too much.
pub fn judging<T>(parts: impl FnOnce() -> usize, job: impl Fn() -> T) -> Option<(T, u64)> {
    within(LEAST, &job).or_else(|| {
        let limit = allowance(parts());
        if limit > LEAST { within(limit, &job) } else { None }
    })
}

/// How many values there are in a value, with itself.
pub fn parts(value: &Value) -> usize {
    match value {
        Value::Array(elements) => 1 + elements.iter().map(parts).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(parts).sum::<usize>(),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::{LEAST, is_spent, judging, left, spend, within};

    #[test]
    fn a_large_value_allows_more() {
        let take = || spend(LEAST + 1);
        assert_eq!(judging(|| 1, take), None);
        assert_eq!(judging(|| 20_001, take), Some((true, LEAST + 1)));
    }

    #[test]
    fn a_job_ends_with_what_it_may_take() {
        assert_eq!(within(3, || spend(2)), Some((true, 2)));
        assert_eq!(within(3, || spend(3)), None);
        assert_eq!(within(3, || spend(u64::MAX)), None);
        assert!(!is_spent());
    }

    #[test]
    fn a_job_inside_another_takes_from_it() {
        let inside = within(10, || (within(4, || spend(9)).is_none(), left()));
        assert_eq!(inside, Some(((true, 6), 4)));
        assert_eq!(within(3, || within(100, || spend(5)).is_none()), None);
    }
}
