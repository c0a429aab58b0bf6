//! Random schemas, small enough to be read.

mod arrays;
mod conditions;
mod definition;
mod hard;
mod maker;
mod objects;
mod references;
mod scalars;
mod undeclared;

use isomorph_codegen::Dialect;
use serde_json::Value;

use super::dice::Dice;
use maker::Maker;

/// A valid schema of this dialect; of the kinds that are hard for types, if it is to be.
pub fn schema(dialect: Dialect, is_hard: bool, dice: &mut Dice) -> Value {
    let mut maker = Maker::new(dialect, dice);
    if is_hard { maker.hard() } else { maker.plain() }
}

/// The dialects, each with how often it is taken.
pub fn dialect(dice: &mut Dice) -> Dialect {
    dice.weighted(&[
        (12, Dialect::Draft4),
        (10, Dialect::Draft6),
        (22, Dialect::Draft7),
        (18, Dialect::Draft201909),
        (38, Dialect::Draft202012),
    ])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{dialect, schema};
    use crate::random::dice::Dice;
    use crate::random::worker::validator;

    #[test]
    fn every_schema_is_valid_small_and_the_same_for_the_same_seed() {
        for seed in 0..600 {
            let made = |seed| {
                let mut dice = Dice::new(seed);
                let dialect = dialect(&mut dice);
                (schema(dialect, seed % 2 == 0, &mut dice), dialect)
            };
            let (schema, dialect) = made(seed);
            assert_eq!(schema, made(seed).0);
            assert!(schema.to_string().len() < 4000, "{schema}");
            if let Err(why) = validator(&schema, dialect) {
                panic!("{seed}: {why}: {schema}");
            }
        }
    }

    #[test]
    fn every_keyword_is_in_some_schema() {
        let mut text = String::new();
        for seed in 0..1500 {
            let mut dice = Dice::new(seed);
            let dialect = dialect(&mut dice);
            text += &schema(dialect, seed % 2 == 0, &mut dice).to_string();
        }
        let all = "$ref $recursiveRef $dynamicRef $anchor $dynamicAnchor $recursiveAnchor $id id type enum const allOf \
            anyOf oneOf not if then else minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength \
            maxLength pattern format items additionalItems prefixItems contains minContains maxContains minItems \
            maxItems uniqueItems unevaluatedItems properties patternProperties additionalProperties propertyNames \
            required minProperties maxProperties dependencies dependentRequired dependentSchemas \
            unevaluatedProperties default title description deprecated readOnly examples";
        let missing: BTreeSet<_> =
            all.split_whitespace().filter(|keyword| !text.contains(&format!("\"{keyword}\":"))).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
