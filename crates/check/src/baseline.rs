//! Problems that are known: what a repository began with, so that only new ones are reported.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{MAIN_SEPARATOR_STR, Path, PathBuf, absolute};

use isomorph_schema::normal;
use serde_json::{Value, json};

use super::error::Error;
use super::finding::Finding;
use super::report::{Report, Tally};

/// A keyword, and the value that does not keep to it.
type Key = (String, String);

/// Known problems of files: how many times each keyword is violated at each instance location.
#[derive(Debug, Clone, Default)]
pub struct Baseline {
    /// The folder that the names of files start from: its own.
    folder: PathBuf,
    /// By the names of files.
    problems: BTreeMap<String, BTreeMap<Key, usize>>,
    /// How many of them are in the files that were looked at, and were not found again.
    gone: usize,
}

impl Baseline {
    /// One that is to stand at `path`, and knows nothing.
    pub fn new(path: &Path) -> Self {
        let folder = absolute(path).ok().and_then(|path| normal(&path).parent().map(Path::to_owned));
        Self { folder: folder.unwrap_or_default(), ..Self::default() }
    }

    /// The one whose text stands at `path`.
    ///
    /// # Errors
    ///
    /// If the text is none.
    pub fn of_text(path: &Path, text: &str) -> Result<Self, Error> {
        let invalid = |message: String| Error::Baseline { path: path.to_owned(), message };
        let read: Value = serde_json::from_str(text).map_err(|error| invalid(error.to_string()))?;
        let known = read.get("problems").and_then(Value::as_object).filter(|_| read["version"] == 1);
        let known = known.ok_or_else(|| invalid("write it with `--write-baseline`".to_owned()))?;
        let mut baseline = Self::new(path);
        for (file, problems) in known {
            for problem in problems.as_array().into_iter().flatten() {
                let said = |name: &str| problem.get(name).and_then(Value::as_str).map(str::to_owned);
                let (Some(keyword), Some(at)) = (said("keyword"), said("at")) else {
                    return Err(invalid(format!("a problem of `{file}` has no `keyword` or no `at`")));
                };
                let count = problem.get("count").and_then(Value::as_u64).unwrap_or(1);
                let own = baseline.problems.entry(file.clone()).or_default();
                let known = own.entry((keyword, at)).or_default();
                *known = known.saturating_add(usize::try_from(count).unwrap_or(usize::MAX));
            }
        }
        Ok(baseline)
    }

    /// Whether a problem of a file is known; each is known as many times as it was there.
    pub fn takes(&mut self, file: &str, finding: &Finding) -> bool {
        let Some(key) = key(finding) else { return false };
        let name = self.name(file);
        let left = self.problems.get_mut(&name).and_then(|own| own.get_mut(&key));
        match left {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        }
    }

    /// A file was looked at to its end.
    pub fn done(&mut self, file: &str) {
        let own = self.problems.get(&self.name(file));
        self.gone =
            own.into_iter().flat_map(BTreeMap::values).fold(self.gone, |sum, left| sum.saturating_add(*left));
    }

    /// How many known problems were not found again.
    pub fn gone(&self) -> usize {
        self.gone
    }

    /// How many problems it knows.
    pub fn len(&self) -> usize {
        self.problems.values().flat_map(BTreeMap::values).fold(0, |sum, known| sum.saturating_add(*known))
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// As a file, in an order that a change of a problem changes little.
    pub fn text(&self) -> String {
        let problem = |((keyword, at), count): (&Key, &usize)| {
            let mut problem = json!({"keyword": keyword, "at": at});
            if *count > 1 {
                problem["count"] = (*count).into();
            }
            problem
        };
        let files = self.problems.iter().map(|(file, own)| {
            let problems: Vec<_> = own.iter().map(problem).map(|one| format!("      {one}")).collect();
            format!("    {}: [\n{}\n    ]", Value::from(file.as_str()), problems.join(",\n"))
        });
        let files: Vec<_> = files.collect();
        let problems =
            if files.is_empty() { "{}".to_owned() } else { format!("{{\n{}\n  }}", files.join(",\n")) };
        format!("{{\n  \"version\": 1,\n  \"problems\": {problems}\n}}\n")
    }

    /// What a file is called from where the baseline is.
    fn name(&self, file: &str) -> String {
        let path = absolute(file).map_or_else(|_| PathBuf::from(file), |path| normal(&path));
        let name = path.strip_prefix(&self.folder).unwrap_or(&path).to_string_lossy().into_owned();
        if MAIN_SEPARATOR_STR == "/" { name } else { name.replace(MAIN_SEPARATOR_STR, "/") }
    }
}

/// By what a problem is known; one that kept a file from being checked is never.
fn key(finding: &Finding) -> Option<Key> {
    let is_known = finding.place.is_some() && finding.keyword != "limit";
    is_known.then(|| (finding.keyword.clone(), finding.instance_location.clone()))
}

/// It learns what is reported to it.
impl Report for Baseline {
    fn findings(&mut self, _: &mut dyn Write, input: &str, findings: &[Finding]) -> io::Result<()> {
        let name = self.name(input);
        for key in findings.iter().filter_map(key) {
            *self.problems.entry(name.clone()).or_default().entry(key).or_default() += 1;
        }
        Ok(())
    }

    fn input(&mut self, _: &mut dyn Write, _: &str, _: &Tally) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Baseline;

    #[test]
    fn a_baseline_is_written_as_it_is_read() {
        let text = "{\n  \"version\": 1,\n  \"problems\": {\n    \"a.json\": [\n      \
                    {\"keyword\":\"type\",\"at\":\"/x\",\"count\":2}\n    ]\n  }\n}\n";
        let read = Baseline::of_text(Path::new("b.json"), text).expect("it is one");
        assert_eq!((read.text().as_str(), read.len()), (text, 2));
        for none in
            ["[]", "{\"version\": 2, \"problems\": {}}", "{\"version\": 1, \"problems\": {\"a\": [{}]}}"]
        {
            assert!(Baseline::of_text(Path::new("b.json"), none).is_err(), "{none}");
        }
    }

    #[test]
    fn no_count_is_too_large() {
        let one = r#"{"keyword": "type", "at": "/x", "count": 18446744073709551615}"#;
        let text =
            format!(r#"{{"version": 1, "problems": {{"a.json": [{one}, {one}], "b.json": [{one}]}}}}"#);
        let mut read = Baseline::of_text(Path::new("b.json"), &text).expect("it is one");
        read.done("a.json");
        read.done("b.json");
        assert_eq!((read.len(), read.gone()), (usize::MAX, usize::MAX));
    }
}
