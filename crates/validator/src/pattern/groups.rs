//! The groups of a pattern, one in the other, and what refers back to them.

use std::collections::HashMap;
use std::ops::Range;

use super::escapes::code_point;
use super::quantifier::quantifier;

/// What a pattern is made of, as far as groups go.
pub struct Groups {
    /// In the order in which they begin.
    pub all: Vec<Group>,
    pub references: Vec<Reference>,
    /// Those that capture, in their order, by their index.
    pub captures: Vec<usize>,
}

pub struct Group {
    pub place: Place,
    /// The bracket that it begins with, and what that says.
    pub opens: Range<usize>,
    /// The bracket that it ends with.
    pub closes: usize,
    pub kind: Kind,
    /// How it is repeated, and where that is said.
    pub least: u32,
    pub most: Option<u32>,
    pub quantifier: Range<usize>,
    pub branches: usize,
    /// Whether it may match nothing.
    pub may_be_empty: bool,
}

/// In which group something stands, if in any, and in which of its branches.
#[derive(Clone, Copy, PartialEq)]
pub struct Place {
    pub around: Option<usize>,
    pub branch: usize,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    /// Of this number, from 1.
    Captures(usize),
    Plain,
    /// Looks ahead, and whether what it says has to match.
    Ahead(bool),
    Behind(bool),
}

/// What refers back to groups of these numbers, of which one may have taken part.
pub struct Reference {
    pub place: Place,
    pub at: Range<usize>,
    pub numbers: Vec<usize>,
}

impl Group {
    pub fn is_repeated(&self) -> bool {
        self.most.is_none_or(|most| most > 1)
    }
}

impl Groups {
    /// Of a pattern; of one that is none, as far as it goes.
    pub fn of(pattern: &str) -> Self {
        let numbers = numbers_of_names(pattern);
        Parser { pattern, at: 0, names: numbers, groups: Self::none(), open: vec![Open::at(None)] }.run()
    }

    fn none() -> Self {
        Self { all: Vec::new(), references: Vec::new(), captures: Vec::new() }
    }

    /// Whether these stand in branches of one group, of which one is taken.
    fn are_branches(&self, one: Place, other: Place) -> bool {
        let ways = |place: Place| {
            let around = self.around(place).map(|index| self.all[index].place);
            let mut ways: Vec<Place> = std::iter::once(place).chain(around).collect();
            ways.reverse();
            ways
        };
        let (one, other) = (ways(one), ways(other));
        let parted = one.iter().zip(&other).find(|(one, other)| one != other);
        parted.is_some_and(|(one, other)| one.around == other.around)
    }

    /// The groups that something stands in, from the innermost on.
    pub fn around(&self, place: Place) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(place.around, |index| self.all[*index].place.around)
    }
}

/// Whether something in a pattern may refer back.
pub fn may_refer(pattern: &str) -> bool {
    pattern.as_bytes().windows(2).any(|pair| pair[0] == b'\\' && matches!(pair[1], b'k' | b'1'..=b'9'))
}

/// A group that a pattern begins with: how long its beginning is, and its name.
pub fn name_of_group(rest: &str) -> Option<&str> {
    name_in(rest.strip_prefix("(?<").filter(|rest| !rest.starts_with(['=', '!']))?)
}

/// What stands before `>`.
fn name_in(text: &str) -> Option<&str> {
    let end = text.find(['>', '(', ')', '['])?;
    text[end..].starts_with('>').then(|| &text[..end])
}

/// A name with what its escapes stand for.
pub fn read_name(name: &str) -> String {
    let (mut read, mut rest) = (String::new(), name);
    while let Some(c) = rest.chars().next() {
        let escaped = code_point(rest).and_then(|(point, taken)| Some((char::from_u32(point)?, taken)));
        let (c, taken) = escaped.unwrap_or((c, c.len_utf8()));
        read.push(c);
        rest = &rest[taken..];
    }
    read
}

/// What is wrong with what groups are called: with the flag and without, a name is an identifier, and one group's.
pub fn misnamed(pattern: &str) -> Option<String> {
    if !pattern.contains("(?<") {
        return None;
    }
    let groups = Groups::of(pattern);
    let mut known: HashMap<String, Vec<usize>> = HashMap::new();
    for index in &groups.captures {
        let opening = &pattern[groups.all[*index].opens.clone()];
        let Some(name) = name_of_group(opening).map(read_name) else { continue };
        if !is_identifier(&name) {
            return Some(format!("`{opening}` names no group; a name is letters, digits, `_` and `$`"));
        }
        let alike = known.entry(name).or_default();
        // Of branches only one takes part; to hold all against each other takes the square of their number.
        if alike.len() >= MOST_ALIKE
            || alike
                .iter()
                .any(|other| !groups.are_branches(groups.all[*other].place, groups.all[*index].place))
        {
            return Some(format!("`{opening}` names a second group; give it another name"));
        }
        alike.push(*index);
    }
    None
}

/// So many groups may have one name.
const MOST_ALIKE: usize = 64;

fn is_identifier(name: &str) -> bool {
    let is_letter = |c: char| c.is_alphabetic() || matches!(c, '_' | '$');
    let goes_on = |c: char| is_letter(c) || c.is_alphanumeric() || !c.is_ascii() && !c.is_whitespace();
    name.starts_with(is_letter) && name.chars().all(goes_on)
}

/// The names of all groups that capture, in their order.
pub fn names(pattern: &str) -> Vec<Option<String>> {
    let (mut names, mut in_class, mut is_escaped) = (Vec::new(), false, false);
    for (at, c) in pattern.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => match name_of_group(&pattern[at..]) {
                Some(name) => names.push(Some(read_name(name))),
                None if !pattern[at..].starts_with("(?") => names.push(None),
                None => {}
            },
            _ => {}
        }
    }
    names
}

