//! Licences and duplicate versions, by the rules of `deny.toml`.
//!
//! What is built is read from `cargo tree`: `cargo metadata` also lists packages behind features that nobody switched on.
//! `cargo deny` reads the same file where there is a network for its advisories; these two checks need none.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::run;

/// Fails with every licence that is not allowed and every duplicate that has no reason.
pub fn check() -> Result<()> {
    let rules: toml::Table = std::fs::read_to_string("deny.toml").context("deny.toml")?.parse()?;
    let (allowed, excused) = (allowed_licences(&rules)?, excused_duplicates(&rules)?);
    let packages = packages()?;
    let mut faults = Vec::new();
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, version, licence) in &packages {
        versions.entry(name).or_default().insert(version);
        let fine = spdx::Expression::parse_mode(licence, spdx::ParseMode::LAX)
            .is_ok_and(|expression| expression.evaluate(|wanted| allowed.contains(&wanted.license.to_string())));
        if !fine {
            faults.push(format!("{name} {version} has licence \"{licence}\", which deny.toml does not allow"));
        }
    }
    for (name, found) in &versions {
        match (found.len() > 1, excused.contains(*name)) {
            (true, false) => {
                let list = found.iter().copied().collect::<Vec<_>>().join(", ");
                faults.push(format!("{name} is there in versions {list}; align them or give the reason in deny.toml"));
            }
            (false, true) => {
                faults.push(format!("deny.toml excuses duplicates of {name}, but there are none: take the line out"))
            }
            _ => {}
        }
    }
    if faults.is_empty() { Ok(()) } else { bail!("{}", faults.join("\n")) }
}

/// Name, version and licence of everything that is built for programs and frontend.
fn packages() -> Result<BTreeSet<(String, String, String)>> {
    let mut packages = BTreeSet::new();
    for target in ["x86_64-unknown-linux-gnu", "wasm32-unknown-unknown"] {
        let words = [
            "tree",
            "--workspace",
            "--locked",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--no-dedupe",
            "--format",
            "{p}|{l}",
            "--target",
            target,
        ];
        for line in run::output(Command::new(env!("CARGO")).args(words))?.lines().filter(|line| !line.is_empty()) {
            let (package, licence) = line.split_once('|').context("cargo tree prints package and licence")?;
            let mut words = package.split(' ');
            let (name, version) =
                (words.next().unwrap_or_default(), words.next().unwrap_or_default().trim_start_matches('v'));
            packages.insert((name.to_owned(), version.to_owned(), licence.replace('/', " OR ")));
        }
    }
    Ok(packages)
}

fn allowed_licences(rules: &toml::Table) -> Result<BTreeSet<String>> {
    let list = rules
        .get("licenses")
        .and_then(|table| table.get("allow"))
        .and_then(toml::Value::as_array)
        .context("deny.toml: licenses.allow")?;
    Ok(list.iter().filter_map(|name| name.as_str().map(ToOwned::to_owned)).collect())
}

fn excused_duplicates(rules: &toml::Table) -> Result<BTreeSet<String>> {
    let list = rules
        .get("bans")
        .and_then(|table| table.get("skip"))
        .and_then(toml::Value::as_array)
        .context("deny.toml: bans.skip")?;
    Ok(list.iter().filter_map(|entry| entry.get("crate")?.as_str().map(ToOwned::to_owned)).collect())
}
