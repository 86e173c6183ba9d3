//! What was read and stands nowhere in the plan, and why.

use care_plan::plan::AsideReason;
use serde_json::json;

use crate::support::plan_of;

#[test]
fn what_stands_nowhere_in_the_plan_is_told_with_its_reason() {
    for (kind, because) in [
        ("Practitioner", AsideReason::NamesSomeone),
        ("Organization", AsideReason::NamesSomeone),
        ("Medication", AsideReason::DescribesAnother),
        ("Provenance", AsideReason::DescribesAnother),
        ("Questionnaire", AsideReason::DescribesAnother),
        ("CareTeam", AsideReason::EmptyTeam),
        ("Linkage", AsideReason::InactiveLinkage),
        ("Claim", AsideReason::Administration),
        ("Coverage", AsideReason::Administration),
        ("DocumentReference", AsideReason::BackgroundOnly),
        ("RiskAssessment", AsideReason::Assessment),
        ("Basic", AsideReason::OtherType),
    ] {
        let plan = plan_of(&[json!({ "resourceType": kind, "id": "1", "status": "active", "active": false })]);
        let told: Vec<_> = plan.aside.iter().map(|aside| (aside.key.kind.as_str(), aside.because)).collect();
        assert_eq!(told, [(kind, because)]);
    }
}
