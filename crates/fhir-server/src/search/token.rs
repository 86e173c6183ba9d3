//! Codes, identifiers, yes and no (R4 search.html#token).

use serde_json::Value;

use super::escape::{plain, split};

/// What a token search asks for: `code`, `system|code`, `|code` or `system|`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    system: System,
    code: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum System {
    Any,
    Absent,
    Is(String),
}

impl Token {
    /// Reads one value; `None` for one that asks for nothing.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let pieces = split(text, '|');
        match pieces.as_slice() {
            [code] if !code.is_empty() => Some(Self { system: System::Any, code: Some(plain(code)) }),
            ["", code] if !code.is_empty() => Some(Self { system: System::Absent, code: Some(plain(code)) }),
            [system, ""] if !system.is_empty() => Some(Self { system: System::Is(plain(system)), code: None }),
            [system, code] if !system.is_empty() => {
                Some(Self { system: System::Is(plain(system)), code: Some(plain(code)) })
            }
            _ => None,
        }
    }

    /// The code that it asks for, of whatever system; `None` where any of a system will do.
    pub(super) fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// True where the element, of whatever type, holds this token.
    pub(super) fn matches(&self, element: &Value) -> bool {
        match element {
            Value::String(code) => self.matches_bare(code),
            Value::Bool(truth) => self.matches_bare(if *truth { "true" } else { "false" }),
            Value::Array(members) => members.iter().any(|member| self.matches(member)),
            Value::Object(members) => {
                if let Some(codings) = members.get("coding") {
                    return self.matches(codings);
                }
                let system = members.get("system").and_then(Value::as_str);
                let code = members.get("code").or_else(|| members.get("value")).and_then(Value::as_str);
                // A ContactPoint's system is a kind of line, not a code system: `phone` alone never qualifies a value.
                let system = system.filter(|system| system.contains(':'));
                self.matches_pair(system, code)
            }
            _ => false,
        }
    }

    /// A plain `code` has its system by the specification's binding, which we do not look up: a system of HL7's own
    /// is taken at its word.
    fn matches_bare(&self, code: &str) -> bool {
        let system = match &self.system {
            System::Any | System::Absent => true,
            System::Is(system) => {
                system.starts_with("http://hl7.org/fhir/") || system.starts_with("http://terminology.hl7.org/")
            }
        };
        system && self.code.as_deref().is_none_or(|wanted| wanted == code)
    }

    fn matches_pair(&self, system: Option<&str>, code: Option<&str>) -> bool {
        let same_system = match &self.system {
            System::Any => true,
            System::Absent => system.is_none(),
            System::Is(wanted) => system == Some(wanted),
        };
        same_system && (self.code.is_none() || self.code.as_deref() == code)
    }
}

/// True where the element has a display or text that begins like this (`:text`).
pub(super) fn has_text(element: &Value, wanted: &str) -> bool {
    let begins =
        |value: Option<&Value>| value.and_then(Value::as_str).is_some_and(|text| super::text::begins(text, wanted));
    let codings = element.get("coding").and_then(Value::as_array);
    begins(element.get("text"))
        || begins(element.get("display"))
        || codings.is_some_and(|codings| codings.iter().any(|coding| begins(coding.get("display"))))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn hits(query: &str, element: Value) -> bool {
        Token::parse(query).expect(query).matches(&element)
    }

    #[test]
    fn the_four_forms_ask_for_system_code_or_both() {
        let concept = json!({"coding": [{"system": "http://snomed.info/sct", "code": "44054006"}], "text": "Diabetes"});
        for query in ["44054006", "http://snomed.info/sct|44054006", "http://snomed.info/sct|"] {
            assert!(hits(query, concept.clone()), "{query}");
        }
        for query in ["|44054006", "http://loinc.org|44054006", "http://loinc.org|", "4405"] {
            assert!(!hits(query, concept.clone()), "{query}");
        }
        assert!(hits("|x", json!({"coding": [{"code": "x"}]})));
    }

    #[test]
    fn identifiers_codes_and_booleans_are_tokens_too() {
        assert!(hits("urn:mrn|17", json!([{"system": "urn:mrn", "value": "17"}])));
        assert!(!hits("urn:other|17", json!([{"system": "urn:mrn", "value": "17"}])));
        assert!(hits("active", json!("active")));
        assert!(hits("http://hl7.org/fhir/goal-status|active", json!("active")));
        assert!(!hits("http://snomed.info/sct|active", json!("active")));
        assert!(hits("true", json!(true)));
        assert!(hits("555-0101", json!({"system": "phone", "value": "555-0101"})));
    }

    #[test]
    fn a_value_that_asks_for_nothing_is_no_token() {
        for text in ["", "|", "a|b|c"] {
            assert_eq!(Token::parse(text), None, "{text}");
        }
        assert_eq!(Token::parse(r"a\|b").and_then(|token| token.code), Some("a|b".into()));
    }
}
