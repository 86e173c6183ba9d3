//! About whom a search is, as far as that is certain before anything is read.
//!
//! What is found out here only narrows what is read; whether a resource matches is asked of each.

use access::PersonId;
use fhir_server::Failure;
use fhir_server::search::Criterion;
use shared_plan::Id;
use shared_plan::fhir::ResourceKind;

use super::Asked;
use crate::People;
use crate::fhir::reader::Reader;

/// People or ids at most in one search.
pub(super) const MOST: usize = 100;

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
        // What was left aside by the client's leave is no criterion, and names nobody.
        let of = |name: &'static str| asked.query.criteria().iter().filter(move |one| one.name() == name);
        if let Some(ids) = of("_id").find_map(Criterion::codes) {
            return few(ids.into_iter().map(str::to_owned).collect()).map(Self::Ids);
        }
        let by_identifier = |one: &Criterion| one.codes()?.into_iter().map(named).collect();
        if let Some(ids) = of("identifier").find_map(by_identifier) {
            return few(ids).map(Self::Ids);
        }
        let patients = |one: &Criterion| one.named(ResourceKind::Patient.name(), reader.base());
        if let Some(ids) = of("patient").chain(of("subject")).find_map(patients) {
            return few(ids.iter().filter_map(|id| PersonId::parse(id)).collect()).map(Self::These);
        }
        Ok(match &reader.caller().people {
            People::All | People::ByWay => Self::Anybody,
            People::Only(person) => Self::These(vec![person.clone()]),
        })
    }
}

/// The id in an identifier that we gave; other identifiers name nothing that can be looked up.
fn named(identifier: &str) -> Option<String> {
    let uuid = identifier.strip_prefix("urn:uuid:")?;
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
        return Err(too_many());
    }
    Ok(each)
}

/// The refusal of more than are looked up for one search.
pub(super) fn too_many() -> Failure {
    Failure::bad_request("too-costly", format!("A search names {MOST} people or ids at most."))
}
