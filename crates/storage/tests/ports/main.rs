//! The laws of every port, run on each database.
//!
//! A law is an async function in the file of its port that knows the traits only. `laws!` makes one test of each for
//! each database. Where PostgreSQL is not installed, its laws say so and pass.

#![expect(clippy::unwrap_used, reason = "a law fails by panicking")]

mod at_once;
mod audit;
mod consents;
mod deliveries;
mod documents;
mod grants;
mod homecoming;
mod intents;
mod launches;
mod outbox;
mod parted;
mod pending_launches;
mod people;
mod persons;
mod postgres;
mod scans;
mod sessions;
mod shared_plan;
mod sign_ins;
mod sqlite;
mod sqlite_file;
mod sqlite_shared_plan;
mod standing_grants;
mod timed;
mod whose;

use std::sync::Arc;

use access::{Audit, AuditTrail, Consents, KeptItems, Launches, Persons, Sessions, SignIns, StandingGrants};
use smart::{Grants, PendingLaunches};
use write_back::Intents;

/// All ports of one database.
struct Stores {
    sessions: Arc<dyn Sessions>,
    /// The same as `sessions`, as another process sees it.
    sessions_elsewhere: Arc<dyn Sessions>,
    sign_ins: Arc<dyn SignIns>,
    launches: Arc<dyn Launches>,
    /// The same as `launches`, as another process sees it.
    launches_elsewhere: Arc<dyn Launches>,
    pending_launches: Arc<dyn PendingLaunches>,
    /// The same as `pending_launches`, as another process sees it.
    pending_launches_elsewhere: Arc<dyn PendingLaunches>,
    grants: Arc<dyn Grants>,
    /// The same as `grants`, as another process sees it.
    grants_elsewhere: Arc<dyn Grants>,
    intents: Arc<dyn Intents>,
    persons: Arc<dyn Persons>,
    /// The same as `persons`, as another process sees it.
    persons_elsewhere: Arc<dyn Persons>,
    consents: Arc<dyn Consents>,
    /// The same as `consents`, as another process sees it.
    consents_elsewhere: Arc<dyn Consents>,
    standing_grants: Arc<dyn StandingGrants>,
    kept_items: Arc<dyn KeptItems>,
    audit: Arc<dyn Audit>,
    /// The same as `audit`, as another process sees it.
    audit_elsewhere: Arc<dyn Audit>,
    trail: Arc<dyn AuditTrail>,
    /// The same as `trail`, as another process sees it.
    trail_elsewhere: Arc<dyn AuditTrail>,
    database: storage::Store,
    /// Where SQLite's file lies.
    folder: tempfile::TempDir,
}

macro_rules! laws {
    ($open:path: $($port:ident { $($law:ident),* $(,)? })*) => { $(
        mod $port {
            $(#[tokio::test]
            async fn $law() {
                crate::scans::listen();
                // A database that is not installed has no stores.
                let stores: Option<_> = $open().await.into();
                if let Some(stores) = stores {
                    crate::$port::$law(stores).await;
                }
                crate::scans::look().await;
            })*
        }
    )* };
}

