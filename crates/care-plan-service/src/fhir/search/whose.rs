//! About whom a search is, as far as that is certain before anything is read.
//!
//! What is found out here only narrows what is read; whether a resource matches is asked of each.

use access::PersonId;
use fhir_server::Failure;
use shared_plan::Id;

use super::Asked;
use crate::People;
use crate::fhir::reader::Reader;

/// People or ids at most in one search.
const MOST: usize = 100;

/// About whom a search is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Whose {
    /// Resources with these ids.
    Ids(Vec<String>),
    /// These people.
    These(Vec<PersonId>),
    /// Whomever the caller reaches.
    Anybody,
}

impl Whose {
    /// Finds it out.
    ///
    /// # Errors
    /// 400 for too many.
    pub(super) fn of(asked: &Asked, reader: Reader<'_>) -> Result<Self, Failure> {
        // What was left aside by the client's leave names nobody.
        let values = |name: &str| {
            let plain = name.split(':').next().unwrap_or_default();
            asked.values(name).filter(|_| asked.query.asks_for(plain))
        };
        if let Some(ids) = values("_id") {
            // A token may name a system before the id.
            let ids: Vec<String> = ids.iter().map(|id| id.rsplit('|').next().unwrap_or_default().to_owned()).collect();
            return few(ids).map(Self::Ids);
        }
        if let Some(ids) = values("identifier").and_then(|identifiers| identifiers.into_iter().map(named).collect()) {
            return few(ids).map(Self::Ids);
        }
        let names = ["patient", "subject", "patient:Patient", "subject:Patient"];
        if let Some(values) = names.iter().find_map(|name| values(name)) {
            let own = format!("{}/", reader.base().as_str());
            let people = values.iter().filter_map(|value| {
                let value = value.strip_prefix(own.as_str()).unwrap_or(value);
                PersonId::parse(value.strip_prefix("Patient/").unwrap_or(value))
            });
            return few(people.collect()).map(Self::These);
        }
        Ok(match &reader.caller().people {
            People::All | People::ByWay => Self::Anybody,
            People::Only(person) => Self::These(vec![person.clone()]),
        })
    }
}

/// The id in an identifier that we gave; other identifiers name nothing that can be looked up.
fn named(identifier: &str) -> Option<String> {
    let uuid = identifier.rsplit('|').next()?.strip_prefix("urn:uuid:")?;
    let id = uuid.replace('-', "");
    Id::<()>::parse(&id).map(|id| id.to_string())
}

fn few<T: PartialEq>(all: Vec<T>) -> Result<Vec<T>, Failure> {
    let mut each: Vec<T> = Vec::new();
    for one in all {
        if !each.contains(&one) {
            each.push(one);
        }
    }
    if each.len() > MOST {
        return Err(Failure::bad_request("too-costly", format!("A search names {MOST} people or ids at most.")));
    }
    Ok(each)
}
