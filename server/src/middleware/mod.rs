//! What every request passes on its way in and out.

mod headers;

pub use headers::{no_referrer, protect};
