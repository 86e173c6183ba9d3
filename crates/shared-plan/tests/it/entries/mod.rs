//! What hangs on the person and not on a plan.

mod concern;
mod decision;
mod overlay;
