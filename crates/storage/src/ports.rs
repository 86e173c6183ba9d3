//! Ports that both databases offer.

use access::{Launches, Sessions, SignIns};
use smart::{Grants, PendingLaunches};
use write_back::Intents;

use crate::database::Database;
use crate::grants::StoredGrants;
use crate::intents::StoredIntents;
use crate::launches::StoredLaunches;
use crate::pending_launches::StoredPendingLaunches;
use crate::postgres::PostgresDatabase;
use crate::sessions::StoredSessions;
use crate::sign_ins::StoredSignIns;

/// Writes the ports of a database that has a `door()` and a `sealer`.
macro_rules! ports {
    ($database:ty) => {
        impl $database {
            /// Port of `access`.
            pub fn sessions(&self) -> impl Sessions + Clone + use<> {
                StoredSessions { door: self.door(), sealer: self.sealer.clone() }
            }

            /// Port of `access`.
            pub fn sign_ins(&self) -> impl SignIns + Clone + use<> {
                StoredSignIns { door: self.door(), sealer: self.sealer.clone() }
            }

            /// Port of `access`.
            pub fn launches(&self) -> impl Launches + Clone + use<> {
                StoredLaunches { door: self.door(), sealer: self.sealer.clone() }
            }

            /// Port of `smart`.
            pub fn pending_launches(&self) -> impl PendingLaunches + Clone + use<> {
                StoredPendingLaunches { door: self.door(), sealer: self.sealer.clone() }
            }

            /// Port of `smart`.
            pub fn grants(&self) -> impl Grants + Clone + use<> {
                StoredGrants { door: self.door(), sealer: self.sealer.clone() }
            }

            /// Port of `write-back`.
            pub fn intents(&self) -> impl Intents + Clone + use<> {
                StoredIntents { door: self.door(), sealer: self.sealer.clone() }
            }
        }
    };
}

ports!(Database);
ports!(PostgresDatabase);
