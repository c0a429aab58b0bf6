//! Documents in which other numbers stand for large ones.

use isomorph_schema::Document;
use serde_json::{Number, Value};

use super::chosen::StandIns;
use super::large::{Large, all};

impl StandIns {
    /// The documents with those that stand for others; `None` if one is missing.
    pub fn put(&self, documents: &[Document]) -> Option<Vec<Document>> {
        documents.iter().map(|document| self.put_into(document)).collect()
    }

    fn put_into(&self, document: &Document) -> Option<Document> {
        let mut put = document.clone();
        for large in all(document) {
            *put.root.pointer_mut(large.at.as_str())? = Value::Number(self.number(&large)?);
        }
        Some(put)
    }

    #[allow(clippy::cast_precision_loss, reason = "a double holds what stands for others")]
    fn number(&self, large: &Large) -> Option<Number> {
        let stand_in = i64::try_from(self.stand_in(large.magnitude)?).ok()?;
        let signed = if large.is_negative { -stand_in } else { stand_in };
        if large.is_fraction { Number::from_f64(signed as f64) } else { Some(signed.into()) }
    }
}
