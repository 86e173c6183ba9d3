//! Writing: whatever is written goes one way (`flow`), and each kind of document says in a file of its own what it asks for.
//!
//! The order of the steps is what keeps others safe:
//!
//! 1. *Licence*, before anything is looked up.
//! 2. *Policy*: whether the caller may do such a thing at all.
//! 3. *Reach*: whether a way leads them to whom it is about. What is somebody else's is answered as what never was, after the
//!    same look-ups.
//! 4. *Asked before*: the same request is answered with what it made then, whatever has become of that since.
//! 5. *Version*: nobody writes over what they have not seen.
//! 6. *Owner*: the policy once more, where what stands there is somebody else's word. Only who has seen it knows whose it
//!    is, so who has not is told of the version first.
//! 7. *Command*: what may be done, and to what.
//! 8. *Pointers*: what it newly points at here is the same person's, or nowhere.
//! 9. *Codes* that it brings in.
//! 10. *Audit*, and only then the *commit*; where that fails, the log says so too.

mod concerns;
mod decisions;
mod flow;
mod keep;
mod one;
mod overlays;
mod owner;
mod place;
mod plans;

use shared_plan::Version;
use shared_plan::plan::Plan;
use shared_plan::ports::Once;

/// What goes with every write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The version that the caller has seen; a change without it is refused.
    pub seen: Option<Version>,
    /// Why, in the caller's words.
    pub reason: Option<String>,
    /// So that asking again does not do it again.
    pub once: Option<Once>,
}

/// What a write made of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// The plan as it is now; for a repeated request, as it was made then.
    pub plan: Plan,
    /// True where this request had been carried out before.
    pub repeated: bool,
}

/// What a write made of a concern, an overlay or a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedEntry<E> {
    /// The entry as it is now; for a repeated request, as it was made then.
    pub entry: E,
    /// True where this request had been carried out before.
    pub repeated: bool,
}

impl From<SavedEntry<Plan>> for Saved {
    fn from(saved: SavedEntry<Plan>) -> Self {
        Self { plan: saved.entry, repeated: saved.repeated }
    }
}
