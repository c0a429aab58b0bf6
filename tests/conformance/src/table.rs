//! The figures, for people.

use crate::score::Score;

/// Prints the scores on a corpus, a line for each entrant. Groups and instances are of all that there are, not
/// of those that ran; false accepts and rejects are of those that ran.
pub fn print(corpus: &str, scores: &[(&str, Score)]) {
    println!(
        "{corpus:<14} {:>9} {:>8} {:>12} {:>11} {:>13} {:>7} {:>7} {:>9} {:>11} {:>8} {:>8}",
        "generated",
        "compiled",
        "groups right",
        "instances",
        "false accepts",
        "rejects",
        "typed",
        "lossless",
        "faithful",
        "derived",
        "mutants"
    );
    for (name, score) in scores {
        let typed = match score.positions.all {
            0 => "-".to_owned(),
            _ => format!("{:.1} %", score.positions.typed_percent()),
        };
        let (faithful, derived) = match score.definitions {
            0 => ("-".to_owned(), "-".to_owned()),
            all => (format!("{}/{all}", score.faithful), percent(score.derived, all)),
        };
        let mutants = score.mutants.map_or("-".to_owned(), |(caught, all)| format!("{caught}/{all}"));
        println!(
            "{name:<14} {:>9} {:>8} {:>12} {:>11} {:>13} {:>7} {typed:>7} {:>9} {faithful:>11} {derived:>8} {mutants:>8}",
            format!("{}/{}", score.generated, score.cases),
            score.compiled,
            format!("{}/{}", score.groups, score.cases),
            format!("{}/{}", score.right, score.instances),
            score.false_accepts,
            score.false_rejects,
            format!("{}/{}", score.kept, score.accepted),
        );
        if score.unjudged > 0 {
            println!("{name:<14} {} instances took too much to be judged (limit reached)", score.unjudged);
        }
    }
}

fn percent(part: usize, all: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "for people")]
    let share = part as f64 / all as f64;
    format!("{:.1} %", 100.0 * share)
}
