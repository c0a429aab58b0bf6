//! What was proven, and on what it rests.
//!
//! A question may come up again while it is under way. Of a part of the instance it may be taken for granted then: an instance has an
//! end, so that what holds of all smaller ones holds of it. What is proven with that rests on the question that is under way, until
//! that is answered: if it does not hold, nor does what rests on it.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use isomorph_json::Pointer;
use isomorph_schema::Types;

/// A question: whether it is turned around, the types of instances, the inner and the outer schema.
pub type Key = (bool, Types, Pointer, Pointer);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// It is being proven: which of those under way it is, and how many steps into the instance lie before it.
    UnderWay {
        order: usize,
        depth: usize,
    },
    Proven,
    /// It is, if the question under way of that order holds; so many steps into the instance or more.
    Rests {
        on: usize,
        depth: usize,
    },
    NotProven,
}

/// The questions so far.
pub struct Memory {
    known: RefCell<HashMap<Key, State>>,
    /// How many there were, and how many are under way.
    asked: Cell<usize>,
    open: Cell<usize>,
    /// What rests on questions under way, in the order in which it was proven.
    resting: RefCell<Vec<Key>>,
    /// The outermost question under way on which it rests what is proven at the moment.
    assumed: Cell<usize>,
}

/// How many questions are looked into.
const QUESTIONS: usize = 20_000;
/// How many of them at once, each for the one before.
const OPEN: usize = 3_000;

impl Memory {
    /// None yet.
    pub fn new() -> Self {
        Self {
            known: RefCell::default(),
            asked: Cell::new(0),
            open: Cell::new(0),
            resting: RefCell::default(),
            assumed: Cell::new(usize::MAX),
        }
    }

    /// Whether a question is proven; it is if `prove` says so, and that is not asked for if it is known.
    pub fn ask(&self, key: Key, depth: usize, prove: impl FnOnce() -> bool) -> bool {
        if let Some(known) = self.known(&key, depth) {
            return known;
        }
        self.asked.set(self.asked.get() + 1);
        let order = self.open.get();
        if self.asked.get() > QUESTIONS || order >= OPEN {
            return false;
        }
        self.known.borrow_mut().insert(key.clone(), State::UnderWay { order, depth });
        self.open.set(order + 1);
        let resting = self.resting.borrow().len();
        let around = self.assumed.replace(usize::MAX);
        let is_proven = prove();
        let assumed = self.assumed.replace(around);
        self.open.set(order);
        if !is_proven {
            self.forget(resting);
        } else if assumed >= order {
            self.settle(resting);
        }
        let state = match is_proven {
            false => State::NotProven,
            true if assumed >= order => State::Proven,
            true => {
                self.assumed.set(around.min(assumed));
                self.resting.borrow_mut().push(key.clone());
                State::Rests { on: assumed, depth }
            }
        };
        self.known.borrow_mut().insert(key, state);
        is_proven
    }

    fn known(&self, key: &Key, depth: usize) -> Option<bool> {
        let rest = |order: usize| self.assumed.set(self.assumed.get().min(order));
        match *self.known.borrow().get(key)? {
            State::Proven => Some(true),
            State::NotProven => Some(false),
            State::UnderWay { order, depth: before } => {
                rest(order);
                Some(before < depth)
            }
            // Nearer to what it rests on nothing may lie between.
            State::Rests { depth: before, .. } if depth < before => None,
            State::Rests { on, .. } => {
                rest(on);
                Some(true)
            }
        }
    }

    /// Forgets what was proven on the way to something that does not hold.
    fn forget(&self, from: usize) {
        for key in self.resting.borrow_mut().drain(from..) {
            self.known.borrow_mut().remove(&key);
        }
    }

    /// What rested on a question that holds, and on none around it, holds too.
    fn settle(&self, from: usize) {
        for key in self.resting.borrow_mut().drain(from..) {
            self.known.borrow_mut().insert(key, State::Proven);
        }
    }
}

#[cfg(test)]
mod tests {
    use isomorph_json::Pointer;
    use isomorph_schema::Types;

    use super::{Key, Memory};

    fn key(name: &str) -> Key {
        (false, Types::ALL, Pointer::root().join(name), Pointer::root())
    }

    #[test]
    fn what_rests_on_what_does_not_hold_is_not_proven() {
        let memory = Memory::new();
        // `b` holds if `a` does, as deep in the instance as that, and `a` does not hold for another reason.
        let is_otherwise = false;
        let a = memory.ask(key("a"), 1, || {
            memory.ask(key("b"), 1, || memory.ask(key("a"), 2, || unreachable!("it is under way")))
                && is_otherwise
        });
        assert!(!a);
        let mut is_asked = false;
        assert!(!memory.ask(key("b"), 0, || {
            is_asked = true;
            memory.ask(key("a"), 1, || unreachable!("it is known"))
        }));
        assert!(is_asked);
    }

    #[test]
    fn what_rests_on_what_holds_is_proven_once() {
        let memory = Memory::new();
        let inner =
            || memory.ask(key("b"), 1, || memory.ask(key("a"), 2, || unreachable!("it is under way")));
        assert!(
            memory.ask(key("a"), 0, || inner() && memory.ask(key("b"), 1, || unreachable!("it is known")))
        );
        assert!(memory.ask(key("b"), 0, || unreachable!("it is proven")));
    }

    #[test]
    fn nothing_is_proven_by_itself() {
        let memory = Memory::new();
        assert!(!memory.ask(key("a"), 0, || memory.ask(key("a"), 0, || true)));
    }
}
