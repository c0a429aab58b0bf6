use std::fmt;
use std::time::Duration;

/// What was done.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    pub files: usize,
    pub valid: usize,
    pub invalid: usize,
    /// Instances in walked folders that no schema is named for.
    pub skipped: usize,
    /// Files that could not be checked to their end.
    pub failed: usize,
    /// All problems, whether they were reported or not.
    pub problems: usize,
    pub bytes: u64,
    pub time: Duration,
    /// Whether it was stopped before its end.
    pub is_interrupted: bool,
}

impl Summary {
    /// The exit code: 0 all valid, 1 some invalid, 2 could not run.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self { is_interrupted: true, .. } | Self { failed: 1.., .. } => 2,
            Self { invalid: 1.., .. } => 1,
            _ => 0,
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
        if self.skipped > 0 {
            write!(f, ", {} skipped for want of a schema", self.skipped)?;
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
