/// What an input came to.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Instances that are valid.
    pub valid: usize,
    /// Instances that are not.
    pub invalid: usize,
    /// Instances that no schema was found for.
    pub skipped: usize,
    /// Problems, whether they are reported or not.
    pub problems: usize,
    /// How many of them are reported.
    pub reported: usize,
    /// Whether something kept it from being checked to its end.
    pub failed: bool,
}
