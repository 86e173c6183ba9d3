//! The patient and the staff: known at every place, or at the place where they work.

use std::collections::{BTreeMap, HashMap};

use fhir_server::Local;
use serde_json::Value;

use super::{Holders, is_staff, local, organisation::most};
use crate::Server;

/// Puts each member of the staff on the server whose resources name them most.
pub(super) fn place_staff(record: &[Value], holders: &mut Holders) {
    let mut named: HashMap<Local, BTreeMap<usize, usize>> = HashMap::new();
    for resource in record {
        let Some(at) = holders.get(&local(resource)).copied() else { continue };
        for staff in Local::all_in(resource).into_iter().filter(|named| is_staff(&named.kind)) {
            *named.entry(staff).or_default().entry(at).or_default() += 1;
        }
    }
    for (staff, counts) in named {
        let counts = counts.iter().map(|(at, count)| (at, *count)).collect();
        holders.extend(most(counts).map(|at| (staff, at)));
    }
    // An organisation that only a role or a place names stands with it.
    let mut waiting: Vec<&Value> =
        record.iter().filter(|resource| resource["resourceType"].as_str().is_some_and(is_staff)).collect();
    loop {
        let before = holders.len();
        waiting.retain(|staff| {
            let Some(at) = holders.get(&local(staff)).copied() else { return true };
            for named in Local::all_in(staff) {
                holders.entry(named).or_insert(at);
            }
            false
        });
        if holders.len() == before {
            break;
        }
    }
}

/// Puts a copy of every Patient on each server, under an id of its own.
///
/// Only the first server keeps the medical record number (type `MR`): it is the number of that place.
pub(super) fn copy_patients(record: &[Value], servers: &mut [Server]) {
    let patients: Vec<&Value> = record.iter().filter(|resource| resource["resourceType"] == "Patient").collect();
    for (at, server) in servers.iter_mut().enumerate() {
        for patient in &patients {
            let mut copy = Value::clone(patient);
            let id = patient_id(copy["id"].as_str().unwrap_or_default(), at);
            copy["id"] = Value::from(id.as_str());
            if at > 0
                && let Some(identifiers) = copy["identifier"].as_array_mut()
            {
                identifiers.retain(|identifier| !is_record_number(identifier));
            }
            if server.patient.is_empty() {
                server.patient = id;
            }
            server.resources.push(copy);
        }
    }
}

/// The id of a Patient on a server.
pub(super) fn patient_id(id: &str, server: usize) -> String {
    if server == 0 { id.to_owned() } else { format!("p{server}-{}", &id[..id.len().min(48)]) }
}

fn is_record_number(identifier: &Value) -> bool {
    let codings = identifier["type"]["coding"].as_array();
    codings.into_iter().flatten().any(|coding| coding["code"] == "MR")
}
