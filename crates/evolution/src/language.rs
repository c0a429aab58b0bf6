//! The strings that match some patterns, fail others, and are of some length, by automata.

use std::collections::{HashMap, VecDeque};

use fastrand::Rng;
use isomorph_validator::for_automaton;
use regex_automata::Input;
use regex_automata::dfa::{Automaton, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::primitives::StateID;

use crate::looks::parts;
use crate::repeated::folded;

/// What an automaton may take, in bytes.
const AUTOMATON: usize = 4 << 20;
/// How many states of all automata together are looked at.
const STATES: usize = 12_000;
/// How many steps are looked at.
const STEPS: usize = 400_000;
/// Beyond this, counts of characters are not followed.
const COUNTED: usize = 300;

/// Strings.
pub struct Language {
    nodes: Vec<Node>,
    bytes: Vec<Vec<u8>>,
    most: usize,
    /// Whether all states were looked at.
    is_whole: bool,
}

#[derive(Default)]
struct Node {
    /// By the index of a group of bytes.
    next: Vec<(usize, usize)>,
    is_end: bool,
    /// How far the nearest end is.
    distance: Option<usize>,
}

/// Where all automata are.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Place {
    /// `None` where a pattern is known to match, whatever follows.
    states: Vec<Option<StateID>>,
    /// How many characters there were, as far as that matters.
    count: usize,
}

struct Product {
    /// The first only says what is text.
    automata: Vec<dense::DFA<Vec<u32>>>,
    /// Whether each has to match; `None` where that depends on others.
    matching: Vec<Option<bool>>,
    /// Of each of these one has to match, or to fail, as it says.
    either: Vec<Vec<(usize, bool)>>,
    least: usize,
    most: usize,
}

impl Language {
    /// The strings that match all of `matching` and none of `failing`, ECMA-262 patterns, with at least and at most so
    /// many characters; `None` where a pattern is beyond automata.
    pub fn new(matching: &[&str], failing: &[&str], least: usize, most: usize) -> Option<Self> {
        let counted = if most <= COUNTED { most } else { usize::MAX };
        let mut product = Product {
            automata: vec![automaton("^[\\s\\S]*$")?],
            matching: vec![Some(true)],
            either: Vec::new(),
            least: least.min(COUNTED),
            most: counted,
        };
        matching.iter().try_for_each(|pattern| product.has_to_match(pattern))?;
        failing.iter().try_for_each(|pattern| product.has_to_fail(pattern))?;
        let (mut nodes, bytes, is_whole) = product.explore();
        measure(&mut nodes);
        // Where counts are not followed to their end, other strings may be there.
        let is_whole = is_whole && least <= COUNTED;
        Some(Self { nodes, bytes, most, is_whole })
    }

    /// Whether it is known to have no string.
    pub fn is_empty(&self) -> bool {
        self.is_whole && self.nodes.first().is_none_or(|node| node.distance.is_none())
    }

    /// One of the shortest strings.
    pub fn shortest(&self) -> Option<String> {
        self.walk(&mut Rng::with_seed(1), 0)
    }

    /// A string, of about so many steps where there are such.
    pub fn walk(&self, random: &mut Rng, wanted: usize) -> Option<String> {
        let (mut at, mut text) = (0, Vec::new());
        self.nodes.first()?.distance?;
        loop {
            let node = &self.nodes[at];
            if node.is_end && text.len() >= wanted || text.len() > wanted.saturating_add(STATES) {
                break;
            }
            let is_late = text.len() + node.distance? >= wanted;
            let nearer = |next: usize| self.nodes[next].distance.is_some_and(|far| Some(far) < node.distance);
            let alive = |next: usize| self.nodes[next].distance.is_some();
            let choices: Vec<_> =
                node.next.iter().filter(|(_, to)| if is_late { nearer(*to) } else { alive(*to) }).collect();
            let choices = if choices.is_empty() && !node.is_end {
                node.next.iter().filter(|(_, to)| nearer(*to)).collect()
            } else {
                choices
            };
            // The first groups are those that people can read.
            let readable = choices.iter().filter(|(group, _)| self.is_readable(*group)).count();
            let choice = if readable > 0 && random.u8(..8) > 0 {
                choices.iter().filter(|(group, _)| self.is_readable(*group)).nth(random.usize(..readable))
            } else if choices.is_empty() {
                None
            } else {
                choices.get(random.usize(..choices.len()))
            };
            let Some((group, next)) = choice else { break };
            let bytes = &self.bytes[*group];
            let letters = bytes.iter().filter(|byte| byte.is_ascii_alphanumeric()).count();
            text.push(bytes[random.usize(..if letters > 0 { letters } else { bytes.len() })]);
            at = *next;
        }
        let text = String::from_utf8(text).ok().filter(|_| self.nodes[at].is_end)?;
        (text.chars().count() <= self.most).then_some(text)
    }

