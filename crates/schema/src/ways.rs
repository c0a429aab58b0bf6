//! Where schemas stand that are gone through from the outside in. Of each only the last step is kept: of few the whole way
//! is asked for.

use crate::location::Location;
use crate::subschemas::{Inner, Key};

/// The ways to schemas, each by its index.
#[derive(Default)]
pub struct Ways<'a>(Vec<Step<'a>>);

/// The last step of a way.
enum Step<'a> {
    /// It begins here.
    Start(Location),
    /// From the schema at the end of another way into one of its keywords.
    Inside { around: usize, keyword: &'a str, key: Option<Key<'a>> },
}

impl<'a> Ways<'a> {
    /// A way that begins at a place.
    pub fn start(&mut self, location: Location) -> usize {
        self.push(Step::Start(location))
    }

    /// The way to a schema inside the one at the end of `around`.
    pub fn inside(&mut self, around: usize, inner: &Inner<'a>) -> usize {
        self.push(Step::Inside { around, keyword: inner.keyword, key: inner.key })
    }

    fn push(&mut self, step: Step<'a>) -> usize {
        self.0.push(step);
        self.0.len() - 1
    }

    /// Where a way ends.
    pub fn location(&self, way: usize) -> Location {
        let (mut at, mut steps) = (way, Vec::new());
        let Location { document, mut pointer } = loop {
            match &self.0[at] {
                Step::Start(location) => break location.clone(),
                Step::Inside { around, keyword, key } => {
                    steps.push((keyword, key));
                    at = *around;
                }
            }
        };
        for (keyword, key) in steps.into_iter().rev() {
            pointer.push(keyword);
            if let Some(key) = key {
                pointer.push(key);
            }
        }
        Location { document, pointer }
    }
}
