use std::path::Path;

use isomorph_formats::{Format, split_ending};

use super::decompress::Compression;

/// The format that the name of a file says, the ending of a compression aside.
pub fn format_of(path: &Path) -> Option<Format> {
    let name = path.as_os_str().as_encoded_bytes();
    let plain = if Compression::of(path).is_some() { split_ending(name)?.0 } else { name };
    Format::of_name(plain)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use isomorph_formats::Format;

    use super::{Compression, format_of};

    #[test]
    fn the_ending_of_a_compression_says_nothing_of_the_format() {
        for (name, format) in [
            ("a/b.json", Some(Format::Json)),
            ("a.NDJSON.Gz", Some(Format::Ndjson)),
            ("a.yml.zst", Some(Format::Yaml)),
            ("a.json/b.gz", None),
            ("a.gz", None),
        ] {
            assert_eq!(format_of(Path::new(name)), format, "{name}");
        }
        assert_eq!(Compression::of(Path::new("a.json.GZ")), Some(Compression::Gzip));
        assert_eq!(Compression::of(Path::new("a.gz.json")), None);
    }
}
