//! Pages as HTML, without a browser.

mod clusters;
mod deciding;
mod filter;
mod goal_kept;
mod goal_page;
mod hostile_text;
mod house_rules;
mod new_user;
mod panel_page;
mod plan_page;
mod provider_page;
mod reconcile_page;
mod sections;
mod session_pages;
mod shared_plan_pages;
mod sharing_page;
mod small_pages;
mod source_page;
mod support;
mod trend;
mod unsettled_page;
mod who_is_it;
mod whose_plan;
