//! The figures of a corpus.

use std::collections::BTreeSet;

use isomorph_codegen::Positions;
use serde_json::Value;

use crate::corpus::Corpus;
use crate::generated::Module;
use crate::judge::Judged;
use crate::known_failures;

/// Prints what failed, and the figures; whether nothing failed but what is known to.
pub fn print(corpus: &Corpus, modules: &[Module], judged: Option<&Judged>) -> bool {
    let mut positions = Positions::default();
    let mut guarded = (0, 0);
    let mut generated = 0;
    for module in modules {
        positions.typed += module.positions.typed;
        positions.all += module.positions.all;
        guarded = (guarded.0 + module.guarded.0, guarded.1 + module.guarded.1);
        match &module.text {
            Ok(_) => generated += 1,
            Err(why) => println!("not generated: {}: {why}", corpus.cases[module.case].name),
        }
    }
    let seconds: f64 = modules.iter().map(|module| module.time.as_secs_f64()).sum();
    let slowest = modules.iter().max_by_key(|module| module.time);
    if let Some(slowest) = slowest {
        println!("slowest: {} {:?}", corpus.cases[slowest.case].name, slowest.time);
    }
    println!(
        "{}: generated {generated} of {} in {seconds:.1} s; typed {} of {} ({:.2} %); {} of {} types guarded",
        corpus.name,
        modules.len(),
        positions.typed,
        positions.all,
        positions.typed_percent(),
        guarded.0,
        guarded.1,
    );
    let without_shape: usize = modules.iter().map(|module| module.without_shape).sum();
    if without_shape > 0 {
        println!("{}: {without_shape} types for which typify gave no shape", corpus.name);
    }
    let mut failed: BTreeSet<usize> =
        modules.iter().filter(|module| module.text.is_err()).map(|module| module.case).collect();
    if let Some(judged) = judged {
        failed.extend(print_judged(corpus, modules, judged));
    }
    let failed: BTreeSet<&str> = failed.iter().map(|case| corpus.cases[*case].name.as_str()).collect();
    let judged = judged.map(|judged| &judged.not_reached);
    let reached = |name: &str| {
        let case = corpus.cases.iter().position(|case| case.name == name);
        case.is_some_and(|case| judged.is_some_and(|not_reached| !not_reached.contains(&case)))
    };
    known_failures::compare(&failed, &reached)
}

/// Prints how the instances were judged, and tells the cases of which not all was right.
fn print_judged(corpus: &Corpus, modules: &[Module], judged: &Judged) -> BTreeSet<usize> {
    let mut failed = BTreeSet::new();
    for (case, said) in &judged.not_compiled {
        println!("not compiled: {}: {said}", corpus.cases[*case].name);
    }
    for case in &judged.crashed {
        println!("crashed: {}", corpus.cases[*case].name);
    }
    let (mut right, mut all, mut groups, mut false_accepts, mut false_rejects) = (0, 0, 0, 0, 0);
    let (mut kept, mut accepted, mut accept_all, mut accept_all_groups) = (0, 0, 0, 0);
    for module in modules.iter().filter(|module| !judged.not_reached.contains(&module.case)) {
        let case = &corpus.cases[module.case];
        let declared = declared(&serde_json::from_slice(&case.schema).unwrap_or_default());
        accept_all_groups += usize::from(case.instances.iter().all(|instance| instance.valid));
        let mut group_right = module.text.is_ok() && !judged.not_compiled.contains_key(&module.case);
        for (index, instance) in case.instances.iter().enumerate() {
            all += 1;
            accept_all += usize::from(instance.valid);
            let verdict = judged.verdicts.get(&(module.case, index));
            let verdict = verdict.filter(|_| !judged.not_compiled.contains_key(&module.case));
            let is_right = verdict.is_some_and(|verdict| {
                verdict.accepted == instance.valid && verdict.from_value.is_none_or(|v| v == instance.valid)
            });
            group_right &= is_right;
            right += usize::from(is_right);
            if is_right && instance.valid {
                accepted += 1;
                let read: Value = serde_json::from_str(&instance.text).unwrap_or_default();
                let back = verdict.and_then(|verdict| verdict.back.as_ref()).map(|[back]| back);
                let nothing = || Some("it cannot be written".to_owned());
                match back.map_or_else(nothing, |back| lost(&declared, &read, back, "")) {
                    None => kept += 1,
                    Some(place) => {
                        println!(
                            "lost: {}: {}: {place} {:.200}",
                            case.name, instance.description, instance.text
                        );
                    }
                }
            }
            if let (false, Some(verdict)) = (is_right, verdict) {
                let kind = if instance.valid { "false reject" } else { "false accept" };
                false_rejects += usize::from(instance.valid);
                false_accepts += usize::from(!instance.valid);
                let error = verdict.error.as_deref().unwrap_or_default();
                println!("{kind}: {}: {} {error} {:.200}", case.name, instance.description, instance.text);
            }
        }
        groups += usize::from(group_right);
        if !group_right {
            failed.insert(module.case);
        }
    }
    println!(
        "{}: compiled {}; {right} of {all} instances right ({false_accepts} false accepts, {false_rejects} false \
         rejects); {groups} of {} groups all right",
        corpus.name,
        modules.iter().filter(|m| m.text.is_ok() && !judged.not_reached.contains(&m.case)).count()
            - judged.not_compiled.len(),
        modules.len() - judged.not_reached.len(),
    );
    println!(
        "{}: {kept} of {accepted} accepted instances come back equal; the floor, a type that accepts all, has {accept_all} \
         instances and {accept_all_groups} groups right",
        corpus.name
    );
    if !judged.not_reached.is_empty() {
        println!("{}: {} cases were not reached in time", corpus.name, judged.not_reached.len());
    }
    failed
}

/// The names of all properties that a schema declares, wherever.
fn declared(schema: &Value) -> BTreeSet<String> {
    let (mut names, mut inner) = (BTreeSet::new(), vec![schema]);
    while let Some(value) = inner.pop() {
        match value {
            Value::Object(members) => {
                let properties = members.get("properties").and_then(Value::as_object);
                names.extend(properties.into_iter().flatten().map(|(name, _)| name.clone()));
                inner.extend(members.values());
            }
            Value::Array(elements) => inner.extend(elements),
            _ => {}
        }
    }
    names
}

/// The first place where what was written is not what was read. A property of a name that the schema
/// declares somewhere must come back, which is a little more than the law asks; one that is `null` may
/// appear.
fn lost(declared: &BTreeSet<String>, read: &Value, written: &Value, at: &str) -> Option<String> {
    match (read, written) {
        (Value::Object(read), Value::Object(written)) => {
            let in_read = read.iter().find_map(|(name, value)| match written.get(name) {
                Some(back) => lost(declared, value, back, &format!("{at}/{name}")),
                None => declared.contains(name).then(|| format!("{at}/{name} is gone")),
            });
            let appears = |(name, value): &(&String, &Value)| !value.is_null() && !read.contains_key(*name);
            in_read.or_else(|| written.iter().find(appears).map(|(name, _)| format!("{at}/{name} appears")))
        }
        (Value::Array(read), Value::Array(written)) if read.len() == written.len() => {
            let both = read.iter().zip(written).enumerate();
            both.into_iter().find_map(|(index, (a, b))| lost(declared, a, b, &format!("{at}/{index}")))
        }
        (Value::Number(a), Value::Number(b)) if a == b || a.as_f64() == b.as_f64() => None,
        _ if read == written => None,
        _ => Some(format!("{at} became {written}")),
    }
}
