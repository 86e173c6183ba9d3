//! The database is opened, after it was looked at.

use std::str::FromStr;
use std::time::Duration;

use access::{StoreError, TenantId};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions, PgSslMode};
use sqlx::{ConnectOptions, Connection};

use super::PostgresDatabase;
use super::check::{self, Refusal};
use super::door::PostgresDoor;
use super::migrate::newest;
use crate::seal::Sealer;
use crate::step::INSTALLATION;

/// How long a step waits for a connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// What may be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Connections at most.
    pub connections: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self { connections: 16 }
    }
}

/// Why the database does not open. Each message says what to mend.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL is of another database.
    #[error("database_url must be of the form postgres://ROLE@HOST/DATABASE")]
    NotPostgres,
    /// The URL says something that PostgreSQL does not know.
    #[error("database_url has a part that is not known")]
    Url(#[source] sqlx::Error),
    /// No connection.
    #[error("the database could not be reached, or does not let the role of database_url in")]
    Connect(#[source] sqlx::Error),
    /// The schema is missing, or of an older Accord.
    #[error("the schema of the database is not up to date (found {found:?}, needed {needed}); run `accord migrate`")]
    NotMigrated {
        /// The version that is there.
        found: Option<i64>,
        /// The version that this program needs.
        needed: i64,
    },
    /// The schema is of a newer Accord, in which things may be hidden that this one would show.
    #[error(
        "the schema of the database is of a newer Accord (found {found}, known {known}); run that one, or go back to a \
         backup made before it"
    )]
    Newer {
        /// The version that is there.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// Tenants would not be kept apart.
    #[error("the database does not keep tenants apart, so it is not used:{}", lines(.0))]
    Refused(Vec<Refusal>),
    /// A tenant has the name of the installation.
    #[error("no tenant may have the name {INSTALLATION}")]
    Reserved,
    /// The keys that lie in the database do not open.
    #[error("the keys in the database do not open; does the sealing key file belong to this database?")]
    Keys(#[source] StoreError),
}

impl PostgresDatabase {
    /// Looks whether the schema is there and keeps tenants apart, as the role of the address. Changes nothing.
    ///
    /// # Errors
    /// What the database lacks.
    pub async fn look_at(url: &str) -> Result<(), OpenError> {
        let mut connection = connect_options(url)?.connect().await.map_err(OpenError::Connect)?;
        look(&mut connection).await?;
        let _ = connection.close().await;
        Ok(())
    }

    /// Opens the database as the application's role, for these tenants, with the default options.
    ///
    /// # Errors
    /// What the configuration lacks, and everything by which one tenant could see another's rows.
    pub async fn open(url: &str, sealer: Sealer, tenants: Vec<TenantId>) -> Result<Self, OpenError> {
        Self::open_with(url, sealer, tenants, Options::default()).await
    }

    /// The same with chosen options. Over a network the connection is encrypted and the server's certificate is verified,
    /// unless the URL says another `sslmode`.
    ///
    /// # Errors
    /// As [`PostgresDatabase::open`].
    pub async fn open_with(
        url: &str,
        sealer: Sealer,
        tenants: Vec<TenantId>,
        options: Options,
    ) -> Result<Self, OpenError> {
        if tenants.iter().any(|tenant| *tenant.0 == *INSTALLATION) {
            return Err(OpenError::Reserved);
        }
        let connect = connect_options(url)?;
        Self::look_at(url).await?;
        let pool = PgPoolOptions::new().max_connections(options.connections).acquire_timeout(PATIENCE);
        let pool = pool.connect_with(connect).await.map_err(OpenError::Connect)?;
        let door = PostgresDoor::open(pool, &sealer, tenants).await.map_err(OpenError::Keys)?;
        Ok(Self { door, sealer, outbox_turn: std::sync::Arc::default() })
    }
}

/// Looks whether the schema is there and keeps tenants apart.
async fn look(connection: &mut PgConnection) -> Result<(), OpenError> {
    let version = "SELECT substring(obj_description(to_regnamespace('accord'), 'pg_namespace') from '^version (\\d+)$')\
                   ::bigint";
    let found: Option<i64> =
        sqlx::query_scalar(version).fetch_one(&mut *connection).await.map_err(OpenError::Connect)?;
    match found.filter(|found| *found >= newest()) {
        None => return Err(OpenError::NotMigrated { found, needed: newest() }),
        Some(found) if found > newest() => return Err(OpenError::Newer { found, known: newest() }),
        Some(_) => {}
    }
    let refusals = check::check(connection).await.map_err(OpenError::Connect)?;
    if refusals.is_empty() { Ok(()) } else { Err(OpenError::Refused(refusals)) }
}

fn connect_options(url: &str) -> Result<PgConnectOptions, OpenError> {
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err(OpenError::NotPostgres);
    }
    let options = PgConnectOptions::from_str(url).map_err(OpenError::Url)?.application_name("accord");
    let near = options.get_socket().is_some() || matches!(options.get_host(), "localhost" | "127.0.0.1" | "::1");
    if near || url.contains("sslmode=") || url.contains("ssl-mode=") {
        return Ok(options);
    }
    Ok(options.ssl_mode(PgSslMode::VerifyFull))
}

fn lines(refusals: &[Refusal]) -> String {
    refusals.iter().map(|refusal| format!("\n- {refusal}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_a_network_the_servers_certificate_is_verified_unless_the_url_says_otherwise() {
        let mode = |url: &str| connect_options(url).map(|options| format!("{:?}", options.get_ssl_mode())).ok();
        assert_eq!(mode("postgres://accord@db.example.org/accord").as_deref(), Some("VerifyFull"));
        assert_eq!(mode("postgres://accord@db.example.org/accord?sslmode=require").as_deref(), Some("Require"));
        assert_eq!(mode("postgres://accord@127.0.0.1/accord").as_deref(), Some("Prefer"));
        assert!(matches!(connect_options("sqlite://accord.db"), Err(OpenError::NotPostgres)));
    }
}