/// The laws of what both databases hold.
macro_rules! shared_plan_laws {
    ($open:path) => {
        laws! { $open:
            documents {
                a_document_that_was_made_is_read_whole,
                every_version_is_read_again_and_they_come_newest_first,
                a_change_of_a_former_version_is_stale_and_changes_nothing,
                a_change_of_what_is_not_there_is_missing,
                what_no_database_can_hold_is_not_there,
                documents_are_listed_in_pages_in_the_order_of_their_ids,
                a_list_is_of_one_kind_person_state_and_time,
                a_part_is_found_for_ever,
                a_plan_with_many_parts_keeps_them_all,
                two_tenants_with_the_same_ids_never_see_each_others,
                asking_again_by_the_same_key_does_nothing_twice,
                a_key_of_what_was_refused_is_free_again,
                purging_forgets_keys_after_seven_days,
                of_many_who_change_at_once_each_version_has_one_author,
                of_many_who_ask_by_one_key_at_once_one_is_kept,
                a_commit_that_fails_keeps_nothing_of_it,
                a_commit_that_contradicts_itself_is_refused,
            }
            outbox {
                an_event_is_kept_in_the_step_of_the_change_or_not_at_all,
                events_of_one_document_are_handed_on_in_their_order,
                a_poisoned_document_holds_back_itself_only,
                a_claimed_event_is_nobody_elses_until_the_lease_is_over,
                what_failed_waits_until_its_time,
                replaying_tells_again_what_was_kept_since_then,
                what_was_handed_on_stays_for_its_retention,
                a_tenant_with_much_to_tell_leaves_the_others_their_turn,
                of_many_who_claim_at_once_no_two_get_the_same,
                what_is_told_of_a_late_part_comes_after_what_its_version_told,
                events_of_two_tenants_have_nothing_to_do_with_each_other,
            }
            deliveries {
                each_receiver_gets_each_event_once_and_in_the_order_of_its_document,
                a_receiver_that_is_away_holds_back_neither_the_others_nor_the_outbox,
                what_was_kept_before_is_told_to_a_new_receiver_by_replaying_only,
                who_is_a_receiver_no_more_leaves_nothing_behind,
                a_delivery_stays_for_its_retention,
                receivers_of_another_tenant_get_nothing,
                of_many_who_take_from_one_queue_at_once_no_two_get_the_same,
            }
            timed {
                what_is_late_is_found_after_its_day_and_oldest_first,
                of_many_processes_one_tells_each_late_part,
                a_changed_day_is_told_anew_and_the_same_day_never,
                days_of_a_former_version_are_forgotten,
                what_has_changed_since_it_was_found_is_not_told,
                one_process_has_the_turn_until_its_lease_is_over,
                what_is_late_at_one_tenant_is_not_told_by_another,
            }
            whose {
                what_was_joined_hangs_on_the_one_who_stays,
                joining_again_moves_only_what_came_later,
                what_has_changed_since_counts_what_came_to_hang_there,
                what_is_in_doubt_is_shown_to_nobody,
                a_receiver_is_told_whose_it_is_by_now_and_nothing_while_that_is_in_doubt,
                what_was_claimed_before_it_came_to_be_in_doubt_was_told,
                what_is_in_doubt_was_counted_as_if_it_waited_for_the_broker,
                other_processes_see_what_was_moved_and_what_is_in_doubt,
                what_was_late_and_then_in_doubt_is_not_told,
                an_answer_shows_it_again_where_it_belongs,
                of_many_who_answer_at_once_one_is_heard,
                an_answer_to_a_former_question_is_none,
                a_second_record_that_leaves_is_one_more_who_may_have_it,
                who_left_is_told_that_something_may_be_theirs,
                what_is_in_doubt_goes_along_when_its_person_is_joined,
                joined_then_split_then_settled_it_is_whose_it_was,
                who_had_seen_it_as_anothers_changed_it_all_the_same,
                who_is_asked_whose_it_is_sees_who_wrote_it_last_and_not_who_joined_persons,
                whose_it_is_at_one_tenant_is_nothing_to_another,
                of_many_who_move_and_change_at_once_no_version_is_lost,
            }
        }
    };
}

/// The laws of sessions and of what hangs on them.
macro_rules! session_laws {
    ($open:path) => {
        laws! { $open:
            sessions {
                a_session_that_was_put_is_found,
                an_unknown_session_is_not_there,
                a_session_ends_when_idle_and_at_last_in_any_case,
                a_lookup_keeps_a_session_awake,
                ending_a_session_ends_its_launches,
                purging_removes_ended_sessions_and_nothing_else,
                looking_without_touching_lets_a_session_end,
                only_the_user_puts_the_end_off_and_not_beyond_the_last,
                rotating_takes_the_launches_and_grants_along,
                a_former_cookie_is_good_for_half_a_minute_and_for_no_launch_made_since,
                of_two_sign_ins_at_once_one_rotates,
                signing_out_by_a_former_cookie_ends_the_session,
                signing_out_while_a_sign_in_rotates_ends_the_session_all_the_same,
                a_launch_that_begins_while_its_session_rotates_goes_along_or_is_refused,
                purging_in_two_processes_at_once_removes_each_session_once,
            }
            sign_ins {
                a_sign_in_that_was_put_is_found_whole,
                a_session_has_one_sign_in_at_each_tenant,
                p6_another_user_in_the_same_browser_ends_the_former_ones_sign_in,
                a_sign_in_ends_with_its_session_and_goes_along_when_it_rotates,
                of_two_who_sign_in_at_once_at_one_tenant_one_stays,
            }
            launches {
                a_launch_that_was_put_is_found_whole,
                a_launch_of_another_session_is_not_found,
                a_launch_without_its_session_is_refused,
                a_launch_id_is_never_given_twice,
                the_launches_of_a_session_come_oldest_first,
                p6_another_user_in_the_same_browser_ends_the_former_ones_launches,
                ending_a_launch_ends_its_grants_and_no_other_launch,
                of_all_who_end_the_launches_of_a_session_at_once_nobody_waits_for_ever,
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
                a_grant_of_one_tenant_is_to_another_as_one_that_is_not_there,
                a_session_at_two_tenants_ends_with_the_grants_of_both,
                a_grant_that_comes_while_its_launch_ends_goes_with_it_or_is_refused,
                a_forgotten_grant_does_not_come_back_by_a_late_refresh,
                a_late_refresh_of_an_old_grant_took_the_place_of_a_newer_one,
                of_two_who_would_refresh_one_has_the_turn,
                a_turn_that_was_not_given_back_ends_by_itself,
            }
            intents {
                an_open_intent_is_unfinished_until_it_is_closed,
                the_first_outcome_stays,
                intents_outlive_their_session,
                an_edit_of_one_tenant_is_neither_seen_nor_closed_by_another,
                unfinished_intents_come_oldest_first,
                purging_never_touches_an_open_intent,
            }
        }
    };
}

