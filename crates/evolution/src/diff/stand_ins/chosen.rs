//! Which numbers stand for which.
//!
//! Between two large numbers there are as many others as between those that stand for them, or so many that nobody counts them; and
//! each is as far from the next multiple of what numbers are divided by. So an order, an equality, a fraction and a rest are the
//! same of both, and one schema accepts what another does if that holds with the numbers that stand for others.

use isomorph_schema::Document;

use super::large::{LEAST, Numbers};

/// Numbers that are further from each other than this are so far.
const FAR: u128 = 1 << 20;
/// The largest common multiple of what is divided by that distances are held to.
const MULTIPLE: u128 = 1 << 20;
/// A double tells halves up to here.
const MOST: u128 = 1 << 52;
/// How far from each other are the places where numbers are looked for that stand in no text.
const APART: u64 = 1 << 44;
/// Factors that nobody has, of numbers that stand for divisors.
const PRIMES: [u64; 6] = [1_000_003, 1_000_033, 1_000_037, 1_000_039, 1_000_081, 1_000_099];

/// Numbers that stand for others, of both signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StandIns {
    /// What is written, and what stands for it: in order. It means the same.
    Between(Vec<(u128, u64)>),
    /// Parts of what numbers are divided by, the largest first, and what stands for each. That tells where to look for what breaks,
    /// and no more.
    Divided(Vec<(u128, u64)>),
}

impl StandIns {
    /// Those for two versions; `None` if there are none that could.
    pub fn of(old: &[Document], new: &[Document]) -> Option<Self> {
        let mut numbers = Numbers::default();
        old.iter().chain(new).try_for_each(|document| numbers.add(document))?;
        if !numbers.large_divisors.is_empty() {
            return Self::divided(&numbers);
        }
        (0..8).find_map(|part| {
            let chosen = Self::between(&numbers, LEAST + part * APART)?;
            let is_said = |document: &Document| chosen.is_in(&document.text.text);
            (!old.iter().chain(new).any(is_said)).then_some(chosen)
        })
    }

    /// Whether what holds of them holds of what they stand for.
    pub fn mean_the_same(&self) -> bool {
        matches!(self, Self::Between(_))
    }

    fn between(numbers: &Numbers, base: u64) -> Option<Self> {
        let common = numbers.divisors.iter().try_fold(1, |common, (digits, zeros)| {
            let divisor = u128::from(*digits).checked_mul(10_u128.checked_pow(*zeros)?)?;
            Some(multiple(common, divisor)).filter(|common| *common <= MULTIPLE)
        })?;
        let mut large = numbers.large.clone();
        large.sort_unstable();
        large.dedup();
        let (first, near) = (*large.first()?, u128::from(numbers.small) + 2 * FAR);
        if near > u128::from(LEAST) || first < u128::from(LEAST) + FAR {
            return None;
        }
        let start = u128::from(base) + FAR;
        let mut stand_in = start + rest(first, start, common);
        let mut before = first;
        let mut chosen = Vec::with_capacity(large.len());
        for written in large {
            let gap = written - before;
            let far = FAR + MULTIPLE;
            stand_in += if gap <= far { gap } else { FAR + rest(gap, FAR, common) };
            before = written;
            if stand_in + FAR >= MOST {
                return None;
            }
            chosen.push((written, u64::try_from(stand_in).ok()?));
        }
        Some(Self::Between(chosen))
    }

    fn divided(numbers: &Numbers) -> Option<Self> {
        let common = numbers.large_divisors.iter().copied().reduce(divisor)?;
        let mut each = numbers.large_divisors.clone();
        each.sort_unstable_by(|one, other| other.cmp(one));
        each.dedup();
        let all = || numbers.large.iter().chain(&numbers.large_divisors);
        let of = |units: &[u128]| {
            let divided = Self::Divided(units.iter().copied().zip(PRIMES).collect());
            let is_whole =
                units.len() <= PRIMES.len() && all().all(|number| divided.stand_in(*number).is_some());
            is_whole.then_some(divided)
        };
        of(&[common]).or_else(|| of(&each))
    }

