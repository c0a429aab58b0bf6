use std::fs;
use std::io::Write;
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
