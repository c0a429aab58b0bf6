//! Repetitions of repetitions as one, where they come to the same: an automaton of `(a{1,100}){1,100}` is a hundred times as large.

use regex_syntax::hir::{Hir, HirKind, Repetition};

/// The same, with repetitions of repetitions as one. What is matched stays; what a group holds does not.
pub fn folded(hir: Hir) -> Hir {
    match hir.into_kind() {
        HirKind::Repetition(mut outer) => {
            let sub = folded(*outer.sub);
            if let HirKind::Repetition(inner) = sub.kind()
                && let Some((min, max)) = product((inner.min, inner.max), (outer.min, outer.max))
            {
                let sub = inner.sub.clone();
                return Hir::repetition(Repetition { min, max, greedy: outer.greedy, sub });
            }
            outer.sub = Box::new(sub);
            Hir::repetition(outer)
        }
        HirKind::Capture(group) => folded(*group.sub),
        HirKind::Concat(all) => Hir::concat(all.into_iter().map(folded).collect()),
        HirKind::Alternation(all) => Hir::alternation(all.into_iter().map(folded).collect()),
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => Hir::literal(literal.0),
        HirKind::Class(class) => Hir::class(class),
        HirKind::Look(look) => Hir::look(look),
    }
}

/// How often something is repeated that is repeated so often, so many times; `None` if that leaves out a count between, or is
/// too large.
fn product(inner: (u32, Option<u32>), outer: (u32, Option<u32>)) -> Option<(u32, Option<u32>)> {
    let min = inner.0.checked_mul(outer.0)?;
    let Some(inner_max) = inner.1 else {
        let is_one = outer.1 != Some(0) && (outer.0 > 0 || inner.0 <= 1);
        return is_one.then_some((min, None));
    };
    // What one time more begins with, the times before have to come to; the fewest times are the farthest apart.
    let reached = u64::from(outer.0) * u64::from(inner_max) + 1;
    let next = (u64::from(outer.0) + 1) * u64::from(inner.0);
    if outer.1 != Some(outer.0) && reached < next {
        return None;
    }
    match outer.1 {
        Some(outer_max) => Some((min, Some(inner_max.checked_mul(outer_max)?))),
        None => (inner_max > 0).then_some((min, None)),
    }
}

#[cfg(test)]
mod tests {
    use regex_syntax::parse;

    use super::folded;

    #[test]
    fn repetitions_of_repetitions_are_one_where_no_count_is_left_out() {
        for (pattern, expected) in [
            ("(a{1,100}){1,100}", "a{1,10000}"),
            ("(a{0,3}){2,5}", "a{0,15}"),
            ("(a{1,3}){2,5}", "a{2,15}"),
            ("(a{1,3})*", "a*"),
            ("(?:a+)+", "a+"),
            ("(a{2,3}){2,3}", "a{4,9}"),
            ("(a{7}){3}", "a{21}"),
            // Three times is no multiple of two.
            ("(a{2}){1,5}", "(?:a{2}){1,5}"),
            ("(a{1,100000}){1,100000}", "(?:a{1,100000}){1,100000}"),
        ] {
            let parsed = folded(parse(pattern).expect("a pattern"));
            assert_eq!(parsed, folded(parse(expected).expect("a pattern")), "{pattern}");
        }
        let two = folded(parse("(a{2}){1,5}").expect("a pattern"));
        assert_ne!(two, folded(parse("a{2,10}").expect("a pattern")));
    }
}
