//! One mistake, one report.

use std::collections::{HashMap, HashSet};

use isomorph_json::escaped;

use super::problem::Problem;

/// Leaves out what another problem says better: that a property is missing whose misspelt name is not allowed; that a value has
/// another type where it has to be one of a few; which branches accept a value that is of another type than all are for; and, of those at the indices `following`, what only follows from another in the
/// same object.
pub fn once(problems: Vec<Problem>, following: &[usize]) -> Vec<Problem> {
    let following: HashSet<usize> = following.iter().copied().collect();
    let told = Told::new(&problems, &following);
    let is_said = |(index, problem): &(usize, &Problem)| match problem.keyword.as_str() {
        "required" => told.misspelt(problem),
        "type" => told.is_one_of_a_few(problem),
        "anyOf" | "oneOf" if told.is_of_another_type(problem) => true,
        _ => following.contains(index) && told.has_others(problem),
    };
    let left_out: HashSet<usize> =
        problems.iter().enumerate().filter(is_said).map(|(index, _)| index).collect();
    let kept = problems.into_iter().enumerate().filter(|(index, _)| !left_out.contains(index));
    alone(kept.map(|(_, problem)| problem))
}

/// Leaves out what several schemas say of the same value in the same words, but for the first.
fn alone(problems: impl Iterator<Item = Problem>) -> Vec<Problem> {
    let mut told = HashSet::new();
    let is_new = |problem: &Problem| {
        told.insert((problem.instance_location.clone(), problem.keyword.clone(), problem.message.clone()))
    };
    problems.filter(is_new).collect()
}

/// What is told, by where.
struct Told<'p> {
    at: HashMap<&'p str, Vec<&'p Problem>>,
    /// The places of what follows from nothing else, in order.
    places: Vec<&'p str>,
}

impl<'p> Told<'p> {
    fn new(problems: &'p [Problem], following: &HashSet<usize>) -> Self {
        let mut at: HashMap<&str, Vec<&Problem>> = HashMap::new();
        let mut places = Vec::new();
        for (index, problem) in problems.iter().enumerate() {
            at.entry(&problem.instance_location).or_default().push(problem);
            if !following.contains(&index) {
                places.push(problem.instance_location.as_str());
            }
        }
        places.sort_unstable();
        Self { at, places }
    }

    fn at(&self, place: &str) -> &[&'p Problem] {
        self.at.get(place).map_or(&[], Vec::as_slice)
    }

    /// Whether a property that is missing is there under another name, which is told as one that is not allowed.
    fn misspelt(&self, missing: &Problem) -> bool {
        let mut meant = missing.help.iter().filter_map(|help| {
            let (wanted, found) = help.strip_prefix("did you mean `")?.split_once("` where it says `")?;
            Some((format!("did you mean `{wanted}`?"), found.strip_suffix("`?")?))
        });
        // Where several could be meant, all that is said counts.
        let (Some((help, found)), None) = (meant.next(), meant.next()) else { return false };
        let is_not_allowed = |other: &&&Problem| {
            ["additionalProperties", "propertyNames", "unevaluatedProperties"]
                .contains(&other.keyword.as_str())
        };
        let others = self.at(&format!("{}/{}", missing.instance_location, escaped(found)));
        others.iter().filter(is_not_allowed).any(|other| other.help.first() == Some(&help))
    }

    /// Whether a value whose type is wrong is also told to be none of a few values.
    fn is_one_of_a_few(&self, problem: &Problem) -> bool {
        self.is_also(problem, &["const", "enum"])
    }

    /// Whether a value that branches disagree about is also told to be of another type than all of them are for.
    fn is_of_another_type(&self, problem: &Problem) -> bool {
        self.is_also(problem, &["type"])
    }

    /// Whether one of these keywords also refuses a value, in the same branch.
    fn is_also(&self, problem: &Problem, keywords: &[&str]) -> bool {
        let others = self.at(&problem.instance_location).iter();
        others
            .filter(|other| other.branch == problem.branch)
            .any(|other| keywords.contains(&other.keyword.as_str()))
    }

    /// Whether something else is wrong in the object around a property.
    fn has_others(&self, problem: &Problem) -> bool {
        let around = problem.instance_location.rsplit_once('/').map_or("", |(around, _)| around);
        let inside = format!("{around}/");
        let after = self.places.partition_point(|place| *place < inside.as_str());
        self.places.binary_search(&around).is_ok()
            || self.places.get(after).is_some_and(|place| place.starts_with(&inside))
    }
}
