use isomorph_schema::Bundle;
use isomorph_validator::Formats;

use super::canonical::Canonical;
use super::local::bare;
use super::proof::Proof;
use crate::clock::Deadline;

/// Whether a schema is soon proven to accept nothing; what canonical forms know of it is not asked.
pub fn accepts_nothing(bundle: &Bundle, canonical: &dyn Canonical, deadline: Deadline) -> bool {
    let bare = bare(bundle, &Formats::Annotate);
    Proof::new(&bare, &bare, canonical, &Formats::Annotate, deadline).is_empty()
}
