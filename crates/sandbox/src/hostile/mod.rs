//! An EHR that lies: each step of a launch, and of the reading after it, can be made wrong in one way at a time.
//!
//! For tests of clients. What a broken server does by accident and what an evil one does on purpose look alike from the
//! outside, so both are here. The EHR below stays honest: its answers are made first and falsified on the way out, so
//! that a lie differs from the truth in one thing only. [`crate::Fault`] is the milder sister: records that do not come.

mod accomplices;
mod authorize;
mod brands;
mod discovery;
mod forge;
mod genuine;
mod id_token;
mod jwks;
mod layer;
mod matching;
mod openid;
mod overheard;
mod records;
mod refresh;
mod step;
mod token;
mod ways;

pub use authorize::AuthorizeWay;
pub use brands::BrandsWay;
pub use discovery::DiscoveryWay;
pub use id_token::IdTokenWay;
pub use jwks::JwksWay;
pub use matching::MatchWay;
pub use openid::OpenidWay;
pub use records::RecordsWay;
pub use refresh::RefreshWay;
pub use step::{Hostility, Step, UnknownHostility};
pub use token::TokenWay;

pub(crate) use accomplices::Peer;
pub(crate) use layer::{Liar, lie};
