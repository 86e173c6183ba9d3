//! One source as text: what it offers, what Accord uses, what is missing.

use std::collections::BTreeSet;

use smart::{AskedFor, Discovery, Permission, Scope};

use super::gaps;
use super::lines::{labelled, point, printable};
use super::survey::Survey;
use crate::config::Launches;

/// The first line.
pub fn heading(tenants: usize, sources: usize) -> String {
    let some = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    format!("configuration: {}, {}, no faults found", some(tenants, "tenant"), some(sources, "source"))
}

/// The whole report on a source.
pub fn of(survey: &Survey<'_>) -> String {
    let source = survey.source;
    let mut text = vec![format!("{} ({})", printable(&source.name), source.id), source.fhir_base.to_string()];
    text.push("  It offers".to_owned());
    match &survey.discovery {
        Ok(discovery) => text.extend(offered(discovery)),
        Err(why) => text.push(labelled(4, "SMART", &format!("cannot be used: {why}"))),
    }
    text.push(fhir(survey));
    text.push("  Accord uses".to_owned());
    text.extend(used(survey));
    if survey.capability.as_ref().is_ok_and(|capability| !capability.types.is_empty()) && survey.discovery.is_ok() {
        text.extend(types(survey));
    }
    let gaps = gaps::of(survey);
    if gaps.is_empty() {
        text.push("  Nothing is missing.".to_owned());
    } else {
        text.push("  Missing, and what it means".to_owned());
        text.extend(gaps.iter().map(|gap| point(4, &format!("{}: {}", gap.missing, gap.means))));
    }
    text.join("\n")
}

fn offered(discovery: &Discovery) -> Vec<String> {
    let known: Vec<&str> = discovery.known_capabilities().collect();
    let other: Vec<String> = discovery.other_capabilities().map(printable).take(20).collect();
    let list = |texts: &[String]| match texts {
        [] => "none listed".to_owned(),
        texts => texts.iter().take(40).map(|text| printable(text)).collect::<Vec<_>>().join(" "),
    };
    let known = if known.is_empty() { "none listed".to_owned() } else { known.join(" ") };
    let mut lines = vec![labelled(4, "SMART", &known)];
    if !other.is_empty() {
        lines.push(labelled(4, "and", &other.join(" ")));
    }
    lines.push(labelled(4, "clients", &list(&discovery.token_auth_methods)));
    lines.push(labelled(4, "grants", &list(&discovery.extras.grant_types)));
    lines.push(labelled(4, "scopes", &list(&discovery.scopes)));
    lines
}

fn fhir(survey: &Survey<'_>) -> String {
    match &survey.capability {
        Err(why) => labelled(4, "FHIR", &format!("cannot be read: {why}")),
        Ok(capability) => {
            let version = match capability.fhir_version.as_str() {
                "" => "version not said".to_owned(),
                version => format!("version {}", printable(version)),
            };
            let types = match capability.types.len() {
                0 => "no types listed: each is tried".to_owned(),
                1 => "1 type".to_owned(),
                count => format!("{count} types"),
            };
            let mut words = vec![version, types];
            words.extend(capability.transaction.then(|| "transactions".to_owned()));
            words.extend(survey.matches_people().then(|| "Patient/$match".to_owned()));
            labelled(4, "FHIR", &words.join(", "))
        }
    }
}

fn used(survey: &Survey<'_>) -> Vec<String> {
    let ways = [
        (Launches::Ehr, "from the EHR"),
        (Launches::Standalone, "by signing in"),
        (Launches::Backend, "without a user"),
    ];
    let ways: Vec<&str> =
        ways.into_iter().filter(|(way, _)| survey.is_launched_by(*way)).map(|(_, words)| words).collect();
    let (method, alg) = survey.method();
    let method = alg.map_or_else(|| method.to_owned(), |alg| format!("{method}, {alg}"));
    let mut lines = vec![labelled(4, "launches", &ways.join(", ")), labelled(4, "client", &method)];
    let Ok(discovery) = &survey.discovery else { return lines };
    let person = survey.is_launched_by(Launches::Ehr) || survey.is_launched_by(Launches::Standalone);
    if person {
        lines.push(labelled(4, "asks for", &words_asked(survey)));
        lines.push(labelled(4, "of records", &records_asked(&survey.asked(AskedFor::Patient))));
    }
    if survey.is_launched_by(Launches::Backend) {
        let (backend, patient) = (survey.asked(AskedFor::Backend), survey.asked(AskedFor::Patient));
        let same_types = person && kinds(&backend) == kinds(&patient);
        let words = match same_types {
            true if reads_only(&backend) => "the same types of system/, to read only".to_owned(),
            true => "the same types of system/ instead of patient/".to_owned(),
            false => records_asked(&backend),
        };
        lines.push(labelled(4, "without user", &words));
    }
    if let Some(brands) = &discovery.brands {
        lines.push(labelled(4, "brands", &printable(brands.as_str())));
    }
    lines
}

/// The scopes that name no type, and when each is asked for.
fn words_asked(survey: &Survey<'_>) -> String {
    let words =
        |context| -> Vec<String> { survey.asked(context).into_iter().filter(|scope| !is_data(scope)).collect() };
    let mut common = words(AskedFor::Patient);
    common.retain(|word| word != "launch/patient");
    let mut said: Vec<String> = if common.is_empty() { Vec::new() } else { vec![common.join(" ")] };
    if survey.is_launched_by(Launches::Ehr) {
        said.push("launch from the EHR".to_owned());
    }
    if survey.is_launched_by(Launches::Standalone) {
        said.push("launch/patient by signing in".to_owned());
        said.push("offline_access where a patient shares".to_owned());
    }
    said.join("; ")
}

fn records_asked(scopes: &[String]) -> String {
    scopes.iter().filter(|scope| is_data(scope)).cloned().collect::<Vec<_>>().join(" ")
}

fn is_data(scope: &str) -> bool {
    matches!(Scope::parse(scope), Scope::Data { .. })
}

/// The types that scopes name.
fn kinds(scopes: &[String]) -> BTreeSet<String> {
    let kind = |scope: &String| match Scope::parse(scope) {
        Scope::Data { kind, .. } => Some(kind),
        Scope::Other(_) => None,
    };
    scopes.iter().filter_map(kind).collect()
}

fn reads_only(scopes: &[String]) -> bool {
    scopes.iter().all(|scope| match Scope::parse(scope) {
        Scope::Data { letters, .. } => !letters.contains(['c', 'u', 'd']),
        Scope::Other(_) => true,
    })
}

fn types(survey: &Survey<'_>) -> Vec<String> {
    let row = |cells: [&str; 6]| {
        let [kind, read, search, create, update, accord] = cells;
        format!("    {kind:<23}{read:<6}{search:<8}{create:<8}{update:<8}{accord}").trim_end().to_owned()
    };
    let mut lines = vec![row(["type", "read", "search", "create", "update", "Accord"])];
    for kind in survey.kinds() {
        let yes = |interaction| if survey.announces(&kind, interaction) { "yes" } else { "-" };
        let change = survey.permission(&kind, 'u');
        let accord = match (survey.reads(&kind), change) {
            (true, Permission::Yes) => "reads, changes",
            (true, Permission::NotSupported) => "reads, cannot change",
            (true, _) => "reads",
            (false, _) => "not offered",
        };
        lines.push(row([&kind, yes('r'), yes('s'), yes('c'), yes('u'), accord]));
    }
    lines
}
