//! Pages of the documentation that are worked through as they stand: files are written, commands run, and what they print is
//! held against the page.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::corpora::corpora;
use crate::init::runtime;
use crate::repository::repository;
use crate::tool::folder;

/// A block of a page: what its fence says, and its lines.
struct Block<'p> {
    info: &'p str,
    lines: Vec<&'p str>,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let (mut blocks, mut open) = (Vec::new(), None::<Block>);
    for line in page.lines() {
        match (line.strip_prefix("```"), open.take()) {
            (Some(info), None) => open = Some(Block { info, lines: Vec::new() }),
            (Some(_), Some(block)) => blocks.push(block),
            (None, Some(mut block)) => {
                block.lines.push(line);
                open = Some(block);
            }
            (None, None) => {}
        }
    }
    blocks
}

/// What a command prints, on both streams.
fn run(folder: &Path, command: &str) -> String {
    let tool = Path::new(env!("CARGO_BIN_EXE_isomorph")).parent().expect("it is in a folder");
    let path = format!("{}:{}", tool.display(), env::var("PATH").unwrap_or_default());
    let mut shell = Command::new("sh");
    let output =
        shell.current_dir(folder).env("PATH", path).args(["-c", &format!("{command} 2>&1")]).output();
    String::from_utf8(output.expect("the shell starts").stdout).expect("it is text")
}

/// Whether text has these lines in this order; a line that is `…` stands for any, and one that ends so for its rest.
fn is_as_shown(text: &str, shown: &[&str]) -> bool {
    let mut rest: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let mut may_skip = false;
    for line in shown.iter().filter(|line| !line.is_empty()) {
        if *line == "…" {
            may_skip = true;
            continue;
        }
        let is_it =
            |found: &&str| line.strip_suffix('…').map_or(found == line, |start| found.starts_with(start));
        let Some(at) = rest.iter().position(is_it) else { return false };
        if at > 0 && !may_skip {
            return false;
        }
        rest.drain(..=at);
        may_skip = false;
    }
    may_skip || rest.is_empty()
}

fn work_through(here: &TempDir, page: &str) {
    for Block { info, lines } in blocks(page) {
        if let Some((_, file)) = info.split_once(" file=") {
            let path = here.path().join(file);
            fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder");
            fs::write(path, lines.join("\n") + "\n").expect("it is written");
        }
        if info != "console" {
            continue;
        }
        let mut commands = lines.split(|line| line.starts_with("$ ")).skip(1);
        for command in lines.iter().filter_map(|line| line.strip_prefix("$ ")) {
            let shown = commands.next().unwrap_or_default();
            let text = run(here.path(), command);
            assert!(is_as_shown(&text, shown), "{command}\nprints\n{text}\nand not\n{}", shown.join("\n"));
        }
    }
}

#[test]
#[cfg(unix)]
fn every_command_of_the_first_steps_prints_what_the_page_shows() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/first-steps.md");
    work_through(&folder(&[]), &fs::read_to_string(page).expect("it can be read"));
}

#[test]
#[cfg(unix)]
fn every_command_of_the_three_ways_prints_what_the_page_shows() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/three-ways.md");
    work_through(&folder(&[]), &fs::read_to_string(page).expect("it can be read"));
}

/// The block behind the one that is written to a file.
fn shown_behind<'p>(page: &'p str, file: &str) -> Vec<&'p str> {
    let mut blocks = blocks(page).into_iter().skip_while(|block| !block.info.ends_with(file));
    blocks.nth(1).map(|block| block.lines).unwrap_or_default()
}

#[test]
#[cfg(unix)]
fn the_program_of_the_first_steps_reads_an_order() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/first-steps.md"));
    let page = page.expect("it can be read");
    let here = folder(&[("src/main.rs", "")]);
    for block in blocks(&page) {
        if let Some((_, file)) = block.info.split_once(" file=") {
            fs::write(here.path().join(file), block.lines.join("\n")).expect("it is written");
        }
    }
    let told = run(here.path(), "isomorph generate --schema order.json --out src/order.rs");
    assert_eq!(told.matches("cargo add ").count(), 3, "{told}");
    // What those three lines add, with the runtime from where it is.
    let manifest = format!(
        "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
         isomorph-runtime = {{ path = {:?}, default-features = false, features = [\"schemars\"] }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\n\
         schemars = {{ version = \"1\", default-features = false, features = [\"std\", \"derive\"] }}\n",
        runtime()
    );
    fs::write(here.path().join("Cargo.toml"), manifest).expect("it is written");
    fs::copy(repository().join("Cargo.lock"), here.path().join("Cargo.lock")).expect("a lock");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("init");
    let program = |folder: &Path| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["run", "--quiet", "--offline"]).current_dir(folder).env("CARGO_TARGET_DIR", &target);
        let output = cargo.env("RUSTFLAGS", "-Adead_code").output().expect("cargo starts");
        String::from_utf8([output.stdout, output.stderr].concat()).expect("it is text")
    };
    assert_eq!(program(here.path()).lines().collect::<Vec<_>>(), shown_behind(&page, "src/main.rs"));
    let main = here.path().join("src/main.rs");
    let text = fs::read_to_string(&main).expect("it is there").replace("\"count\": 4", "\"count\": 0");
    fs::write(&main, text).expect("it is written");
    let (_, said) = page.split_once("With `\"count\": 0` it says `").expect("it is told");
    let said = said.split('`').next().unwrap_or_default();
    let printed = program(here.path());
    assert!(printed.starts_with(said), "{printed}");
}

#[test]
#[cfg(unix)]
fn every_everyday_mistake_is_told_as_the_page_shows() {
    let Some(corpora) = corpora() else { return };
    let here = folder(&[]);
    for (folder, name) in [
        ("github-workflow", "github-workflow.json"),
        ("ruff", "ruff.json"),
        ("prettierrc-1.8.2", "prettierrc.json"),
    ] {
        let schema = corpora.join("schemastore").join(folder).join("schema.json");
        fs::copy(schema, here.path().join(name)).expect("it is there");
    }
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/everyday-mistakes.md");
    work_through(&here, &fs::read_to_string(page).expect("it can be read"));
}

#[test]
fn what_is_not_shown_is_no_match() {
    assert!(is_as_shown("a\nb\n", &["a", "b"]));
    assert!(is_as_shown("a\nb\nc\n", &["…", "b…", "…"]));
    for wrong in [&["a"][..], &["b"], &["a", "c"], &["a", "b", "c"], &["…", "a"]] {
        assert!(!is_as_shown("a\nb\n", wrong), "{wrong:?}");
    }
}
