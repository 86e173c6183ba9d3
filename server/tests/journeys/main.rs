//! Whole journeys: sandbox EHRs and Accord in one process, over real sockets, with a browser that has no script.

mod check;
mod edit;
mod faults;
mod gate;
mod hostile;
mod launch;
mod refusals;
mod sample_data;
mod support;
mod tabs;
