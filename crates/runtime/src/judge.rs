//! Holds values against conditions, as they are written: what a type keeps of a value is what it is judged by. A part that
//! no condition asks for is passed over.

use std::cell::Cell;
use std::fmt::{self, Display};

use serde::Serialize;

use crate::check::{Checked, Within};
use crate::condition::{Condition, Evaluated, Scalar, types};
use crate::fingerprint::may_repeat;
use crate::quantity::Quantity;
use crate::quiet::is_quiet;
use crate::refusal::Refusal;
use crate::seen::{Given, See, SeeParts, Stopped, kept, show};
use crate::tree::Tree;

impl Condition {
    /// Holds a value against the condition.
    ///
    /// # Errors
    ///
    /// If it does not hold: where, and to what.
    pub fn check<T: Serialize>(&self, value: &T) -> Checked {
        let mut work = Work::new(false, LEAST);
        let mut holds = self.holds(value, &work);
        if work.is_spent() {
            // What the size allows is counted only now.
            let allowed = kept(value).map_or(0, |tree| tree.parts()).saturating_mul(EACH);
            if allowed > LEAST {
                work = Work::new(false, allowed);
                holds = self.holds(value, &work);
            }
        }
        if work.is_spent() {
            return Err(Refusal::limit_reached());
        }
        if holds {
            return Ok(());
        }
        if is_quiet() {
            return Err(self.refusal());
        }
        // Only what is refused is gone through once more, for the place.
        Err(match self.judge(value, &Work::new(true, work.taken())) {
            Err(Stopped::Refused(Some(refusal))) => refusal,
            _ => self.refusal(),
        })
    }

    fn holds<T: Serialize + ?Sized>(&self, value: &T, work: &Work) -> bool {
        self.judge(value, &work.quiet()).is_ok()
    }

    /// The verdict, and if that is to be said, what is wrong.
    fn judge<T: Serialize + ?Sized>(&self, value: &T, work: &Work) -> Verdict {
        let holds = match self {
            Self::AllOf(all) => return all.iter().try_for_each(|one| one.judge(value, work)),
            Self::If([condition, then, otherwise]) => {
                let next = if condition.holds(value, work) { then } else { otherwise };
                return next.judge(value, work);
            }
            Self::Dependent(all) => {
                if !Self::Type(types::OBJECT).holds(value, work) {
                    return Ok(());
                }
                return all.iter().try_for_each(|(name, condition)| {
                    let is_there = Self::Required(std::slice::from_ref(name)).holds(value, work);
                    if is_there { condition.judge(value, work) } else { Ok(()) }
                });
            }
            Self::Same(one) if work.goes_on() => return one.judge(value, work),
            Self::UniqueItems if !may_repeat(value)? => return Ok(()),
            Self::AnyOf(all) => all.iter().any(|one| one.holds(value, work)),
            Self::OneOf(all) => all.iter().filter(|one| one.holds(value, work)).take(2).count() == 1,
            Self::Not(one) => !one.holds(value, work),
            Self::Never | Self::Same(_) => false,
            _ => {
                let evaluated = match self {
                    Self::Unevaluated(all, _) => all.iter().filter(|one| one.0.holds(value, work)).collect(),
                    _ => Box::default(),
                };
                return match show(value, Look { condition: self, work, evaluated }) {
                    Err(Stopped::Enough) => Ok(()),
                    verdict => verdict,
                };
            }
        };
        self.verdict(holds, work.says)
    }

    fn verdict(&self, holds: bool, says: bool) -> Verdict {
        if holds { Ok(()) } else { Err(self.refused(says)) }
    }

    fn refused(&self, says: bool) -> Stopped {
        Stopped::Refused(says.then(|| self.refusal()))
    }

    #[cold]
    fn refusal(&self) -> Refusal {
        Refusal::new(format_args!("invalid value: {}", Said(self)))
    }

    fn of_type(&self, own: u8) -> bool {
        !matches!(self, Self::Type(types) | Self::TypeAsWritten(types) if types & own == 0)
    }

    fn of_scalar(&self, scalar: &Given) -> bool {
        match *scalar {
            Given::Null => self.of_listed(Scalar::Null, types::NULL),
            Given::Boolean(value) => self.of_listed(Scalar::Boolean(value), types::BOOLEAN),
            Given::Number(number) => self.of_number(number),
            Given::Text(text) => self.of_text(text),
        }
    }

    fn of_listed(&self, scalar: Scalar, own: u8) -> bool {
        match self {
            Self::Enum(all) => all.contains(&scalar),
            _ => self.of_type(own),
        }
    }

