//! The Parameters of `Patient/$match`.

use serde_json::Value;

use crate::Failure;

/// Whom a client describes, and what it wants to hear.
#[derive(Debug, Clone, PartialEq)]
pub struct MatchRequest {
    /// The Patient described; need not be whole.
    pub patient: Value,
    /// Whether only somebody who is certain shall be told.
    pub only_certain: bool,
    /// How many at most.
    pub count: Option<usize>,
}

impl MatchRequest {
    /// Reads the body of the operation.
    ///
    /// # Errors
    /// 400 for what is no Parameters, has no Patient, or a parameter of another kind.
    pub fn parse(body: &Value) -> Result<Self, Failure> {
        let wrong = |code, sentence: &str| Failure::bad_request(code, sentence);
        if body.get("resourceType").and_then(Value::as_str) != Some("Parameters") {
            return Err(wrong("structure", "$match takes a resource of the type Parameters."));
        }
        let list = || body.get("parameter").and_then(Value::as_array).into_iter().flatten();
        let named = |name: &str| list().find(|parameter| parameter.get("name").and_then(Value::as_str) == Some(name));
        let patient = named("resource").and_then(|parameter| parameter.get("resource"));
        let patient = patient
            .filter(|patient| patient.get("resourceType").and_then(Value::as_str) == Some("Patient"))
            .ok_or_else(|| wrong("required", "The parameter resource must hold a Patient."))?;
        let only_certain = match named("onlyCertainMatches") {
            None => false,
            Some(parameter) => parameter
                .get("valueBoolean")
                .and_then(Value::as_bool)
                .ok_or_else(|| wrong("value", "The parameter onlyCertainMatches must be a boolean."))?,
        };
        let count = match named("count") {
            None => None,
            Some(parameter) => {
                let count = parameter.get("valueInteger").and_then(Value::as_u64).filter(|count| *count > 0);
                let count = count.and_then(|count| usize::try_from(count).ok());
                Some(count.ok_or_else(|| wrong("value", "The parameter count must be an integer above zero."))?)
            }
        };
        Ok(Self { patient: patient.clone(), only_certain, count })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(parameters: Value) -> Option<MatchRequest> {
        MatchRequest::parse(&json!({ "resourceType": "Parameters", "parameter": parameters })).ok()
    }

    #[test]
    fn the_three_parameters_are_read_and_two_may_be_missing() {
        let who = json!({ "resourceType": "Patient", "birthDate": "1957" });
        let resource = json!({ "name": "resource", "resource": who });
        let whole = json!([resource, { "name": "onlyCertainMatches", "valueBoolean": true }, { "name": "count", "valueInteger": 3 }]);
        assert_eq!(read(whole), Some(MatchRequest { patient: who.clone(), only_certain: true, count: Some(3) }));
        assert_eq!(read(json!([resource])), Some(MatchRequest { patient: who, only_certain: false, count: None }));
    }

    #[test]
    fn what_cannot_be_read_is_refused_and_never_taken_as_a_wider_question() {
        let resource = json!({ "name": "resource", "resource": { "resourceType": "Patient" } });
        for wrong in [
            json!([]),
            json!([{ "name": "resource", "resource": { "resourceType": "Person" } }]),
            json!([resource, { "name": "count", "valueInteger": 0 }]),
            json!([resource, { "name": "count", "valueString": "3" }]),
            json!([resource, { "name": "onlyCertainMatches", "valueString": "true" }]),
        ] {
            assert_eq!(read(wrong.clone()), None, "{wrong}");
        }
        assert!(MatchRequest::parse(&json!({ "resourceType": "Patient" })).is_err());
    }
}
