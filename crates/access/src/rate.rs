//! Limits on how often something may be done, by action and by who does it.
//!
//! A token bucket, kept as one time: when it will be full again (the generic cell rate algorithm). So an entry is a key
//! and a time, nothing runs in the background, and a key that is not there is a full bucket. Memory is bounded: at the
//! cap the key that was used longest ago goes. Somebody with more addresses than the cap could so empty a bucket early;
//! what they ask for is then held by the second limit, on all of them together ([`Limits::check`]).
//!
//! The limits stop floods, not users: each is far above what a clinic behind one address does (S18).

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// A launch from an EHR, by address. Each asks the source for its discovery and stores a pending launch.
    Launch,
    /// A way back from a source, by address. Each may be a guess at a `state`.
    Callback,
    /// A sign-in or connection that the user began, by address.
    SignIn,
    /// The choice of a place to sign in at, by address: it is searched, and leads away like a launch.
    Choose,
    /// A form that is shown once more, by address: a stranger may send one as long as forms may be.
    Typed,
    /// A change that is written to a source, by session.
    Save,
    /// A call with a token of one's own, by who calls.
    Call,
    /// A token that is refused, by address. Each costs the check of a signature, and may be a guess.
    RefusedToken,
    /// Writing down that somebody asked too often, by who it was: the log is not flooded by what it tells of.
    NoteTooOften,
}

/// How often: so many at once, and one more each time `every` has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// At once; at least one.
    pub at_once: u32,
    /// One more each time this has passed.
    pub every: SignedDuration,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 9] = [
        Self::Launch,
        Self::Callback,
        Self::SignIn,
        Self::Choose,
        Self::Typed,
        Self::Save,
        Self::Call,
        Self::RefusedToken,
        Self::NoteTooOften,
    ];

    /// The limit for one key. A clinic of a hundred workplaces may share one address.
    pub const fn limit(self) -> Limit {
        match self {
            Self::Launch | Self::Callback | Self::Choose => Limit { at_once: 100, every: SignedDuration::from_secs(1) },
            Self::SignIn | Self::Typed => Limit { at_once: 30, every: SignedDuration::from_secs(2) },
            Self::Save => Limit { at_once: 20, every: SignedDuration::from_secs(3) },
            // A program reads a population page by page.
            Self::Call => Limit { at_once: 600, every: SignedDuration::from_millis(50) },
            Self::RefusedToken => Limit { at_once: 30, every: SignedDuration::from_secs(2) },
            Self::NoteTooOften => Limit { at_once: 1, every: SignedDuration::from_mins(1) },
        }
    }

    /// The limit for all keys together: what one process can do without harm to those who are signed in.
    pub const fn limit_of_all(self) -> Limit {
        match self {
            Self::Launch | Self::Callback | Self::Choose => {
                Limit { at_once: 1000, every: SignedDuration::from_millis(20) }
            }
            Self::SignIn | Self::Typed => Limit { at_once: 500, every: SignedDuration::from_millis(50) },
            Self::Save | Self::RefusedToken => Limit { at_once: 500, every: SignedDuration::from_millis(50) },
            Self::Call => Limit { at_once: 10_000, every: SignedDuration::from_millis(2) },
            Self::NoteTooOften => Limit { at_once: 60, every: SignedDuration::from_secs(1) },
        }
    }
}

/// It was done too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too often; once more in {retry_after:#}")]
pub struct TooOften {
    /// For `Retry-After`; always above zero.
    pub retry_after: SignedDuration,
}

/// The buckets of one limit.
#[derive(Debug)]
pub struct Buckets {
    limit: Limit,
    most: usize,
    held: HashMap<String, Held>,
    by_use: BTreeMap<u64, String>,
    uses: u64,
}

#[derive(Debug)]
struct Held {
    full_at: Timestamp,
    used: u64,
}

impl Buckets {
    /// Makes full buckets for at most `most` keys at a time.
    pub fn new(limit: Limit, most: usize) -> Self {
        Self { limit, most: most.max(1), held: HashMap::new(), by_use: BTreeMap::new(), uses: 0 }
    }

    /// Takes one from the bucket of a key. What is refused costs nothing, so that waiting as told is enough.
    ///
    /// # Errors
    /// Where the bucket is empty.
    pub fn take(&mut self, key: &str, now: Timestamp) -> Result<(), TooOften> {
        let then = self.then(key, now)?;
        self.hold(key, then);
        Ok(())
    }

    /// Says whether one could be taken, and takes none.
    ///
    /// # Errors
    /// Where the bucket is empty.
    pub fn look(&self, key: &str, now: Timestamp) -> Result<(), TooOften> {
        self.then(key, now).map(drop)
    }

    /// When the bucket of a key will be full again, if one is taken from it.
    fn then(&self, key: &str, now: Timestamp) -> Result<Timestamp, TooOften> {
        let depth = self.limit.every * i32::try_from(self.limit.at_once.max(1)).unwrap_or(i32::MAX);
        let full_at = self.held.get(key).map_or(now, |held| held.full_at.max(now));
        let then = full_at.saturating_add(self.limit.every).expect("a duration without calendar units");
        let over = then.duration_since(now) - depth;
        if over > SignedDuration::ZERO {
            return Err(TooOften { retry_after: over });
        }
        Ok(then)
    }

    /// How many keys are held.
    pub fn len(&self) -> usize {
        self.held.len()
    }

    /// True where every bucket is full.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    fn hold(&mut self, key: &str, full_at: Timestamp) {
        self.uses += 1;
        if let Some(before) = self.held.insert(key.to_owned(), Held { full_at, used: self.uses }) {
            self.by_use.remove(&before.used);
        }
        self.by_use.insert(self.uses, key.to_owned());
        if self.held.len() > self.most
            && let Some((_, oldest)) = self.by_use.pop_first()
        {
            self.held.remove(&oldest);
        }
    }
}

/// All limits of a process.
#[derive(Debug)]
pub struct Limits {
    actions: HashMap<Action, Mutex<(Buckets, Buckets)>>,
}

impl Limits {
    /// Makes the limits with at most `most` keys for each action.
    pub fn new(most: usize) -> Self {
        let buckets =
            |action: Action| Mutex::new((Buckets::new(action.limit(), most), Buckets::new(action.limit_of_all(), 1)));
        Self { actions: Action::ALL.into_iter().map(|action| (action, buckets(action))).collect() }
    }

    /// Counts one action of one key, or says when to come back.
    ///
    /// # Errors
    /// Where the key, or all keys together, did it too often.
    pub fn check(&self, action: Action, key: &str, now: Timestamp) -> Result<(), TooOften> {
        let Some(buckets) = self.actions.get(&action) else { return Ok(()) };
        let mut buckets = buckets.lock().unwrap_or_else(PoisonError::into_inner);
        // The key first: what it may not do counts against nobody else.
        buckets.0.take(key, now)?;
        buckets.1.take("", now)
    }

    /// Says whether a key may do it once more, and counts nothing. What all keys did together holds up nobody here.
    ///
    /// # Errors
    /// Where the key did it too often.
    pub fn look(&self, action: Action, key: &str, now: Timestamp) -> Result<(), TooOften> {
        let Some(buckets) = self.actions.get(&action) else { return Ok(()) };
        buckets.lock().unwrap_or_else(PoisonError::into_inner).0.look(key, now)
    }
}

/// The key of an address: IPv6 by its /64, which is what one customer has; IPv4 written as IPv6 is IPv4.
pub fn address_key(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}
