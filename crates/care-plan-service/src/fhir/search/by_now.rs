//! People whom a search names by the id of one who was joined into another: they are meant as they are by now.
//!
//! An empty answer would say that they have no plans. Whether the caller reaches them is asked of what is told, so who they
//! are by now stands in no address and no word of the answer: there everybody is called what the client called them.

use std::collections::BTreeMap;

use access::PersonId;
use fhir_server::Failure;

use super::whose::{MOST, too_many};
use crate::fhir::failure::of;
use crate::fhir::reader::Reader;

/// The parameters that name people.
const NAMES: [&str; 4] = ["patient", "subject", "patient:Patient", "subject:Patient"];

/// The same parameters with everybody as they are by now. Who is nobody stays as they were named.
///
/// # Errors
/// 400 for too many people, of whom nobody is looked up then; the stores.
pub(super) async fn by_now(reader: Reader<'_>, pairs: &[(String, String)]) -> Result<Vec<(String, String)>, Failure> {
    let own = format!("{}/", reader.base().as_str());
    let named = |one: &str| {
        let id = one.strip_prefix(own.as_str()).unwrap_or(one);
        PersonId::parse(id.strip_prefix("Patient/").unwrap_or(id))
    };
    let naming = pairs.iter().filter(|(name, _)| NAMES.contains(&name.as_str()));
    let mut now: BTreeMap<PersonId, PersonId> =
        naming.flat_map(|(_, value)| value.split(',').filter_map(named)).map(|one| (one.clone(), one)).collect();
    if now.len() > MOST {
        return Err(too_many());
    }
    for (named, now) in &mut now {
        let standing = reader.service().standing(&reader.caller().tenant, named).await.map_err(of)?;
        *now = standing.unwrap_or_else(|| named.clone());
    }
    let meant = |one: &str| match named(one).and_then(|named| Some((now.get(&named)?, named))) {
        Some((now, named)) => one.replace(named.as_str(), now.as_str()),
        None => one.to_owned(),
    };
    let pair = |(name, value): &(String, String)| {
        let is_naming = NAMES.contains(&name.as_str());
        let value = if is_naming { value.split(',').map(meant).collect::<Vec<_>>().join(",") } else { value.clone() };
        (name.clone(), value)
    };
    Ok(pairs.iter().map(pair).collect())
}
