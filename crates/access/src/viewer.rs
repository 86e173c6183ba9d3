//! The user in front of the screen.

use serde::{Deserialize, Serialize};

/// What a user is, which decides what the screens offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Practitioner inside the EHR.
    Clinician,
    /// The person whose plan it is.
    Patient,
    /// Works over a panel of people.
    Coordinator,
    /// RelatedPerson of the patient.
    Carer,
}

/// Who a user is for ever: issuer and subject of the identity token. Never an e-mail address or a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UserKey {
    /// `iss`.
    pub issuer: String,
    /// `sub`.
    pub subject: String,
}

/// The user of a launch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// Issuer and subject; `None` where the source gives no identity token.
    pub user: Option<UserKey>,
    /// What the user is.
    pub role: Role,
    /// Name to show, where the source gives one.
    pub name: Option<String>,
    /// `fhirUser`: the user's own resource, such as `Practitioner/17`, as the identity token says it.
    pub fhir_user: Option<String>,
}
