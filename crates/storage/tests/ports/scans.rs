//! No statement reads a whole table, or all that a tenant has in one.
//!
//! Every statement that a law runs is heard (`sqlx` tells it to whoever listens). After each law SQLite is asked how it
//! would go about those that are new. What has no parameter is a test's own.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::{Mutex, OnceLock};

use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber, span};

use crate::sqlite::{sealer, url};

/// Ways that read all of something, and why that is little.
const FINE: [(&str, &str); 15] = [
    ("SCAN CONSTANT ROW", "no table"),
    ("SCAN found", "one row a tenant"),
    ("SCAN documents", "one row a tenant"),
    ("SCAN persons", "one row a tenant"),
    ("SCAN logs", "one row a tenant"),
    ("SCAN intents", "one row a tenant"),
    ("SEARCH write_intent USING INDEX write_intent_open (tenant_id=?)", "what is open, and it is asked for"),
    ("SCAN audit_retention", "one row"),
    ("SEARCH audit_start USING PRIMARY KEY (tenant=?)", "one row a tenant"),
    ("SEARCH audit_event USING PRIMARY KEY (tenant=?)", "the first or the last, in the order of the numbers"),
    ("SEARCH person USING INDEX person_joined (tenant=?)", "those who were joined, and they are asked for"),
    ("SEARCH outbox USING INDEX outbox_waiting (tenant_id=?)", "what waits, and as much of it as is asked for"),
    ("SEARCH outbox USING INDEX outbox_dead (tenant_id=?)", "the dead letters, and they are asked for"),
    ("SEARCH outbox USING INDEX outbox_on_its_way (tenant_id=?)", "what is on its way, and it is counted"),
    ("SEARCH event_receiver USING PRIMARY KEY (tenant_id=?)", "the receivers that the configuration names"),
];

/// Statements that read all of something, and why they may.
const MAY: [(&str, &str); 8] = [
    ("UPDATE outbox SET state = 'waiting', free_from = 0", "telling again, which somebody asks for by hand"),
    ("INSERT INTO delivery (tenant_id, receiver, event,", "the same, for one receiver"),
    ("SELECT source_grant.launch, launch.tenant", "what is brought home, once after a migration"),
    ("SELECT id, launch, source, opened, closed", "the same"),
    ("UPDATE person_link SET patient = $1", "a test that changes rows by hand"),
    ("UPDATE write_intent SET sealed = $1", "the same"),
    ("SELECT hash FROM session WHERE last_seen", "as many as are open, and each was touched within the hour"),
    ("DELETE FROM former_cookie WHERE replaced", "cookies of the last half minute"),
];

/// Statements that were heard, and those of them that were looked at.
#[derive(Default)]
struct Heard {
    new: BTreeSet<String>,
    known: BTreeSet<String>,
}

fn heard() -> &'static Mutex<Heard> {
    static HEARD: OnceLock<Mutex<Heard>> = OnceLock::new();
    HEARD.get_or_init(Mutex::default)
}

/// Begins to listen.
pub fn listen() {
    // One of the laws is the first; all the others find it done.
    let _ = tracing::subscriber::set_global_default(Listener);
}

/// Looks at what was heard since the last time, whichever law it came from.
pub async fn look() {
    let new = {
        let mut heard = heard().lock().unwrap();
        let new = std::mem::take(&mut heard.new);
        heard.known.extend(new.iter().cloned());
        new
    };
    if new.is_empty() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    storage::Database::open(&url(folder.path()), sealer()).await.unwrap().close().await;
    let mut connection = SqliteConnection::connect(&url(folder.path())).await.unwrap();
    for statement in new {
        let query = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"));
        // What is written for PostgreSQL only is none of SQLite's.
        let Ok(plan) = sqlx::query_as::<_, (i64, i64, i64, String)>(query).fetch_all(&mut connection).await else {
            continue;
        };
        let wide: Vec<_> = plan.into_iter().map(|(.., way)| way).filter(|way| is_wide(way)).collect();
        let may = MAY.iter().any(|(begin, _)| statement.starts_with(begin));
        assert!(
            wide.is_empty() || may,
            "{statement}\nreads too much: {wide:?}; it lacks an index, or a line in \
                                         `sqlite_stat1` (0012_how_tables_fill.sql) that says how the index fills"
        );
    }
}

fn is_wide(way: &str) -> bool {
    let only_tenant = way.ends_with("(tenant=?)") || way.ends_with("(tenant_id=?)");
    let rows = way.ends_with(" VALUES CLAUSE");
    (way.starts_with("SCAN ") && !rows || only_tenant) && !FINE.iter().any(|(fine, _)| way == *fine)
}

struct Listener;

/// A statement that is short stands in the one field, and a longer one in the other.
#[derive(Default)]
struct Told {
    summary: String,
    statement: String,
}

impl Visit for Told {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => self.summary = value.to_owned(),
            "db.statement" => self.statement = value.to_owned(),
            _ => {}
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.record_str(field, &format!("{value:?}"));
    }
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn event(&self, event: &Event<'_>) {
        let mut told = Told::default();
        event.record(&mut told);
        let text = if told.statement.trim().is_empty() { told.summary } else { told.statement };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut heard = heard().lock().unwrap();
        if text.contains("$1") && !heard.known.contains(&text) {
            heard.new.insert(text);
        }
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}
