use std::fmt;
use std::time::Duration;

/// What was done.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Summary {
    /// Files that were checked to their end.
    pub files: usize,
    /// Instances that are valid.
    pub valid: usize,
    /// Instances that are not.
    pub invalid: usize,
    /// Instances in walked folders that no schema is named for.
    pub skipped: usize,
    /// Documents of YAML, among others, in which nothing is.
    pub empty: usize,
    /// Files that could not be checked to their end.
    pub failed: usize,
    /// All problems, whether they were reported or not.
    pub problems: usize,
    /// Problems that were known, and are not among those.
    pub known: usize,
    /// Known problems that are gone.
    pub gone: usize,
    /// What was read.
    pub bytes: u64,
    /// How long it took; whoever has a clock says it.
    pub time: Duration,
    /// Whether it was stopped before its end.
    pub is_interrupted: bool,
}

/// What a run came to, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// All that was checked is valid.
    Valid,
    /// Something is not.
    Invalid,
    /// Something could not be checked to its end.
    Unfinished,
}

impl Summary {
    /// Whether there was nothing to check: no file, or none that has a schema, or nothing in them.
    pub fn is_nothing(&self) -> bool {
        self.valid + self.invalid + self.failed == 0 && !self.is_interrupted
    }

    /// What all of it came to.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self { is_interrupted: true, .. } | Self { failed: 1.., .. } => Verdict::Unfinished,
            Self { problems: 0, known: 1.., .. } => Verdict::Valid,
            Self { invalid: 1.., .. } => Verdict::Invalid,
            _ => Verdict::Valid,
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if self.is_interrupted {
            f.write_str("interrupted; so far ")?;
        }
        write!(f, "checked {}", counted(self.valid + self.invalid, "instance"))?;
        write!(f, " in {}", counted(self.files, "file"))?;
        match (self.invalid, self.valid) {
            (0, 0) => {}
            (0, _) => f.write_str(": all valid")?,
            (invalid, _) => write!(f, ": {invalid} invalid, {}", counted(self.problems, "problem"))?,
        }
        if self.known > 0 {
            write!(f, ", {} known", self.known)?;
        }
        if self.gone > 0 {
            write!(f, ", {} gone, which `--write-baseline` forgets", counted(self.gone, "known problem"))?;
        }
        if self.skipped > 0 {
            write!(f, ", {} skipped for want of a schema", self.skipped)?;
        }
        if self.empty > 0 {
            write!(f, ", {} skipped", counted(self.empty, "empty document"))?;
        }
        if self.failed > 0 {
            write!(f, ", {} could not be checked", counted(self.failed, "file"))?;
        }
        write!(f, " ({}, {:.2} s)", size(self.bytes), self.time.as_secs_f64())
    }
}

/// `1 file`, `2 files`.
pub fn counted(count: usize, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{plural}")
}

fn size(bytes: u64) -> String {
    let mut left = bytes;
    let mut rest = 0;
    for unit in ["B", "kB", "MB", "GB"] {
        if left < 1000 || unit == "GB" {
            return if unit == "B" { format!("{left} B") } else { format!("{left}.{} {unit}", rest / 100) };
        }
        (left, rest) = (left / 1000, left % 1000);
    }
    format!("{bytes} B")
}
