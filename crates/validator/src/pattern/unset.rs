//! Groups that may have taken no part where a pattern refers back to them. In ECMA-262 such a reference matches nothing and goes
//! on (22.2.2.7.2, BackreferenceMatcher), and a repetition forgets what was captured in it before (22.2.2.3.1, RepeatMatcher);
//! the engine has the one fail, and remembers.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::groups::{Group, Groups, Kind, Place, Reference, may_refer};

/// The same pattern, in which every reference matches what it does in ECMA-262; what has a [fault] is left as it is.
pub fn with_unset_groups(pattern: &str) -> Cow<'_, str> {
    if !may_refer(pattern) {
        return Cow::Borrowed(pattern);
    }
    let groups = Groups::of(pattern);
    let Ok(plan) = Plan::of(pattern, &groups) else { return Cow::Borrowed(pattern) };
    if plan.is_empty() { Cow::Borrowed(pattern) } else { Cow::Owned(plan.written()) }
}

/// Why a reference in a pattern cannot be matched, if it cannot.
pub fn fault(pattern: &str) -> Option<String> {
    if !may_refer(pattern) {
        return None;
    }
    let groups = Groups::of(pattern);
    Plan::of(pattern, &groups).err()
}

/// What the names of our groups begin with.
const MARK: &str = "unset_";

/// More repetitions are not taken apart: a part of the pattern is written twice for each.
const MOST_LOOPS: usize = 6;

/// What a reference matches.
enum Meant {
    /// What its group captured.
    Captured,
    /// Nothing, ever.
    Nothing,
    /// What its group captured, or nothing where that took no part.
    Unsure,
}

/// What to write otherwise.
struct Plan<'p> {
    pattern: &'p str,
    groups: &'p Groups,
    /// What each number that a reference has means.
    meant: Vec<Vec<Meant>>,
    /// Groups, by their index: those that may be left out, and are written as what may match nothing.
    optional: BTreeSet<usize>,
    /// Those that say whether they took part.
    marked: BTreeSet<usize>,
    /// Those of which only the last repetition captures.
    parted: BTreeSet<usize>,
}

impl<'p> Plan<'p> {
    fn of(pattern: &'p str, groups: &'p Groups) -> Result<Self, String> {
        let mut plan = Self {
            pattern,
            groups,
            meant: Vec::new(),
            optional: BTreeSet::new(),
            marked: BTreeSet::new(),
            parted: BTreeSet::new(),
        };
        for reference in &groups.references {
            let captured =
                reference.numbers.iter().map(|number| plan.meant(reference, groups.captures[number - 1]));
            let meant = captured.collect::<Result<_, _>>().map_err(|why| {
                format!("`{}` {why}; nothing here matches that", &pattern[reference.at.clone()])
            })?;
            plan.meant.push(meant);
        }
        if plan.parted.len() > MOST_LOOPS {
            return Err("too many repetitions in it hold groups that it refers back to".to_owned());
        }
        Ok(plan)
    }

    fn is_empty(&self) -> bool {
        let is_captured = |meant: &Meant| matches!(meant, Meant::Captured);
        self.parted.is_empty()
            && self.optional.is_empty()
            && self.meant.iter().all(|all| all.len() == 1 && all.iter().all(is_captured))
    }

