//! One record, several servers: what is known about a person at one place becomes what several places know.
//!
//! Pure functions. What a resource says never changes, only where it lies and by which address others name it; the one
//! exception is [`overlap`], which makes the copies that reconciliation has to find.

mod dealt;
mod organisation;
mod overlap;
mod people;
mod references;

use std::collections::HashMap;

use fhir_server::Local;
use serde_json::Value;

use crate::Server;
pub use dealt::dealt;
pub use organisation::{organisations, split};
pub use overlap::overlap;

/// Which of the servers holds a resource.
pub(crate) type Holders = HashMap<Local, usize>;

/// Type and id of a resource.
pub fn local(resource: &Value) -> Local {
    let text = |name: &str| resource[name].as_str().unwrap_or_default().to_owned();
    Local { kind: text("resourceType"), id: text("id") }
}

/// Types that are about nobody in particular: the people and places that care.
pub(crate) fn is_staff(kind: &str) -> bool {
    matches!(kind, "Organization" | "Practitioner" | "PractitionerRole" | "Location" | "HealthcareService")
}

/// The resource that a member of a resource refers to, where it names one by type and id.
fn referred(reference: &Value) -> Option<Local> {
    reference["reference"].as_str().and_then(Local::anywhere)
}

/// Lays the resources on their servers; references between servers become absolute, the Patient stands on each.
fn lay(record: &[Value], holders: &Holders, servers: usize) -> Vec<Server> {
    let homes: Vec<Server> =
        (0..servers).map(|at| Server::new(&format!("https://place-{at}.example/fhir"), Vec::new())).collect();
    let mut laid = homes;
    for resource in record.iter().filter(|resource| resource["resourceType"] != "Patient") {
        let at = holders.get(&local(resource)).copied().unwrap_or(0);
        laid[at].resources.push(resource.clone());
    }
    references::rewrite(&mut laid, holders);
    people::copy_patients(record, &mut laid);
    laid.retain(|server| server.resources.iter().any(|resource| resource["resourceType"] != "Patient"));
    laid
}
