//! Whatever is given for a schema, types or a typed error come of it; the types are the same every time.
#![no_main]

use isomorph_codegen::{Generator, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let generated = || {
        let mut generator = Generator::new();
        generator.source(Source { file: "schema.json".into(), uri: None, text: text.as_bytes().to_vec() });
        let files = generator.generate("model.rs").map(|generated| generated.files);
        files.map(|files| files.into_iter().map(|file| file.text).collect::<Vec<_>>())
    };
    if let Ok(files) = generated() {
        assert_eq!(Some(files), generated().ok(), "two runs differ");
    }
});
