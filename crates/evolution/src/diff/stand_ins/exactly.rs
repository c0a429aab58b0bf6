//! Whether the schemas as they are written say of an instance what was said with other numbers.

use isomorph_json::{DEEPEST, Tape, TapeNode, parse};
use isomorph_schema::{Document, Location, schema_texts};
use isomorph_validator::Formats;
use isomorph_validator::explain::{Schema, Verdict};

use super::super::compare::Comparison;
use super::super::pairs::Pair;
use super::super::verdict::{Judgement, Witness};
use super::chosen::StandIns;

/// A schema in documents as they are written.
type At<'a> = (&'a [Document], &'a Location);

/// What stands for what, and the documents as they are written: the old ones, and the new ones.
pub struct Exactly<'a> {
    pub stand_ins: &'a StandIns,
    pub documents: (&'a [Document], &'a [Document]),
    pub formats: &'a Formats,
}

impl Exactly<'_> {
    /// Takes back what is not so of the schemas as they are written.
    pub fn confirm(&self, pair: &Pair, comparison: &mut Comparison) {
        let (old, new) = ((self.documents.0, &pair.old), (self.documents.1, &pair.new));
        let data = &mut comparison.data;
        for (judgement, accepts, rejects) in
            [(&mut data.old_data, old, new), (&mut data.old_readers, new, old)]
        {
            let holds = match judgement.witness() {
                Some(witness) => self.is_one(witness, accepts, rejects),
                None => self.stand_ins.mean_the_same(),
            };
            if !holds {
                *judgement = Judgement::Unknown("numbers beyond 64 bits decide".to_owned());
            }
        }
        // Of parts nobody asked.
        if !self.stand_ins.mean_the_same() {
            comparison.places.iter_mut().for_each(|(_, judged)| *judged = None);
        }
    }

    fn is_one(&self, witness: &Witness, accepts: At, rejects: At) -> bool {
        let stands = witness.instance.to_string();
        let Some(text) = self.stand_ins.json(&stands) else { return false };
        // What has none of these numbers was judged as it is.
        if self.stand_ins.mean_the_same() && text == stands {
            return true;
        }
        let mut tape = Tape::default();
        if parse(&text, DEEPEST, &mut tape).is_err() {
            return false;
        }
        let instance = TapeNode::root(&text, &tape);
        let says = |at| self.schema(at).map(|schema| schema.verdict(instance));
        says(accepts) == Some(Verdict::Valid) && says(rejects) == Some(Verdict::Invalid)
    }

    fn schema(&self, (documents, at): At) -> Option<Schema> {
        let texts = documents.iter().flat_map(schema_texts).collect();
        let document = &documents[at.document];
        let dialect = document.dialect.uri();
        Schema::with(texts, &document.uri, dialect, at.pointer.as_str(), self.formats.clone()).ok()
    }
}
