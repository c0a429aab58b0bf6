//! Patterns of the settings that nothing has the name of, and what may be meant instead.

use isomorph_validator::explain::near;

use crate::by_name::is_of;

/// A pattern of the settings that nothing is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmatched {
    /// The setting that has it.
    pub table: &'static str,
    /// The pattern, as it is written.
    pub pattern: String,
    /// That nothing is of it, and what may be meant.
    pub told: String,
}

impl Unmatched {
    /// The line that says so.
    pub fn line(&self) -> String {
        format!("`{}`: {}", self.table, self.told)
    }

    /// A pattern of types, if none is of it.
    pub fn of_types(table: &'static str, pattern: &str, types: &[&str]) -> Option<Self> {
        if types.iter().any(|name| is_of(pattern, name)) {
            return None;
        }
        let meant = did_you_mean(near(pattern, types.iter().copied()).first().copied());
        let told = format!("no type is called `{}`{meant}", pattern.escape_debug());
        Some(Self { table, pattern: pattern.to_owned(), told })
    }

    /// A pattern of members of types that none is of, as the setting knows these.
    pub fn of_members(table: &'static str, pattern: &str, members: &[(String, String)]) -> Self {
        let (types, member) = pattern.split_once('.').unwrap_or((pattern, ""));
        let of_type: Vec<_> = members.iter().filter(|(ty, _)| is_of(types, ty)).collect();
        let (what, meant) = if of_type.is_empty() {
            let names = members.iter().map(|(ty, _)| ty.as_str());
            let meant = near(types, names).first().map(|ty| format!("{ty}.{member}"));
            (format!("no type that has such is called `{}`", types.escape_debug()), meant)
        } else {
            let names = of_type.iter().map(|(_, member)| member.as_str());
            let meant = near(member, names).first().map(|member| format!("{types}.{member}"));
            (format!("nothing is called `{}` there", pattern.escape_debug()), meant)
        };
        let told = format!("{what}{}", did_you_mean(meant.as_deref()));
        Self { table, pattern: pattern.to_owned(), told }
    }
}

/// What may be meant, behind what is said.
pub fn did_you_mean(meant: Option<&str>) -> String {
    meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default()
}
