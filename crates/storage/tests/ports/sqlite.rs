//! SQLite in a folder of its own.

use std::sync::Arc;

use storage::{Database, Sealer, SealingKey, SystemRandom};

use crate::Stores;

pub fn sealer() -> Sealer {
    Sealer::new(SealingKey::from_bytes([7; 32]), Arc::new(SystemRandom))
}

pub async fn open() -> Stores {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("accord.db").display());
    let database = Database::open(&url, sealer()).await.unwrap();
    Stores {
        sessions: Arc::new(database.sessions()),
        launches: Arc::new(database.launches()),
        database,
        _folder: folder,
    }
}
