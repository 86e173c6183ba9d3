//! Observation (R4 observation.html).

use crate::date::FhirDate;
use crate::lenient::{Many, Maybe};
use crate::reference::Reference;
use crate::types::{
    Annotation, CodeableConcept, Extension, Identifier, Period, Quantity, Range, Ratio, SampledData, views,
};

views! {
    /// `Observation`.
    Observation {
        /// `identifier`.
        identifier: Many<Identifier>,
        /// `status`.
        status: Maybe<String>,
        /// `category`.
        category: Many<CodeableConcept>,
        /// `code`.
        code: Maybe<CodeableConcept>,
        /// `subject`.
        subject: Maybe<Reference>,
        /// `focus`.
        focus: Many<Reference>,
        /// `effectiveDateTime`.
        effective_date_time: Maybe<FhirDate>,
        /// `effectivePeriod`.
        effective_period: Maybe<Period>,
        /// `effectiveInstant`.
        effective_instant: Maybe<FhirDate>,
        /// `issued`.
        issued: Maybe<FhirDate>,
        /// `performer`.
        performer: Many<Reference>,
        /// `valueQuantity`.
        value_quantity: Maybe<Quantity>,
        /// `valueCodeableConcept`.
        value_codeable_concept: Maybe<CodeableConcept>,
        /// `valueString`.
        value_string: Maybe<String>,
        /// `valueBoolean`.
        value_boolean: Maybe<bool>,
        /// `valueInteger`.
        value_integer: Maybe<i64>,
        /// `valueRange`.
        value_range: Maybe<Range>,
        /// `valueRatio`.
        value_ratio: Maybe<Ratio>,
        /// `valueTime`.
        value_time: Maybe<String>,
        /// `valueDateTime`.
        value_date_time: Maybe<FhirDate>,
        /// `valuePeriod`.
        value_period: Maybe<Period>,
        /// `valueSampledData`.
        value_sampled_data: Maybe<SampledData>,
        /// `dataAbsentReason`.
        data_absent_reason: Maybe<CodeableConcept>,
        /// `interpretation`.
        interpretation: Many<CodeableConcept>,
        /// `note`.
        note: Many<Annotation>,
        /// `bodySite`.
        body_site: Maybe<CodeableConcept>,
        /// `method`.
        method: Maybe<CodeableConcept>,
        /// `basedOn`.
        based_on: Many<Reference>,
        /// `referenceRange`.
        reference_range: Many<ReferenceRange>,
        /// `hasMember`.
        has_member: Many<Reference>,
        /// `derivedFrom`.
        derived_from: Many<Reference>,
        /// `component`.
        component: Many<ObservationComponent>,
        /// `extension`.
        extension: Many<Extension>,
    }

    /// `Observation.component`.
    ObservationComponent {
        /// `code`.
        code: Maybe<CodeableConcept>,
        /// `valueQuantity`.
        value_quantity: Maybe<Quantity>,
        /// `valueCodeableConcept`.
        value_codeable_concept: Maybe<CodeableConcept>,
        /// `valueString`.
        value_string: Maybe<String>,
        /// `valueBoolean`.
        value_boolean: Maybe<bool>,
        /// `valueInteger`.
        value_integer: Maybe<i64>,
        /// `valueSampledData`.
        value_sampled_data: Maybe<SampledData>,
        /// `dataAbsentReason`.
        data_absent_reason: Maybe<CodeableConcept>,
    }

    /// `Observation.referenceRange`.
    ReferenceRange {
        /// `low`.
        low: Maybe<Quantity>,
        /// `high`.
        high: Maybe<Quantity>,
        /// `text`.
        text: Maybe<String>,
    }
}
