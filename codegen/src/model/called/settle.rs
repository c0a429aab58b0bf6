//! Gives names: whoever clashes gives way, all of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::candidates::Candidates;

/// The longest name that gets a number.
const LONGEST_BASE: usize = 36;

/// Gives each of `all`, which are in an order that keys have no part in, the first of its candidates that nobody else
/// wants and that is not taken; where it has none, a number.
pub fn settle(all: &[&Candidates], taken: &mut BTreeSet<String>) -> Vec<String> {
    let mut level = vec![0; all.len()];
    loop {
        let mut wanted: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, candidates) in all.iter().enumerate() {
            if let Some(name) = candidates.names.get(level[index]) {
                wanted.entry(name).or_default().push(index);
            }
        }
        let mut moved = false;
        for (name, who) in wanted {
            let is_taken = taken.contains(name);
            if who.len() < 2 && !is_taken {
                continue;
            }
            // One that has no good candidate left keeps its name where it is the only such.
            let mut stuck = who.iter().filter(|index| level[**index] + 1 >= all[**index].good);
            let stays = match (stuck.next(), stuck.next()) {
                _ if is_taken => None,
                (Some(only), None) => Some(*only),
                _ => most_joined(all, name, &who),
            };
            for index in who.into_iter().filter(|index| Some(*index) != stays) {
                level[index] += 1;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    let mut names: Vec<_> =
        all.iter().zip(level).map(|(candidates, level)| candidates.names.get(level).cloned()).collect();
    taken.extend(names.iter().flatten().cloned());
    // Of each base the numbers that are known to be taken are not tried again.
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for (name, candidates) in names.iter_mut().zip(all) {
        if name.is_none() {
            // With a number it is still no longer than names are.
            let is_short = |name: &&String| name.chars().count() <= LONGEST_BASE;
            let base = candidates.names.iter().find(is_short).or(candidates.names.first());
            let base = base.map_or("Type", String::as_str);
            let separator = if base.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
            let next = numbers.entry(base).or_insert(2);
            // One of more numbers than there are names is free.
            let mut numbered =
                (*next..=taken.len() + 2).map(|number| (number, format!("{base}{separator}{number}")));
            let free = numbered.find(|(_, name)| !taken.contains(name));
            *next = free.as_ref().map_or(*next, |(number, _)| number + 1);
            *name = free.map(|(_, name)| name);
            taken.extend(name.clone());
        }
    }
    names.into_iter().flatten().collect()
}

/// The union that joins what the others of these join as well, if it is at more places than each of them.
fn most_joined(all: &[&Candidates], name: &str, who: &[usize]) -> Option<usize> {
    let places = |index: usize| {
        all[index]
            .joined
            .as_ref()
            .filter(|(joined, _)| joined.iter().any(|one| one == name))
            .map(|(_, places)| *places)
    };
    let most = who.iter().copied().max_by_key(|index| places(*index))?;
    let is_more =
        |other: &usize| *other == most || places(*other).is_some_and(|fewer| Some(fewer) < places(most));
    who.iter().all(is_more).then_some(most)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Candidates, settle};

    fn candidates(names: &[&str]) -> Candidates {
        let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
        Candidates { good: names.len(), names, ..Candidates::default() }
    }

    #[test]
    fn of_unions_that_join_the_same_the_one_at_most_places_keeps_the_name() {
        let of = |names: &[&str], places| Candidates {
            joined: Some((vec!["A".to_owned()], places)),
            ..candidates(names)
        };
        let settled = |all: [Candidates; 3]| settle(&all.each_ref(), &mut BTreeSet::new());
        let all = [of(&["A", "XA"], 2), of(&["A", "YA"], 3), of(&["A", "ZA"], 2)];
        assert_eq!(settled(all), ["XA", "A", "ZA"]);
        let all = [of(&["A", "XA"], 3), of(&["A", "YA"], 3), of(&["A", "ZA"], 2)];
        assert_eq!(settled(all), ["XA", "YA", "ZA"]);
        let all = [of(&["A", "XA"], 3), candidates(&["A", "YA"]), of(&["A", "ZA"], 2)];
        assert_eq!(settled(all), ["XA", "YA", "ZA"]);
    }

    fn settled(all: &[&[&str]], taken: &[&str]) -> Vec<String> {
        let all: Vec<_> = all.iter().map(|names| candidates(names)).collect();
        let mut taken = taken.iter().map(|name| (*name).to_owned()).collect();
        settle(&all.iter().collect::<Vec<_>>(), &mut taken)
    }

    #[test]
    fn whoever_clashes_gives_way() {
        assert_eq!(settled(&[&["A", "XA"], &["A", "YA"], &["B"]], &[]), ["XA", "YA", "B"]);
        assert_eq!(settled(&[&["A", "XA"]], &["A"]), ["XA"]);
        assert_eq!(settled(&[&["A"], &["A", "YA"]], &[]), ["A", "YA"]);
        assert_eq!(settled(&[&["A"], &["A"], &["A"]], &[]), ["A2", "A3", "A4"]);
        assert_eq!(settled(&[&["A"], &["A"]], &["A2"]), ["A3", "A4"]);
        assert_eq!(settled(&[&["A1"]], &["A1"]), ["A1_2"]);
    }
}
