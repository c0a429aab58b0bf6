use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::crate_file::CrateFile;
use crate::failure::Failure;

/// Writes files that are not there yet.
pub fn write_new(folder: &Path, files: &[CrateFile]) -> Result<(), Failure> {
    for file in files {
        let path = folder.join(&file.path);
        let failed = |source| Failure::Write { path: path.clone(), source };
        fs::create_dir_all(path.parent().unwrap_or(folder)).map_err(failed)?;
        fs::File::create_new(&path).and_then(|mut new| new.write_all(&file.text)).map_err(failed)?;
    }
    Ok(())
}

/// Writes a file, whole or not at all.
pub fn write_whole(path: &Path, text: &[u8]) -> Result<(), Failure> {
    let failed = |source| Failure::Write { path: path.to_owned(), source };
    // A link stays a link.
    let real = path.canonicalize().map_err(failed)?;
    let permissions = fs::metadata(&real).map_err(failed)?.permissions();
    if permissions.readonly() {
        return Err(failed(io::ErrorKind::PermissionDenied.into()));
    }
    let mut file =
        tempfile::NamedTempFile::new_in(real.parent().unwrap_or(Path::new("."))).map_err(failed)?;
    file.write_all(text).map_err(failed)?;
    file.as_file().set_permissions(permissions).map_err(failed)?;
    file.persist(&real).map_err(|error| failed(error.error))?;
    Ok(())
}