/// The laws of persons, of what they allowed and of the audit log.
macro_rules! person_laws {
    ($open:path) => {
        laws! { $open:
            persons {
                a_patient_is_found_as_the_person_it_was_linked_to,
                of_many_who_ask_at_once_all_get_one_person,
                a_patient_of_another_persons_is_never_taken,
                a_confirmation_takes_the_place_of_a_grant_and_history_keeps_both,
                what_is_not_proven_is_not_linked,
                two_tenants_never_share_a_person,
                joining_needs_a_question_and_ends_what_hung_on_the_other,
                who_was_joined_is_whoever_has_their_patients_now,
                splitting_undoes_what_hung_on_the_link_and_keeps_history,
                a_link_that_ended_is_told_to_whoever_looks_since_then_in_its_own_tenant,
                any_links_and_splits_leave_each_patient_with_one_person,
                purging_removes_what_ended_long_ago,
            }
            consents {
                a_consent_is_for_one_source_and_one_purpose,
                revoking_erases_what_came_from_there_in_one_step,
                revoking_the_carrying_of_labelled_items_leaves_the_grant,
                a_new_consent_takes_over_what_rests_on_the_former,
                a_consent_ends_by_its_date,
                all_who_share_are_listed_and_nobody_else,
                of_two_who_revoke_at_once_one_erases,
                the_care_team_loses_sight_although_another_purpose_keeps_the_grant,
                the_care_team_goes_on_reading_when_another_purpose_ends,
                revoking_the_carrying_of_labelled_items_keeps_what_the_care_team_has,
                what_ends_by_its_date_is_handed_over_once_as_what_is_revoked,
            }
            standing_grants {
                a_standing_grant_needs_a_consent_in_force_of_that_person_and_source,
                a_grant_for_a_consent_that_another_process_has_ended_was_an_error,
                a_revoked_grant_does_not_come_back_by_a_late_refresh,
                a_late_refresh_of_an_old_grant_took_the_place_of_a_newer_one,
                launches_that_read_by_a_grant_are_known,
                what_is_lent_at_one_tenant_is_to_another_as_what_is_not_there,
                a_use_ends_with_its_launch_however_that_ends,
                a_new_grant_brings_no_former_use_back,
                of_two_who_would_refresh_one_has_the_turn,
                kept_items_end_with_their_time_and_their_consent,
            }
            audit {
                events_are_found_again_by_their_patient,
                all_events_of_one_step_are_written_or_none,
                writers_in_two_processes_make_one_chain,
                events_of_two_tenants_in_one_step_make_a_chain_for_each,
                the_log_is_whole_whenever_it_is_looked_over,
                purging_keeps_six_years_and_the_chain,
            }
            at_once {
                of_many_who_link_one_patient_one_has_it,
                two_who_join_each_other_crosswise_become_one,
                who_is_linked_to_somebody_who_is_being_joined_goes_along_or_is_refused,
                any_joins_and_splits_at_once_leave_each_patient_with_one_person,
                of_two_consents_for_one_purpose_at_once_one_is_in_force,
                a_grant_that_comes_while_its_consent_is_taken_back_is_handed_over_or_refused,
                a_grant_that_is_refreshed_while_its_consent_is_taken_back_is_handed_over_as_it_is,
                what_is_lent_or_kept_while_sharing_ends_is_told_or_refused,
                whose_record_is_split_off_while_they_agree_to_share_it_shares_nothing_unseen,
            }
            parted {
                a_plan_hung_on_a_person_whose_records_two_had_taken_out_crosswise,
                who_was_taken_out_takes_nobody_else_out,
                a_plan_first_written_while_its_record_was_taken_out_was_never_in_doubt,
                a_form_opened_before_a_split_made_a_plan_for_whoever_kept_the_rest,
                a_plan_first_written_for_somebody_who_was_joined_hung_on_who_is_no_more,
                what_followed_a_join_came_to_whoever_was_parted_from_them_meanwhile,
                a_consent_given_while_persons_were_parted_or_joined_hung_on_the_wrong_one,
            }
        }
    };
}

mod on_postgres {
    shared_plan_laws! { crate::postgres::shared_plans }
    session_laws! { crate::postgres::open }
    person_laws! { crate::postgres::open }
}

mod on_sqlite {
    shared_plan_laws! { crate::sqlite::shared_plans }
    session_laws! { crate::sqlite::open }
    person_laws! { crate::sqlite::open }
}
