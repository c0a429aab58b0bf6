//! The scoreboard: corpora that others wrote, generated, compiled, and held against their instances.

mod asked;
mod baseline;
mod carried;
mod ceiling;
mod clock;
mod compiled;
mod corpus;
mod crates;
mod entrant;
mod failure;
mod faithful;
mod guarded;
mod home;
mod isomorph;
mod judge;
mod known_failures;
mod listing;
mod lossless;
mod mutants;
mod named;
mod random;
mod ratios;
mod renamed;
mod score;
mod settings;
mod speed;
mod table;
mod wild;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime};

use clap::{Parser, Subcommand};

use corpus::{Corpus, DRAFTS};
use entrant::{Entrant, Module};
use failure::Failure;
use judge::{Judged, Limits};
use score::Score;

/// Generates, compiles and judges corpora.
#[derive(Debug, Parser)]
#[command(args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    /// The folder of the corpora
    #[arg(long, env = "ISOMORPH_CORPUS", default_value = "../shared/corpus")]
    corpus: PathBuf,

    /// Where to put what is generated
    #[arg(long, default_value = "target/conformance")]
    out: PathBuf,

    /// Only these: `draft7`, `pydantic`, `schemastore`, …
    only: Vec<String>,

    /// Only cases whose name contains one of these
    #[arg(long)]
    case: Vec<String>,

    /// Stop compiling after so many minutes; what is not reached is counted as such
    #[arg(long, default_value_t = 600)]
    minutes: u64,

    /// Where to begin in a corpus that may not be finished in time: a crate's number, taken modulo their
    /// number. By default it changes every day
    #[arg(long)]
    start: Option<u64>,

    /// Run plain typify on the schema on the standard input, and print its time
    #[arg(long, hide = true)]
    typify: bool,

    /// Compile and judge the base line (plain typify) and the ceiling (validation only) as well, and compare
    /// how long compiling takes
    #[arg(long)]
    baseline: bool,

    /// Change derived types in so many things a corpus as well, one at a time, and count how often it shows
    #[arg(long, value_name = "NUMBER")]
    mutants: Option<usize>,

    /// Only what `--mutants` does
    #[arg(long, value_name = "NUMBER", conflicts_with = "mutants")]
    mutants_only: Option<usize>,

    /// Generate only; neither compile nor judge
    #[arg(long)]
    generate_only: bool,
}

