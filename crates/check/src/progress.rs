use std::io;

/// Whoever wants to see how far a run is. `()` does not.
pub trait Progress {
    /// So many bytes more were read, and so many problems were found in all. `total` says how many bytes there are to
    /// read, as far as it is known; it takes its time.
    fn advance(&mut self, bytes: u64, problems: usize, total: &dyn Fn() -> u64) {
        let _ = (bytes, problems, total);
    }

    /// Something is written meanwhile, by `write`.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    fn aside(&mut self, write: &mut dyn FnMut() -> io::Result<()>) -> io::Result<()> {
        write()
    }

    /// The run is over.
    fn finish(&mut self) {}
}

impl Progress for () {}
