//! Who the user is, as the source says and the configuration knows.

use access::{Role, Viewer};
use smart::{Client, Granted};

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
    if user.is_some_and(|user| coordinates(&user.to_string())) {
        viewer.role = Role::Coordinator;
    }
    viewer
}
