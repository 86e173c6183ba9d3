//! Whole journeys: sandbox EHRs and Accord in one process, over real sockets, with a browser that has no script.

mod canaries;
mod care_plans;
mod carer;
mod check;
mod deciding;
mod edit;
mod embedded;
mod faults;
mod gate;
mod hostile;
mod launch;
mod licence;
mod meanwhile;
mod panel;
mod plan_data;
mod providers;
mod reconcile;
mod refusals;
mod sample_data;
mod session_end;
mod shared_plan;
mod sharing;
mod support;
mod tabs;
mod two_processes;
mod who_is_it;
