//! What was done: Procedure, Encounter, Immunization, MedicationAdministration, DiagnosticReport, Communication,
//! DocumentReference and QuestionnaireResponse, read as one (R4).

use super::request::Payload;
use crate::date::FhirDate;
use crate::lenient::{Many, Maybe};
use crate::reference::Reference;
use crate::types::{Annotation, CodeableConcept, Coding, Dosage, Extension, Identifier, Period, views};

views! {
    /// Any performed activity; a type fills the elements that it has.
    Performed {
        /// `identifier`.
        identifier: Many<Identifier>,
        /// `status`.
        status: Maybe<String>,
        /// `category`.
        category: Many<CodeableConcept>,
        /// `code`.
        code: Maybe<CodeableConcept>,
        /// `type`.
        #[serde(rename = "type")]
        kind: Many<CodeableConcept>,
        /// `vaccineCode`.
        vaccine_code: Maybe<CodeableConcept>,
        /// `description`.
        description: Maybe<String>,
        /// `questionnaire`.
        questionnaire: Maybe<String>,
        /// `subject`.
        subject: Maybe<Reference>,
        /// `patient`.
        patient: Maybe<Reference>,
        /// `performedDateTime`.
        performed_date_time: Maybe<FhirDate>,
        /// `performedPeriod`.
        performed_period: Maybe<Period>,
        /// `performedString`.
        performed_string: Maybe<String>,
        /// `period`.
        period: Maybe<Period>,
        /// `occurrenceDateTime`.
        occurrence_date_time: Maybe<FhirDate>,
        /// `effectiveDateTime`.
        effective_date_time: Maybe<FhirDate>,
        /// `effectivePeriod`.
        effective_period: Maybe<Period>,
        /// `issued`.
        issued: Maybe<FhirDate>,
        /// `authored`.
        authored: Maybe<FhirDate>,
        /// `sent`.
        sent: Maybe<FhirDate>,
        /// `date`.
        date: Maybe<FhirDate>,
        /// `reasonCode`.
        reason_code: Many<CodeableConcept>,
        /// `reasonReference`.
        reason_reference: Many<Reference>,
        /// `basedOn`.
        based_on: Many<Reference>,
        /// `result`.
        result: Many<Reference>,
        /// `outcome`.
        outcome: Maybe<CodeableConcept>,
        /// `payload`.
        payload: Many<Payload>,
        /// `dosage` of a MedicationAdministration (one, not a list).
        dosage: Maybe<Dosage>,
        /// `medicationCodeableConcept`.
        medication_codeable_concept: Maybe<CodeableConcept>,
        /// `medicationReference`.
        medication_reference: Maybe<Reference>,
        /// `performer`: a Reference, or an element with an `actor`.
        performer: Many<PerformedBy>,
        /// `participant` of an Encounter.
        participant: Many<PerformedBy>,
        /// `author`.
        author: Many<Reference>,
        /// `sender`.
        sender: Maybe<Reference>,
        /// `class` of an Encounter.
        class: Maybe<Coding>,
        /// `note`.
        note: Many<Annotation>,
        /// `extension`.
        extension: Many<Extension>,
    }

    /// Who did it: `performer` and `participant` of the performed types, whose shapes differ.
    PerformedBy {
        /// `actor` (Procedure, Immunization, MedicationAdministration).
        actor: Maybe<Reference>,
        /// `individual` (Encounter).
        individual: Maybe<Reference>,
        /// `reference`, where the element is a Reference itself (DiagnosticReport).
        reference: Maybe<String>,
        /// `display` of the same.
        display: Maybe<String>,
    }
}
