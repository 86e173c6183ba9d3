//! CareTeam (R4 careteam.html).

use crate::lenient::{Many, Maybe};
use crate::reference::Reference;
use crate::types::{CodeableConcept, Identifier, Period, views};

views! {
    /// `CareTeam`.
    CareTeam {
        /// `identifier`.
        identifier: Many<Identifier>,
        /// `status`.
        status: Maybe<String>,
        /// `name`.
        name: Maybe<String>,
        /// `subject`.
        subject: Maybe<Reference>,
        /// `category`.
        category: Many<CodeableConcept>,
        /// `period`.
        period: Maybe<Period>,
        /// `participant`.
        participant: Many<CareTeamParticipant>,
        /// `managingOrganization`.
        managing_organization: Many<Reference>,
    }

    /// `CareTeam.participant`.
    CareTeamParticipant {
        /// `role`.
        role: Many<CodeableConcept>,
        /// `member`.
        member: Maybe<Reference>,
        /// `onBehalfOf`.
        on_behalf_of: Maybe<Reference>,
        /// `period`.
        period: Maybe<Period>,
    }
}
