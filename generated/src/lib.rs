//! The upload results of immichpy, a Python client of the photo server Immich, as Rust types.
//!
//! The types are the JSON Schemas that immichpy documents: they parse exactly the JSON that the schemas
//! accept, and with the feature `schemars` they give the schemas back.
//!
//! ```
//! use immich_upload::{RejectionReason, UploadResult};
//!
//! let json = r#"{
//!     "uploaded": [],
//!     "rejected": [{"filepath": "a.jpg", "reason": "duplicate"}],
//!     "failed": [],
//!     "stats": {"total": 1, "uploaded": 0, "rejected": 1, "failed": 0}
//! }"#;
//! let result: UploadResult = serde_json::from_str(json)?;
//! assert_eq!(result.rejected[0].reason, Some(RejectionReason::Duplicate));
//! # Ok::<(), serde_json::Error>(())
//! ```
#![forbid(unsafe_code)]

mod model;
mod read;
#[cfg(feature = "schemars")]
mod schema;

pub use model::*;

#[cfg(feature = "explain")]
pub use isomorph_runtime::explain::{Explained, FromJson};