/// What is held against the laws, if not corpora.
#[derive(Debug, Subcommand)]
enum Command {
    /// Random schemas, with instances near them
    Random(random::Arguments),
    /// Lists of cases, each a schema with instances
    Cases(random::CasesArguments),
    /// How the types of SchemaStore and of schemas in wide use are called
    Names(named::Arguments),
    /// What of SchemaStore and of schemas in wide use is left to a validator, by keyword
    Guards(listing::Listing),
    /// Whose schema is carried of SchemaStore and of schemas in wide use, and why
    Carried(listing::Listing),
    /// Rust items that schemars printed, read back
    Home(home::Arguments),
    /// How fast types read real documents, beside other ways to read them
    Speed(speed::Arguments),
    /// How long a release build of types takes, beside those that typify makes of the same schemas
    Compiled(compiled::Arguments),
    /// Does what `random` cannot do in its own process
    #[command(hide = true)]
    RandomWorker,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    match &arguments.command {
        Some(Command::Random(arguments)) => return random::run(arguments),
        Some(Command::Cases(arguments)) => return random::run_cases(arguments),
        Some(Command::Names(arguments)) => return named::run(arguments),
        Some(Command::Guards(arguments)) => return guarded::run(arguments),
        Some(Command::Carried(arguments)) => return carried::run(arguments),
        Some(Command::Home(arguments)) => return home::run(arguments),
        Some(Command::Speed(arguments)) => return speed::run(arguments),
        Some(Command::Compiled(arguments)) => return compiled::run(arguments),
        Some(Command::RandomWorker) => {
            random::work();
            return Ok(ExitCode::SUCCESS);
        }
        None => {}
    }
    if arguments.typify {
        baseline::run_typify();
        return Ok(ExitCode::SUCCESS);
    }
    if !arguments.corpus.is_dir() {
        println!("conformance: skipped: there is no {}", arguments.corpus.display());
        return Ok(ExitCode::SUCCESS);
    }
    let out = std::path::absolute(&arguments.out)
        .map_err(|source| Failure::Output { path: arguments.out.clone(), source })?;
    let deadline = Instant::now() + Duration::from_secs(60 * arguments.minutes);
    let mut all_right = true;
    for mut corpus in corpora(&arguments.corpus, &arguments.only)? {
        corpus.cases.retain(|case| {
            arguments.case.is_empty() || arguments.case.iter().any(|wanted| case.name.contains(wanted))
        });
        match arguments.mutants_only {
            Some(most) => mutants::count(&corpus, most, &out)?.print(&corpus.name),
            None => all_right &= enter(&corpus, arguments, &out, deadline)?,
        }
    }
    let is_wanted = arguments.only.is_empty() || arguments.only.iter().any(|wanted| wanted == "wild");
    if is_wanted
        && arguments.mutants_only.is_none()
        && !arguments.generate_only
        && arguments.corpus.join("wild").is_dir()
    {
        println!();
        all_right &= wild::run(&arguments.corpus, &arguments.case, &out, deadline, PATIENCE)?;
    }
    Ok(if all_right { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// How long the program of a crate may say nothing. Building the validator of a large schema takes its time in a
/// program that is not optimised.
const PATIENCE: Duration = Duration::from_secs(120);

/// Runs the entrants on a corpus and prints how they did; whether nothing failed but what is known to.
fn enter(corpus: &Corpus, arguments: &Arguments, out: &Path, deadline: Instant) -> Result<bool, Failure> {
    let judged = |entrant: &Entrant| {
        let folder = out.join(format!("{}-{}", corpus.name, entrant.kind.name()));
        let mut crates = crates::write(corpus, entrant, &folder)?;
        let start = arguments.start.unwrap_or_else(days) % u64::try_from(crates.len().max(1)).unwrap_or(1);
        crates.rotate_left(usize::try_from(start).unwrap_or_default());
        judge::judge(
            &crates,
            &folder,
            Path::new("Cargo.lock"),
            Limits { deadline, patience: PATIENCE, is_optimised: false },
        )
    };
    println!();
    let ours = isomorph::generate(corpus);
    let typify = baseline::generate(corpus)?;
    if arguments.generate_only {
        ratios::print_generation(corpus, &ours, &typify.alone);
        return Ok(true);
    }
    let our_verdicts = judged(&ours)?;
    let mut scores = vec![
        ("isomorph", Score::of(corpus, &ours, &our_verdicts)),
        ("accept all", Score::floor(corpus, &our_verdicts)),
    ];
    let compared = if arguments.baseline {
        let validator = ceiling::generate(corpus);
        scores.push(("validate only", Score::of(corpus, &validator, &judged(&validator)?)));
        let verdicts = judged(&typify.with_schemars)?;
        scores.push(("typify alone", Score::of(corpus, &typify.with_schemars, &verdicts)));
        Some(verdicts)
    } else {
        None
    };
    if let Some(most) = arguments.mutants {
        let tally = mutants::count(corpus, most, out)?;
        tally.print(&corpus.name);
        scores[0].1.mutants = Some((tally.caught, tally.made));
    }
    let ours_score = &scores[0].1;
    ours_score.faults.iter().for_each(|fault| println!("{fault}"));
    let all_right = known_failures::compare(corpus, ours_score, &our_verdicts);
    table::print(&corpus.name, &scores);
    print_lossless(&scores[0].1);
    print_guarded(&ours);
    print_whole(corpus, &our_verdicts);
    ratios::print_generation(corpus, &ours, &typify.alone);
    if let Some(verdicts) = compared {
        let folder = out.join(format!("{}-alone", corpus.name));
        ratios::print_compilation(corpus, (&ours, &our_verdicts), (&typify.alone, &verdicts), &folder)?;
    }
    if !our_verdicts.not_reached.is_empty() {
        println!("{} cases were not reached in time, and are not counted", our_verdicts.not_reached.len());
    }
    Ok(all_right)
}

/// Prints what had to come back of the instances, beside what was asked for when the validator's annotations alone
/// told: they say nothing of objects that are closed or typed.
fn print_lossless(ours: &Score) {
    let (asked, kept) = ours.annotated;
    println!(
        "lossless: {} of {} instances, asked for {} properties (by annotations alone, as once measured: {kept} of {}, \
         asked for {asked})",
        ours.kept, ours.accepted, ours.asked, ours.accepted
    );
    if ours.limited > 0 {
        println!("{} instances were refused as too much, and are counted apart", ours.limited);
    }
}

/// Prints how many documents come back whole, and which do not.
fn print_whole(corpus: &Corpus, judged: &Judged) {
    let reached = (0..corpus.cases.len()).filter(|case| !judged.not_reached.contains(case));
    let (whole, others): (Vec<_>, Vec<_>) = reached.partition(|case| judged.whole.contains(case));
    let others: Vec<_> = others.into_iter().map(|case| corpus.cases[case].name.as_str()).collect();
    println!(
        "{} of {} documents come back whole, as the types' own function gives them{}{}",
        whole.len(),
        whole.len() + others.len(),
        if others.is_empty() { "" } else { "; not: " },
        others.join(", ")
    );
}

fn print_guarded(ours: &Entrant) {
    let sum = |of: fn(&Module) -> usize| ours.modules.iter().map(of).sum::<usize>();
    println!(
        "{} of {} types guarded, {} for want of a shape",
        sum(|module| module.guarded.0),
        sum(|module| module.guarded.1),
        sum(|module| module.without_shape)
    );
}

/// The number of days since 1970.
fn days() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |time| time.as_secs() / 86_400)
}

fn corpora(root: &Path, only: &[String]) -> Result<Vec<Corpus>, Failure> {
    let wanted = |name: &str| only.is_empty() || only.iter().any(|wanted| wanted == name);
    let mut corpora = Vec::new();
    for (draft, dialect) in DRAFTS.iter().filter(|(draft, _)| wanted(draft)) {
        corpora.push(corpus::suite(root, draft, *dialect)?);
    }
    for name in ["pydantic", "schemastore"].into_iter().filter(|name| wanted(name)) {
        corpora.push(corpus::folder(root, name)?);
    }
    Ok(corpora)
}