    /// The number that stands for another.
    pub fn stand_in(&self, written: u128) -> Option<u64> {
        match self {
            Self::Between(chosen) => {
                let index = chosen.binary_search_by_key(&written, |(written, _)| *written).ok()?;
                Some(chosen[index].1)
            }
            Self::Divided(units) => {
                let (unit, prime) = units.iter().find(|(unit, _)| written.is_multiple_of(*unit))?;
                let stand_in = u64::try_from(written / unit).ok()?.checked_mul(*prime)?;
                Some(stand_in).filter(|stand_in| *stand_in < LEAST)
            }
        }
    }

    /// What a whole number is meant to be, if that is another.
    pub fn meant(&self, whole: u128) -> Option<u128> {
        let chosen = match self {
            Self::Divided(units) => {
                let is_one = |prime: u64| whole != 0 && whole.is_multiple_of(u128::from(prime));
                let (unit, prime) = units.iter().find(|(_, prime)| is_one(*prime))?;
                return (whole / u128::from(*prime)).checked_mul(*unit);
            }
            Self::Between(chosen) => chosen,
        };
        let next = chosen.partition_point(|(_, stand_in)| u128::from(*stand_in) <= whole);
        let from = |(written, stand_in): (u128, u64)| {
            let stand_in = u128::from(stand_in);
            if whole < stand_in {
                written.checked_sub(stand_in - whole)
            } else {
                written.checked_add(whole - stand_in)
            }
        };
        let is_near = |index: usize| u128::from(chosen[index].1) - whole <= FAR / 2;
        match next {
            0 if is_near(0) => from(chosen[0]),
            0 => None,
            next if next < chosen.len() && is_near(next) => from(chosen[next]),
            next => from(chosen[next - 1]),
        }
    }

    /// Whether a text has numbers that could be taken for these.
    fn is_in(&self, text: &str) -> bool {
        let Self::Between(chosen) = self else { return false };
        let (Some(first), Some(last)) = (chosen.first(), chosen.last()) else { return false };
        let range = first.1.saturating_sub(APART / 4)..=last.1.saturating_add(APART / 4);
        let mut runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() >= 15);
        runs.any(|run| run.parse().is_ok_and(|number: u64| range.contains(&number)))
    }
}

/// What has to be added to the second number to have the rest of the first.
fn rest(first: u128, second: u128, divisor: u128) -> u128 {
    (first % divisor + divisor - second % divisor) % divisor
}

fn divisor(mut one: u128, mut other: u128) -> u128 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

fn multiple(one: u128, other: u128) -> u128 {
    if other == 0 { one } else { (one / divisor(one, other)).saturating_mul(other) }
}

#[cfg(test)]
mod tests {
    use super::super::large::Numbers;
    use super::{LEAST, StandIns};

    #[test]
    fn distances_and_rests_stay() {
        let two = 1_u128 << 64;
        let large = vec![two + 1, two, 3 * two + 7];
        let numbers = Numbers { large: large.clone(), divisors: vec![(6, 0), (25, 0)], ..Numbers::default() };
        let found = StandIns::between(&numbers, LEAST).expect("some");
        let stand_in = |written| u128::from(found.stand_in(written).expect("one"));
        assert_eq!(stand_in(two + 1) - stand_in(two), 1);
        for written in large {
            assert_eq!(written % 150, stand_in(written) % 150);
            assert_eq!(found.meant(stand_in(written)), Some(written));
            assert_eq!(found.meant(stand_in(written) + 5), Some(written + 5));
            assert_eq!(found.meant(stand_in(written) - 5), Some(written - 5));
        }
        assert_eq!(found.meant(7), None);
    }

    #[test]
    fn divisors_are_divided_by_what_is_common() {
        let large_divisors = vec![1 << 64, 1 << 66];
        let found = StandIns::divided(&Numbers { large_divisors, ..Numbers::default() }).expect("some");
        let (one, other) = (found.stand_in(1 << 64).expect("one"), found.stand_in(1 << 66).expect("one"));
        assert_eq!(other, 4 * one);
        assert_eq!(found.meant(u128::from(3 * one)), Some(3 << 64));
    }
}