    fn of_number(&self, number: Quantity) -> bool {
        match self {
            Self::Type(_) => self.of_type(if number.is_integer() { types::INTEGER } else { types::FRACTION }),
            Self::TypeAsWritten(_) => self.of_type(match number {
                Quantity::Whole(_) => types::INTEGER,
                Quantity::Double(_) => types::FRACTION,
            }),
            Self::Enum(all) => all.contains(&Scalar::Number(number)),
            Self::Minimum(limit) => number >= *limit,
            Self::Maximum(limit) => number <= *limit,
            Self::ExclusiveMinimum(limit) => number > *limit,
            Self::ExclusiveMaximum(limit) => number < *limit,
            Self::MultipleOf(divisor) => number.is_multiple_of(*divisor),
            _ => true,
        }
    }

    fn of_text(&self, text: &str) -> bool {
        let is_longer = |limit: usize| text.len() > limit && text.chars().count() > limit;
        match self {
            Self::Enum(all) => all.iter().any(|one| matches!(one, Scalar::Text(known) if *known == text)),
            Self::MinLength(limit) => *limit == 0 || is_longer(*limit - 1),
            Self::MaxLength(limit) => !is_longer(*limit),
            Self::Pattern(pattern) => pattern.is_match(text),
            _ => self.of_type(types::STRING),
        }
    }
}

/// What is said of a value to which a condition does not hold.
struct Said<'c>(&'c Condition);

impl Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.0 {
            Condition::Never => write!(f, "no value is allowed here"),
            Condition::Minimum(limit) => write!(f, "it is less than the minimum {limit}"),
            Condition::Maximum(limit) => write!(f, "it is greater than the maximum {limit}"),
            Condition::ExclusiveMinimum(limit) => write!(f, "it is not greater than {limit}"),
            Condition::ExclusiveMaximum(limit) => write!(f, "it is not less than {limit}"),
            Condition::MultipleOf(divisor) => write!(f, "it is not a multiple of {divisor}"),
            Condition::MinLength(limit) => write!(f, "the string is shorter than {limit} characters"),
            Condition::MaxLength(limit) => write!(f, "the string is longer than {limit} characters"),
            Condition::Pattern(pattern) => write!(f, "the string does not match `{}`", pattern.source()),
            Condition::MinItems(limit) => write!(f, "the array has fewer than {limit} items"),
            Condition::MaxItems(limit) => write!(f, "the array has more than {limit} items"),
            Condition::UniqueItems => write!(f, "the array has two equal items"),
            Condition::MinProperties(limit) => write!(f, "the object has fewer than {limit} properties"),
            Condition::MaxProperties(limit) => write!(f, "the object has more than {limit} properties"),
            Condition::Required(names) => {
                let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
                write!(f, "the object has not all of {}", names.join(", "))
            }
            other => write!(f, "it does not hold to the keyword `{}`", other.keyword()),
        }
    }
}

type Verdict = Result<(), Stopped>;

/// What every value may take that is judged by conditions which ask for each other, and each of its parts.
const LEAST: u64 = 300_000;
const EACH: u64 = 256;

/// How much more may be done for a verdict, and whether it is to be said what is wrong.
struct Work<'w> {
    says: bool,
    allowed: u64,
    taken: Taken<'w>,
}

/// How often conditions have asked for others: of this work, or of that which it is part of.
enum Taken<'w> {
    Own(Cell<u64>),
    Around(&'w Cell<u64>),
}

impl Work<'_> {
    fn new(says: bool, allowed: u64) -> Self {
        Self { says, allowed, taken: Taken::Own(Cell::new(0)) }
    }

    fn cell(&self) -> &Cell<u64> {
        match &self.taken {
            Taken::Own(cell) => cell,
            Taken::Around(cell) => cell,
        }
    }

    /// The same, of which nothing is said.
    fn quiet(&self) -> Work<'_> {
        Work { says: false, allowed: self.allowed, taken: Taken::Around(self.cell()) }
    }

    fn goes_on(&self) -> bool {
        self.cell().set(self.cell().get() + 1);
        !self.is_spent()
    }

    fn is_spent(&self) -> bool {
        self.cell().get() > self.allowed
    }

    fn taken(&self) -> u64 {
        self.cell().get().saturating_mul(2).saturating_add(64)
    }
}

/// Looks at a value for a condition that asks for its type, or for its parts.
struct Look<'c> {
    condition: &'c Condition,
    work: &'c Work<'c>,
    /// What evaluates properties of this object.
    evaluated: Box<[&'c Evaluated]>,
}

