//! One request's rights, and the checks that every interaction makes with them.

use fhir_server::{Base, Binding, Failure, Interaction, binding, is_about, people_of};
use jiff::Timestamp;
use serde_json::Value;

use super::access::Access;
use super::behaviour::Behaviour;
use super::read_only::is_write;
use super::store::State;

/// Who asks, where and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caller<'a> {
    pub(super) access: &'a Access,
    pub(super) base: &'a Base,
    pub(super) behaviour: &'a Behaviour,
    pub(super) now: Timestamp,
}

impl Caller<'_> {
    /// Checks that the type is on offer and the scopes allow the interaction.
    ///
    /// # Errors
    /// 404 for a type this EHR does not know, 403 for one it does not share and for a scope that is missing, 405 for a
    /// write of one that is only read.
    pub(super) fn may(&self, kind: &str, interaction: Interaction) -> Result<(), Failure> {
        if self.behaviour.unsupported_types.iter().any(|unsupported| unsupported == kind) {
            return Err(Failure::new(404, "not-supported", format!("This server does not know {kind}.")));
        }
        if self.behaviour.refuse_types.iter().any(|refused| refused == kind) {
            return Err(Failure::forbidden(format!("This server does not share {kind}.")));
        }
        if is_write(interaction) && self.behaviour.read_only_types.iter().any(|read_only| read_only == kind) {
            return Err(Failure::new(405, "not-supported", format!("This server offers no {interaction} of {kind}.")));
        }
        if !(self.access.may)(kind, interaction) {
            return Err(Failure::forbidden(format!("The token does not allow {interaction} on {kind}.")));
        }
        Ok(())
    }

    /// True where the resource may be seen.
    pub(super) fn sees(&self, state: &State, resource: &Value) -> bool {
        let Some(patient) = &self.access.patient else { return true };
        is_about(resource, patient, self.base, &|kind, id| state.resource(kind, id))
    }

    /// Checks that a resource that shall be stored is about the patient the access is limited to, and about no
    /// other one. A limited token writes nothing that belongs to everybody.
    ///
    /// # Errors
    /// 403.
    pub(super) fn may_store(&self, state: &State, resource: &Value) -> Result<(), Failure> {
        let Some(patient) = &self.access.patient else { return Ok(()) };
        let kind = resource.get("resourceType").and_then(Value::as_str).unwrap_or_default();
        let people = people_of(resource, self.base);
        let own = match binding(kind) {
            Binding::Shared => false,
            Binding::ByTarget(_) => self.sees(state, resource),
            // A Linkage ties the patient to other records of the same person.
            Binding::Loose(_) => people.contains(patient),
            Binding::Person | Binding::Bound(_) => !people.is_empty() && people.iter().all(|id| id == patient),
        };
        if own {
            Ok(())
        } else {
            Err(Failure::forbidden("The token is limited to another patient than this resource is about."))
        }
    }
}
