//! References to documents that are not here, in the words in which every command tells of them.

use std::fmt;

use crate::place::Place;

/// A document that is not here.
#[derive(Debug, Clone)]
pub struct Missing {
    /// The URI that references to it are resolved to.
    pub uri: String,
    /// The first reference to it.
    pub place: Place,
    /// What that says.
    pub reference: String,
    /// How many more there are.
    pub more: usize,
    /// What lies where it leads, or was probably meant.
    pub hint: Hint,
}

/// What could be done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// Nothing is known of it.
    None,
    /// This file has its name.
    Sibling(String),
    /// It is outside the folder that references stay in; it would be within this one, if that is worth saying.
    Outside(Option<String>),
}

impl Missing {
    /// What to say on the command line, so that it is found.
    pub fn remedy(&self) -> String {
        match &self.hint {
            Hint::None | Hint::Outside(None) => format!("--map {}=FILE", self.key()),
            Hint::Sibling(file) => format!("--map {}={file}", self.key()),
            Hint::Outside(Some(folder)) => format!("--within {folder}"),
        }
    }

    /// What else to do, of what could be fetched.
    fn otherwise(&self) -> &'static str {
        let is_elsewhere = ["https://", "http://"].iter().any(|scheme| self.uri.starts_with(scheme));
        if is_elsewhere { ", or run `isomorph fetch`" } else { "" }
    }

    /// The URI, or the path within the folder that references stay in.
    fn key(&self) -> &str {
        self.uri.strip_prefix("isomorph:///").unwrap_or(&self.uri)
    }

    fn why(&self) -> &'static str {
        match self.hint {
            Hint::Outside(_) => "it leads out of the folder that references stay in",
            _ => "nothing is fetched, and no document here has that name or `$id`",
        }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}: cannot follow `{}`: {}", self.place, self.reference, self.why())?;
        if self.more > 0 {
            write!(f, " (and so {} more)", self.more)?;
        }
        write!(f, "; say `{}`{}", self.remedy(), self.otherwise())
    }
}

/// All of them: one as it is, several in lines of their own.
pub struct All<'a>(pub &'a [Missing]);

impl fmt::Display for All<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if let [one] = self.0 {
            return one.fmt(f);
        }
        write!(f, "{} documents are not here, and nothing is fetched:", self.0.len())?;
        for one in self.0 {
            let why =
                if matches!(one.hint, Hint::Outside(_)) { format!(", {}", one.why()) } else { String::new() };
            let more = if one.more > 0 { format!(" (and so {} more)", one.more) } else { String::new() };
            write!(
                f,
                "\n  {}: `{}`{why}{more}; say `{}`{}",
                one.place,
                one.reference,
                one.remedy(),
                one.otherwise()
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use isomorph_json::Pointer;

    use super::{All, Hint, Missing};
    use crate::place::Place;

    #[test]
    fn what_is_missing_is_told_with_what_to_say() {
        let missing = |uri: &str, more, hint| Missing {
            uri: uri.to_owned(),
            place: Place::new("a.json".into(), Pointer::root().join("$ref")),
            reference: "b.json".to_owned(),
            more,
            hint,
        };
        let one = missing("https://example.com/b.json", 0, Hint::None);
        let told = All(std::slice::from_ref(&one)).to_string();
        assert!(told.starts_with("a.json#/$ref: cannot follow `b.json`: nothing is fetched"), "{told}");
        assert!(
            told.ends_with("; say `--map https://example.com/b.json=FILE`, or run `isomorph fetch`"),
            "{told}"
        );
        let all = [
            one,
            missing("isomorph:///in/b.json", 2, Hint::Sibling("c/b.json".into())),
            missing("isomorph:///x", 0, Hint::Outside(Some("..".into()))),
        ];
        let told = All(&all).to_string();
        assert_eq!(told.lines().count(), 4);
        for part in ["3 documents", "(and so 2 more); say `--map in/b.json=c/b.json`", "say `--within ..`"] {
            assert!(told.contains(part), "{told}");
        }
    }
}
