//! What generated code depends on.

use crate::print::File;

/// The crates that generated code needs, as its first lines say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// The version of `isomorph-runtime`.
    pub version: String,
    /// Its features.
    pub features: Vec<String>,
    /// Whether `schemars` is needed: always, or behind a feature.
    pub schemars: Option<bool>,
    /// Whether `serde_json` is needed.
    pub serde_json: bool,
}

impl Needs {
    /// What these files need.
    pub fn of(files: &[File]) -> Self {
        let lines = files.iter().flat_map(|file| file.text.lines().take_while(|line| line.starts_with("//")));
        let line = lines.into_iter().find_map(|line| line.strip_prefix("// Needs: ")).unwrap_or_default();
        // `isomorph-runtime 0.1.0 (guard, schemars), serde 1 (derive), schemars 1 behind …`
        let runtime = line.split(", serde").next().unwrap_or_default();
        let (runtime, features) = runtime.split_once(" (").unwrap_or((runtime, ""));
        let features = features.trim_end_matches(')').split(", ").filter(|feature| !feature.is_empty());
        let is_optional = line.contains("schemars 1 behind a feature");
        Self {
            version: runtime.trim_start_matches("isomorph-runtime").trim().to_owned(),
            features: features.map(str::to_owned).collect(),
            schemars: line.contains("schemars 1").then_some(!is_optional),
            serde_json: line.contains("serde_json"),
        }
    }

    /// The commands that add them to a crate.
    pub fn commands(&self) -> Vec<String> {
        let mut features = self.features.clone();
        features.retain(|feature| feature != "schemars" || self.schemars == Some(true));
        let with = |features: &[String]| {
            if features.is_empty() { String::new() } else { format!(" --features {}", features.join(",")) }
        };
        let runtime =
            format!("cargo add isomorph-runtime@{} --no-default-features{}", self.version, with(&features));
        let mut commands = vec![runtime, "cargo add serde@1 --features derive".to_owned()];
        let optional = |is_always: bool| if is_always { "" } else { " --optional" };
        commands.extend(self.schemars.map(|is_always| {
            format!("cargo add schemars@1 --no-default-features --features std,derive{}", optional(is_always))
        }));
        commands.extend(self.serde_json.then(|| "cargo add serde_json@1".to_owned()));
        commands
    }
}

#[cfg(test)]
mod tests {
    use super::Needs;
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
}
