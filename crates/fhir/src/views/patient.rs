//! Patient (R4 patient.html).

use crate::date::FhirDate;
use crate::lenient::{Many, Maybe};
use crate::reference::Reference;
use crate::types::{Address, ContactPoint, HumanName, Identifier, views};

views! {
    /// `Patient`.
    Patient {
        /// `name`.
        name: Many<HumanName>,
        /// `birthDate`.
        birth_date: Maybe<FhirDate>,
        /// `gender`.
        gender: Maybe<String>,
        /// `deceasedBoolean`.
        deceased_boolean: Maybe<bool>,
        /// `deceasedDateTime`.
        deceased_date_time: Maybe<FhirDate>,
        /// `identifier`.
        identifier: Many<Identifier>,
        /// `telecom`.
        telecom: Many<ContactPoint>,
        /// `address`.
        address: Many<Address>,
        /// `link`.
        link: Many<PatientLink>,
        /// `active`.
        active: Maybe<bool>,
    }

    /// `Patient.link`.
    PatientLink {
        /// `other`.
        other: Maybe<Reference>,
        /// `type`.
        #[serde(rename = "type")]
        link_type: Maybe<String>,
    }
}
