//! Where everything is kept.

use serde::Deserialize;
use url::Url;

use super::Config;

/// `sqlite://FILE` or `postgres://ROLE@HOST/DATABASE`. It may hold a password, so it is never shown.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The address, for whoever opens the database.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// True for the one that several processes may share.
    pub fn is_postgres(&self) -> bool {
        self.0.starts_with("postgres://") || self.0.starts_with("postgresql://")
    }

    /// The role of a PostgreSQL address.
    pub fn role(&self) -> Option<String> {
        let role = Url::parse(&self.0).ok()?.username().to_owned();
        (!role.is_empty()).then_some(role)
    }
}

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("DatabaseUrl").field(&self.0.split(':').next().unwrap_or_default()).finish()
    }
}

/// What is wrong with the addresses, and with tenants that the database could not tell apart.
pub(super) fn faults(config: &Config, faults: &mut Vec<String>) {
    if config.shared_plan.is_some() {
        faults.push(
            "[shared_plan]: everything lies in one database now; take the section out and put its database_url and \
             owner_url at the top of the file (ACCORD__DATABASE_URL and ACCORD__OWNER_URL in the environment)"
                .to_owned(),
        );
    }
    let url = &config.database_url;
    if !url.0.starts_with("sqlite://") && !url.is_postgres() {
        faults.push(
            "database_url must begin with sqlite:// and name a file, such as sqlite://accord.db, or with postgres:// and \
             name a role, such as postgres://accord_app@db.example.org/accord"
                .to_owned(),
        );
    }
    if url.is_postgres() && url.role().is_none() {
        faults.push("database_url must name the role that Accord runs as, before the @".to_owned());
    }
    if let Some(owner) = &config.owner_url {
        if !url.is_postgres() {
            faults.push(
                "owner_url is only for PostgreSQL: take it out, or give database_url a postgres:// address".to_owned(),
            );
        } else if !owner.is_postgres() || owner.role().is_none() {
            faults.push("owner_url must begin with postgres:// and name the role that owns the tables".to_owned());
        } else if owner.role() == url.role() {
            faults.push("owner_url names the role of database_url: the tables must belong to another one".to_owned());
        }
    }
    for tenant in &config.tenants {
        if tenant.id.is_empty() || tenant.id == storage::INSTALLATION {
            faults.push(format!("tenants: \"{}\" is no id of a tenant; choose another", tenant.id));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_that_is_shown_shows_no_password_of_a_database() {
        let url = DatabaseUrl("postgres://accord_app:secret@db.example.org/accord".to_owned());
        assert_eq!(format!("{url:?}"), "DatabaseUrl(\"postgres\")");
        assert_eq!((url.is_postgres(), url.role().as_deref()), (true, Some("accord_app")));
        let file = DatabaseUrl("sqlite://accord.db".to_owned());
        assert_eq!((file.is_postgres(), file.role()), (false, None));
    }
}
