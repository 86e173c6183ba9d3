//! Patient: the person of a shared plan, by their id only.

use std::sync::Arc;

use access::PersonId;
use fhir_server::Failure;
use serde_json::{Value, json};
use shared_plan::fhir::{ResourceKind, patient};
use shared_plan::ports::{Kind, Selection};

use super::answer::Tagged;
use super::failure::of;
use super::held::Shown;
use super::reader::Reader;
use crate::service::nobody;

/// The person, where something of theirs is here.
pub(super) async fn find(reader: Reader<'_>, id: &str) -> Result<Option<Shown>, Failure> {
    let Some(named) = PersonId::parse(id) else { return Ok(None) };
    let now = reader.service().standing(&reader.caller().tenant, &named).await.map_err(of)?;
    // Who is nobody is asked about as everybody is: who counts the time or reads the log shall not learn who is somebody.
    let person = now.unwrap_or_else(nobody);
    for kind in [Kind::Plan, Kind::Concern] {
        let selection = Selection { kind, person: Some(person.clone()), statuses: Vec::new(), changed_since: None };
        let listed = reader.service().list(reader.caller(), selection, None, 1).await.map_err(of)?;
        if !listed.documents.is_empty() {
            return Ok(Some(if person == named { shown(&person) } else { replaced(&named, &person) }));
        }
    }
    Ok(None)
}

/// One who was joined into another: whose id it was says who they are by now (R4 patient.html#merge).
fn replaced(named: &PersonId, now: &PersonId) -> Shown {
    let mut resource = patient(named, None);
    resource["active"] = json!(false);
    resource["link"] = json!([{ "other": { "reference": format!("Patient/{now}") }, "type": "replaced-by" }]);
    told(named, resource)
}

/// The person of whom something is here.
pub(super) fn shown(person: &PersonId) -> Shown {
    told(person, patient(person, None))
}

fn told(person: &PersonId, resource: Value) -> Shown {
    let (id, resource) = (person.to_string(), Arc::new(resource));
    Shown { kind: ResourceKind::Patient, id, stamp: None, tagged: Tagged::ByWords, resource }
}
