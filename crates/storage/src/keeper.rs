//! Keys for what is a tenant's.
//!
//! Rows that lie with the installation are sealed by the key file itself. What lies with a tenant, some of it for years, is
//! sealed by a key that lies in the database, sealed by the key file: rotating the key file then means to seal two rows
//! anew, which is done at the next start. The second of them makes *marks*: a row that is about somebody is found by the
//! mark of their id, which says nothing without the key.

use std::sync::Arc;

use access::StoreError;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::database::unasked;
use crate::key::SealingKey;
use crate::seal::{Place, Sealer};
use crate::step::{Step, Value};

/// Seals, opens and marks what is kept.
#[derive(Clone)]
pub(crate) struct Keeper {
    pub(crate) sealer: Sealer,
    marks: Arc<Zeroizing<[u8; 32]>>,
}

impl Keeper {
    /// Reads the keys, or makes them where there are none. `make` puts purpose and sealed key into `kept_key` if that is
    /// not there yet; `whose` is what of the rows' place is beside the purpose.
    pub(crate) async fn open(
        step: &mut impl Step,
        sealer: &Sealer,
        make: &'static str,
        whose: &[&[u8]],
    ) -> Result<Self, StoreError> {
        let seals = key(step, sealer, make, whose, "seal").await?;
        let marks = key(step, sealer, make, whose, "mark").await?;
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

async fn key(
    step: &mut impl Step,
    sealer: &Sealer,
    make: &'static str,
    whose: &[&[u8]],
    purpose: &str,
) -> Result<Zeroizing<[u8; 32]>, StoreError> {
    let row = [whose, &[purpose.as_bytes()]].concat();
    let place = Place { table: "kept_key", row: &row };
    let mut fresh = Zeroizing::new([0; 32]);
    sealer.randomness().fill(fresh.as_mut());
    // Of two processes that start at once, one makes the key and both read it.
    let fresh = sealer.seal(place, fresh.as_ref());
    step.execute(make, &[Value::Text(purpose), Value::Bytes(&fresh)]).await?;
    let query = "SELECT sealed FROM kept_key WHERE purpose = $1";
    let found: Option<(Vec<u8>,)> = step.rows(query, &[Value::Text(purpose)]).await?.pop();
    let (sealed,) = found.ok_or_else(|| unasked("a kept key was put and is not there"))?;
    let plain = sealer.open(place, &sealed).map_err(unasked)?;
    if !sealer.is_sealed_by_current(&sealed) {
        let query = "UPDATE kept_key SET sealed = $2 WHERE purpose = $1 AND sealed = $3";
        let anew = sealer.seal(place, &plain);
        step.execute(query, &[Value::Text(purpose), Value::Bytes(&anew), Value::Bytes(&sealed)]).await?;
    }
    let bytes: [u8; 32] = plain.as_slice().try_into().map_err(|_| unasked("a kept key of another length"))?;
    Ok(Zeroizing::new(bytes))
}
