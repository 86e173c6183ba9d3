//! The launch: from the request of the EHR or the choice of the user to the answer of the source.

mod begin;
mod callback;
mod complete;
mod pending;
mod query;
mod way;

pub use begin::{Authorization, BeginError, Start};
pub use callback::{AuthorizationRefusal, Callback, CallbackError};
pub use complete::Granted;
pub use pending::{PENDING_LIFETIME, PendingLaunch, PendingLaunches};
pub use query::{LaunchQuery, LaunchQueryError};
pub use way::Way;
