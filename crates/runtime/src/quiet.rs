//! Whether nobody asks why a value is refused.
//!
//! Where several branches of a union are tried, most of them refuse what they are given, and what they have to say of it is
//! thrown away with them once one matches. So they are asked for no more than that; only if none matches are they asked
//! again, for why.

use std::cell::Cell;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Whether refusals need not say why.
pub fn is_quiet() -> bool {
    QUIET.get()
}

/// Reads without a word about what is refused.
#[cfg(feature = "value")]
pub fn quietly<T>(read: impl FnOnce() -> T) -> T {
    struct Before(bool);
    impl Drop for Before {
        fn drop(&mut self) {
            QUIET.set(self.0);
        }
    }
    let _before = Before(QUIET.replace(true));
    read()
}
