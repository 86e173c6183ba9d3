//! What is planned: ServiceRequest, NutritionOrder, CommunicationRequest, DeviceRequest, Task, Appointment, RequestGroup, read as one (R4).

use crate::date::FhirDate;
use crate::lenient::{Many, Maybe};
use crate::reference::Reference;
use crate::types::{Annotation, Attachment, CodeableConcept, Extension, Identifier, Period, Timing, views};

views! {
    /// Any planned activity; a type fills the elements that it has.
    Request {
        /// `identifier`.
        identifier: Many<Identifier>,
        /// `status`.
        status: Maybe<String>,
        /// `intent`.
        intent: Maybe<String>,
        /// `category`.
        category: Many<CodeableConcept>,
        /// `code`.
        code: Maybe<CodeableConcept>,
        /// `codeCodeableConcept`.
        code_codeable_concept: Maybe<CodeableConcept>,
        /// `serviceType`.
        service_type: Many<CodeableConcept>,
        /// `description`.
        description: Maybe<String>,
        /// `subject`.
        subject: Maybe<Reference>,
        /// `patient`.
        patient: Maybe<Reference>,
        /// `for`.
        #[serde(rename = "for")]
        subject_for: Maybe<Reference>,
        /// `authoredOn`.
        authored_on: Maybe<FhirDate>,
        /// `dateTime`.
        date_time: Maybe<FhirDate>,
        /// `start`.
        start: Maybe<FhirDate>,
        /// `end`.
        end: Maybe<FhirDate>,
        /// `occurrenceDateTime`.
        occurrence_date_time: Maybe<FhirDate>,
        /// `occurrencePeriod`.
        occurrence_period: Maybe<Period>,
        /// `occurrenceTiming`.
        occurrence_timing: Maybe<Timing>,
        /// `executionPeriod`.
        execution_period: Maybe<Period>,
        /// `requester`.
        requester: Maybe<Reference>,
        /// `orderer`.
        orderer: Maybe<Reference>,
        /// `owner`.
        owner: Maybe<Reference>,
        /// `sender`.
        sender: Maybe<Reference>,
        /// `performer`.
        performer: Many<Reference>,
        /// `reasonCode`.
        reason_code: Many<CodeableConcept>,
        /// `reasonReference`.
        reason_reference: Many<Reference>,
        /// `basedOn`.
        based_on: Many<Reference>,
        /// `focus`.
        focus: Maybe<Reference>,
        /// `payload`.
        payload: Many<Payload>,
        /// `oralDiet`.
        oral_diet: Maybe<OralDiet>,
        /// `action` of a RequestGroup.
        action: Many<RequestAction>,
        /// `note`.
        note: Many<Annotation>,
        /// `participant`.
        participant: Many<AppointmentParticipant>,
        /// `extension`.
        extension: Many<Extension>,
    }

    /// `RequestGroup.action`.
    RequestAction {
        /// `title`.
        title: Maybe<String>,
        /// `description`.
        description: Maybe<String>,
        /// `resource`.
        resource: Maybe<Reference>,
    }

    /// `CommunicationRequest.payload`.
    Payload {
        /// `contentString`.
        content_string: Maybe<String>,
        /// `contentAttachment`.
        content_attachment: Maybe<Attachment>,
        /// `contentReference`.
        content_reference: Maybe<Reference>,
    }

    /// `NutritionOrder.oralDiet`.
    OralDiet {
        /// `type`.
        #[serde(rename = "type")]
        kind: Many<CodeableConcept>,
        /// `instruction`.
        instruction: Maybe<String>,
    }

    /// `Appointment.participant`.
    AppointmentParticipant {
        /// `actor`.
        actor: Maybe<Reference>,
        /// `status`.
        status: Maybe<String>,
    }
}
