//! Practitioner, PractitionerRole, RelatedPerson and Organization (R4).

use crate::lenient::{Many, Maybe};
use crate::reference::Reference;
use crate::types::{CodeableConcept, ContactPoint, HumanName, Identifier, views};

views! {
    /// `Practitioner`, and `RelatedPerson`, which has the same name elements.
    Practitioner {
        /// `identifier`.
        identifier: Many<Identifier>,
        /// `name`.
        name: Many<HumanName>,
        /// `telecom`.
        telecom: Many<ContactPoint>,
        /// `relationship`.
        relationship: Many<CodeableConcept>,
        /// `patient`.
        patient: Maybe<Reference>,
    }

    /// `PractitionerRole`.
    PractitionerRole {
        /// `practitioner`.
        practitioner: Maybe<Reference>,
        /// `organization`.
        organization: Maybe<Reference>,
        /// `code`.
        code: Many<CodeableConcept>,
        /// `specialty`.
        specialty: Many<CodeableConcept>,
        /// `telecom`.
        telecom: Many<ContactPoint>,
    }

    /// `Organization`.
    Organization {
        /// `identifier`.
        identifier: Many<Identifier>,
        /// `name`.
        name: Maybe<String>,
        /// `telecom`.
        telecom: Many<ContactPoint>,
    }
}
