//! Runs targets for as long as one likes; `cargo xtask fuzz` starts it.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use fuzz::{Campaign, Finding, TARGETS, Target, corpus, shrink, targets};
use lexopt::prelude::*;

const USAGE: &str = "usage: fuzz [--target NAME] [--seconds N] [--seed S] [--keep-last FILE]";
/// As much stack as a worker thread of the server has: what is too deep there is too deep here.
const STACK: usize = 2 * 1024 * 1024;

/// What was asked for.
struct Task {
    targets: Vec<&'static Target>,
    seconds: u64,
    seed: Option<u64>,
    /// Where each input is written before it is tried, for a reader that ends the whole process.
    keep_last: Option<std::path::PathBuf>,
}

fn main() -> ExitCode {
    let task = match task() {
        Ok(task) => task,
        Err(error) => {
            say(&format!("{error}\n{USAGE}"));
            return ExitCode::FAILURE;
        }
    };
    let run = std::thread::Builder::new().stack_size(STACK).spawn(move || {
        let found = task.targets.iter().filter(|target| !holds(target, &task)).count();
        say(&format!("{} targets, {found} with a finding", task.targets.len()));
        found == 0
    });
    match run.map(std::thread::JoinHandle::join) {
        Ok(Ok(true)) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn task() -> Result<Task, lexopt::Error> {
    let mut task = Task { targets: TARGETS.to_vec(), seconds: 60, seed: None, keep_last: None };
    let mut words = lexopt::Parser::from_env();
    while let Some(word) = words.next()? {
        match word {
            Long("target") => {
                let name = words.value()?.string()?;
                let known = || TARGETS.map(|target| target.name).join(", ");
                task.targets = vec![targets::named(&name).ok_or_else(|| format!("the targets are {}", known()))?];
            }
            Long("seconds") => task.seconds = words.value()?.parse()?,
            Long("seed") => task.seed = Some(words.value()?.parse()?),
            Long("keep-last") => task.keep_last = Some(words.value()?.into()),
            other => return Err(other.unexpected()),
        }
    }
    Ok(task)
}

/// Runs one target to its time; true where nothing was found.
fn holds(target: &'static Target, task: &Task) -> bool {
    let seed = task.seed.unwrap_or_else(|| rand::random::<u32>().into());
    let corpus = match corpus::load(target.name) {
        Ok(corpus) => corpus,
        Err(error) => {
            say(&format!("{}: its corpus cannot be read: {error}", target.name));
            return false;
        }
    };
    say(&format!("{}: seed {seed}, {} inputs in the corpus, {} s", target.name, corpus.len(), task.seconds));
    let mut campaign = Campaign::new(target, corpus, seed);
    let (begin, mut told, mut slowest) = (Instant::now(), 0, Duration::ZERO);
    while begin.elapsed().as_secs() < task.seconds {
        let input = campaign.next_input();
        if let Some(file) = &task.keep_last {
            keep(file, target, &input);
        }
        let start = Instant::now();
        if let Err(finding) = campaign.attempt(input) {
            report(target, finding, seed);
            return false;
        }
        slowest = slowest.max(start.elapsed());
        if begin.elapsed().as_secs() >= told + 10 {
            told = begin.elapsed().as_secs();
            progress(target, &campaign, told, slowest);
        }
    }
    progress(target, &campaign, begin.elapsed().as_secs(), slowest);
    true
}

fn progress(target: &Target, campaign: &Campaign, seconds: u64, slowest: Duration) {
    let (name, tries, answers) = (target.name, campaign.tries(), campaign.answers());
    say(&format!("{name}: {seconds} s, {tries} inputs, {answers} ways to answer, slowest {} ms", slowest.as_millis()));
}

fn report(target: &Target, finding: Finding, seed: u64) {
    say(&format!("{}: after {} inputs of seed {seed}: {}", target.name, finding.after, finding.said));
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| ()));
    let smallest = shrink(target, finding.input);
    std::panic::set_hook(hook);
    say(&format!("{}: made smaller: {:?}", target.name, String::from_utf8_lossy(&smallest)));
    match corpus::save(target.name, &smallest) {
        Ok(file) => say(&format!("{}: saved as {}; every test tries it from now on", target.name, file.display())),
        Err(error) => say(&format!("{}: it could not be saved: {error}", target.name)),
    }
}

/// The first line names the target, the rest is the input.
fn keep(file: &Path, target: &Target, input: &[u8]) {
    let text = [target.name.as_bytes(), b"\n", input].concat();
    if let Err(error) = std::fs::write(file, text) {
        say(&format!("{} cannot be written: {error}", file.display()));
    }
}

fn say(line: &str) {
    drop(writeln!(std::io::stderr(), "fuzz: {line}"));
}
