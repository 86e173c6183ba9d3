//! What every request passes on its way in and out.

mod framing;
mod headers;

pub use framing::{ShownBy, framing};
pub use headers::{no_referrer, protect};
