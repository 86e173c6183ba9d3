//! What is missing at a source, and what that means for the people who use Accord.

use smart::{FoundBy, Permission};

use super::survey::Survey;
use crate::config::Launches;

/// Something that is missing, or could be had and is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// What is missing.
    pub missing: String,
    /// What that means for users, or what to do about it.
    pub means: String,
}

/// Types whose absence is worth a line of its own, with the word for what they hold.
const WORTH_A_LINE: [(&str, &str); 10] = [
    ("Condition", "health concerns"),
    ("Goal", "goals"),
    ("CarePlan", "care plans"),
    ("CareTeam", "care teams"),
    ("Observation", "measurements"),
    ("ServiceRequest", "orders"),
    ("MedicationRequest", "medications"),
    ("Procedure", "procedures"),
    ("Task", "tasks"),
    ("AllergyIntolerance", "allergies"),
];

/// Everything that is missing, what matters most first.
pub fn of(survey: &Survey<'_>) -> Vec<Gap> {
    let mut gaps = Gaps(Vec::new());
    reaching(survey, &mut gaps);
    signing_in(survey, &mut gaps);
    staying(survey, &mut gaps);
    without_a_user(survey, &mut gaps);
    reading(survey, &mut gaps);
    changing(survey, &mut gaps);
    gaps.0
}

struct Gaps(Vec<Gap>);

impl Gaps {
    fn add(&mut self, missing: impl Into<String>, means: impl Into<String>) {
        self.0.push(Gap { missing: missing.into(), means: means.into() });
    }
}

fn reaching(survey: &Survey<'_>, gaps: &mut Gaps) {
    match &survey.discovery {
        Err(_) => gaps.add("no discovery", "nobody can open or connect a record of this source"),
        Ok(discovery) => {
            if survey.is_launched_by(Launches::Ehr) && !discovery.offers("launch-ehr") {
                gaps.add("no launch-ehr", "Accord cannot be opened from this EHR, unless it leaves it out of its list");
            }
            let standalone = discovery.offers("launch-standalone") && discovery.authorization_endpoint.is_some();
            if survey.is_launched_by(Launches::Standalone) && !standalone {
                gaps.add("no launch-standalone", "users cannot connect it by signing in, unless its list is short");
            }
        }
    }
    match &survey.capability {
        Err(_) => gaps.add("no CapabilityStatement", "what can be read and changed is found out by trying"),
        Ok(capability) if !capability.is_r4() => {
            let version = super::lines::printable(&capability.fhir_version);
            let then = match capability.release() {
                Some(_) => "its records are read, and nothing is changed there",
                None => "its records are not read",
            };
            gaps.add(format!("no R4 (it says {version})"), then);
        }
        Ok(_) => {}
    }
}

fn signing_in(survey: &Survey<'_>, gaps: &mut Gaps) {
    let Ok(discovery) = &survey.discovery else { return };
    let (method, _) = survey.method();
    let listed = &discovery.token_auth_methods;
    if method != "none" && !listed.is_empty() && !listed.iter().any(|known| known == method) {
        gaps.add(format!("no {method}"), "it may refuse us: register Accord in a way that it lists");
    }
    if discovery.found_by == FoundBy::CapabilityStatement {
        gaps.add("no smart-configuration", "it speaks SMART 1.0: scopes are coarse, and little else is announced");
    }
    if !discovery.signs_in() {
        gaps.add("no OpenID Connect", "who the user is stays unknown: nobody signs in here as staff");
    }
}

fn staying(survey: &Survey<'_>, gaps: &mut Gaps) {
    let Ok(discovery) = &survey.discovery else { return };
    let listed = |scope: &str| discovery.scopes.iter().any(|known| known == scope);
    let online = discovery.offers("permission-online");
    if !online {
        gaps.add("no refresh", "users sign in again when access ends, after an hour as a rule");
    } else if !survey.source.scopes.iter().any(|scope| scope == "online_access") {
        gaps.add("refresh is not asked for", "add \"online_access\" to `scopes`, and users stay signed in");
    }
    if !discovery.offers("permission-offline") && !listed("offline_access") {
        gaps.add("no offline access", "patients cannot share this source with their care team");
    }
    if discovery.revocation_endpoint.is_none() {
        gaps.add("no revocation", "after sign-out, access is forgotten here and ends there by itself");
    }
}

fn without_a_user(survey: &Survey<'_>, gaps: &mut Gaps) {
    let Ok(capability) = &survey.capability else { return };
    if survey.is_launched_by(Launches::Backend) && survey.discovery.is_ok() && !survey.gives_backend_tokens() {
        gaps.add("no Backend Services", "staff cannot open people of their panel here without the patient's sharing");
    }
    if !survey.matches_people() {
        let by_number = capability.types.is_empty() || capability.searches_by("Patient", "identifier");
        let means = if by_number {
            "people are found here by their number only, or connect it themselves"
        } else {
            "people cannot be found here: they connect it themselves"
        };
        gaps.add("no $match", means);
    }
    if survey.discovery.as_ref().is_ok_and(|discovery| discovery.brands.is_none()) {
        gaps.add("no brands", "users who look for a provider find it by its configured name only");
    }
}

fn reading(survey: &Survey<'_>, gaps: &mut Gaps) {
    if survey.capability.is_err() || survey.discovery.is_err() {
        return;
    }
    let mut others = Vec::new();
    for kind in survey.kinds().into_iter().filter(|kind| !survey.reads(kind)) {
        match WORTH_A_LINE.iter().find(|(known, _)| *known == kind) {
            _ if kind == "Patient" => gaps.add("no Patient", "no record opens: the person must be known first"),
            Some((_, things)) => gaps.add(format!("no {kind}"), format!("{things} of this source are not seen")),
            None => others.push(kind),
        }
    }
    if !others.is_empty() {
        gaps.add(format!("no {}", others.join(", ")), "not seen; the sources page says so");
    }
}

fn changing(survey: &Survey<'_>, gaps: &mut Gaps) {
    if survey.capability.is_err() || survey.discovery.is_err() {
        return;
    }
    for kind in &survey.source.writes {
        if survey.permission(kind, 'u') == Permission::NotSupported {
            let things = WORTH_A_LINE.iter().find(|(known, _)| known == kind).map_or("they", |(_, things)| things);
            gaps.add(
                format!("no {kind} update"),
                match things {
                    "they" => "they cannot be changed from here".to_owned(),
                    things => format!("{things} of this source cannot be changed from here"),
                },
            );
        }
    }
    let could = survey.announces("Goal", 'u') && survey.permission("Goal", 'u') == Permission::NotAllowedHere;
    if could {
        gaps.add("Goal update is not used", "add \"Goal\" to `writes`, and goals can be changed from here");
    }
}
