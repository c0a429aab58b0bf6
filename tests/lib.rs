//! The seed: `schema/` is what the project was asked for, the build script makes Rust of it, and the tests hold that
//! against the laws. The types themselves are for everybody in `generated/`.
