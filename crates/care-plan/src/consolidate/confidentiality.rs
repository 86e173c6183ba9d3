//! How widely a resource may be shared, by its security labels.

use fhir::Resource;

use crate::plan::Confidentiality;

/// The highest of a resource's labels (R4 security-labels.html). A label that we do not know counts as above normal.
pub(crate) fn of(resource: &Resource) -> Confidentiality {
    let labels = resource.meta().security.iter();
    labels.map(|label| level(label.code.as_deref())).max().unwrap_or_default()
}

fn level(code: Option<&str>) -> Confidentiality {
    match code {
        // HL7 v3 Confidentiality, and the mark of test data, which is no restriction.
        Some("U" | "L" | "M" | "N" | "HTEST") => Confidentiality::Normal,
        Some("V") => Confidentiality::VeryRestricted,
        // Restricted, and the sensitivities of HL7 v3 ActCode that the law of many places protects.
        Some(
            "R" | "ETH" | "ETHUD" | "GDIS" | "HIV" | "MH" | "PSY" | "PSYTHPN" | "SCA" | "SDV" | "SEX" | "STD" | "SUD"
            | "TABOO",
        ) => Confidentiality::Restricted,
        _ => Confidentiality::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use fhir::SourceId;

    use super::*;

    #[test]
    fn the_highest_label_counts_and_one_that_nobody_knows_is_above_normal() {
        let with = |codes: &[&str]| {
            let labels: Vec<_> = codes.iter().map(|code| serde_json::json!({ "code": code })).collect();
            let json = serde_json::json!({ "resourceType": "Goal", "id": "1", "meta": { "security": labels } });
            of(&Resource::parse(&SourceId::new("a"), &json.to_string()).expect("a resource"))
        };
        assert_eq!((with(&[]), with(&["N"])), (Confidentiality::Normal, Confidentiality::Normal));
        assert_eq!(
            (with(&["N", "R"]), with(&["V", "R"])),
            (Confidentiality::Restricted, Confidentiality::VeryRestricted)
        );
        assert_eq!(with(&["N", "xyz"]), Confidentiality::Unknown);
    }
}
