//! AllergyIntolerance (R4 allergyintolerance.html).

use crate::date::FhirDate;
use crate::lenient::{Many, Maybe};
use crate::reference::Reference;
use crate::types::{CodeableConcept, Identifier, views};

views! {
    /// `AllergyIntolerance`.
    AllergyIntolerance {
        /// `identifier`.
        identifier: Many<Identifier>,
        /// `clinicalStatus`.
        clinical_status: Maybe<CodeableConcept>,
        /// `verificationStatus`.
        verification_status: Maybe<CodeableConcept>,
        /// `type`.
        #[serde(rename = "type")]
        kind: Maybe<String>,
        /// `category`.
        category: Many<String>,
        /// `criticality`.
        criticality: Maybe<String>,
        /// `code`.
        code: Maybe<CodeableConcept>,
        /// `patient`.
        patient: Maybe<Reference>,
        /// `onsetDateTime`.
        onset_date_time: Maybe<FhirDate>,
        /// `recordedDate`.
        recorded_date: Maybe<FhirDate>,
        /// `reaction`.
        reaction: Many<AllergyReaction>,
    }

    /// `AllergyIntolerance.reaction`.
    AllergyReaction {
        /// `substance`.
        substance: Maybe<CodeableConcept>,
        /// `manifestation`.
        manifestation: Many<CodeableConcept>,
        /// `severity`.
        severity: Maybe<String>,
    }
}
