use crate::dialect::Dialect;
use crate::keywords::{Holds, held_by};

/// What schemas mean that documents hold, where that is more or less than JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rules {
    /// No more and no less.
    Plain,
    /// Swagger 2.0: draft 4 of which some keywords are none.
    Swagger,
    /// OpenAPI 3.0: as Swagger, and `nullable`, and `readOnly` and `writeOnly` beside `required`.
    OpenApi,
    /// Structural schemas of Kubernetes: as OpenAPI 3.0, and its extensions.
    Kubernetes,
}

impl Rules {
    /// The word for it in generated code.
    pub fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Swagger => "swagger",
            Self::OpenApi => "openapi",
            Self::Kubernetes => "kubernetes",
        }
    }

    /// Keywords of draft 4 that say nothing here.
    pub fn are_no_keywords(self) -> &'static [&'static str] {
        match self {
            Self::Plain => &[],
            Self::Swagger | Self::Kubernetes => &["id", "$schema", "definitions"],
            Self::OpenApi => {
                &["id", "$schema", "definitions", "dependencies", "patternProperties", "additionalItems"]
            }
        }
    }

    /// The schemas that a keyword holds.
    pub fn held_by(self, keyword: &str, dialect: Dialect) -> Holds {
        if self.are_no_keywords().contains(&keyword) { Holds::Nothing } else { held_by(keyword, dialect) }
    }
}
