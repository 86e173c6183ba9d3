//! What every request passes on its way in and out.

mod enter_launch;
mod headers;

pub use enter_launch::enter_launch;
pub use headers::{no_referrer, protect};
