//! What schemars prints of the items.

use schemars::{Schema, SchemaGenerator};

use super::written::{enums, foreign, structs, values};

/// The items as they are written.
pub const SOURCES: &[&str] = &[
    include_str!("written/enums.rs"),
    include_str!("written/foreign.rs"),
    include_str!("written/structs.rs"),
    include_str!("written/values.rs"),
];

/// A schema by the name of the item that it was printed of.
pub type Printed = (&'static str, Schema);

macro_rules! printed {
    ($($file:ident: $($name:ident)*;)*) => {
        /// The schema of each item, as a document of its own.
        #[expect(deprecated, reason = "that an item is deprecated is printed, too")]
        pub fn printed() -> Vec<Printed> {
            vec![$($((stringify!($name), SchemaGenerator::default().into_root_schema_for::<$file::$name>())),*),*]
        }
    };
}

printed! {
    enums: Suit JobState Severity Locale Shape Delivery Parcel Courier Paint Trigger Event Step Notice Mail Push Command
        Reading Amount Target Author Person OneOrMany Expression;
    structs: Point UserProfile Header Keywords Strict Retry Server Sparse Cached Extensible Scores Paging Search Envelope
        Payload Job Tree Nothing Marker Legacy Account Listing;
    values: UserId Label Wrapped Coordinates Pair Tags Translations Widths Floats MaybeWidths Counters Collections
        ByNumber Matrix Tuples Loose Unsaid Limits Contact Slug Ticket;
    foreign: Order Link Host SessionId Entry Calendar;
}
