//! The Bundle that answers a search. Resources are shared, not copied, until they are written out.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use crate::{Base, Graded, Issue, Outcome};

/// A Bundle of type `searchset`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SearchSet {
    resource_type: &'static str,
    r#type: &'static str,
    /// Number of all matches, where it is known; included resources do not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<usize>,
    /// `self`, and `next` where there is more.
    pub link: Vec<Link>,
    /// Matches, then what came along, then the outcome.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entry: Vec<SearchSetEntry>,
}

/// `Bundle.link`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// `self` or `next`.
    pub relation: &'static str,
    /// The whole address.
    pub url: String,
}

/// `Bundle.entry` of a searchset.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SearchSetEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    full_url: Option<String>,
    resource: Arc<Value>,
    search: Mode,
}

#[derive(Debug, Clone, Serialize)]
struct Mode {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    extension: Vec<Value>,
    mode: SearchMode,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
}

impl From<SearchMode> for Mode {
    fn from(mode: SearchMode) -> Self {
        Self { extension: Vec::new(), mode, score: None }
    }
}

/// How sure a server is of a match (R4 extension-match-grade.html).
const MATCH_GRADE: &str = "http://hl7.org/fhir/StructureDefinition/match-grade";

/// Why an entry is in the Bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SearchMode {
    /// It matched.
    Match,
    /// It came along.
    Include,
    /// It is about the search.
    Outcome,
}

impl SearchSet {
    /// An answer without entries yet.
    pub fn new(total: usize, own_url: String) -> Self {
        Self { total: Some(total), ..Self::uncounted(own_url) }
    }

    /// An answer without entries yet, to a search whose matches nobody has counted.
    pub fn uncounted(own_url: String) -> Self {
        Self {
            resource_type: "Bundle",
            r#type: "searchset",
            total: None,
            link: vec![Link { relation: "self", url: own_url }],
            entry: Vec::new(),
        }
    }

    /// Adds the link to the next page.
    pub fn next(&mut self, url: String) {
        self.link.push(Link { relation: "next", url });
    }

    /// Adds a resource of this server.
    pub fn push(&mut self, resource: Arc<Value>, mode: SearchMode, base: &Base) {
        self.add(resource, mode.into(), base);
    }

    /// Adds an answer of `Patient/$match` with its score and grade.
    pub fn push_graded(&mut self, graded: Graded, base: &Base) {
        let grade = json!({ "url": MATCH_GRADE, "valueCode": graded.grade.code() });
        let score = Some(f64::from(graded.score) / 100.0);
        self.add(graded.resource, Mode { extension: vec![grade], mode: SearchMode::Match, score }, base);
    }

    fn add(&mut self, resource: Arc<Value>, search: Mode, base: &Base) {
        let text = |name: &str| resource.get(name).and_then(Value::as_str).unwrap_or_default();
        let full_url = format!("{}/{}/{}", base.as_str(), text("resourceType"), text("id"));
        self.entry.push(SearchSetEntry { full_url: Some(full_url), resource, search });
    }

    /// Adds an OperationOutcome about the search, where there is something to say.
    pub fn say(&mut self, issues: Vec<Issue>) {
        if !issues.is_empty() {
            let resource = Arc::new(Outcome(issues).to_value());
            self.entry.push(SearchSetEntry { full_url: None, resource, search: SearchMode::Outcome.into() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_say_where_they_stand_and_why_they_came() {
        let mut set = SearchSet::new(1, "http://x.test/fhir/Goal?patient=1".into());
        set.push(
            Arc::new(json!({"resourceType": "Goal", "id": "g"})),
            SearchMode::Match,
            &Base::new("http://x.test/fhir"),
        );
        set.say(vec![Issue::warning("not-supported", "Left aside.")]);
        let value = serde_json::to_value(&set).expect("a Bundle is JSON");
        assert_eq!(value["entry"][0]["fullUrl"], json!("http://x.test/fhir/Goal/g"));
        assert_eq!(value["entry"][0]["search"]["mode"], json!("match"));
        assert_eq!(value["entry"][1]["search"]["mode"], json!("outcome"));
        assert_eq!(value["total"], json!(1));
    }
}