    /// What a reference to a group means; or why that is not known.
    fn meant(&mut self, reference: &Reference, group: usize) -> Result<Meant, &'static str> {
        let groups = self.groups;
        let above: Vec<usize> = groups.around(reference.place).collect();
        // A group begins to capture when it ends.
        if above.contains(&group) {
            return Ok(Meant::Nothing);
        }
        // From the group out to what stands in the one that both are in.
        let outwards = std::iter::once(group).chain(groups.around(groups.all[group].place));
        let path: Vec<usize> = outwards.take_while(|index| !above.contains(index)).collect();
        let both = groups.all[path[path.len() - 1]].place;
        let above =
            above.iter().position(|index| Some(*index) == both.around).map_or(&[][..], |at| &above[at..]);
        let looks_behind = |index: &usize| matches!(groups.all[*index].kind, Kind::Behind(_));
        if above.iter().any(looks_behind) {
            return Err("refers to what stands in the same look behind");
        }
        if path.iter().any(|index| looks_behind(index) && self.repeats(&groups.all[*index])) {
            return Err("refers to a repetition that is looked behind for");
        }
        let is_ruled_out =
            |index: &usize| matches!(groups.all[*index].kind, Kind::Ahead(false) | Kind::Behind(false));
        let is_before = groups.all[group].opens.start < reference.at.start;
        if self.branch_of(reference.place, both.around) != Some(both.branch)
            || !is_before
            || path.iter().any(is_ruled_out)
        {
            return Ok(Meant::Nothing);
        }
        self.captured(&path, above)
    }

    /// What is left of a group behind the groups of a path, from it outwards.
    fn captured(&mut self, path: &[usize], above: &[usize]) -> Result<Meant, &'static str> {
        let groups = self.groups;
        let group = path[0];
        if (groups.all[group].least, groups.all[group].most) == (0, Some(1)) {
            self.optional.insert(group);
        }
        let is_optional = self.optional.contains(&group);
        let takes_part = |index: &usize| groups.all[*index].least > 0 || (*index == group && is_optional);
        // So many groups from the innermost on are sure to take part when that around them does.
        let within =
            path.windows(2).take_while(|pair| takes_part(&pair[0]) && groups.all[pair[1]].branches == 1);
        let sure = 1 + within.count();
        let looks = |index: &usize| matches!(groups.all[*index].kind, Kind::Ahead(_) | Kind::Behind(_));
        // Where each repetition is sure to capture, too, the engine may hold on to another than the last.
        let parted: Vec<usize> =
            path.iter().copied().filter(|index| groups.all[*index].is_repeated()).collect();
        if !parted.is_empty() && path.iter().chain(above).any(looks) {
            return Err("refers to a group that is repeated, where is looked around");
        }
        let again = above.iter().any(|index| groups.all[*index].is_repeated());
        if again && parted.iter().any(|index| groups.all[*index].may_be_empty) {
            return Err("refers to a group in a repetition of what may match nothing");
        }
        self.parted.extend(&parted);
        let outermost = path[path.len() - 1];
        if sure == path.len() && takes_part(&outermost) {
            return Ok(Meant::Captured);
        }
        if again {
            return Err("refers to a group that may have taken no part in the same repetition");
        }
        self.marked.insert(group);
        Ok(Meant::Unsure)
    }

    /// In which branch of a group something stands, at whatever depth.
    fn branch_of(&self, place: Place, around: Option<usize>) -> Option<usize> {
        let mut place = place;
        while place.around != around {
            place = self.groups.all[place.around?].place;
        }
        Some(place.branch)
    }

    /// Whether it matters from which end what a group holds is matched.
    fn repeats(&self, group: &Group) -> bool {
        let inside = self.pattern[group.opens.end..group.closes].replace("(?", "");
        inside.contains(['*', '+', '?', '{', '|'])
    }

    fn written(&self) -> String {
        let called = (1..=self.groups.captures.len()).map(|number| format!("{MARK}{number}")).collect();
        let mut writer = Writer { plan: self, called, copies: 0, written: String::new() };
        writer.write(0, self.pattern.len(), None);
        writer.written
    }
}

struct Writer<'w, 'p> {
    plan: &'w Plan<'p>,
    /// What each group that captures is called at present.
    called: Vec<String>,
    copies: usize,
    written: String,
}

/// What is written otherwise, by where it begins.
#[derive(Clone, Copy)]
enum Edit {
    Opens(usize),
    Closes(usize),
    Refers(usize),
}

impl Writer<'_, '_> {
    fn put(&mut self, text: &str) {
        self.written.push_str(text);
    }

    /// Writes what stands from here to there, in which this group is not taken apart.
    fn write(&mut self, from: usize, to: usize, whole: Option<usize>) {
        let plan = self.plan;
        let mut edits = BTreeMap::new();
        for (index, group) in plan.groups.all.iter().enumerate() {
            edits.insert(group.opens.start, Edit::Opens(index));
            edits.insert(group.closes, Edit::Closes(index));
        }
        for (index, reference) in plan.groups.references.iter().enumerate() {
            edits.insert(reference.at.start, Edit::Refers(index));
        }
        let mut at = from;
        while let Some((next, edit)) = edits.range(at..to).next() {
            self.put(&plan.pattern[at..*next]);
            at = match edit {
                Edit::Opens(index) if plan.parted.contains(index) && whole != Some(*index) => {
                    self.part(*index)
                }
                Edit::Opens(index) => self.open(*index),
                Edit::Closes(index) => self.close(*index),
                Edit::Refers(index) => self.refer(*index),
            };
        }
        self.put(&plan.pattern[at..to]);
    }

