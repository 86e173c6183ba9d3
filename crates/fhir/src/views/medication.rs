//! MedicationRequest, MedicationStatement and Medication (R4).

use crate::date::FhirDate;
use crate::lenient::{Many, Maybe};
use crate::reference::Reference;
use crate::types::{Annotation, CodeableConcept, Dosage, Extension, Identifier, Period, views};

views! {
    /// `MedicationRequest`.
    MedicationRequest {
        /// `identifier`.
        identifier: Many<Identifier>,
        /// `status`.
        status: Maybe<String>,
        /// `intent`.
        intent: Maybe<String>,
        /// `category`.
        category: Many<CodeableConcept>,
        /// `medicationCodeableConcept`.
        medication_codeable_concept: Maybe<CodeableConcept>,
        /// `medicationReference`.
        medication_reference: Maybe<Reference>,
        /// `subject`.
        subject: Maybe<Reference>,
        /// `authoredOn`.
        authored_on: Maybe<FhirDate>,
        /// `requester`.
        requester: Maybe<Reference>,
        /// `reasonCode`.
        reason_code: Many<CodeableConcept>,
        /// `reasonReference`.
        reason_reference: Many<Reference>,
        /// `note`.
        note: Many<Annotation>,
        /// `dosageInstruction`.
        dosage_instruction: Many<Dosage>,
        /// `extension`.
        extension: Many<Extension>,
        /// `contained`.
        contained: Many<Medication>,
    }

    /// `MedicationStatement`.
    MedicationStatement {
        /// `identifier`.
        identifier: Many<Identifier>,
        /// `status`.
        status: Maybe<String>,
        /// `medicationCodeableConcept`.
        medication_codeable_concept: Maybe<CodeableConcept>,
        /// `medicationReference`.
        medication_reference: Maybe<Reference>,
        /// `subject`.
        subject: Maybe<Reference>,
        /// `effectiveDateTime`.
        effective_date_time: Maybe<FhirDate>,
        /// `effectivePeriod`.
        effective_period: Maybe<Period>,
        /// `dateAsserted`.
        date_asserted: Maybe<FhirDate>,
        /// `reasonCode`.
        reason_code: Many<CodeableConcept>,
        /// `reasonReference`.
        reason_reference: Many<Reference>,
        /// `note`.
        note: Many<Annotation>,
        /// `dosage`.
        dosage: Many<Dosage>,
        /// `extension`.
        extension: Many<Extension>,
        /// `contained`.
        contained: Many<Medication>,
    }

    /// `Medication`.
    Medication {
        /// `id`.
        id: Maybe<String>,
        /// `code`.
        code: Maybe<CodeableConcept>,
        /// `status`.
        status: Maybe<String>,
    }
}
