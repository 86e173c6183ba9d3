//! OperationOutcome (R4 operationoutcome.html).

use crate::lenient::{Many, Maybe};
use crate::types::{CodeableConcept, views};

views! {
    /// `OperationOutcome`.
    OperationOutcome {
        /// `issue`.
        issue: Many<OutcomeIssue>,
    }

    /// `OperationOutcome.issue`.
    OutcomeIssue {
        /// `severity`.
        severity: Maybe<String>,
        /// `code`.
        code: Maybe<String>,
        /// `details`.
        details: Maybe<CodeableConcept>,
        /// `diagnostics`.
        diagnostics: Maybe<String>,
        /// `expression`.
        expression: Many<String>,
    }
}
