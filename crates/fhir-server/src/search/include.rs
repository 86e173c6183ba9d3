//! What comes along with the matches (`_include`, `_revinclude`, R4 search.html#include).

use serde_json::Value;

use crate::params::{self, Kind, Param};
use crate::references::{Base, Local};
use crate::{Failure, each};

/// One `Type:parameter[:target]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Include {
    /// Type whose references are followed.
    pub from: &'static str,
    /// The reference parameter.
    pub param: &'static Param,
    /// Type that alone is wanted, where the query names one.
    pub target: Option<&'static str>,
    /// True for `:iterate`: also what the included ones refer to.
    pub iterate: bool,
}

impl Include {
    /// Reads one value; `Type:*` becomes every reference parameter of the type.
    ///
    /// # Errors
    /// 400 for a type or parameter that is not there or is no reference.
    pub fn parse(text: &str, iterate: bool) -> Result<Vec<Self>, Failure> {
        let wrong = Self::not_offered;
        let mut parts = text.split(':');
        let (kind, name, target) = (parts.next().unwrap_or_default(), parts.next().ok_or_else(wrong)?, parts.next());
        let row = params::types().find(|row| row.name == kind).ok_or_else(wrong)?;
        let target = match target {
            None => None,
            Some(target) => Some(params::types().find(|row| row.name == target).ok_or_else(wrong)?.name),
        };
        if parts.next().is_some() {
            return Err(wrong());
        }
        let found =
            row.params.iter().filter(|param| param.kind == Kind::Reference && (name == "*" || param.name == name));
        let found: Vec<Self> = found.map(|param| Self { from: row.name, param, target, iterate }).collect();
        let reachable = |include: &Self| {
            target.is_none_or(|target| include.param.targets.is_empty() || include.param.targets.contains(&target))
        };
        if found.is_empty() || !found.iter().any(reachable) { Err(wrong()) } else { Ok(found) }
    }

    /// The refusal of what is none.
    pub(super) fn not_offered() -> Failure {
        let sentence = "This _include or _revinclude names no reference parameter of this server.";
        Failure::bad_request("not-supported", sentence)
    }

    /// The resources of this server that a resource brings along.
    pub fn follow(&self, resource: &Value, base: &Base) -> Vec<Local> {
        if resource.get("resourceType").and_then(Value::as_str) != Some(self.from) {
            return Vec::new();
        }
        let mut found = Vec::new();
        for path in self.param.paths {
            each(resource, path, &mut |element| {
                let reference = element.get("reference").and_then(Value::as_str);
                found.extend(reference.and_then(|reference| base.local(reference)));
            });
        }
        found.retain(|local: &Local| self.target.is_none_or(|target| local.kind == target));
        found.retain(|local| self.param.targets.is_empty() || self.param.targets.contains(&local.kind.as_str()));
        found
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_reference_parameters_of_known_types_are_followed() {
        for text in
            ["Provenance:target", "CareTeam:participant:Practitioner", "MedicationRequest:medication", "CarePlan:*"]
        {
            assert!(Include::parse(text, false).is_ok(), "{text}");
        }
        for text in
            ["*", "Provenance", "Goal:category", "Plan:goal", "Goal:patient:Group", "Goal:patient:Patient:x", ""]
        {
            assert_eq!(Include::parse(text, false).expect_err(text).status, 400, "{text}");
        }
    }

    #[test]
    fn a_target_type_narrows_what_comes_along() {
        let base = Base::new("http://127.0.0.1/fhir");
        let team = json!({"resourceType": "CareTeam", "participant": [
            {"member": {"reference": "Practitioner/1"}}, {"member": {"reference": "Patient/2"}}, {"member": {"display": "?"}}]});
        let ids = |text: &str| -> Vec<String> {
            let includes = Include::parse(text, false).expect(text);
            includes.iter().flat_map(|include| include.follow(&team, &base)).map(|local| local.id).collect()
        };
        assert_eq!(ids("CareTeam:participant"), ["1", "2"]);
        assert_eq!(ids("CareTeam:participant:Practitioner"), ["1"]);
    }
}
