//! A database of one's own in a cluster.

use crate::StartError;
use crate::postgres::cluster::Cluster;

/// The password of every role, at the port; the roles end with the test.
const PASSWORD: &str = "for-tests-only";

/// A fresh, empty database. It ends with its cluster.
#[derive(Debug, Clone)]
pub struct Database {
    /// Its name.
    pub name: String,
    /// Owns the database and makes tables: migrations run by it.
    pub owner_role: String,
    /// Owns nothing, makes nothing, bypasses nothing; may connect and look into the schema `public`. What it may do with
    /// tables, migrations say.
    pub application_role: String,
    /// Address for the owner, by the socket.
    pub owner_url: String,
    /// Address for the application role, by the socket.
    pub application_url: String,
    /// Address for the owner at the port, with a password.
    pub owner_tcp_url: String,
    /// Address for the application role at the port, with a password.
    pub application_tcp_url: String,
}

impl Database {
    pub(super) fn make(cluster: &Cluster, number: u32) -> Result<Self, StartError> {
        let (name, owner, application) =
            (format!("accord_{number}"), format!("owner_{number}"), format!("application_{number}"));
        let role = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION";
        cluster.psql("postgres", &format!("CREATE ROLE {owner} {role} PASSWORD '{PASSWORD}'"))?;
        cluster.psql("postgres", &format!("CREATE ROLE {application} {role} PASSWORD '{PASSWORD}'"))?;
        cluster.psql("postgres", &format!("CREATE DATABASE {name} OWNER {owner}"))?;
        cluster.psql(
            &name,
            &format!(
                "REVOKE ALL ON DATABASE {name} FROM PUBLIC; GRANT CONNECT ON DATABASE {name} TO {application}; \
                 REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO {application}; \
                 GRANT ALL ON SCHEMA public TO {owner}"
            ),
        )?;
        Ok(Self::named(cluster, name, owner, application))
    }

    pub(super) fn copy(&self, cluster: &Cluster, number: u32) -> Result<Self, StartError> {
        let Self { name: from, owner_role: owner, application_role: application, .. } = self;
        let name = format!("accord_{number}");
        cluster.psql("postgres", &format!("CREATE DATABASE {name} OWNER {owner} TEMPLATE {from}"))?;
        cluster.psql(
            "postgres",
            &format!("REVOKE ALL ON DATABASE {name} FROM PUBLIC; GRANT CONNECT ON DATABASE {name} TO {application}"),
        )?;
        Ok(Self::named(cluster, name, owner.clone(), application.clone()))
    }

    fn named(cluster: &Cluster, name: String, owner: String, application: String) -> Self {
        let folder = cluster.folder.display().to_string().replace('/', "%2F");
        let port = cluster.port;
        let by_socket = |role: &str| format!("postgres://{role}@localhost:{port}/{name}?host={folder}");
        let by_port = |role: &str| format!("postgres://{role}:{PASSWORD}@127.0.0.1:{port}/{name}");
        Self {
            owner_url: by_socket(&owner),
            application_url: by_socket(&application),
            owner_tcp_url: by_port(&owner),
            application_tcp_url: by_port(&application),
            owner_role: owner,
            application_role: application,
            name,
        }
    }
}