    /// All strings, if they are not more than so many, and known to be.
    pub fn all(&self, most: usize) -> Option<Vec<String>> {
        if !self.is_whole {
            return None;
        }
        let mut found = Vec::new();
        let is_alive = |at: &usize| self.nodes.get(*at).is_some_and(|node| node.distance.is_some());
        let mut work: Vec<(usize, Vec<u8>)> = vec![(0, Vec::new())];
        work.retain(|(at, _)| is_alive(at));
        // Whatever is begun has an end, so that what goes on without one is more than so many.
        while let Some((at, text)) = work.pop() {
            let node = &self.nodes[at];
            if node.is_end {
                found.push(String::from_utf8(text.clone()).ok()?);
            }
            if found.len() > most || work.len() > most || text.len() > self.nodes.len() {
                return None;
            }
            for (group, next) in node.next.iter().filter(|(_, next)| is_alive(next)) {
                if self.bytes[*group].len() > most {
                    return None;
                }
                let longer = |byte: &u8| text.iter().copied().chain([*byte]).collect();
                work.extend(self.bytes[*group].iter().map(|byte| (*next, longer(byte))));
            }
        }
        Some(found)
    }

    fn is_readable(&self, group: usize) -> bool {
        self.bytes[group].first().is_some_and(u8::is_ascii_graphic)
    }
}

/// Whether every string that matches all of `matching`, with so many characters, is known to match `pattern`.
pub fn implies(matching: &[&str], least: usize, most: usize, pattern: &str) -> bool {
    Language::new(matching, &[pattern], least, most).is_some_and(|language| language.is_empty())
}

fn automaton(pattern: &str) -> Option<dense::DFA<Vec<u32>>> {
    // What the engine of validators is given, automata are given.
    let pattern = for_automaton(pattern);
    let translated = jsonschema_regex::to_rust_regex(&pattern).ok()?;
    let hir = folded(regex_syntax::parse(&translated).ok()?);
    let limit = thompson::Config::new().nfa_size_limit(Some(AUTOMATON));
    let nfa = thompson::Compiler::new().configure(limit).build_from_hir(&hir).ok()?;
    dense::Builder::new()
        .configure(
            dense::Config::new().dfa_size_limit(Some(AUTOMATON)).determinize_size_limit(Some(AUTOMATON)),
        )
        .build_from_nfa(&nfa)
        .ok()
}

impl Product {
    fn has_to_match(&mut self, pattern: &str) -> Option<()> {
        for (part, is_there) in parts(pattern) {
            self.automata.push(automaton(&part)?);
            self.matching.push(Some(is_there));
        }
        Some(())
    }

    /// It fails where one part of it does.
    fn has_to_fail(&mut self, pattern: &str) -> Option<()> {
        let parts = parts(pattern);
        let is_one = parts.len() == 1;
        let mut either = Vec::new();
        for (part, is_there) in parts {
            either.push((self.automata.len(), !is_there));
            self.automata.push(automaton(&part)?);
            self.matching.push(is_one.then_some(!is_there));
        }
        if !is_one {
            self.either.push(either);
        }
        Some(())
    }

    /// Bytes that no automaton tells apart, those first that people can read.
    fn groups(&self) -> Vec<Vec<u8>> {
        let rank = |byte: &u8| match byte {
            b'a'..=b'z' => 0,
            b'0'..=b'9' => 1,
            b'A'..=b'Z' => 2,
            b'-' | b'_' | b'.' | b'/' => 3,
            _ if byte.is_ascii_graphic() => 4,
            b' ' => 5,
            _ => 6,
        };
        let mut bytes: Vec<u8> = (0..=255).collect();
        bytes.sort_by_key(rank);
        let mut groups: Vec<Vec<u8>> = Vec::new();
        let mut known: HashMap<Vec<u8>, usize> = HashMap::new();
        for byte in bytes {
            let classes = self.automata.iter().map(|one| one.byte_classes().get(byte)).collect();
            let group = *known.entry(classes).or_insert(groups.len());
            if group == groups.len() {
                groups.push(Vec::new());
            }
            groups[group].push(byte);
        }
        groups
    }

