/// What an input came to.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Instances that are valid.
    pub valid: usize,
    /// Instances that are not.
    pub invalid: usize,
    /// Instances that no schema was found for.
    pub skipped: usize,
    /// Documents of YAML, among others, in which nothing is.
    pub empty: usize,
    /// Problems, whether they are reported or not.
    pub problems: usize,
    /// How many of them are reported.
    pub reported: usize,
    /// How many instances it would take too much work to judge.
    pub unjudged: usize,
    /// Whether something kept it from being checked to its end.
    pub failed: bool,
}

impl Tally {
    /// Whether all of it was checked.
    pub fn is_checked(&self) -> bool {
        !self.failed && self.unjudged == 0
    }
}
