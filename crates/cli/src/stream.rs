//! Outputs that are written and never read back: standard output, pipes, devices.

use std::fs::OpenOptions;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// Where text goes that is no file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Stdout,
    /// A pipe, or a device.
    Other(PathBuf),
}

/// The names that standard output has in file systems.
const STDOUT: [&str; 4] = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

impl Stream {
    /// What an output is, if it is no file: to read back what a pipe holds would wait for ever.
    pub fn of(out: Option<&Path>) -> Option<Self> {
        let Some(out) = out.filter(|out| !STDOUT.iter().any(|name| *out == Path::new(name))) else {
            return Some(Self::Stdout);
        };
        let is_other = out.metadata().is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir());
        is_other.then(|| Self::Other(out.to_owned()))
    }

    /// Writes all of a text.
    pub fn write(&self, text: &str) -> Result<(), Failure> {
        match self {
            Self::Stdout => {
                let mut out = stdout().lock();
                out.write_all(text.as_bytes())?;
                Ok(out.flush()?)
            }
            Self::Other(path) => {
                let failed = |source| Failure::Write { path: path.clone(), source };
                let mut out = OpenOptions::new().write(true).open(path).map_err(failed)?;
                out.write_all(text.as_bytes()).map_err(failed)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Stream;

    #[test]
    fn what_is_no_file_is_a_stream() {
        for name in ["-", "/dev/stdout"] {
            assert_eq!(Stream::of(Some(Path::new(name))), Some(Stream::Stdout));
        }
        assert_eq!(Stream::of(None), Some(Stream::Stdout));
        assert_eq!(Stream::of(Some(Path::new("nowhere.rs"))), None);
        assert_eq!(Stream::of(Some(Path::new(file!()))), None);
        #[cfg(unix)]
        assert_eq!(Stream::of(Some(Path::new("/dev/null"))), Some(Stream::Other("/dev/null".into())));
    }
}
