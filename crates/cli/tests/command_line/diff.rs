use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{Run, folder, isomorph, read};

const OLD: &str = r##"{
    "type": "object",
    "properties": {"status": {"$ref": "#/$defs/Status"}, "count": {"type": "integer"}},
    "required": ["status"],
    "$defs": {"Status": {"enum": ["open", "paid"]}}
}"##;

fn report(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr))
}

/// Runs git in a folder, as nobody in particular.
pub fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"];
    let status =
        Command::new("git").args(identity).args(arguments).current_dir(folder).output().expect("git starts");
    assert!(status.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&status.stderr));
}

/// Makes a repository of a folder, with all that is in it.
pub fn commit_all(folder: &Path) {
    git(folder, &["init", "-q"]);
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-qm", "first"]);
}

#[test]
fn what_only_annotates_breaks_nobody() {
    let new = OLD.replace(r#""type": "integer""#, r#""type": "integer", "description": "How many.""#);
    let here = folder(&[("old.json", OLD), ("new.json", &new)]);
    let run = isomorph(
        here.path(),
        &["diff", "old.json", "new.json", "--fail-on", "breaking", "--fail-on", "api-major"],
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    for line in [
        "  #/properties/count/description  description `\"How many.\"` was added",
        "old data under the new schema: compatible",
        "new data under the old schema: compatible",
        "release of the Rust API:       patch",
    ] {
        assert!(run.stdout.lines().any(|printed| printed == line), "{line}: {}", run.stdout);
    }
    let same = isomorph(here.path(), &["diff", "old.json", "old.json", "--fail-on", "any"]);
    assert_eq!(same.code, 0);
    assert!(same.stdout.contains("Nothing changed."), "{}", same.stdout);
    assert_eq!(isomorph(here.path(), &["diff", "old.json", "new.json", "--fail-on", "any"]).code, 1);
}

#[test]
fn a_break_has_a_direction_and_a_smallest_witness() {
    let new = OLD.replace(r#", "paid""#, "");
    let here = folder(&[("old.json", OLD), ("new.json", &new)]);
    let code =
        |old: &str, new: &str, what: &str| isomorph(here.path(), &["diff", old, new, "--fail-on", what]).code;
    assert_eq!(code("old.json", "new.json", "breaking"), 1);
    assert_eq!(code("old.json", "new.json", "old-data"), 1);
    assert_eq!(code("old.json", "new.json", "new-data"), 0);
    assert_eq!(code("new.json", "old.json", "new-data"), 1);
    assert_eq!(code("new.json", "old.json", "api-major"), 1);
    let report = report(&isomorph(here.path(), &["diff", "old.json", "new.json", "--format", "json"]));
    assert_eq!(report["data"]["old_data"]["witness"], serde_json::json!({"status": "paid"}));
    assert_eq!(report["definitions"][0]["changes"][0]["changes"][0]["change"], "`paid` left the enum");
}

#[test]
fn readers_that_keep_unknown_variants_are_known_to_survive_new_ones() {
    let manifest = |setting: &str| {
        format!(
            "[package]\nname = \"a\"\n[package.metadata.isomorph]\nschema = \"order.json\"\nout = \"src\"\n{setting}\n"
        )
    };
    let told = |setting: &str, new: &str| {
        let here = folder(&[("order.json", OLD), ("Cargo.toml", &manifest(setting))]);
        commit_all(here.path());
        fs::write(here.path().join("order.json"), new).expect("a file");
        let run = isomorph(here.path(), &["diff", "HEAD"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stdout.contains("new data under the old schema: breaking"), "{}", run.stdout);
        let line = run.stdout.lines().find_map(|line| line.strip_prefix("new data for the old types:"));
        line.map(|line| line.trim().to_owned())
    };
    let variant = OLD.replace(r#""paid""#, r#""paid", "sent""#);
    let keep = "unknown-variants = \"keep\"";
    assert_eq!(told("", &variant), None);
    assert_eq!(told(keep, &variant).as_deref(), Some("compatible: they keep unknown variants"));
    let other = variant.replace("integer", "string");
    assert_eq!(told(keep, &other).as_deref(), Some("breaking, though they keep unknown variants"));
}

#[test]
fn every_format_tells_the_same() {
    let new = OLD.replace(r#", "paid""#, "");
    let here = folder(&[("old.json", OLD), ("new.json", &new)]);
    let markdown = isomorph(here.path(), &["diff", "old.json", "new.json", "--format", "markdown"]).stdout;
    for line in [
        "| old data under the new schema | **breaking** |",
        "### Status",
        "- `#/enum`: `paid` left the enum",
        "  - old data: breaking: the old schema accepts `\"paid\"`, the new one does not",
        "| major | `Status::Paid` | the variant was removed |",
    ] {
        assert!(markdown.lines().any(|printed| printed == line), "{line}: {markdown}");
    }
    let github = isomorph(here.path(), &["diff", "old.json", "new.json", "--format", "github"]).stdout;
    let first = github.lines().next().expect("a line");
    assert!(
        first.starts_with("::error file=new.json,line=")
            && first.contains(",title=Status changed::#: `paid` left the enum%0Aold data: breaking"),
        "{first}"
    );
}

#[test]
fn text_of_a_schema_is_no_command_and_no_markup() {
    let odd = r#"{"properties": {"a\n::error::b|`c`\u001b[31m": {"type": "string"}}, "enum": ["` *now* `"]}"#;
    let here = folder(&[("old.json", "{}"), ("new.json", odd)]);
    for format in ["github", "markdown", "text"] {
        let printed = isomorph(here.path(), &["diff", "old.json", "new.json", "--format", format]).stdout;
        assert!(!printed.contains('\u{1b}'), "{printed:?}");
        assert!(!printed.lines().any(|line| line.starts_with("::error::")), "{printed}");
        if format == "markdown" {
            let are_pairs = printed.lines().all(|line| line.matches('`').count() % 2 == 0);
            assert!(are_pairs, "{printed}");
            assert!(printed.contains("enum `[\"\\u0060 *now* \\u0060\"]`"), "{printed}");
        }
    }
}

#[test]
fn revisions_are_compared_with_each_other_and_with_the_working_tree() {
    let manifest =
        "[package]\nname = \"shop\"\n\n[package.metadata.isomorph]\nschema = \"schema\"\nout = \"src\"\n";
    let here = folder(&[("Cargo.toml", manifest), ("schema/Order.json", OLD)]);
    isomorph(here.path(), &["generate"]);
    commit_all(here.path());
    git(here.path(), &["checkout", "-qb", "change"]);
    fs::write(here.path().join("schema/Order.json"), OLD.replace(r#", "paid""#, "")).expect("a file");
    let changed = |arguments: &[&str]| {
        let run = isomorph(here.path(), &[&["diff", "--format", "json"], arguments].concat());
        assert_eq!(run.code, 0, "{arguments:?}: {}", run.stderr);
        report(&run)["data"]["old_data"]["verdict"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(changed(&["HEAD"]), "breaking");
    assert_eq!(changed(&["--against", "main"]), "breaking");
    assert_eq!(changed(&["HEAD", "HEAD"]), "compatible");
    git(here.path(), &["commit", "-qam", "second"]);
    assert_eq!(changed(&["HEAD"]), "compatible");
    assert_eq!(changed(&["HEAD~1"]), "breaking");
    assert_eq!(changed(&["HEAD~1", "HEAD", "--schema", "schema/Order.json"]), "breaking");
    assert_eq!(changed(&["main", "change", "--schema", "schema"]), "breaking");
    let below = here.path().join("schema");
    let run = isomorph(&below, &["diff", "HEAD~1", "--format", "json"]);
    assert_eq!(report(&run)["data"]["old_data"]["verdict"], "breaking", "from below");

    let told = isomorph(here.path(), &["generate", "--diff"]);
    assert_eq!(told.code, 0, "{}", told.stderr);
    assert!(told.stdout.contains("`paid` left the enum"), "{}", told.stdout);
    assert!(told.stdout.contains("major  Status::Paid: the variant was removed"), "{}", told.stdout);
    assert!(read(&here, "src/model.rs").contains("Paid"), "nothing is written");
    isomorph(here.path(), &["generate"]);
    let told = isomorph(here.path(), &["generate", "--diff"]);
    assert!(told.stdout.contains("Nothing changed."), "{}", told.stdout);
}

#[test]
fn a_renamed_file_in_a_folder_is_the_same_schema_and_another_type() {
    let untitled = r#"{"type": "object", "properties": {"count": {"type": "integer"}}}"#;
    let here = folder(&[("old/Order.json", untitled), ("new/Purchase.json", untitled)]);
    let data = |run: &Run| report(run)["data"]["old_data"]["verdict"].clone();
    let run = isomorph(here.path(), &["diff", "old", "new", "--format", "json"]);
    assert_eq!((data(&run), report(&run)["api"]["release"].clone()), ("compatible".into(), "major".into()));
    let run = isomorph(here.path(), &["diff", "old/Order.json", "new/Purchase.json", "--format", "json"]);
    assert_eq!((data(&run), report(&run)["api"]["release"].clone()), ("compatible".into(), "none".into()));
}

#[test]
fn what_is_nothing_could_not_run() {
    let here = folder(&[("old.json", OLD), ("bad.json", "{")]);
    git(here.path(), &["init", "-q"]);
    for (arguments, message) in [
        (&["diff", "old.json", "nowhere.json"][..], "neither a file, nor a folder, nor a git revision"),
        (&["diff", "nowhere"], "nowhere: neither a file"),
        (&["diff", "old.json", "bad.json"], "bad.json:1:2: not JSON"),
        (&["diff", "--against", "nowhere"], "nowhere: git cannot say"),
        (&["diff"], "OLD"),
    ] {
        let run = isomorph(here.path(), arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.stderr.contains(message), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn what_is_not_here_is_unknown_and_never_compatible() {
    let here = folder(&[
        ("old.json", r#"{"properties": {"m": {"$ref": "common/money.json"}}}"#),
        ("new.json", r#"{"properties": {"m": {"$ref": "common/money2.json"}}}"#),
        ("typed.json", r#"{"properties": {"m": {"type": "string"}}}"#),
        ("same.json", r#"{"title": "Same", "properties": {"m": {"$ref": "common/money.json"}}}"#),
    ]);
    let accept = ["--no-api", "--unresolved", "accept", "--fail-on", "unproven"];
    for new in ["new.json", "typed.json"] {
        let run = isomorph(here.path(), &[&["diff", "old.json", new], &accept[..]].concat());
        assert_eq!(run.code, 1, "{}", run.stdout);
        assert!(run.stdout.contains("old data under the new schema: unknown"), "{}", run.stdout);
        assert!(run.stdout.contains("`common/money.json`"), "{}", run.stdout);
    }
    let run = isomorph(here.path(), &[&["diff", "old.json", "same.json"], &accept[..]].concat());
    assert_eq!(run.code, 0, "{}", run.stdout);
}

#[test]
fn a_file_that_is_gone_is_a_break_and_one_that_is_renamed_is_none() {
    let here = folder(&[
        ("old/gone.json", r#"{"type": "string"}"#),
        ("old/before.json", r#"{"type": "integer"}"#),
        ("old/known.json", r#"{"$id": "https://example.com/k", "maximum": 1}"#),
        ("new/after.json", r#"{"type": "integer"}"#),
        ("new/other.json", r#"{"$id": "https://example.com/k", "maximum": 2}"#),
    ]);
    let run = isomorph(here.path(), &["diff", "old", "new", "--no-api", "--fail-on", "old-data"]);
    assert_eq!(run.code, 1, "{}", run.stdout);
    for line in [
        "removed: old/gone.json",
        "renamed: old/before.json → new/after.json",
        "renamed: old/known.json → new/other.json",
    ] {
        assert!(run.stdout.lines().any(|printed| printed == line), "{line}: {}", run.stdout);
    }
}

#[test]
fn a_place_never_contradicts_the_whole_and_is_turned_around_under_a_not() {
    let here = folder(&[
        (
            "old.json",
            r#"{"type": "integer", "anyOf": [{"type": "integer"}, {"type": "string", "minLength": 1}]}"#,
        ),
        (
            "new.json",
            r#"{"type": "integer", "anyOf": [{"type": "integer"}, {"type": "string", "minLength": 2}]}"#,
        ),
        ("not_old.json", r#"{"properties": {"a": {"not": {"type": "string"}}}}"#),
        ("not_new.json", r#"{"properties": {"a": {"not": {"type": "string", "minLength": 1}}}}"#),
    ]);
    let run = isomorph(here.path(), &["diff", "old.json", "new.json", "--no-api"]);
    assert!(!run.stdout.contains("breaking"), "{}", run.stdout);
    let run = isomorph(here.path(), &["diff", "not_old.json", "not_new.json", "--no-api"]);
    assert!(run.stdout.contains("here, old data  compatible"), "{}", run.stdout);
    assert!(run.stdout.contains("here, new data  breaking"), "{}", run.stdout);
}

#[test]
fn arguments_that_contradict_each_other_are_a_usage_error() {
    let here = folder(&[("old.json", "{}"), ("new.json", "{}")]);
    let run = isomorph(here.path(), &["diff", "old.json", "new.json", "--no-api", "--fail-on", "api-major"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
}

#[test]
fn revisions_can_be_named_with_a_path_and_as_two_and_may_lack_a_folder() {
    let here = folder(&[("schema/Order.json", OLD)]);
    commit_all(here.path());
    std::fs::write(here.path().join("schema/Order.json"), OLD.replace(r#", "paid""#, "")).expect("a file");
    let absolute = here.path().join("schema").display().to_string();
    for arguments in [
        &["HEAD:schema/Order.json", "schema/Order.json"][..],
        &["HEAD:schema", "schema"],
        &["HEAD", "--schema", "schema"],
        &["HEAD", "--schema", &absolute],
    ] {
        let run = isomorph(here.path(), &[&["diff"], arguments, &["--no-api"]].concat());
        assert!(run.stdout.contains("`paid` left the enum"), "{arguments:?}: {}{}", run.stdout, run.stderr);
    }
    let run = isomorph(here.path(), &["diff", "HEAD..HEAD", "--schema", "schema", "--no-api"]);
    assert!(run.stdout.contains("Nothing changed."), "{}{}", run.stdout, run.stderr);
    std::fs::create_dir(here.path().join("more")).expect("a folder");
    std::fs::write(here.path().join("more/New.json"), OLD).expect("a file");
    let run = isomorph(here.path(), &["diff", "HEAD", "--schema", "more", "--no-api"]);
    assert!(run.stdout.contains("new: more/New.json"), "{}{}", run.stdout, run.stderr);
    assert_eq!(isomorph(here.path(), &["diff", "HEAD", "--schema", "nowhere", "--no-api"]).code, 2);
}

#[test]
fn a_path_that_only_one_side_is_named_with_has_to_be_there() {
    let here = folder(&[("schema/Order.json", OLD)]);
    commit_all(here.path());
    std::fs::write(here.path().join("schema/New.json"), OLD).expect("a file");
    let diff = |old: &str, new: &str| isomorph(here.path(), &["diff", old, new, "--no-api"]);
    let run = diff("HEAD:schema/Oder.json", "schema/Order.json");
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(run.stderr.contains("HEAD:schema/Oder.json: the revision has nothing there"), "{}", run.stderr);
    let run = diff("HEAD:schema/New.json", "./schema/New.json");
    assert!(run.stdout.contains("new: "), "{}{}", run.stdout, run.stderr);
    let absolute = format!("HEAD:{}", here.path().join("schema").display());
    let run = diff(&absolute, "schema");
    assert!(run.stdout.contains("new: schema/New.json"), "{}{}", run.stdout, run.stderr);
    let nowhere = folder(&[("a.json", OLD)]);
    let run = isomorph(nowhere.path(), &["diff", "HEAD", "--schema", "a.json"]);
    assert!(run.stderr.contains("in no git repository"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_in_a_revision_as_in_a_folder() {
    use std::os::unix::fs::symlink;
    let here = folder(&[("schema/Order.json", OLD), ("other/Far.json", OLD)]);
    symlink("Order.json", here.path().join("schema/Alias.json")).expect("a link");
    symlink("schema", here.path().join("current")).expect("a link");
    symlink("../other/Far.json", here.path().join("schema/Far.json")).expect("a link");
    commit_all(here.path());
    for arguments in [
        &["HEAD", "--schema", "schema"][..],
        &["HEAD", "--schema", "current"],
        &["HEAD:schema/Far.json", "other/Far.json"],
        &["HEAD:schema/Alias.json", "schema/Alias.json"],
        &["HEAD:current/Order.json", "schema/Order.json"],
    ] {
        let run = isomorph(here.path(), &[&["diff"], arguments, &["--no-api"]].concat());
        assert!(run.stdout.contains("Nothing changed."), "{arguments:?}: {}{}", run.stdout, run.stderr);
    }
    let run = isomorph(here.path(), &["diff", "HEAD", "--schema", "schema", "--no-api"]);
    for named in
        ["HEAD: `schema/Far.json` is a link out of the folder", "schema/Far.json: left out: it is a link"]
    {
        assert!(run.stderr.contains(named), "{named}: {}", run.stderr);
    }
    fs::write(here.path().join("schema/package.json"), r#"{"name": "x", "version": "1"}"#).expect("a file");
    let run = isomorph(here.path(), &["diff", "HEAD", "--schema", "schema", "--no-api"]);
    assert!(run.stderr.contains("schema/package.json: left out: "), "{}", run.stderr);
    // A link is no other schema, whatever it is called.
    symlink("Order.json", here.path().join("schema/AAA.json")).expect("a link");
    std::fs::write(here.path().join("schema/Order.json"), OLD.replace(r#", "paid""#, "")).expect("a file");
    let run = isomorph(here.path(), &["diff", "HEAD", "--schema", "schema", "--no-api"]);
    assert!(!run.stdout.contains("removed") && !run.stdout.contains("AAA"), "{}", run.stdout);
    assert!(run.stdout.contains("`paid` left the enum"), "{}", run.stdout);
}

#[cfg(unix)]
#[test]
fn nothing_of_a_revision_is_written_beside_its_folder_whatever_it_is_called() {
    let here = folder(&[("a.json", OLD)]);
    commit_all(here.path());
    let outside = here.path().join("outside");
    let name = outside.join("x.json").display().to_string();
    let script = format!(
        "blob=$(git rev-parse HEAD:a.json); \
         tree=$( (printf '100644 %s\\0' '{name}'; printf %s \"$blob\" | xxd -r -p; printf '100644 a.json\\0'; \
         printf %s \"$blob\" | xxd -r -p) | git hash-object -t tree -w --literally --stdin); \
         git -c user.name=a -c user.email=a commit-tree -m m \"$tree\""
    );
    let made = std::process::Command::new("sh").args(["-c", &script]).current_dir(here.path()).output();
    let commit = String::from_utf8(made.expect("there is a shell").stdout).expect("UTF-8");
    let run = isomorph(here.path(), &["diff", commit.trim(), "--schema", ".", "--no-api"]);
    assert!(run.stdout.contains("Nothing changed."), "{commit}: {}{}", run.stdout, run.stderr);
    assert!(!outside.exists());
}

#[test]
fn a_submodule_is_named_and_never_taken_for_a_folder_that_was_not_there() {
    let here = folder(&[("schema/Order.json", OLD), ("parts/schema/Part.json", OLD)]);
    commit_all(&here.path().join("parts"));
    git(here.path(), &["init", "-q"]);
    git(here.path(), &["add", "schema"]);
    let commit = "0123456789012345678901234567890123456789";
    git(here.path(), &["update-index", "--add", "--cacheinfo", &format!("160000,{commit},parts")]);
    git(here.path(), &["commit", "-qm", "first"]);
    let run = isomorph(here.path(), &["diff", "HEAD", "--schema", "parts/schema", "--no-api"]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(run.stderr.contains("`parts` is a submodule"), "{}", run.stderr);
    let run = isomorph(here.path(), &["diff", "HEAD", "--schema", ".", "--no-api"]);
    assert!(run.stderr.contains("`./parts` is a submodule"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn formats_assert_by_name() {
    const OLD: &str =
        r#"{"type": "object", "properties": {"d": {"type": "string"}, "u": {"type": "string"}}}"#;
    let uri = OLD.replace(r#""u": {"type": "string""#, r#""u": {"type": "string", "format": "uri""#);
    let both = uri.replace(r#""d": {"type": "string""#, r#""d": {"type": "string", "format": "date""#);
    let here = folder(&[("old.json", OLD), ("uri.json", &uri), ("both.json", &both)]);
    let data = |new: &str, more: &[&str]| {
        let arguments = [&["diff", "old.json", new, "--format", "json"], more].concat();
        let data = &report(&isomorph(here.path(), &arguments))["data"];
        (
            data["old_data"]["verdict"].clone(),
            data["new_data"]["verdict"].clone(),
            data["old_data"]["witness"].clone(),
        )
    };
    let compatible = ("compatible".into(), "compatible".into(), serde_json::Value::Null);
    assert_eq!(data("both.json", &[]), compatible);
    assert_eq!(data("uri.json", &["--assert-formats=date"]), compatible);
    for (new, formats, name) in
        [("both.json", "date", "d"), ("both.json", "uri", "u"), ("uri.json", "date,uri", "u")]
    {
        let (old_data, old_readers, witness) = data(new, &[&format!("--assert-formats={formats}")]);
        assert_eq!((old_data, old_readers), ("breaking".into(), "compatible".into()), "{new} {formats}");
        assert!(witness[name].is_string(), "{witness}");
    }
    assert_eq!(data("both.json", &["--assert-formats"]).0, "breaking");
    let run = isomorph(here.path(), &["diff", "old.json", "uri.json", "--assert-formats=dat"]);
    assert!(run.code == 2 && run.stderr.contains("there is no format `dat`"), "{}", run.stderr);
}

/// Nobody waits for them, and nobody takes them for unchanged.
#[test]
fn types_that_are_not_made_in_time_are_unknown() {
    let schema = |kind: &str| {
        let property = |index: usize| {
            format!(r#""p{index}": {{"type": "{kind}", "title": "P{index}", "enum": ["a", "b", 1]}}"#)
        };
        format!(
            r#"{{"type": "object", "properties": {{{}}}}}"#,
            (0..3000).map(property).collect::<Vec<_>>().join(", ")
        )
    };
    let here = folder(&[("old.json", &schema("string")), ("new.json", &schema("integer"))]);
    for (format, expected) in [
        ("text", "release of the Rust API:       unknown: "),
        ("markdown", "| release of the Rust API | **unknown** "),
        ("github", "::warning title=Rust API%3A unknown::"),
        ("json", "\"release\": \"unknown\""),
    ] {
        let arguments =
            ["diff", "old.json", "new.json", "--time", "0", "--fail-on", "api-major", "--format", format];
        let run = isomorph(here.path(), &arguments);
        assert!(run.code == 1 && run.stdout.contains(expected), "{}", run.stdout);
    }
}
