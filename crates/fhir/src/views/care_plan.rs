//! CarePlan (R4 careplan.html).

use crate::date::FhirDate;
use crate::lenient::{Many, Maybe};
use crate::reference::Reference;
use crate::types::{Annotation, CodeableConcept, Extension, Identifier, Period, Timing, views};

views! {
    /// `CarePlan`.
    CarePlan {
        /// `identifier`.
        identifier: Many<Identifier>,
        /// `status`.
        status: Maybe<String>,
        /// `intent`.
        intent: Maybe<String>,
        /// `category`.
        category: Many<CodeableConcept>,
        /// `title`.
        title: Maybe<String>,
        /// `description`.
        description: Maybe<String>,
        /// `subject`.
        subject: Maybe<Reference>,
        /// `period`.
        period: Maybe<Period>,
        /// `created`.
        created: Maybe<FhirDate>,
        /// `author`.
        author: Maybe<Reference>,
        /// `contributor`.
        contributor: Many<Reference>,
        /// `careTeam`.
        care_team: Many<Reference>,
        /// `addresses`.
        addresses: Many<Reference>,
        /// `supportingInfo`.
        supporting_info: Many<Reference>,
        /// `goal`.
        goal: Many<Reference>,
        /// `activity`.
        activity: Many<CarePlanActivity>,
        /// `note`.
        note: Many<Annotation>,
        /// `extension`.
        extension: Many<Extension>,
    }

    /// `CarePlan.activity`.
    CarePlanActivity {
        /// `outcomeCodeableConcept`.
        outcome_codeable_concept: Many<CodeableConcept>,
        /// `outcomeReference`.
        outcome_reference: Many<Reference>,
        /// `progress`.
        progress: Many<Annotation>,
        /// `reference`.
        reference: Maybe<Reference>,
        /// `detail`.
        detail: Maybe<ActivityDetail>,
        /// `extension`.
        extension: Many<Extension>,
    }

    /// `CarePlan.activity.detail`.
    ActivityDetail {
        /// `kind`.
        kind: Maybe<String>,
        /// `code`.
        code: Maybe<CodeableConcept>,
        /// `reasonCode`.
        reason_code: Many<CodeableConcept>,
        /// `reasonReference`.
        reason_reference: Many<Reference>,
        /// `goal`.
        goal: Many<Reference>,
        /// `status`.
        status: Maybe<String>,
        /// `description`.
        description: Maybe<String>,
        /// `scheduledPeriod`.
        scheduled_period: Maybe<Period>,
        /// `scheduledString`.
        scheduled_string: Maybe<String>,
        /// `scheduledTiming`.
        scheduled_timing: Maybe<Timing>,
        /// `performer`.
        performer: Many<Reference>,
    }
}
