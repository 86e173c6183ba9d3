//! OperationOutcome: what a FHIR surface says instead of, or beside, a resource.
//!
//! Diagnostics name parameters, types and ids, never the content of a record.

use serde_json::{Value, json};

/// How bad an issue is (`issue-severity`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The request was refused.
    Error,
    /// The request was answered, but not wholly as asked.
    Warning,
    /// For information.
    Information,
}

/// One issue of an outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// How bad it is.
    pub severity: Severity,
    /// Code of the value set `issue-type`, such as `not-found`.
    pub code: &'static str,
    /// A sentence for the person who reads the log of the client.
    pub diagnostics: String,
    /// FHIRPath of the element, or name of the parameter.
    pub expression: Option<String>,
}

impl Issue {
    /// An issue because of which the request is refused.
    pub fn error(code: &'static str, diagnostics: impl Into<String>) -> Self {
        Self { severity: Severity::Error, code, diagnostics: diagnostics.into(), expression: None }
    }

    /// An issue beside an answer.
    pub fn warning(code: &'static str, diagnostics: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, diagnostics) }
    }

    /// Names the element or parameter the issue is about.
    pub fn at(mut self, expression: impl Into<String>) -> Self {
        self.expression = Some(expression.into());
        self
    }
}

/// A list of issues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome(pub Vec<Issue>);

impl Outcome {
    /// The outcome of a request that did what was asked.
    pub fn all_ok(diagnostics: impl Into<String>) -> Self {
        Self(vec![Issue { severity: Severity::Information, ..Issue::error("informational", diagnostics) }])
    }

    /// The resource `OperationOutcome`.
    pub fn to_value(&self) -> Value {
        let issues: Vec<Value> = self.0.iter().map(issue_value).collect();
        json!({ "resourceType": "OperationOutcome", "issue": issues })
    }
}

fn issue_value(issue: &Issue) -> Value {
    let severity = match issue.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "information",
    };
    let mut value = json!({ "severity": severity, "code": issue.code, "diagnostics": issue.diagnostics });
    if let Some(expression) = &issue.expression {
        value["expression"] = json!([expression]);
    }
    value
}

/// Why a request was refused: the HTTP status and what to say.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("refused with {status}")]
pub struct Failure {
    /// HTTP status code.
    pub status: u16,
    /// The body.
    pub outcome: Outcome,
}

impl Failure {
    /// A refusal with one issue.
    pub fn new(status: u16, code: &'static str, diagnostics: impl Into<String>) -> Self {
        Self { status, outcome: Outcome(vec![Issue::error(code, diagnostics)]) }
    }

    /// 400: the request itself is wrong.
    pub fn bad_request(code: &'static str, diagnostics: impl Into<String>) -> Self {
        Self::new(400, code, diagnostics)
    }

    /// 403: known who asks, and that it is not allowed.
    pub fn forbidden(diagnostics: impl Into<String>) -> Self {
        Self::new(403, "forbidden", diagnostics)
    }

    /// 404 for a resource.
    pub fn not_found(kind: &str, id: &str) -> Self {
        Self::new(404, "not-found", format!("There is no {kind}/{id} here."))
    }

    /// 412: the resource is not, or no longer, what the client thinks.
    pub fn precondition(code: &'static str, diagnostics: impl Into<String>) -> Self {
        Self::new(412, code, diagnostics)
    }

    /// 422: understood, but the resource is not acceptable.
    pub fn unprocessable(diagnostics: impl Into<String>) -> Self {
        Self::new(422, "invalid", diagnostics)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_carries_severity_code_sentence_and_place() {
        let outcome = Outcome(vec![Issue::warning("not-supported", "Left out.").at("colour")]);
        assert_eq!(
            outcome.to_value(),
            json!({"resourceType": "OperationOutcome", "issue": [
                {"severity": "warning", "code": "not-supported", "diagnostics": "Left out.", "expression": ["colour"]}]})
        );
    }
}
