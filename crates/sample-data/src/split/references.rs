//! References after a split: relative within a server, absolute to another.

use fhir::Target;
use fhir_server::Local;
use serde_json::Value;

use super::{Holders, people::patient_id};
use crate::Server;

/// Rewrites the references of all resources; one that is absolute or leads to nothing of the record
/// stays as it is.
pub(super) fn rewrite(servers: &mut [Server], holders: &Holders) {
    let bases: Vec<String> = servers.iter().map(|server| server.base.clone()).collect();
    for (at, server) in servers.iter_mut().enumerate() {
        for resource in &mut server.resources {
            each_reference(resource, &mut |text| {
                let Target::Relative { kind, id, .. } = Target::parse(text) else { return None };
                let to = Local { kind, id };
                if to.kind == "Patient" && holders.contains_key(&to) {
                    return Some(format!("Patient/{}", patient_id(&to.id, at)));
                }
                let other = *holders.get(&to)?;
                let relative = format!("{}/{}", to.kind, to.id);
                Some(if other == at { relative } else { format!("{}/{relative}", bases[other]) })
            });
        }
    }
}

/// Gives every reference of a tree the text that `new` has for it.
pub(super) fn each_reference(value: &mut Value, new: &mut dyn FnMut(&str) -> Option<String>) {
    match value {
        Value::Array(members) => members.iter_mut().for_each(|member| each_reference(member, new)),
        Value::Object(members) => {
            for (name, member) in members {
                if let (true, Value::String(text)) = (name == "reference", &*member) {
                    if let Some(text) = new(text) {
                        *member = Value::from(text);
                    }
                } else {
                    each_reference(member, new);
                }
            }
        }
        _ => {}
    }
}
