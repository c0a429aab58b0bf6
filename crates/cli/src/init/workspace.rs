//! The workspace that a new crate lies in.

use std::fs;
use std::path::{Component, Path, PathBuf};

use globset::GlobBuilder;
use toml_edit::{Array, DocumentMut, Item, Value};

use crate::failure::Failure;
use crate::whole_file::write_whole;

/// A change of the manifest of a workspace that makes a new crate its member.
pub struct Joined {
    /// The manifest.
    pub path: PathBuf,
    /// The member, as it is added.
    pub member: String,
    /// The manifest with it.
    text: String,
}

impl Joined {
    /// Writes the manifest, whole or not at all.
    ///
    /// # Errors
    ///
    /// If it cannot be written; the message says what to add.
    pub fn write(&self) -> Result<(), Failure> {
        write_whole(&self.path, self.text.as_bytes()).map_err(|failure| {
            Failure::Init(format!(
                "{failure}; the crate is made, but cargo wants \"{}\" among the `members` of [workspace] there",
                self.member
            ))
        })
    }
}

/// What to change so that cargo takes a crate in `folder`; `None` if it is in no workspace, is a member already, or is
/// excluded.
///
/// # Errors
///
/// If the manifest of the workspace cannot be read, or is not TOML.
pub fn join(folder: &Path) -> Result<Option<Joined>, Failure> {
    let folder = absolute(folder)?;
    for around in folder.ancestors().skip(1) {
        let path = around.join("Cargo.toml");
        if !path.is_file() {
            continue;
        }
        let text =
            fs::read_to_string(&path).map_err(|source| Failure::Read { path: path.clone(), source })?;
        let mut manifest: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
            Failure::Init(format!("{}: not TOML: {}", path.display(), error.message()))
        })?;
        let Some(workspace) = manifest.get_mut("workspace") else { continue };
        let inside = folder.strip_prefix(around).unwrap_or(&folder);
        if is_listed(workspace.get("members"), |member| is_match(member, inside))
            || is_listed(workspace.get("exclude"), |excluded| inside.starts_with(plain(excluded)))
        {
            return Ok(None);
        }
        let member = inside.to_string_lossy().replace('\\', "/");
        let members = workspace
            .as_table_like_mut()
            .map(|workspace| workspace.entry("members").or_insert_with(|| Array::new().into()));
        let Some(members) = members.and_then(Item::as_array_mut) else {
            return Err(Failure::Init(format!("{}: `members` is no list", path.display())));
        };
        add(members, &member);
        return Ok(Some(Joined { path, member, text: manifest.to_string() }));
    }
    Ok(None)
}

/// The folder's real path, though it may not be there yet.
fn absolute(folder: &Path) -> Result<PathBuf, Failure> {
    let failed = |source| Failure::Read { path: folder.to_owned(), source };
    let absolute = std::path::absolute(folder).map_err(failed)?;
    let there = absolute.ancestors().find(|around| around.exists()).unwrap_or(&absolute);
    let inside = absolute.strip_prefix(there).unwrap_or(Path::new(""));
    // Nothing after it would end with a slash.
    let real = there.canonicalize().map_err(failed)?;
    Ok(real.components().chain(inside.components()).collect())
}

fn is_listed(list: Option<&Item>, is_it: impl Fn(&str) -> bool) -> bool {
    let listed = list.and_then(Item::as_array).into_iter().flatten();
    listed.filter_map(Value::as_str).any(is_it)
}

/// Whether a member, which may be a glob, stands for a folder.
fn is_match(member: &str, folder: &Path) -> bool {
    let plain = plain(member);
    let glob = GlobBuilder::new(&plain.to_string_lossy()).literal_separator(true).build();
    plain == folder || glob.is_ok_and(|glob| glob.compile_matcher().is_match(folder))
}

/// `./a/` → `a`.
fn plain(path: &str) -> PathBuf {
    Path::new(path).components().filter(|part| *part != Component::CurDir).collect()
}

/// Adds an element, in the way the others are laid out.
fn add(members: &mut Array, member: &str) {
    let mut value = Value::from(member);
    let last = members.len().checked_sub(1);
    let first_prefix = members.get(0).and_then(|first| first.decor().prefix()?.as_str()).unwrap_or_default();
    let own_line = first_prefix.rfind('\n').map(|at| first_prefix[at..].to_owned());
    match (last.and_then(|last| members.get_mut(last)), own_line) {
        (Some(last), Some(own_line)) => {
            // A comment after the last one stays beside it.
            let after = last.decor().suffix().and_then(|text| text.as_str()).unwrap_or_default().to_owned();
            last.decor_mut().set_suffix("");
            let rest = members.trailing().as_str().unwrap_or_default().to_owned();
            value.decor_mut().set_prefix(format!("{}{own_line}", (after + &rest).trim_end()));
            members.push_formatted(value);
            members.set_trailing("\n");
            members.set_trailing_comma(true);
        }
        _ => members.push(value),
    }
}

#[cfg(test)]
mod tests {
    use toml_edit::DocumentMut;

    use super::{add, is_match};

    #[test]
    fn a_member_is_added_in_the_way_of_the_others() {
        for (before, after) in [
            ("members = []", "members = [\"new\"]"),
            ("members = [\"a\"] # ours", "members = [\"a\", \"new\"] # ours"),
            (
                "members = [\n  \"a\", # one\n  \"b\", # two\n]",
                "members = [\n  \"a\", # one\n  \"b\", # two\n  \"new\",\n]",
            ),
            (
                "members = [\n\t\"a\",\n\t\"b\" # two\n]",
                "members = [\n\t\"a\",\n\t\"b\", # two\n\t\"new\",\n]",
            ),
            (
                "members = [\n  # first\n  \"a\",\n  # none\n]",
                "members = [\n  # first\n  \"a\",\n  # none\n  \"new\",\n]",
            ),
        ] {
            let mut document: DocumentMut = before.parse().unwrap();
            add(document["members"].as_array_mut().unwrap(), "new");
            assert_eq!(document.to_string().trim_end(), after);
        }
    }

    #[test]
    fn members_may_be_globs_of_one_level() {
        assert!(is_match("crates/*", "crates/new".as_ref()));
        assert!(is_match("./crates/new/", "crates/new".as_ref()));
        assert!(!is_match("crates/*", "crates/new/inner".as_ref()));
        assert!(!is_match("crates", "crates/new".as_ref()));
    }
}