    fn explore(&self) -> (Vec<Node>, Vec<Vec<u8>>, bool) {
        let groups = self.groups();
        let mut nodes: Vec<Node> = Vec::new();
        let mut known: HashMap<Place, usize> = HashMap::new();
        let mut work = VecDeque::new();
        let Some(start) = self.start() else { return (nodes, groups, false) };
        known.insert(start.clone(), 0);
        nodes.push(Node::default());
        work.push_back((0, start));
        let mut steps = 0;
        while let Some((index, place)) = work.pop_front() {
            nodes[index].is_end = self.is_end(&place);
            for (group, bytes) in groups.iter().enumerate() {
                steps += 1;
                if steps > STEPS {
                    return (nodes, groups, false);
                }
                let Some(next) = self.step(&place, bytes[0]) else { continue };
                let to = known.get(&next).copied().unwrap_or(nodes.len());
                if to == nodes.len() {
                    if nodes.len() >= STATES {
                        return (nodes, groups, false);
                    }
                    known.insert(next.clone(), to);
                    nodes.push(Node::default());
                    work.push_back((to, next));
                }
                nodes[index].next.push((group, to));
            }
        }
        (nodes, groups, true)
    }

    fn start(&self) -> Option<Place> {
        let start = |one: &dense::DFA<Vec<u32>>| one.start_state_forward(&Input::new("")).ok();
        let states = self.automata.iter().map(start).collect::<Option<Vec<_>>>()?;
        Some(Place { states: states.into_iter().map(Some).collect(), count: 0 })
    }

    /// Where all are after a byte; `None` where no string of the language goes on so.
    fn step(&self, place: &Place, byte: u8) -> Option<Place> {
        // Of each character the first byte is counted.
        let is_first = byte & 0xC0 != 0x80;
        let count = place.count + usize::from(is_first);
        if count > self.most {
            return None;
        }
        let count = if self.most == usize::MAX { count.min(self.least) } else { count };
        let mut states = Vec::with_capacity(place.states.len());
        for (index, (automaton, state)) in self.automata.iter().zip(&place.states).enumerate() {
            let next = state.map(|state| automaton.next_state(state, byte));
            // The first says what is text, to its end.
            let matched = index > 0 && next.is_none_or(|next| automaton.is_match_state(next));
            if matched && self.matching[index] == Some(false) {
                return None;
            }
            let is_dead =
                next.is_some_and(|next| automaton.is_dead_state(next) || automaton.is_quit_state(next));
            if is_dead && !matched && self.matching[index] == Some(true) {
                return None;
            }
            states.push(if matched { None } else { next });
        }
        Some(Place { states, count })
    }

    /// Whether a string of the language may end here.
    fn is_end(&self, place: &Place) -> bool {
        let matches = |index: usize| {
            let automaton = &self.automata[index];
            place.states[index].is_none_or(|state| automaton.is_match_state(automaton.next_eoi_state(state)))
        };
        let is_right =
            |(index, needed): (usize, &Option<bool>)| needed.is_none_or(|needed| matches(index) == needed);
        place.count >= self.least
            && self.matching.iter().enumerate().all(is_right)
            && self
                .either
                .iter()
                .all(|either| either.iter().any(|(index, needed)| matches(*index) == *needed))
    }
}

