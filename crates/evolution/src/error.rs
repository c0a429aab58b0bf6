/// Why schemas could not be compared.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A document is no schema, or refers to nothing.
    #[error(transparent)]
    Schema(#[from] isomorph_schema::Error),
}
