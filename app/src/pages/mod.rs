//! Whole pages. [`prepare`] is called once when the server starts. A `…_document` function makes the HTML document of a page; what it shows is a component of its own.
//!
//! A handler gives [`crate::desk::Assets`] and, within a launch, an `Arc<dyn LaunchDesk>` by context and draws the document by
//! `render_app_to_stream_in_order_with_context`. Everything that decides the status (unknown launch, unknown goal) is
//! the handler's business and comes before.

mod confirm;
mod connect;
mod error;
mod fragment;
mod goal;
mod leave;
mod open_window;
mod panel;
mod plan;
mod reconcile;
mod shared_plan;
mod sharing;
mod shell;
mod sign_in;
mod signed_out;
mod sources;
mod split;
mod start;
mod sure;
mod typed;
mod whose;

pub use confirm::{ConfirmPage, confirm_document};
pub use connect::{ConnectPage, connect_document};
pub use error::{ErrorPage, Trouble, error_document};
pub use fragment::{FRAGMENT_TYPE, answer_fragment, board_fragment};
pub use goal::{GoalPage, goal_document};
pub use leave::{LeavePage, leave_document};
pub use open_window::{OpenWindowPage, WhyWindow, open_window_document};
pub use panel::{Panel, PanelPage, PanelPerson, PanelRecord, panel_document};
pub use plan::{PlanPage, PlanQuery, plan_document};
pub use reconcile::{ReconcilePage, ReconcileQuery, reconcile_document};
pub use shared_plan::{
    shared_activity_document, shared_change_document, shared_close_document, shared_concern_document,
    shared_goal_document, shared_member_document, shared_plan_document, shared_plans_document, shared_start_document,
    shared_versions_document,
};
pub use sharing::{SharingPage, sharing_document};
pub use shell::{Page, prepare, send_policy};
pub use sign_in::{SignInChoice, SignInPage, sign_in_document};
pub use signed_out::{SignedOutPage, signed_out_document};
pub use sources::{SourcesPage, sources_document};
pub use split::{SplitPage, SplitSheet, split_document};
pub use start::{DemoLink, StartPage, start_document};
pub use sure::{Sure, SurePage, sure_document};
pub use typed::{SessionEndedPage, TypedForm, session_ended_document};
pub use whose::{WhosePage, WhoseSheet, whose_document};
