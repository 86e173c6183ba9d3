//! The laws of every port, run on each database.
//!
//! A law is an async function in the file of its port that knows the traits only. `laws!` makes one test of each for
//! each database; PostgreSQL joins by one more function like `sqlite`.

#![expect(clippy::unwrap_used, reason = "a law fails by panicking")]

mod grants;
mod intents;
mod launches;
mod pending_launches;
mod people;
mod sessions;
mod sqlite;
mod sqlite_file;

use std::sync::Arc;

use access::{Launches, Sessions};
use smart::{Grants, PendingLaunches};
use write_back::Intents;

/// All ports of one database.
struct Stores {
    sessions: Arc<dyn Sessions>,
    launches: Arc<dyn Launches>,
    pending_launches: Arc<dyn PendingLaunches>,
    /// The same as `pending_launches`, as another process sees it.
    pending_launches_elsewhere: Arc<dyn PendingLaunches>,
    grants: Arc<dyn Grants>,
    /// The same as `grants`, as another process sees it.
    grants_elsewhere: Arc<dyn Grants>,
    intents: Arc<dyn Intents>,
    database: storage::Database,
    folder: tempfile::TempDir,
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
        pending_launches {
            a_pending_launch_is_taken_once,
            an_ended_one_is_not_there_and_gone,
            of_two_who_take_at_once_one_gets_it,
            purging_removes_ended_ones_and_nothing_else,
        }
        grants {
            a_grant_that_was_put_is_found_whole,
            a_new_grant_takes_the_place_of_the_old_one,
            a_grant_belongs_to_its_launch_and_source,
            a_grant_without_its_launch_is_refused,
            ending_a_session_ends_its_grants,
            the_grants_of_a_session_are_those_of_its_launches,
            a_forgotten_grant_does_not_come_back_by_a_late_refresh,
            of_two_who_would_refresh_one_has_the_turn,
            a_turn_that_was_not_given_back_ends_by_itself,
        }
        intents {
            an_open_intent_is_unfinished_until_it_is_closed,
            the_first_outcome_stays,
            intents_outlive_their_session,
            unfinished_intents_come_oldest_first,
            purging_never_touches_an_open_intent,
        }
    }
}