    /// All repetitions but the last, which may capture something else, and then the last, which is what is left.
    fn part(&mut self, index: usize) -> usize {
        let group = &self.plan.groups.all[index];
        let (least, fewer) = (group.least, group.least.saturating_sub(1));
        let most = group.most.map(|most| most.saturating_sub(1));
        let rest = format!("{MARK}rest_{}", self.copies);
        let looks_on = format!(r"(?=(?<{rest}>[\s\S]*))");
        self.put("(?:");
        match (group.may_be_empty, least) {
            (false, _) => self.earlier(index, fewer, most),
            (true, 0) => {
                self.earlier(index, 0, most);
                self.put(&looks_on);
            }
            // Those that have to be may match nothing; one more that does ends the repetition before it.
            (true, _) => {
                self.put("(?:");
                self.earlier(index, fewer, Some(fewer));
                if most.is_none_or(|most| most >= least) {
                    self.put("|");
                    self.earlier(index, least, most);
                    self.put(&looks_on);
                }
                self.put(")");
            }
        }
        self.write(group.opens.start, group.closes + 1, Some(index));
        if group.may_be_empty && (least == 0 || most.is_none_or(|most| most >= least)) {
            self.put(&format!(r"(?!\k<{rest}>$)"));
        }
        self.put(if least == 0 { ")?" } else { ")" });
        group.quantifier.end
    }

    /// A group so often, with what is in it under other names.
    fn earlier(&mut self, index: usize, least: u32, most: Option<u32>) {
        self.copies += 1;
        if most == Some(0) {
            return;
        }
        let group = &self.plan.groups.all[index];
        let before = self.called.clone();
        for (called, capture) in self.called.iter_mut().zip(&self.plan.groups.captures) {
            let inside = &self.plan.groups.all[*capture];
            if (group.opens.start..group.closes).contains(&inside.opens.start) {
                *called = format!("{called}_{}", self.copies);
            }
        }
        self.write(group.opens.start, group.closes + 1, Some(index));
        let most = most.map(|most| most.to_string()).unwrap_or_default();
        self.put(&format!("{{{least},{most}}}"));
        self.called = before;
    }

    fn open(&mut self, index: usize) -> usize {
        let group = &self.plan.groups.all[index];
        let Kind::Captures(number) = group.kind else {
            self.put(&self.plan.pattern[group.opens.clone()]);
            return group.opens.end;
        };
        if self.plan.marked.contains(&index) {
            self.put("(?:");
        }
        let called = self.called[number - 1].clone();
        self.put(&format!("(?<{called}>"));
        // What takes as little as it can is tried without first.
        if self.plan.optional.contains(&index) && self.is_lazy(group) {
            self.put("|");
        }
        group.opens.end
    }

    fn close(&mut self, index: usize) -> usize {
        let group = &self.plan.groups.all[index];
        let is_optional = self.plan.optional.contains(&index);
        if is_optional && !self.is_lazy(group) {
            self.put("|");
        }
        self.put(")");
        if let (Kind::Captures(number), true) = (group.kind, self.plan.marked.contains(&index)) {
            let called = self.called[number - 1].clone();
            self.put(&format!("(?<{called}_is>))"));
        }
        if is_optional { group.quantifier.end } else { group.closes + 1 }
    }

    fn is_lazy(&self, group: &Group) -> bool {
        let quantifier = &self.plan.pattern[group.quantifier.clone()];
        quantifier.len() > 1 && quantifier.ends_with('?')
    }

