//! People whom a search names by the id of one who was joined into another: they are meant as they are by now.
//!
//! An empty answer would say that they have no plans.

use access::PersonId;
use fhir_server::Failure;

use crate::fhir::failure::of;
use crate::fhir::reader::Reader;

/// The parameters that name people.
const NAMES: [&str; 4] = ["patient", "subject", "patient:Patient", "subject:Patient"];

/// The same parameters with everybody as they are by now. Who is nobody stays as they were named.
///
/// # Errors
/// The stores.
pub(super) async fn by_now(reader: Reader<'_>, pairs: Vec<(String, String)>) -> Result<Vec<(String, String)>, Failure> {
    let own = format!("{}/", reader.base().as_str());
    let mut all = Vec::new();
    for (name, value) in pairs {
        let mut values = Vec::new();
        for one in value.split(',').filter(|_| NAMES.contains(&name.as_str())) {
            let id = one.strip_prefix(own.as_str()).unwrap_or(one);
            let named = PersonId::parse(id.strip_prefix("Patient/").unwrap_or(id));
            let now = match &named {
                Some(named) => reader.service().standing(&reader.caller().tenant, named).await.map_err(of)?,
                None => None,
            };
            values.push(match (named, now) {
                (Some(named), Some(now)) => one.replace(named.as_str(), now.as_str()),
                _ => one.to_owned(),
            });
        }
        let value = if values.is_empty() { value } else { values.join(",") };
        all.push((name, value));
    }
    Ok(all)
}
