//! What generated code depends on.

use crate::print::File;

/// The crates that generated code needs, as its first lines say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Needs {
    /// The version of `isomorph-runtime`.
    pub version: String,
    /// Its features.
    pub features: Vec<String>,
    /// The features of serde.
    pub serde_features: Vec<String>,
    /// Whether `schemars` is needed: always, or behind a feature.
    pub schemars: Option<bool>,
    /// Its features, beside those that it always needs.
    pub schemars_features: Vec<String>,
    /// Whether `serde_json` is needed.
    pub serde_json: bool,
    /// The crates of types that are not ours.
    pub crates: Vec<Need>,
}

/// A crate that generated code needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Need {
    /// Its name.
    pub name: String,
    /// Its version; empty where a setting names it, as it does not say.
    pub version: String,
    /// Its features.
    pub features: Vec<String>,
}

impl Need {
    /// `uuid 1 (serde, v4)`, and maybe words behind it.
    fn of(text: &str) -> Self {
        let (crate_, features) = text.split_once(" (").unwrap_or((text, ""));
        let features = features.split(')').next().unwrap_or_default();
        let features = features.split(", ").filter(|feature| !feature.is_empty());
        let mut words = crate_.split(' ');
        let mut word = || words.next().unwrap_or_default().to_owned();
        Self { name: word(), version: word(), features: features.map(str::to_owned).collect() }
    }

    /// The command that adds it.
    fn command(&self) -> String {
        let version = if self.version.is_empty() { String::new() } else { format!("@{}", self.version) };
        format!("cargo add {}{version}{}", self.name, with(&self.features))
    }
}

fn with(features: &[String]) -> String {
    if features.is_empty() { String::new() } else { format!(" --features {}", features.join(",")) }
}

impl Needs {
    /// What these files need.
    pub fn of(files: &[File]) -> Self {
        let lines = files.iter().flat_map(|file| file.text.lines().take_while(|line| line.starts_with("//")));
        let line = lines.into_iter().find_map(|line| line.strip_prefix("// Needs: ")).unwrap_or_default();
        // `isomorph-runtime 0.1.0 (guard, schemars), serde 1 (derive), schemars 1 behind …`
        let mut needs = Self::default();
        for text in apart(line.trim_end_matches('.')) {
            let need = Need::of(text);
            match need.name.as_str() {
                "isomorph-runtime" => (needs.version, needs.features) = (need.version, need.features),
                "schemars" => {
                    needs.schemars = Some(!text.contains("behind a feature"));
                    needs.schemars_features = need.features;
                }
                "serde_json" => needs.serde_json = true,
                "serde" => needs.serde_features = need.features,
                "" => {}
                _ => needs.crates.push(need),
            }
        }
        needs
    }

    /// The commands that add them to a crate.
    pub fn commands(&self) -> Vec<String> {
        let mut features = self.features.clone();
        features.retain(|feature| feature != "schemars" || self.schemars == Some(true));
        let runtime =
            format!("cargo add isomorph-runtime@{} --no-default-features{}", self.version, with(&features));
        let mut commands = vec![runtime, format!("cargo add serde@1{}", with(&self.serde_features))];
        let optional = |is_always: bool| if is_always { "" } else { " --optional" };
        let features = ["std", "derive"].into_iter().chain(self.schemars_features.iter().map(String::as_str));
        let features = features.collect::<Vec<_>>().join(",");
        commands.extend(self.schemars.map(|is_always| {
            format!("cargo add schemars@1 --no-default-features --features {features}{}", optional(is_always))
        }));
        commands.extend(self.serde_json.then(|| "cargo add serde_json@1".to_owned()));
        commands.extend(self.crates.iter().map(Need::command));
        commands
    }
}

/// What stands between commas outside of parentheses.
fn apart(line: &str) -> Vec<&str> {
    let (mut parts, mut start, mut is_inside) = (Vec::new(), 0, false);
    for (index, c) in line.char_indices() {
        match c {
            '(' => is_inside = true,
            ')' => is_inside = false,
            ',' if !is_inside => {
                parts.push(line[start..index].trim());
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.push(line[start..].trim());
    parts
}

#[cfg(test)]
mod tests {
    use super::{Need, Needs};
    use crate::print::File;

    #[test]
    fn the_first_lines_say_what_is_needed() {
        let of = |line: &str| {
            let text = format!("// Generated\n//\n// Needs: {line}.\n");
            Needs::of(&[File { name: "a.rs".into(), text }])
        };
        let plain = of("isomorph-runtime 0.1.0, serde 1 (derive)");
        assert_eq!((plain.version.as_str(), plain.features.len(), plain.schemars), ("0.1.0", 0, None));
        let all = of("isomorph-runtime 0.1.0 (guard, schemars), serde 1 (derive), schemars 1, serde_json 1");
        assert_eq!(
            all.commands(),
            [
                "cargo add isomorph-runtime@0.1.0 --no-default-features --features guard,schemars",
                "cargo add serde@1 --features derive",
                "cargo add schemars@1 --no-default-features --features std,derive",
                "cargo add serde_json@1",
            ]
        );
        let optional =
            of("isomorph-runtime 0.1.0 (value), serde 1 (derive), schemars 1 behind a feature of that name");
        assert_eq!((optional.schemars, optional.serde_json), (Some(false), false));
    }

    #[test]
    fn crates_of_other_types_are_needed_with_their_features() {
        let line = "isomorph-runtime 0.1.0 (uuid), serde 1 (derive), schemars 1 (uuid1) behind a feature of that name, time 0.3, uuid 1 (serde), strum";
        let needs = Needs::of(&[File { name: "a.rs".into(), text: format!("// Needs: {line}.\n") }]);
        assert_eq!(
            (needs.schemars, needs.schemars_features.as_slice()),
            (Some(false), &["uuid1".to_owned()][..])
        );
        let need = |name: &str, version: &str, features: &[&str]| Need {
            name: name.into(),
            version: version.into(),
            features: features.iter().map(|one| (*one).to_owned()).collect(),
        };
        assert_eq!(
            needs.crates,
            [need("time", "0.3", &[]), need("uuid", "1", &["serde"]), need("strum", "", &[])]
        );
        assert_eq!(
            needs.commands()[2..],
            [
                "cargo add schemars@1 --no-default-features --features std,derive,uuid1 --optional",
                "cargo add time@0.3",
                "cargo add uuid@1 --features serde",
                "cargo add strum",
            ]
        );
    }
}
