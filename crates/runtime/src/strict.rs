//! Whether what no schema knows is refused, though types keep it.
//!
//! Where several branches of a union are tried, one that matches but for an unknown variant in it is not to stand in the
//! way of one that matches as it is. So all are tried strictly first.

use std::cell::Cell;

thread_local! {
    static STRICT: Cell<bool> = const { Cell::new(false) };
}

/// Whether unknown variants are refused.
pub fn is_strict() -> bool {
    STRICT.get()
}

/// Reads with unknown variants refused.
#[cfg(feature = "value")]
pub fn strictly<T>(read: impl FnOnce() -> T) -> T {
    struct Before(bool);
    impl Drop for Before {
        fn drop(&mut self) {
            STRICT.set(self.0);
        }
    }
    let _before = Before(STRICT.replace(true));
    read()
}
