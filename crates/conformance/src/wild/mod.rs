//! Schemas in wide use, and the documents that hold such: what each is made of, whether that compiles and gives back what it
//! was made of, and whether types accept what a validator accepts. They come without instances, so these are made.

mod entries;
mod made;
mod program;
mod score;

pub use score::run;
