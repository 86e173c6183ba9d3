//! Who the user is, as the source says and the configuration knows.

use access::{Role, Viewer};
use smart::{Client, FhirUser, FhirUserKind, Granted};
use url::Url;

use crate::state::Server;

/// Who the user is; without a verified identity a clinician without a name, who can read what the grant allows.
pub fn of(server: &Server, client: &Client, granted: &Granted) -> Viewer {
    let verified = granted.identity.as_ref().and_then(|identity| identity.viewer(Role::Patient));
    let mut viewer = verified.unwrap_or(Viewer { user: None, role: Role::Clinician, name: None, fhir_user: None });
    let tenant = server.config.tenant(&client.tenant.0);
    let coordinates = |user: &FhirUser| {
        let listed = tenant.map(|tenant| tenant.coordinators.as_slice()).unwrap_or_default();
        listed.iter().any(|listed| is_listed(listed, (&client.source, &client.fhir_base), user))
    };
    let user = granted.identity.as_ref().and_then(|identity| identity.fhir_user.as_ref());
    if user.is_some_and(|user| is_another_patient(user, granted.grant.patient.as_deref())) {
        viewer.role = Role::Carer;
    }
    if user.is_some_and(coordinates) {
        viewer.role = Role::Coordinator;
    }
    // What is written at the source names its author by kind and id: there that is somebody else (C3).
    viewer.fhir_user = viewer.fhir_user.filter(|_| user.is_some_and(|user| user.is_below(&client.fhir_base)));
    viewer
}

/// True where the configuration lists this user of this source. The token was signed by the source's own issuer; whom it
/// names is known by the whole reference only (C3, C4): the same kind and id at another server is somebody else.
fn is_listed(listed: &str, (source, base): (&str, &Url), user: &FhirUser) -> bool {
    let reference = listed.strip_prefix(source).and_then(|rest| rest.strip_prefix('/'));
    reference.and_then(FhirUser::parse).is_some_and(|listed| listed.is_same(user, base))
}

/// True for a patient who has opened somebody else's record, as a parent opens a child's: many sources give those no
/// `RelatedPerson`. What is the person's own to decide is not theirs.
pub fn is_another_patient(user: &FhirUser, patient: Option<&str>) -> bool {
    user.kind == FhirUserKind::Patient && patient.is_some_and(|patient| patient != user.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c3_c4_who_has_a_coordinators_id_at_another_server_is_no_coordinator() {
        let base = Url::parse("https://valley.example/fhir").expect("an address");
        let is_listed = |listed: &str, user: &str| {
            is_listed(listed, ("valley-ehr", &base), &FhirUser::parse(user).expect("a user"))
        };
        let listed = "valley-ehr/Practitioner/1";
        assert!(is_listed(listed, "Practitioner/1"));
        assert!(is_listed(listed, "https://valley.example/fhir/Practitioner/1"));
        assert!(!is_listed(listed, "https://other.example/fhir/Practitioner/1"));
        assert!(!is_listed(listed, "https://valley.example/another/Practitioner/1"));
        assert!(!is_listed("nephrology/Practitioner/1", "Practitioner/1"), "another source of the tenant");
        assert!(!is_listed("valley-ehr-2/Practitioner/1", "Practitioner/1"));
        let elsewhere = "https://other.example/fhir/Practitioner/1";
        assert!(is_listed(&format!("valley-ehr/{elsewhere}"), elsewhere), "listed as the token says it");
        assert!(!is_listed(&format!("valley-ehr/{elsewhere}"), "Practitioner/1"));
    }

    #[test]
    fn a_patient_who_opens_somebody_elses_record_is_not_taken_for_that_person() {
        let is_another = |user: &str, patient| is_another_patient(&FhirUser::parse(user).expect("a user"), patient);
        assert!(is_another("Patient/parent", Some("child")));
        assert!(is_another("https://ehr.example/fhir/Patient/parent", Some("child")));
        assert!(!is_another("Patient/self", Some("self")));
        assert!(!is_another("Patient/self", None), "without a person nobody's record is open");
        assert!(!is_another("Practitioner/17", Some("child")));
    }
}
