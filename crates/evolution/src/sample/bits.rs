//! Which of many things.

/// Some of so many things, by number.
#[derive(Debug, Clone)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// None of so many.
    pub fn of(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    /// Adds one.
    pub fn set(&mut self, index: usize) {
        self.0[index / 64] |= 1 << (index % 64);
    }

    /// Adds several.
    pub fn extend(&mut self, indices: impl IntoIterator<Item = usize>) {
        for index in indices {
            self.set(index);
        }
    }

    /// Whether one is among them.
    pub fn has(&self, index: usize) -> bool {
        self.0[index / 64] >> (index % 64) & 1 == 1
    }

    /// Adds others.
    pub fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    /// How many are here and not among the others.
    pub fn beyond(&self, others: &Self) -> u32 {
        self.0.iter().zip(&others.0).map(|(own, other)| (own & !other).count_ones()).sum()
    }
}
