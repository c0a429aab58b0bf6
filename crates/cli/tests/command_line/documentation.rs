use super::{folder, isomorph};

#[test]
fn completions_know_every_command() {
    let here = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = isomorph(here.path(), &["completions", shell]);
        assert_eq!(run.code, 0, "{shell}: {}", run.stderr);
        for word in ["validate", "generate", "max-errors"] {
            assert!(run.stdout.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn manual_pages_are_printed_and_written() {
    let here = folder(&[("man1/keep", "")]);
    let run = isomorph(here.path(), &["man"]);
    assert_eq!(run.code, 0);
    assert!(run.stdout.contains(".TH isomorph 1"), "{}", run.stdout);
    assert_eq!(isomorph(here.path(), &["man", "--out", "man1"]).code, 0);
    let page = super::read(&here, "man1/isomorph-validate.1");
    assert!(page.contains("exit") || page.contains("Exit codes"), "{page}");
}

#[test]
fn cargo_isomorph_is_the_tool() {
    for arguments in [&["isomorph", "--version"][..], &["--version"]] {
        let output =
            std::process::Command::new(env!("CARGO_BIN_EXE_cargo-isomorph")).args(arguments).output();
        let output = output.expect("it runs");
        assert!(output.status.success(), "{arguments:?}");
        let text = String::from_utf8_lossy(&output.stdout);
        assert_eq!(text.trim(), format!("isomorph {}", env!("CARGO_PKG_VERSION")));
    }
    let refused = std::process::Command::new(env!("CARGO_BIN_EXE_cargo-isomorph"))
        .args(["isomorph", "nothing"])
        .status();
    assert_eq!(refused.expect("it runs").code(), Some(2));
}