/// The numbers of the groups of each name, and under no name how many groups there are.
fn numbers_of_names(pattern: &str) -> (HashMap<String, Vec<usize>>, usize) {
    let names = names(pattern);
    let count = names.len();
    let mut numbers: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, name) in names.into_iter().enumerate() {
        if let Some(name) = name {
            numbers.entry(name).or_default().push(index + 1);
        }
    }
    (numbers, count)
}

/// A group that has not ended yet.
struct Open {
    index: Option<usize>,
    branch: usize,
    /// Whether this branch, and whether one before it, may match nothing.
    is_empty: bool,
    was_empty: bool,
}

impl Open {
    fn at(index: Option<usize>) -> Self {
        Self { index, branch: 0, is_empty: true, was_empty: false }
    }
}

struct Parser<'p> {
    pattern: &'p str,
    at: usize,
    names: (HashMap<String, Vec<usize>>, usize),
    groups: Groups,
    /// The pattern itself, and the groups that have begun.
    open: Vec<Open>,
}

impl Parser<'_> {
    fn run(mut self) -> Groups {
        while let Some(c) = self.pattern[self.at..].chars().next() {
            match c {
                '(' => self.opens(),
                ')' if self.open.len() > 1 => self.closes(),
                '|' => {
                    if let Some(open) = self.open.last_mut() {
                        open.branch += 1;
                        open.was_empty |= open.is_empty;
                        open.is_empty = true;
                    }
                    self.at += 1;
                }
                '^' | '$' => self.at += 1,
                _ => self.atom(c),
            }
        }
        self.groups
    }

    fn place(&self) -> Place {
        let open = self.open.last();
        Place { around: open.and_then(|open| open.index), branch: open.map_or(0, |open| open.branch) }
    }

    fn opens(&mut self) {
        let rest = &self.pattern[self.at..];
        let name = name_of_group(rest);
        let captures = name.is_some() || !rest.starts_with("(?");
        let (kind, length) = match name {
            _ if captures => {
                self.groups.captures.push(self.groups.all.len());
                (Kind::Captures(self.groups.captures.len()), name.map_or(1, |name| "(?<>".len() + name.len()))
            }
            _ if rest.starts_with("(?=") => (Kind::Ahead(true), 3),
            _ if rest.starts_with("(?!") => (Kind::Ahead(false), 3),
            _ if rest.starts_with("(?<=") => (Kind::Behind(true), 4),
            _ if rest.starts_with("(?<!") => (Kind::Behind(false), 4),
            // Flags end with a colon.
            _ => (Kind::Plain, rest.find(':').map_or(2, |end| end + 1)),
        };
        let group = Group {
            place: self.place(),
            opens: self.at..self.at + length,
            closes: self.pattern.len(),
            kind,
            least: 1,
            most: Some(1),
            quantifier: 0..0,
            branches: 1,
            may_be_empty: true,
        };
        self.open.push(Open::at(Some(self.groups.all.len())));
        self.groups.all.push(group);
        self.at += length;
    }

    fn closes(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let Some(index) = open.index else { return };
        let (least, most, length) = quantifier(&self.pattern[self.at + 1..]).unwrap_or((1, Some(1), 0));
        let group = &mut self.groups.all[index];
        group.closes = self.at;
        (group.least, group.most) = (least, most);
        group.quantifier = self.at + 1..self.at + 1 + length;
        group.branches = open.branch + 1;
        let looks = matches!(group.kind, Kind::Ahead(_) | Kind::Behind(_));
        group.may_be_empty = looks || open.is_empty || open.was_empty;
        let takes = !group.may_be_empty && least > 0;
        self.at = group.quantifier.end;
        self.took(takes);
    }

    /// Tells the branch whether it had to match something.
    fn took(&mut self, takes: bool) {
        if let Some(open) = self.open.last_mut() {
            open.is_empty &= !takes;
        }
    }

    fn atom(&mut self, first: char) {
        let rest = &self.pattern[self.at..];
        let (length, takes) = match first {
            '\\' => {
                if let Some((numbers, length)) = self.reference(rest) {
                    let at = self.at..self.at + length;
                    let place = self.place();
                    self.groups.references.push(Reference { place, at, numbers });
                    (length, false)
                } else {
                    let escaped = rest[1..].chars().next();
                    (1 + escaped.map_or(0, char::len_utf8), !matches!(escaped, Some('b' | 'B')))
                }
            }
            '[' => (length_of_class(rest), true),
            _ => (first.len_utf8(), true),
        };
        let (least, _, repeated) = quantifier(&rest[length..]).unwrap_or((1, None, 0));
        self.took(takes && least > 0);
        self.at += length + repeated;
    }

    /// The groups that are referred to here, and how long the reference is. A number without a group is none.
    fn reference(&self, rest: &str) -> Option<(Vec<usize>, usize)> {
        let escaped = rest.strip_prefix('\\')?;
        if let Some(named) = escaped.strip_prefix("k<") {
            let name = name_in(named)?;
            let numbers = self.names.0.get(&read_name(name))?;
            return Some((numbers.clone(), r"\k<>".len() + name.len()));
        }
        let digits = escaped.len() - escaped.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number: usize = escaped[..digits].parse().ok()?;
        (number > 0 && !escaped.starts_with('0') && number <= self.names.1)
            .then(|| (vec![number], 1 + digits))
    }
}

fn length_of_class(rest: &str) -> usize {
    let mut is_escaped = false;
    let end = rest.char_indices().find(|(_, c)| {
        let ends = *c == ']' && !is_escaped;
        is_escaped = *c == '\\' && !is_escaped;
        ends
    });
    end.map_or(rest.len(), |(end, _)| end + 1)
}
