//! Condition (R4 condition.html).

use crate::date::FhirDate;
use crate::lenient::{Many, Maybe};
use crate::reference::Reference;
use crate::types::{Annotation, CodeableConcept, Extension, Identifier, Period, Quantity, views};

views! {
    /// `Condition`.
    Condition {
        /// `identifier`.
        identifier: Many<Identifier>,
        /// `clinicalStatus`.
        clinical_status: Maybe<CodeableConcept>,
        /// `verificationStatus`.
        verification_status: Maybe<CodeableConcept>,
        /// `category`.
        category: Many<CodeableConcept>,
        /// `severity`.
        severity: Maybe<CodeableConcept>,
        /// `code`.
        code: Maybe<CodeableConcept>,
        /// `subject`.
        subject: Maybe<Reference>,
        /// `onsetDateTime`.
        onset_date_time: Maybe<FhirDate>,
        /// `onsetPeriod`.
        onset_period: Maybe<Period>,
        /// `onsetString`.
        onset_string: Maybe<String>,
        /// `onsetAge`.
        onset_age: Maybe<Quantity>,
        /// `abatementDateTime`.
        abatement_date_time: Maybe<FhirDate>,
        /// `abatementPeriod`.
        abatement_period: Maybe<Period>,
        /// `recordedDate`.
        recorded_date: Maybe<FhirDate>,
        /// `recorder`.
        recorder: Maybe<Reference>,
        /// `asserter`.
        asserter: Maybe<Reference>,
        /// `stage`.
        stage: Many<ConditionStage>,
        /// `evidence`.
        evidence: Many<ConditionEvidence>,
        /// `note`.
        note: Many<Annotation>,
        /// `extension`.
        extension: Many<Extension>,
    }

    /// `Condition.stage`.
    ConditionStage {
        /// `summary`.
        summary: Maybe<CodeableConcept>,
        /// `type`.
        #[serde(rename = "type")]
        kind: Maybe<CodeableConcept>,
    }

    /// `Condition.evidence`.
    ConditionEvidence {
        /// `code`.
        code: Many<CodeableConcept>,
        /// `detail`.
        detail: Many<Reference>,
    }
}
