//! The figures, for people.

use crate::score::Score;

/// Prints the scores on a corpus, a line for each entrant. Groups and instances are of all that there are, not
/// of those that ran; false accepts and rejects are of those that ran.
pub fn print(corpus: &str, scores: &[(&str, Score)]) {
    println!(
        "{corpus:<14} {:>11} {:>9} {:>13} {:>14} {:>14} {:>9} {:>8} {:>11}",
        "generated", "compiled", "groups right", "instances", "false accepts", "rejects", "typed", "lossless"
    );
    for (name, score) in scores {
        let typed = match score.positions.all {
            0 => "-".to_owned(),
            _ => format!("{:.1} %", score.positions.typed_percent()),
        };
        println!(
            "{name:<14} {:>11} {:>9} {:>13} {:>14} {:>14} {:>9} {typed:>8} {:>11}",
            format!("{}/{}", score.generated, score.cases),
            score.compiled,
            format!("{}/{}", score.groups, score.cases),
            format!("{}/{}", score.right, score.instances),
            score.false_accepts,
            score.false_rejects,
            format!("{}/{}", score.kept, score.accepted),
        );
    }
}
