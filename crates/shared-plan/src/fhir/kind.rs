//! The types of resource that the shared plan is made of.

/// A type of resource of the shared plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResourceKind {
    /// A plan.
    CarePlan,
    /// A goal of a plan.
    Goal,
    /// An activity of a plan.
    Task,
    /// An activity that asks for a service.
    ServiceRequest,
    /// The team of a plan.
    CareTeam,
    /// A health concern that was entered here.
    Condition,
    /// Who made a version of one of those, when and why.
    Provenance,
    /// The person.
    Patient,
}

impl ResourceKind {
    /// Every type.
    pub const ALL: [Self; 8] = [
        Self::CarePlan,
        Self::Goal,
        Self::Task,
        Self::ServiceRequest,
        Self::CareTeam,
        Self::Condition,
        Self::Provenance,
        Self::Patient,
    ];

    /// Its name in R4.
    pub fn name(self) -> &'static str {
        match self {
            Self::CarePlan => "CarePlan",
            Self::Goal => "Goal",
            Self::Task => "Task",
            Self::ServiceRequest => "ServiceRequest",
            Self::CareTeam => "CareTeam",
            Self::Condition => "Condition",
            Self::Provenance => "Provenance",
            Self::Patient => "Patient",
        }
    }

    /// Reads the name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