/// Finds how far the nearest end is from each node.
fn measure(nodes: &mut [Node]) {
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    for (from, node) in nodes.iter().enumerate() {
        node.next.iter().for_each(|(_, to)| before[*to].push(from));
    }
    let mut work: VecDeque<usize> = VecDeque::new();
    for (index, node) in nodes.iter_mut().enumerate().filter(|(_, node)| node.is_end) {
        node.distance = Some(0);
        work.push_back(index);
    }
    while let Some(index) = work.pop_front() {
        let far = nodes[index].distance.unwrap_or(0) + 1;
        for from in &before[index] {
            if nodes[*from].distance.is_none() {
                nodes[*from].distance = Some(far);
                work.push_back(*from);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, implies};

    #[test]
    fn what_one_pattern_matches_another_may_match_too() {
        assert!(implies(&["^[a-z]{1,32}$"], 0, usize::MAX, "^[a-z]{1,63}$"));
        assert!(!implies(&["^[a-z]{1,63}$"], 0, usize::MAX, "^[a-z]{1,32}$"));
        assert!(implies(&["^[a-z]*$"], 0, 32, "^[a-z]{0,32}$"));
        assert!(implies(&["^(a|b)$"], 0, usize::MAX, "^(a|b|c)$"));
        assert!(implies(&["a", "b"], 0, usize::MAX, "a.*b|b.*a|[\\s\\S]*"));
        assert!(implies(&["^é+$"], 2, usize::MAX, "é{2}"));
        assert!(!implies(&["^a"], 0, usize::MAX, "a$"));
        assert!(implies(&["^\\d+$"], 0, usize::MAX, "^[0-9]"));
        assert!(!implies(&[], 0, usize::MAX, "."));
        assert!(implies(&[], 1, usize::MAX, "[\\s\\S]"));
        assert!(implies(&["\\bfoo\\b"], 0, usize::MAX, "foo"));
        assert!(!implies(&["foo"], 0, usize::MAX, "\\bfoo\\b"));
        assert!(implies(&["^(a{1,100}){1,99}$"], 0, usize::MAX, "^(a{1,100}){1,100}$"));
        assert!(!implies(&["^(a{1,100}){1,100}$"], 0, usize::MAX, "^(a{1,100}){1,99}$"));
        // Beyond automata nothing is known.
        assert!(!implies(&["^a+(?=a)a$"], 0, usize::MAX, "a"));
    }

    #[test]
    fn what_is_looked_at_where_a_string_begins_or_ends_is_known() {
        let holds = |narrow: &str, wide: &str| {
            assert!(implies(&[narrow], 0, usize::MAX, wide), "{narrow} → {wide}");
            assert!(!implies(&[wide], 0, usize::MAX, narrow), "{wide} → {narrow}");
        };
        holds("^(?!a)[ab]$", "^(a|b)$");
        holds("^(?!a|b)[a-z]+$", "^(?!a)[a-z]+$");
        holds("^(?=.*[a-z])(?=.*[0-9])[a-z0-9]{8,}$", "^(?=.*[0-9])[a-z0-9]{8,}$");
        holds("^(?!-)[a-z-]{1,63}(?<!-)$", "^(?!-)[a-z-]{1,63}$");
        holds("^x-(?!a)[a-z]+$", "^x-[a-z]+$");
        assert!(implies(&["^(?!a)b"], 0, usize::MAX, "^b") && implies(&["^b"], 0, usize::MAX, "^(?!a)b"));
    }

    #[test]
    fn strings_are_of_their_language() {
        let cases: [(&[&str], &[&str], usize, usize); 6] = [
            (&["^a", "b$"], &[], 0, usize::MAX),
            (&["^[A-Z][a-z]*[0-9]$"], &[], 10, usize::MAX),
            (&["^[a-z]{1,63}$"], &["^[a-z]{1,32}$"], 0, usize::MAX),
            (&[], &["a"], 3, 3),
            (&[], &["^[\\s\\S]{0,3}$"], 0, 4),
            (&["^[^\\u0000-\\u007f]{3}$"], &[], 0, usize::MAX),
        ];
        for (matching, failing, least, most) in cases {
            let language = Language::new(matching, failing, least, most).unwrap();
            let mut random = fastrand::Rng::with_seed(3);
            let all = (0..20).map(|wanted| language.walk(&mut random, wanted)).chain([language.shortest()]);
            for text in all.flatten() {
                let judge = |pattern: &&str| {
                    isomorph_validator::judges_by_pattern(pattern).unwrap().is_valid(&text.as_str().into())
                };
                assert!(matching.iter().all(judge) && !failing.iter().any(judge), "{text:?} {matching:?}");
                assert!((least..=most).contains(&text.chars().count()), "{text:?}");
            }
            assert!(language.shortest().is_some(), "{matching:?}");
        }
        assert!(Language::new(&["^a$"], &["a"], 0, usize::MAX).unwrap().is_empty());
        assert!(Language::new(&["^a+$"], &[], 0, 0).unwrap().is_empty());
    }
}
