//! Keys for what outlasts a session.
//!
//! Rows of a session are sealed by the key file itself. What is kept for years is sealed by a key that lies in the
//! database, sealed by the key file: rotating the key file then means to seal two rows anew, which is done at the next
//! start. The second of them makes *marks*: a row that is about somebody is found by the mark of their id, which says
//! nothing without the key.

use std::sync::Arc;

use access::StoreError;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use sqlx::SqlitePool;
use zeroize::Zeroizing;

use crate::database::unasked;
use crate::key::SealingKey;
use crate::seal::{Place, Sealer};

/// Seals, opens and marks what is kept.
#[derive(Clone)]
pub(crate) struct Keeper {
    pub(crate) sealer: Sealer,
    marks: Arc<Zeroizing<[u8; 32]>>,
}

impl Keeper {
    /// Reads the keys, or makes them in a new database.
    pub(crate) async fn open(pool: &SqlitePool, sealer: &Sealer) -> Result<Self, StoreError> {
        let seals = key(pool, sealer, "seal").await?;
        let marks = key(pool, sealer, "mark").await?;
        Ok(Self { sealer: sealer.with_key(SealingKey::from_bytes(*seals)), marks: Arc::new(marks) })
    }

    /// The mark of something, for one use: the same text has another mark elsewhere.
    pub(crate) fn mark(&self, of: &'static str, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.marks[..]).expect("a key of any length will do");
        // Every part with its length before it, so that no two read the same.
        for part in std::iter::once(of.as_bytes()).chain(parts.iter().copied()) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// A new random id: 32 lower-case hex digits.
    pub(crate) fn new_id(&self) -> [u8; 16] {
        let mut bits = [0; 16];
        self.sealer.randomness().fill(&mut bits);
        bits
    }
}

async fn key(pool: &SqlitePool, sealer: &Sealer, purpose: &str) -> Result<Zeroizing<[u8; 32]>, StoreError> {
    let row = [purpose.as_bytes()];
    let place = Place { table: "kept_key", row: &row };
    let mut fresh = Zeroizing::new([0; 32]);
    sealer.randomness().fill(fresh.as_mut());
    // Of two processes that start at once, one makes the key and both read it.
    sqlx::query("INSERT INTO kept_key (purpose, sealed) VALUES ($1, $2) ON CONFLICT (purpose) DO NOTHING")
        .bind(purpose)
        .bind(sealer.seal(place, fresh.as_ref()))
        .execute(pool)
        .await
        .map_err(unasked)?;
    let sealed: Vec<u8> = sqlx::query_scalar("SELECT sealed FROM kept_key WHERE purpose = $1")
        .bind(purpose)
        .fetch_one(pool)
        .await
        .map_err(unasked)?;
    let plain = sealer.open(place, &sealed).map_err(unasked)?;
    if !sealer.is_sealed_by_current(&sealed) {
        sqlx::query("UPDATE kept_key SET sealed = $2 WHERE purpose = $1 AND sealed = $3")
            .bind(purpose)
            .bind(sealer.seal(place, &plain))
            .bind(&sealed)
            .execute(pool)
            .await
            .map_err(unasked)?;
    }
    let bytes: [u8; 32] = plain.as_slice().try_into().map_err(|_| unasked("a kept key of another length"))?;
    Ok(Zeroizing::new(bytes))
}
