//! Licences and duplicate versions, by the rules of `deny.toml`.
//!
//! `cargo deny` reads the same file where there is a network for its advisories; these two checks need none.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use cargo_metadata::{CargoOpt, MetadataCommand};

/// Fails with every licence that is not allowed and every duplicate that has no reason.
pub fn check() -> Result<()> {
    let rules: toml::Table = std::fs::read_to_string("deny.toml").context("deny.toml")?.parse()?;
    let allowed = allowed_licences(&rules)?;
    let excused = excused_duplicates(&rules)?;
    let metadata = MetadataCommand::new()
        .features(CargoOpt::AllFeatures)
        .other_options(vec!["--locked".into(), "--filter-platform".into(), "x86_64-unknown-linux-gnu".into()])
        .exec()?;
    let resolve = metadata.resolve.as_ref().context("cargo metadata resolves the dependencies")?;
    let used: BTreeSet<_> = resolve.nodes.iter().map(|node| &node.id).collect();
    let mut faults = Vec::new();
    let mut versions: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for package in metadata.packages.iter().filter(|package| used.contains(&package.id)) {
        versions.entry(package.name.as_str()).or_default().insert(package.version.to_string());
        let licence = package.license.as_deref().unwrap_or("none stated").replace('/', " OR ");
        let fine = spdx::Expression::parse_mode(&licence, spdx::ParseMode::LAX)
            .is_ok_and(|expression| expression.evaluate(|wanted| allowed.contains(&wanted.license.to_string())));
        if !fine {
            faults.push(format!("{} {} has licence {licence}, which deny.toml does not allow", package.name, package.version));
        }
    }
    for (name, found) in &versions {
        match (found.len() > 1, excused.contains(*name)) {
            (true, false) => {
                let list = found.iter().cloned().collect::<Vec<_>>().join(", ");
                faults.push(format!("{name} is there in versions {list}; align them or give the reason in deny.toml"));
            }
            (false, true) => faults.push(format!("deny.toml excuses duplicates of {name}, but there are none: take the line out")),
            _ => {}
        }
    }
    if faults.is_empty() { Ok(()) } else { bail!("{}", faults.join("\n")) }
}

fn allowed_licences(rules: &toml::Table) -> Result<BTreeSet<String>> {
    let list = rules.get("licenses").and_then(|table| table.get("allow")).and_then(toml::Value::as_array).context("deny.toml: licenses.allow")?;
    Ok(list.iter().filter_map(|name| name.as_str().map(ToOwned::to_owned)).collect())
}

fn excused_duplicates(rules: &toml::Table) -> Result<BTreeSet<String>> {
    let list = rules.get("bans").and_then(|table| table.get("skip-tree")).and_then(toml::Value::as_array).context("deny.toml: bans.skip-tree")?;
    Ok(list.iter().filter_map(|entry| entry.get("crate")?.as_str().map(ToOwned::to_owned)).collect())
}