impl<'c> Look<'c> {
    /// Goes into the parts of a value of a type, unless that alone tells.
    fn parts(self, own: u8) -> Result<Parts<'c>, Stopped> {
        use Condition as C;
        let is_asked = match self.condition {
            C::Type(_) | C::TypeAsWritten(_) if self.condition.of_type(own) => return Err(Stopped::Enough),
            C::Type(_) | C::TypeAsWritten(_) | C::Enum(_) => {
                return Err(self.condition.refused(self.work.says));
            }
            C::MinItems(_) | C::MaxItems(_) | C::UniqueItems | C::Items(..) | C::Contains(..) => {
                own == types::ARRAY
            }
            C::MinProperties(_)
            | C::MaxProperties(_)
            | C::Required(_)
            | C::Properties(..)
            | C::PropertyNames(_)
            | C::Unevaluated(..) => own == types::OBJECT,
            _ => false,
        };
        if is_asked {
            Ok(Parts { look: self, count: 0, found: 0, known: Vec::new() })
        } else {
            Err(Stopped::Enough)
        }
    }

    fn verdict(&self, holds: bool) -> Verdict {
        self.condition.verdict(holds, self.work.says)
    }

    /// Whether another schema evaluates a property.
    fn is_evaluated(&self, name: &str) -> bool {
        self.evaluated.iter().any(|Evaluated(_, names, patterns)| {
            names.contains(&name) || patterns.iter().any(|pattern| pattern.is_match(name))
        })
    }

    fn part<T: Serialize + ?Sized>(&self, condition: &Condition, part: &T, segment: &dyn Display) -> Verdict {
        condition.judge(part, self.work).map_err(|stopped| match stopped {
            Stopped::Refused(Some(refusal)) => Stopped::Refused(Checked::Err(refusal).within(segment).err()),
            other => other,
        })
    }
}

impl<'c> See for Look<'c> {
    type Output = ();
    type Parts = Parts<'c>;

    fn scalar(self, scalar: Given) -> Verdict {
        self.verdict(self.condition.of_scalar(&scalar))
    }

    fn array(self) -> Result<Parts<'c>, Stopped> {
        self.parts(types::ARRAY)
    }

    fn object(self) -> Result<Parts<'c>, Stopped> {
        self.parts(types::OBJECT)
    }
}

/// The condition of a name, out of those in order of their names.
fn of_name<'c>(declared: &'c [(&'static str, Condition)], name: &str) -> Option<&'c Condition> {
    /// How many are gone through faster than they are compared in order: most differ in length.
    const FEW: usize = 32;
    let index = if declared.len() <= FEW {
        declared.iter().position(|(known, _)| known.len() == name.len() && *known == name)
    } else {
        declared.binary_search_by(|(known, _)| (*known).cmp(name)).ok()
    };
    index.map(|index| &declared[index].1)
}

/// An array or an object that is looked at.
struct Parts<'c> {
    look: Look<'c>,
    count: usize,
    /// How many of the parts the condition asks for.
    found: usize,
    /// The elements that have come, if no two may be equal.
    known: Vec<Tree>,
}

impl SeeParts for Parts<'_> {
    type Output = ();

    fn element<T: Serialize + ?Sized>(&mut self, element: &T) -> Verdict {
        let (look, index) = (&self.look, self.count);
        self.count += 1;
        match look.condition {
            Condition::Items(first, others) => {
                return look.part(first.get(index).unwrap_or(others), element, &index);
            }
            Condition::Contains(condition, ..) => {
                self.found += usize::from(condition.holds(element, look.work));
            }
            Condition::UniqueItems => self.known.push(kept(element)?),
            _ => {}
        }
        Ok(())
    }

    fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Verdict {
        let look = &self.look;
        self.count += 1;
        match look.condition {
            Condition::Required(names) => {
                self.found += usize::from(names.contains(&name));
                if self.found == names.len() {
                    return Err(Stopped::Enough);
                }
            }
            Condition::PropertyNames(condition) if !condition.holds(name, look.work) => {
                return look.verdict(false);
            }
            Condition::Unevaluated(_, condition) if !look.is_evaluated(name) => {
                return look.part(condition, value, &name);
            }
            Condition::Properties(declared, matching, others) => {
                let own = of_name(declared, name);
                let mut is_other = own.is_none();
                if let Some(condition) = own {
                    look.part(condition, value, &name)?;
                }
                for (_, condition) in matching.iter().filter(|(pattern, _)| pattern.is_match(name)) {
                    is_other = false;
                    look.part(condition, value, &name)?;
                }
                if is_other {
                    return look.part(others, value, &name);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(mut self) -> Verdict {
        let holds = match self.look.condition {
            Condition::MinItems(limit) | Condition::MinProperties(limit) => self.count >= *limit,
            Condition::MaxItems(limit) | Condition::MaxProperties(limit) => self.count <= *limit,
            Condition::Contains(_, least, most) => (*least..=*most).contains(&self.found),
            Condition::UniqueItems => !Tree::any_equal(&mut self.known),
            Condition::Required(names) => self.found == names.len(),
            _ => true,
        };
        self.look.verdict(holds)
    }
}
