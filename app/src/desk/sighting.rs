//! What came of looking for the person at a source where the organisation itself is registered.

/// What came of looking for the person there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Sighting {
    /// It is being asked.
    Looking,
    /// Nobody there could be identified for certain, so nothing was joined.
    NotIdentified,
    /// Somebody there may be the person, which is a question for a user.
    MayBe {
        /// The question's name in addresses.
        question: String,
    },
    /// A user has answered that it is not the person, or that they do not know: it is not asked again in this launch.
    Declined,
    /// It could not be asked, which says nothing about the person.
    NotAsked,
}
