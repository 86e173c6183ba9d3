//! A whole search of one type.

use std::cmp::Ordering;

use serde_json::Value;

use super::{Controls, Criterion, SortKey};
use crate::references::Base;
use crate::{Binding, Failure, Handling, Issue, binding, params};

/// A search that was understood as a whole, or with the parameters named in [`Query::warnings`] left aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    kind: String,
    criteria: Vec<Criterion>,
    controls: Controls,
    warnings: Vec<Issue>,
}

/// Decodes `a=1&b=2`, as an address or a form carries it.
pub fn parse_pairs(query: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

impl Query {
    /// Reads the parameters of a search.
    ///
    /// With [`Handling::Lenient`] a parameter that is not known is left aside with a warning, but only where a
    /// parameter that names the person remains: nobody shall get everybody's rows for a slip of the pen.
    ///
    /// # Errors
    /// 400 for unknown parameters, modifiers and values; 406 for a `_format` that is not JSON.
    pub fn parse(kind: &str, pairs: &[(String, String)], handling: Handling) -> Result<Self, Failure> {
        Self::parse_offered(kind, pairs, handling, &|_| true)
    }

    /// As [`Query::parse`], for a surface that offers some parameters of the table only: the others are not known there.
    ///
    /// # Errors
    /// As [`Query::parse`].
    pub fn parse_offered(
        kind: &str,
        pairs: &[(String, String)],
        handling: Handling,
        offered: &dyn Fn(&str) -> bool,
    ) -> Result<Self, Failure> {
        let mut query =
            Self { kind: kind.to_owned(), criteria: Vec::new(), controls: Controls::default(), warnings: Vec::new() };
        let mut refusal: Option<Failure> = None;
        for (name, value) in pairs {
            match query.take(name, value, offered) {
                Ok(()) => {}
                Err(failure) if failure.status == 400 => {
                    let sentence = failure.outcome.0.first().map(|issue| issue.diagnostics.clone()).unwrap_or_default();
                    query
                        .warnings
                        .push(Issue::warning("not-supported", format!("Left aside: {sentence}")).at(spelled(name)));
                    refusal = refusal.or(Some(failure));
                }
                Err(failure) => return Err(failure),
            }
        }
        match refusal {
            Some(_) if handling == Handling::Lenient && query.names_a_person() => Ok(query),
            Some(failure) => Err(failure),
            None => Ok(query),
        }
    }

    fn take(&mut self, name: &str, value: &str, offered: &dyn Fn(&str) -> bool) -> Result<(), Failure> {
        if self.controls.take(&self.kind, name, value)? {
            return Ok(());
        }
        let (plain_name, modifier) =
            name.split_once(':').map_or((name, None), |(name, modifier)| (name, Some(modifier)));
        let param = params::lookup(&self.kind, plain_name).filter(|param| offered(param.name)).ok_or_else(|| {
            let mut failure = Failure::bad_request(
                "not-supported",
                format!("{} has no search parameter {}.", self.kind, spelled(plain_name)),
            );
            failure.outcome.0[0].expression = Some(spelled(name));
            failure
        })?;
        self.criteria.push(Criterion::parse(param, modifier, value)?);
        Ok(())
    }

    /// The type searched.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// What the answer shall look like.
    pub fn controls(&self) -> &Controls {
        &self.controls
    }

    /// The conditions; all must hold.
    pub fn criteria(&self) -> &[Criterion] {
        &self.criteria
    }

    /// What was left aside by the client's leave.
    pub fn warnings(&self) -> &[Issue] {
        &self.warnings
    }

    /// True where a condition on this parameter is asked.
    pub fn asks_for(&self, name: &str) -> bool {
        self.criteria.iter().any(|criterion| criterion.name() == name)
    }

    /// True where the search is bound to a person, a resource or an identifier; on types that are never about a
    /// person, where there is any condition.
    pub fn names_a_person(&self) -> bool {
        match binding(&self.kind) {
            Binding::Shared | Binding::Person => !self.criteria.is_empty(),
            _ => self.criteria.iter().any(Criterion::names_a_person),
        }
    }

    /// True where the search has no condition and its type holds records of people: it would give everybody's.
    pub fn asks_for_everybody(&self) -> bool {
        self.criteria.is_empty() && binding(&self.kind) != Binding::Shared
    }

    /// True where the resource fulfils every condition.
    pub fn matches(&self, resource: &Value, base: &Base) -> bool {
        self.criteria.iter().all(|criterion| criterion.matches(resource, base))
    }

    /// What the resource is sorted by.
    pub fn sort_key(&self, resource: &Value) -> SortKey {
        self.controls.sorting.iter().map(|rule| rule.key(resource)).collect()
    }

    /// Compares two sort keys, level by level.
    pub fn compare(&self, left: &SortKey, right: &SortKey) -> Ordering {
        let levels = self.controls.sorting.iter().zip(left.iter().zip(right));
        levels
            .map(|(rule, (left, right))| rule.compare(left, right))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

/// A name from the request, cut to something that fits a sentence.
fn spelled(name: &str) -> String {
    name.chars().filter(|character| !character.is_control()).take(60).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn parse(kind: &str, text: &str, handling: Handling) -> Result<Query, Failure> {
        Query::parse(kind, &parse_pairs(text), handling)
    }

    #[test]
    fn repeated_parameters_must_all_hold() {
        let base = Base::new("http://127.0.0.1");
        let reading = json!({"resourceType": "Observation", "effectiveDateTime": "2026-05-05"});
        let query = parse("Observation", "date=ge2026-01-01&date=lt2026-06-01", Handling::Strict).expect("understood");
        assert!(query.matches(&reading, &base));
        let query = parse("Observation", "date=ge2026-01-01&date=lt2026-05-01", Handling::Strict).expect("understood");
        assert!(!query.matches(&reading, &base));
    }

    #[test]
    fn an_unknown_parameter_is_refused_and_named() {
        let failure = parse("Goal", "patient=1&colour=red", Handling::Strict).expect_err("unknown");
        assert_eq!(failure.status, 400);
        assert_eq!(failure.outcome.0[0].expression.as_deref(), Some("colour"));
    }

    #[test]
    fn by_leave_an_unknown_parameter_is_left_aside_only_where_a_person_is_named() {
        let query = parse("Goal", "patient=1&colour=red", Handling::Lenient).expect("a person is named");
        assert_eq!(query.warnings().len(), 1);
        for text in [
            "colour=red",
            "lifecycle-status=active&colour=red",
            "patient=&colour=red",
            "patient:missing=false&colour=red",
        ] {
            assert_eq!(parse("Goal", text, Handling::Lenient).expect_err(text).status, 400, "{text}");
        }
    }

    #[test]
    fn a_parameter_that_a_surface_does_not_offer_is_as_unknown_as_any_other() {
        let pairs = parse_pairs("patient=1&category=dietary");
        let only = |name: &str| name == "patient";
        let failure = Query::parse_offered("Goal", &pairs, Handling::Strict, &only).expect_err("not offered");
        assert_eq!((failure.status, failure.outcome.0[0].expression.as_deref()), (400, Some("category")));
        assert!(Query::parse_offered("Goal", &pairs[..1], Handling::Strict, &only).is_ok());
    }

    #[test]
    fn a_chain_is_refused_rather_than_read_as_something_else() {
        for text in ["patient.name=ada", "_has:Observation:patient:code=1", "_query=x", "_text=x"] {
            assert_eq!(parse("Goal", text, Handling::Strict).expect_err(text).status, 400, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_query_makes_the_parser_panic(text in ".{0,80}", name in "[a-zA-Z_:.-]{0,20}", value in "\\PC{0,30}") {
            for kind in ["Goal", "Observation", "RiskAssessment", "Patient", "Nothing"] {
                let _ = parse(kind, &text, Handling::Lenient);
                let _ = Query::parse(kind, &[(name.clone(), value.clone())], Handling::Strict);
                for row in params::of(kind) {
                    if let Ok(query) = Query::parse(kind, &[(row.name.to_owned(), value.clone())], Handling::Strict) {
                        query.matches(&json!({"resourceType": kind, "id": value}), &Base::new("http://127.0.0.1"));
                    }
                }
            }
        }

        #[test]
        fn no_value_of_an_element_makes_a_match_panic(value in "\\PC{0,30}", number in any::<f64>()) {
            let reading = json!({"resourceType": "Observation", "effectiveDateTime": value, "code": {"coding": value},
                "valueQuantity": {"value": number}, "subject": {"reference": value}});
            let query = parse("Observation", "date=ge2026&code=a&value-quantity=gt5&patient=1", Handling::Strict).expect("understood");
            query.matches(&reading, &Base::new("http://127.0.0.1"));
        }
    }
}
