//! What its author took back.

use crate::lenient::Maybe;
use crate::resource::Resource;
use crate::types::{CodeableConcept, views};

/// Why a resource says nothing about the person any more. It is kept: that it was said, and taken back, is history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retraction {
    /// `entered-in-error`: should never have been there. Some servers leave such resources out of their answers, others
    /// do not (smart-launch F10).
    EnteredInError,
    /// `verificationStatus` `refuted`: was suspected, and is not so.
    Refuted,
}

views! {
    /// The elements in which R4 says it.
    Statuses {
        /// `status`.
        status: Maybe<String>,
        /// `lifecycleStatus` of a Goal.
        lifecycle_status: Maybe<String>,
        /// `verificationStatus` of a Condition or an AllergyIntolerance.
        verification_status: Maybe<CodeableConcept>,
    }
}

impl Resource {
    /// Whether its author took the resource back, and how.
    pub fn retraction(&self) -> Option<Retraction> {
        let said: Statuses = self.read();
        let verification = said.verification_status.as_ref().map(|concept| &concept.coding);
        let codes = verification.into_iter().flatten().filter_map(|coding| coding.code.as_deref());
        let plain = [said.status.as_deref(), said.lifecycle_status.as_deref()].into_iter().flatten();
        let codes: Vec<&str> = codes.chain(plain).collect();
        if codes.contains(&"entered-in-error") {
            return Some(Retraction::EnteredInError);
        }
        let refuted =
            verification.is_some_and(|coding| coding.iter().any(|one| one.code.as_deref() == Some("refuted")));
        refuted.then_some(Retraction::Refuted)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn retraction(rest: &str) -> Option<Retraction> {
        let raw = format!(r#"{{"resourceType":"Condition","id":"1",{rest}}}"#);
        Resource::parse(&crate::SourceId::new("a"), &raw).unwrap().retraction()
    }

    #[test]
    fn f10_what_was_taken_back_is_told_wherever_a_type_says_it() {
        for rest in [
            r#""status":"entered-in-error""#,
            r#""lifecycleStatus":"entered-in-error""#,
            r#""verificationStatus":{"coding":[{"code":"entered-in-error"}]}"#,
        ] {
            assert_eq!(retraction(rest), Some(Retraction::EnteredInError), "{rest}");
        }
        let refuted = r#""verificationStatus":{"coding":[{"system":"x","code":"local"},{"code":"refuted"}]}"#;
        assert_eq!(retraction(refuted), Some(Retraction::Refuted));
    }

    #[test]
    fn f10_what_stands_is_not_taken_for_taken_back() {
        for rest in [
            r#""status":"active""#,
            r#""status":"refuted""#,
            r#""verificationStatus":{"coding":[{"code":"confirmed"}],"text":"refuted"}"#,
            r#""note":[{"text":"entered-in-error"}]"#,
        ] {
            assert_eq!(retraction(rest), None, "{rest}");
        }
    }
}
