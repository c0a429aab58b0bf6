//! The figures of an entrant on a corpus.

use std::collections::BTreeSet;

use isomorph_codegen::Positions;
use serde_json::Value;

use crate::corpus::{Corpus, Instance};
use crate::entrant::{Definition, Entrant, Module};
use crate::judge::{Judged, Verdict};
use crate::lossless::{Back, Declared};

/// How an entrant did. What is not generated or does not compile has all its instances wrong.
#[derive(Debug, Default)]
pub struct Score {
    /// The cases.
    pub cases: usize,
    /// Those of which a module was made.
    pub generated: usize,
    /// Those whose module compiles.
    pub compiled: usize,
    /// The cases all of whose instances are judged right.
    pub groups: usize,
    /// The instances.
    pub instances: usize,
    /// Those that are judged right.
    pub right: usize,
    /// Instances that should not be accepted, and are.
    pub false_accepts: usize,
    /// Instances that should be accepted, and are not.
    pub false_rejects: usize,
    /// How much has a Rust type.
    pub positions: Positions,
    /// Instances that are rightly accepted.
    pub accepted: usize,
    /// Those of them that come back equal.
    pub kept: usize,
    /// How many properties of them had to come back.
    pub asked: usize,
    /// How many of those the validator's annotations alone would have asked for, and how many instances would have come
    /// back: what was measured once.
    pub annotated: (usize, usize),
    /// Instances that were refused because they are too much, whatever they are.
    pub limited: usize,
    /// Types that are to give back a schema.
    pub definitions: usize,
    /// Those of them whose schema is derived.
    pub derived: usize,
    /// Those of them that give it back.
    pub faithful: usize,
    /// Of a sample of their mutants: those that are caught, and all.
    pub mutants: Option<(usize, usize)>,
    /// The cases that are not all right.
    pub failed: BTreeSet<usize>,
    /// What went wrong, a line each.
    pub faults: Vec<String>,
}

impl Score {
    /// Scores an entrant on the cases for which there was time.
    pub fn of(corpus: &Corpus, entrant: &Entrant, judged: &Judged) -> Self {
        let mut score = Self::default();
        for module in entrant.modules.iter().filter(|module| !judged.not_reached.contains(&module.case)) {
            score.add_case(corpus, module, judged);
        }
        score
    }

    /// A type that accepts every value.
    pub fn floor(corpus: &Corpus, judged: &Judged) -> Self {
        let reached = |(index, _): &(usize, _)| !judged.not_reached.contains(index);
        let mut score = Self::default();
        for (_, case) in corpus.cases.iter().enumerate().filter(reached) {
            score.cases += 1;
            score.groups += usize::from(case.instances.iter().all(|instance| instance.valid));
            score.instances += case.instances.len();
            score.right += case.instances.iter().filter(|instance| instance.valid).count();
        }
        score.false_accepts = score.instances - score.right;
        (score.generated, score.compiled) = (score.cases, score.cases);
        (score.accepted, score.kept) = (score.right, score.right);
        score
    }

    fn add_case(&mut self, corpus: &Corpus, module: &Module, judged: &Judged) {
        let case = &corpus.cases[module.case];
        self.cases += 1;
        self.positions.typed += module.positions.typed;
        self.positions.all += module.positions.all;
        if let Err(why) = &module.text {
            self.faults.push(format!("not generated: {}: {why}", case.name));
        }
        let not_compiled = judged.not_compiled.get(&module.case);
        if let Some(said) = not_compiled {
            self.faults.push(format!("not compiled: {}: {said}", case.name));
        }
        if judged.crashed.contains(&module.case) {
            self.faults.push(format!("crashed: {}", case.name));
        }
        if judged.hung.contains(&module.case) {
            self.faults.push(format!("hung: {}", case.name));
        }
        let compiles = module.text.is_ok() && not_compiled.is_none();
        self.generated += usize::from(module.text.is_ok());
        self.compiled += usize::from(compiles);
        for definition in &module.definitions {
            self.add_definition(&case.name, module.case, definition, judged);
        }
        let documents = crate::isomorph::generator(corpus, case).documents().unwrap_or_default();
        let declared = Declared::of(&documents);
        let mut all_right = compiles;
        for (index, instance) in case.instances.iter().enumerate() {
            let verdict = judged.verdicts.get(&(module.case, index)).filter(|_| compiles);
            all_right &= self.add_instance(&case.name, &declared, instance, verdict);
        }
        self.groups += usize::from(all_right);
        if !all_right {
            self.failed.insert(module.case);
        }
    }

    fn add_definition(&mut self, name: &str, case: usize, definition: &Definition, judged: &Judged) {
        self.definitions += 1;
        self.derived += usize::from(definition.is_derived);
        let said = judged.said.get(&(case, definition.pointer.clone()));
        if said.is_some_and(|said| said.faithful) {
            self.faithful += 1;
            return;
        }
        let how = if definition.is_derived { "derived" } else { "carried" };
        let said = said.and_then(|said| said.instead.as_deref()).unwrap_or("nothing");
        self.faults.push(format!("unfaithful ({how}): {name}: {} says {said}", definition.pointer));
    }

    /// Whether it is judged right.
    fn add_instance(
        &mut self,
        case: &str,
        declared: &Declared,
        instance: &Instance,
        verdict: Option<&Verdict>,
    ) -> bool {
        self.instances += 1;
        let is_right = verdict.is_some_and(|verdict| {
            let others = [verdict.from_value, verdict.from_text];
            verdict.accepted == instance.valid && others.iter().flatten().all(|v| *v == instance.valid)
        });
        let about = format!("{case}: {}", instance.description);
        if verdict.is_some_and(Verdict::is_limited) {
            self.limited += 1;
            self.faults.push(format!("limit reached: {about}"));
            return true;
        }
        if !is_right {
            if let Some(verdict) = verdict {
                self.false_accepts += usize::from(!instance.valid);
                self.false_rejects += usize::from(instance.valid);
                let kind = if instance.valid { "false reject" } else { "false accept" };
                let errors = [&verdict.error, &verdict.from_value_error, &verdict.from_text_error];
                let error = errors.into_iter().flatten().next().map_or("", String::as_str);
                self.faults.push(format!("{kind}: {about} {error} {:.200}", instance.text));
            }
            return false;
        }
        self.right += 1;
        if instance.valid {
            self.accepted += 1;
            let read: Value = serde_json::from_str(&instance.text).unwrap_or_default();
            let back = verdict.and_then(|verdict| verdict.back.as_ref()).map(|[back]| back);
            let nothing = || Back { lost: Some("it cannot be written".to_owned()), ..Back::default() };
            let back = back.map_or_else(nothing, |back| declared.back(&read, back));
            self.asked += back.asked;
            self.annotated.0 += back.annotated;
            self.annotated.1 += usize::from(back.annotated_kept);
            match back.lost {
                None if back.is_beyond_limit => self.faults.push(format!("too much to ask: {about}")),
                None => self.kept += 1,
                Some(place) => self.faults.push(format!("lost: {about}: {place} {:.200}", instance.text)),
            }
        }
        true
    }
}
