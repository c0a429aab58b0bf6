use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::failure::Failure;

/// Writes a file, whole or not at all. What is there keeps its permissions, and a link stays a link.
pub fn write_whole(path: &Path, text: &[u8]) -> Result<(), Failure> {
    let failed = |source| Failure::Write { path: path.to_owned(), source };
    let real = match path.canonicalize() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        found => found.map_err(failed)?,
    };
    let permissions = fs::metadata(&real).ok().map(|metadata| metadata.permissions());
    if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(failed(io::ErrorKind::PermissionDenied.into()));
    }
    let folder = real.parent().filter(|folder| !folder.as_os_str().is_empty());
    let file = beside(folder.unwrap_or(Path::new(".")), text).map_err(failed)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions).map_err(failed)?;
    }
    file.persist(&real).map_err(|error| failed(error.error))?;
    Ok(())
}

/// A file that is to replace another in a folder.
///
/// # Errors
///
/// If it cannot be written.
pub fn beside(folder: &Path, text: &[u8]) -> io::Result<NamedTempFile> {
    let mut new = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As `File::create` makes it: less what the umask takes.
        new.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = new.prefix(".isomorph-").tempfile_in(folder)?;
    file.write_all(text)?;
    Ok(file)
}
