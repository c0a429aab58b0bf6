//! Chance, the same for the same seed.

/// What is thrown.
pub struct Dice(fastrand::Rng);

impl Dice {
    /// Dice that fall the same way for the same seed.
    pub fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    /// Whether something happens that does so many times in a hundred.
    pub fn percent(&mut self, chance: u32) -> bool {
        self.0.u32(0..100) < chance
    }

    /// A number below this one; 0 below 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0.usize(0..bound.max(1))
    }

    /// One of these.
    pub fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    /// Some of these in their order, at least so many of them.
    pub fn some<T: Clone>(&mut self, of: &[T], least: usize) -> Vec<T> {
        let wanted = least + self.below(of.len().saturating_sub(least) + 1);
        let mut places: Vec<usize> = (0..of.len()).collect();
        self.0.shuffle(&mut places);
        places.truncate(wanted);
        places.sort_unstable();
        places.into_iter().map(|place| of[place].clone()).collect()
    }

    /// One of these, each as often as its weight says.
    pub fn weighted<T: Clone>(&mut self, of: &[(u32, T)]) -> T {
        let mut left = self.0.u32(0..of.iter().map(|(weight, _)| weight).sum::<u32>().max(1));
        for (weight, one) in of {
            if left < *weight {
                return one.clone();
            }
            left -= weight;
        }
        of[0].1.clone()
    }

    /// A seed for other dice.
    pub fn seed(&mut self) -> u64 {
        self.0.u64(..)
    }
}
