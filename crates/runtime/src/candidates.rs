//! Branches that a value may be of.

/// Branches by their indices. Few need no memory of their own.
pub struct Candidates {
    few: [usize; FEW],
    count: usize,
    /// All of them, once they are more.
    many: Vec<usize>,
}

/// How many are few.
const FEW: usize = 8;

impl Candidates {
    pub fn of(all: impl Iterator<Item = usize>) -> Self {
        let mut candidates = Self { few: [0; FEW], count: 0, many: Vec::new() };
        for index in all {
            candidates.push(index);
        }
        candidates
    }

    fn push(&mut self, index: usize) {
        if let Some(free) = self.few.get_mut(self.count) {
            *free = index;
        } else {
            if self.many.is_empty() {
                self.many.extend(self.few);
            }
            self.many.push(index);
        }
        self.count += 1;
    }

    pub fn as_mut_slice(&mut self) -> &mut [usize] {
        if self.many.is_empty() { &mut self.few[..self.count] } else { &mut self.many }
    }
}

#[cfg(test)]
mod tests {
    use super::Candidates;

    #[test]
    fn few_and_many_are_kept_in_order() {
        for count in [0, 1, 7, 8, 9, 100] {
            let mut candidates = Candidates::of(0..count);
            assert_eq!(candidates.as_mut_slice(), (0..count).collect::<Vec<_>>());
        }
    }
}
