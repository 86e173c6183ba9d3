//! Goal (R4 goal.html).

use crate::date::FhirDate;
use crate::lenient::{Many, Maybe};
use crate::reference::Reference;
use crate::types::{Annotation, CodeableConcept, Extension, Identifier, Quantity, Range, Ratio, views};

views! {
    /// `Goal`.
    Goal {
        /// `identifier`.
        identifier: Many<Identifier>,
        /// `lifecycleStatus`.
        lifecycle_status: Maybe<String>,
        /// `achievementStatus`.
        achievement_status: Maybe<CodeableConcept>,
        /// `category`.
        category: Many<CodeableConcept>,
        /// `priority`.
        priority: Maybe<CodeableConcept>,
        /// `description`.
        description: Maybe<CodeableConcept>,
        /// `subject`.
        subject: Maybe<Reference>,
        /// `startDate`.
        start_date: Maybe<FhirDate>,
        /// `startCodeableConcept`.
        start_codeable_concept: Maybe<CodeableConcept>,
        /// `target`.
        target: Many<GoalTarget>,
        /// `statusDate`.
        status_date: Maybe<FhirDate>,
        /// `statusReason`.
        status_reason: Maybe<String>,
        /// `expressedBy`.
        expressed_by: Maybe<Reference>,
        /// `addresses`.
        addresses: Many<Reference>,
        /// `note`.
        note: Many<Annotation>,
        /// `outcomeCode`.
        outcome_code: Many<CodeableConcept>,
        /// `outcomeReference`.
        outcome_reference: Many<Reference>,
        /// `extension`.
        extension: Many<Extension>,
    }

    /// `Goal.target`.
    GoalTarget {
        /// `measure`.
        measure: Maybe<CodeableConcept>,
        /// `detailQuantity`.
        detail_quantity: Maybe<Quantity>,
        /// `detailRange`.
        detail_range: Maybe<Range>,
        /// `detailCodeableConcept`.
        detail_codeable_concept: Maybe<CodeableConcept>,
        /// `detailString`.
        detail_string: Maybe<String>,
        /// `detailBoolean`.
        detail_boolean: Maybe<bool>,
        /// `detailInteger`.
        detail_integer: Maybe<i64>,
        /// `detailRatio`.
        detail_ratio: Maybe<Ratio>,
        /// `dueDate`.
        due_date: Maybe<FhirDate>,
        /// `dueDuration`.
        due_duration: Maybe<Quantity>,
    }
}
