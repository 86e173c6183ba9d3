//! What came of looking for the person at a source where the organisation itself is registered.

/// What came of looking for the person there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sighting {
    /// It is being asked.
    Looking,
    /// Nobody there could be identified for certain, so nothing was joined.
    NotIdentified,
    /// It could not be asked, which says nothing about the person.
    NotAsked,
}