    fn refer(&mut self, index: usize) -> usize {
        let reference = &self.plan.groups.references[index];
        self.put("(?:");
        for (number, meant) in reference.numbers.iter().zip(&self.plan.meant[index]) {
            let called = self.called[number - 1].clone();
            match meant {
                // The engine takes no repetition of what is not there at all.
                Meant::Nothing => self.put(r"[^\0-\u{10ffff}]?"),
                Meant::Captured => self.put(&format!(r"\k<{called}>")),
                Meant::Unsure => self.put(&format!(r"(?:\k<{called}_is>\k<{called}>|(?!\k<{called}_is>))")),
            }
        }
        self.put(")");
        reference.at.end
    }
}
#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::engine::for_engine;
    use super::{fault, with_unset_groups};

    #[test]
    fn what_took_no_part_matches_nothing_and_goes_on() {
        for (pattern, text, expected) in [
            (r"^(a)(b)?\2$", "a", true),
            (r"^(a)(b)?\2$", "abb", true),
            (r"^(a)(b)?\2$", "ab", false),
            (r"^(?:(a)|(b))\1\2$", "aa", true),
            (r"^(?:(a)|(b))\1\2$", "bb", true),
            (r"^(?:(a)|(b))\1\2$", "b", false),
            (r"^\1(a)$", "a", true),
            (r"^\k<n>(?<n>a)$", "a", true),
            (r"^(?<n>a)?\k<n>$", "", true),
            (r"^(?<n>a)?\k<n>$", "aa", true),
            (r"^(?<n>a)?\k<n>$", "a", false),
            (r"^(a\1)$", "a", true),
            (r"^(?!(b))\1a$", "a", true),
            (r"^(a)|\1b$", "b", true),
            (r"^((x)?y)\2$", "y", true),
            (r"^((x)?y)\2\1$", "xyxxy", true),
            (r#"^(['"])[a-z]*\1$"#, "'a'", true),
            (r#"^(['"])[a-z]*\1$"#, "'a\"", false),
            (r"^(a)[(](b)?\2$", "a(", true),
            (r"^(?:(a)|(b))+\2$", "abab", false),
            (r"^(?:(a)|(b))+\2$", "a", true),
            (r"^(?:(a)|(b))+\2$", "aa", true),
            (r"^(?:(a)|(b))+\2$", "abb", true),
            (r"^(?:(a)|(b))+\1$", "aba", false),
            (r"^(?:(a)|(b))+\1$", "abaa", true),
            (r"^(?:(a)|(b)|c)*\1\2$", "abc", true),
            (r"^(?:(a)|(b)|c)*\1\2$", "", true),
            (r"^(?:(a)|(b)|c){2,3}\1\2$", "aabb", true),
            (r"^(?:(a)|(b)|c){2,3}\1\2$", "bbb", true),
            (r"^(?:(a)|(b)|c){2,3}x\1\2$", "bbx", false),
            (r"^((x)|y)+\2\1$", "xyy", true),
            (r"^((x)|y)+\2\1$", "yxxx", true),
            (r"^((x)|y)+\2\1$", "yxx", false),
            (r"^(?:(?:(a)|b)+c)+\1$", "abcac", false),
            (r"^(?:(?:(a)|b)+c)+\1$", "abcaca", true),
            (r"^(?:(?:(a)|b)+c)+\1$", "acabc", true),
            (r"^(?:(a)|)*\1$", "a", false),
            (r"^(?:(a)|)*\1$", "aa", true),
            (r"^(?:(['])?x\1,?)+$", "'x',x", true),
            (r"^(?:(['])?x\1,?)+$", "'x,x", false),
            (r"^(a\1){2}$", "aa", true),
            (r"^(?:\1(a))+$", "aa", true),
            (r"^(?<=(a))b|^(a\2)$", "a", true),
            (r"(?<=(a))b\1$", "aba", true),
            (r"^(a)??\1$", "", true),
            (r"^(a+)+\1$", "aaa", true),
            (r"^(a+)+\1$", "a", false),
            (r"^([ab]?)+\1$", "ab", false),
            (r"^([ab]?)+\1$", "abb", true),
            (r"^([ab]?){2}\1$", "a", true),
            (r"^(?:(a)|b|)+\1$", "ab", true),
            (r"^(?:(a)|b|)+\1$", "ba", false),
            (r"^([ab]*)*\1$", "ab", false),
            (r"^a((?<=a))?[ab]\1$", "ab", true),
            (r"^\1*(a)$", "a", true),
            (r"^(a){0,1}\1b$", "aab", true),
            (r"^(?:x(a)?|y)\1b$", "xaab", true),
            (r"^(?:x(a)?|y)\1b$", "yb", true),
            (r"^(?:x(a)?|y)\1b$", "xab", false),
        ] {
            let written = for_engine(pattern);
            let validator = jsonschema::validator_for(&json!({ "pattern": written }));
            let validator = validator.unwrap_or_else(|error| panic!("{pattern}: {written} ({error})"));
            assert_eq!(validator.is_valid(&json!(text)), expected, "{pattern} on {text:?}: {written}");
        }
    }

    #[test]
    fn what_the_engine_cannot_be_told_is_a_fault() {
        for pattern in [
            r"(?<=\1(a))b",
            r"(?<=(a)\1)b",
            r"(?<=(\d+)(\d+))$\1",
            r"^(?<=^|(a))a\1$",
            r"^(?:(?:(a)|b)\1)+$",
            r"^(?=(?:(a)|b)+)\1",
            r"^(?=(a)+)\1",
        ] {
            let fault = fault(pattern).unwrap_or_default();
            assert!(fault.contains("nothing here matches that"), "{pattern}: {fault}");
        }
        let many = "(?:(a)|b)+".repeat(9) + r"\1\2\3\4\5\6\7\8\9";
        assert!(fault(&many).is_some());
    }

    #[test]
    fn what_is_sure_to_take_part_stays_as_it_is() {
        for pattern in
            [r"^(a)\1$", r"^(?<n>a+)\k<n>$", r"(a)?b", r"\2(a)", r"[(]\1", r"\(\1", r"(?=(a))\1", ""]
        {
            assert_eq!(with_unset_groups(pattern), pattern);
        }
    }
}
