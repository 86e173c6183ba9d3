//! The laws of every port, run on each database.
//!
//! A law is an async function in the file of its port that knows the traits only. `laws!` makes one test of each for
//! each database; PostgreSQL joins by one more function like `sqlite`.

#![expect(clippy::unwrap_used, reason = "a law fails by panicking")]

mod launches;
mod people;
mod sessions;
mod sqlite;

use std::sync::Arc;

use access::{Launches, Sessions};

/// All ports of one database.
struct Stores {
    pub(crate) sessions: Arc<dyn Sessions>,
    pub(crate) launches: Arc<dyn Launches>,
    pub(crate) database: storage::Database,
    _folder: tempfile::TempDir,
}

macro_rules! laws {
    ($open:path: $($port:ident { $($law:ident),* $(,)? })*) => { $(
        mod $port {
            $(#[tokio::test]
            async fn $law() {
                crate::$port::$law($open().await).await;
            })*
        }
    )* };
}

mod on_sqlite {
    laws! { crate::sqlite::open:
        sessions {
            a_session_that_was_put_is_found,
            an_unknown_session_is_not_there,
            a_session_ends_when_idle_and_at_last_in_any_case,
            a_lookup_keeps_a_session_awake,
            ending_a_session_ends_its_launches,
            purging_removes_ended_sessions_and_nothing_else,
        }
        launches {
            a_launch_that_was_put_is_found_whole,
            a_launch_of_another_session_is_not_found,
            a_launch_without_its_session_is_refused,
            a_launch_id_is_never_given_twice,
        }
    }
}
