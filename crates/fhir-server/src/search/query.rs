//! A whole search of one type.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use super::{Controls, Criterion, Include, SortKey, Sorting};
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

/// What a surface offers of the tables; the rest is not known there.
#[derive(Clone, Copy)]
pub struct Offered<'a> {
    /// Whether a parameter is.
    pub param: &'a dyn Fn(&str) -> bool,
    /// Whether an `_include` is.
    pub include: &'a dyn Fn(&Include) -> bool,
    /// Whether a `_revinclude` is.
    pub reverse_include: &'a dyn Fn(&Include) -> bool,
}

impl Offered<'_> {
    /// Everything that is in the tables.
    pub const ALL: Self = Self { param: &|_| true, include: &|_| true, reverse_include: &|_| true };
}

impl fmt::Debug for Offered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Offered")
    }
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
        Self::parse_offered(kind, pairs, handling, Offered::ALL)
    }

    /// As [`Query::parse`], for a surface that offers a part of the tables only.
    ///
    /// # Errors
    /// As [`Query::parse`].
    pub fn parse_offered(
        kind: &str,
        pairs: &[(String, String)],
        handling: Handling,
        offered: Offered<'_>,
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

    fn take(&mut self, name: &str, value: &str, offered: Offered<'_>) -> Result<(), Failure> {
        let (includes, reverse) = (self.controls.includes.len(), self.controls.reverse_includes.len());
        if self.controls.take(&self.kind, name, value)? {
            let fine = keep_offered(&mut self.controls.includes, includes, offered.include)
                && keep_offered(&mut self.controls.reverse_includes, reverse, offered.reverse_include);
            let sorted = self.controls.sorting.iter().all(|rule| (offered.param)(rule.name()));
            return match (fine, sorted) {
                (true, true) => Ok(()),
                (false, _) => Err(Include::not_offered()),
                (_, false) => {
                    self.controls.sorting.clear();
                    Err(Sorting::not_offered(&self.kind))
                }
            };
        }
        let (plain_name, modifier) =
            name.split_once(':').map_or((name, None), |(name, modifier)| (name, Some(modifier)));
        let param =
            params::lookup(&self.kind, plain_name).filter(|param| (offered.param)(param.name)).ok_or_else(|| {
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

    /// What is told of a match: all of it, or the elements that were asked for.
    pub fn told(&self, resource: Arc<Value>) -> Arc<Value> {
        match &self.controls.elements {
            Some(elements) => Arc::new(elements.of(&resource)),
            None => resource,
        }
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

/// Keeps of what was added after the first `known` what is offered; false where something was added and nothing is.
fn keep_offered(includes: &mut Vec<Include>, known: usize, offered: &dyn Fn(&Include) -> bool) -> bool {
    let added = includes.split_off(known);
    let asked = !added.is_empty();
    includes.extend(added.into_iter().filter(offered));
    !asked || includes.len() > known
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
    fn an_include_that_a_surface_does_not_offer_is_refused_and_of_all_references_only_the_offered_are_followed() {
        let goal = |include: &Include| include.param.name == "goal";
        let offered = Offered { include: &goal, reverse_include: &|_| false, ..Offered::ALL };
        let read = |text: &str| Query::parse_offered("CarePlan", &parse_pairs(text), Handling::Strict, offered);
        for text in ["_include=CarePlan:care-team", "_revinclude=Task:based-on", "_revinclude:iterate=Task:based-on"] {
            assert_eq!(read(text).expect_err(text).status, 400, "{text}");
        }
        for text in ["_include=CarePlan:goal", "_include:iterate=CarePlan:goal:Goal", "_include=CarePlan:*"] {
            assert_eq!(read(text).expect(text).controls().includes.len(), 1, "{text}");
        }
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
        let only = Offered { param: &|name| name == "patient", ..Offered::ALL };
        let failure = Query::parse_offered("Goal", &pairs, Handling::Strict, only).expect_err("not offered");
        assert_eq!((failure.status, failure.outcome.0[0].expression.as_deref()), (400, Some("category")));
        assert!(Query::parse_offered("Goal", &pairs[..1], Handling::Strict, only).is_ok());
        let sorted = parse_pairs("patient=1&_sort=lifecycle-status");
        assert_eq!(Query::parse_offered("Goal", &sorted, Handling::Strict, only).expect_err("no order").status, 400);
        let lenient = Query::parse_offered("Goal", &sorted, Handling::Lenient, only).expect("left aside");
        assert_eq!((lenient.controls().sorting.len(), lenient.warnings().len()), (0, 1));
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
