//! The suites that others wrote, where they are: every difference from them is explained in a file here.

mod differences;
mod yaml;
