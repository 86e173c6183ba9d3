//! Who the user is, as the source says and the configuration knows.

use access::{Role, Viewer};
use smart::{Client, FhirUser, FhirUserKind, Granted};

use crate::state::Server;

/// Who the user is; without a verified identity a clinician without a name, who can read what the grant allows.
pub fn of(server: &Server, client: &Client, granted: &Granted) -> Viewer {
    let verified = granted.identity.as_ref().and_then(|identity| identity.viewer(Role::Patient));
    let mut viewer = verified.unwrap_or(Viewer { user: None, role: Role::Clinician, name: None, fhir_user: None });
    let tenant = server.config.tenant(&client.tenant.0);
    let coordinates = |user: &str| {
        tenant.is_some_and(|tenant| {
            tenant.coordinators.iter().any(|listed| *listed == format!("{}/{user}", client.source))
        })
    };
    let user = granted.identity.as_ref().and_then(|identity| identity.fhir_user.as_ref());
    if user.is_some_and(|user| is_another_patient(user, granted.grant.patient.as_deref())) {
        viewer.role = Role::Carer;
    }
    if user.is_some_and(|user| coordinates(&user.to_string())) {
        viewer.role = Role::Coordinator;
    }
    viewer
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
    fn a_patient_who_opens_somebody_elses_record_is_not_taken_for_that_person() {
        let is_another = |user: &str, patient| is_another_patient(&FhirUser::parse(user).expect("a user"), patient);
        assert!(is_another("Patient/parent", Some("child")));
        assert!(is_another("https://ehr.example/fhir/Patient/parent", Some("child")));
        assert!(!is_another("Patient/self", Some("self")));
        assert!(!is_another("Patient/self", None), "without a person nobody's record is open");
        assert!(!is_another("Practitioner/17", Some("child")));
    }
}
