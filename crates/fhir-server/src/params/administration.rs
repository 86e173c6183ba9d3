//! Cover, consent and money.

use super::{
    ANY, BY_PATIENT, CATEGORY, ENCOUNTER, IDENTIFIER, PATIENT, STATUS, SUBJECT, Type, date, reference, text, token,
};

pub(super) const TYPES: &[Type] = &[
    Type {
        name: "Coverage",
        params: &[
            IDENTIFIER,
            STATUS,
            reference("patient", &["beneficiary"], PATIENT),
            reference("beneficiary", &["beneficiary"], PATIENT),
            reference("subscriber", &["subscriber"], ANY),
            reference("payor", &["payor"], ANY),
            reference("policy-holder", &["policyHolder"], ANY),
            token("type", &["type"]),
            text("dependent", &["dependent"]),
        ],
    },
    Type {
        name: "Consent",
        params: &[
            BY_PATIENT,
            IDENTIFIER,
            STATUS,
            CATEGORY,
            token("scope", &["scope"]),
            date("date", &["dateTime"]),
            date("period", &["provision.period"]),
            reference("actor", &["provision.actor.reference"], ANY),
            reference("consentor", &["performer"], ANY),
            reference("organization", &["organization"], &["Organization"]),
            token("purpose", &["provision.purpose"]),
            token("security-label", &["provision.securityLabel"]),
        ],
    },
    Type {
        name: "Claim",
        params: &[
            BY_PATIENT,
            IDENTIFIER,
            STATUS,
            token("use", &["use"]),
            token("priority", &["priority"]),
            date("created", &["created"]),
            reference("provider", &["provider"], ANY),
            reference("insurer", &["insurer"], &["Organization"]),
            reference("encounter", &["item.encounter"], ENCOUNTER),
        ],
    },
    Type {
        name: "ExplanationOfBenefit",
        params: &[
            BY_PATIENT,
            IDENTIFIER,
            STATUS,
            date("created", &["created"]),
            reference("provider", &["provider"], ANY),
            reference("claim", &["claim"], &["Claim"]),
            reference("coverage", &["insurance.coverage"], &["Coverage"]),
            reference("encounter", &["item.encounter"], ENCOUNTER),
            token("disposition", &["disposition"]),
        ],
    },
    Type {
        name: "Account",
        params: &[
            IDENTIFIER,
            STATUS,
            SUBJECT,
            reference("patient", &["subject"], PATIENT),
            token("type", &["type"]),
            text("name", &["name"]),
            date("period", &["servicePeriod"]),
            reference("owner", &["owner"], &["Organization"]),
        ],
    },
    Type {
        name: "SupplyDelivery",
        params: &[
            BY_PATIENT,
            IDENTIFIER,
            STATUS,
            reference("supplier", &["supplier"], ANY),
            reference("receiver", &["receiver"], ANY),
        ],
    },
];
