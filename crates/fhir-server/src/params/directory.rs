//! The directory: organizations, places, services.

use super::{IDENTIFIER, STATUS, Type, reference, text, token};

pub(super) const TYPES: &[Type] = &[
    Type {
        name: "Organization",
        params: &[
            IDENTIFIER,
            text("name", &["name", "alias"]),
            token("active", &["active"]),
            token("type", &["type"]),
            reference("partof", &["partOf"], &["Organization"]),
            reference("endpoint", &["endpoint"], &["Endpoint"]),
            text("address", &["address"]),
            text("address-city", &["address.city"]),
            text("address-state", &["address.state"]),
            text("address-postalcode", &["address.postalCode"]),
            text("address-country", &["address.country"]),
        ],
    },
    Type {
        name: "Location",
        params: &[
            IDENTIFIER,
            STATUS,
            text("name", &["name", "alias"]),
            token("type", &["type"]),
            token("operational-status", &["operationalStatus"]),
            reference("organization", &["managingOrganization"], &["Organization"]),
            reference("partof", &["partOf"], &["Location"]),
            text("address", &["address"]),
            text("address-city", &["address.city"]),
            text("address-state", &["address.state"]),
            text("address-postalcode", &["address.postalCode"]),
            text("address-country", &["address.country"]),
        ],
    },
    Type {
        name: "HealthcareService",
        params: &[
            IDENTIFIER,
            text("name", &["name"]),
            token("active", &["active"]),
            token("specialty", &["specialty"]),
            token("service-type", &["type"]),
            token("service-category", &["category"]),
            reference("organization", &["providedBy"], &["Organization"]),
            reference("location", &["location"], &["Location"]),
        ],
    },
    Type {
        name: "OrganizationAffiliation",
        params: &[
            IDENTIFIER,
            reference("primary-organization", &["organization"], &["Organization"]),
            reference("participating-organization", &["participatingOrganization"], &["Organization"]),
            token("role", &["code"]),
            token("specialty", &["specialty"]),
            token("active", &["active"]),
        ],
    },
    Type {
        name: "Endpoint",
        params: &[
            IDENTIFIER,
            STATUS,
            text("name", &["name"]),
            token("connection-type", &["connectionType"]),
            reference("organization", &["managingOrganization"], &["Organization"]),
        ],
    },
];
