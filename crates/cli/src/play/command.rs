use std::fmt::Write as _;
use std::fs;
use std::io::{self, Read, Write, stdin, stdout};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use isomorph_play::{Beside, Secrets, Server, Start};

use super::beside::beside;
use super::pool::Pool;
use crate::command_line::Play;
use crate::failure::Failure;
use crate::say::say;
use crate::schemas::is_stdin;

/// Serves the page until the process is ended.
pub fn run(arguments: &Play) -> Result<ExitCode, Failure> {
    let schema = arguments.schema.as_deref();
    let file = schema.filter(|schema| !is_stdin(schema));
    let start = Start {
        name: file.map(|file| file.display().to_string()),
        schema: schema.map(text).transpose()?,
        instance: arguments.instance.as_deref().map(text).transpose()?,
        before: arguments.before.as_deref().map(text).transpose()?,
    };
    let beside = file.map_or_else(
        || Beside { map: arguments.map.clone(), ..Beside::default() },
        |file| beside(file, arguments),
    );
    let pool = Pool::new(&beside, Duration::from_secs(arguments.time))?;
    let secrets = Secrets { token: secret()?, nonce: secret()? };
    let server = Server::bind(arguments.port, secrets, &start, pool)?;
    writeln!(stdout().lock(), "{}", server.url())?;
    stdout().lock().flush()?;
    say(format_args!("serving this page to browsers of this machine; Ctrl-C ends it"));
    if arguments.open {
        open(&server.url());
    }
    server.serve();
    Ok(ExitCode::SUCCESS)
}

/// What a file holds, or what comes by standard input.
fn text(path: &Path) -> Result<String, Failure> {
    let failed = |source| Failure::Read { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    if is_stdin(path) {
        stdin().lock().read_to_end(&mut bytes).map_err(failed)?;
    } else {
        bytes = fs::read(path).map_err(failed)?;
    }
    let text = String::from_utf8(bytes).map_err(|error| failed(io::Error::other(error.utf8_error())))?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

/// What nobody may guess.
fn secret() -> Result<String, Failure> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

/// Opens an address in the browser of whoever uses this machine.
fn open(url: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/c", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if command.spawn().is_err() {
        say(format_args!("there is no `{program}` to open it with; open it yourself"));
    }
}
