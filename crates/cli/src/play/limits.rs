//! What a process that answers may take.

/// In bytes of addresses, of which the stack is a part.
#[cfg(unix)]
const MEMORY: u64 = 3 << 30;

/// Limits the memory of this process. Where the system knows no such limit there is none.
#[cfg(unix)]
pub fn set() {
    use rustix::process::{Resource, Rlimit, setrlimit};

    for (resource, most) in [(Resource::As, MEMORY), (Resource::Core, 0)] {
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
}

/// There is none.
#[cfg(not(unix))]
pub fn set() {}
