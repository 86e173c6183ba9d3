//! Detected issues in words: what kind each is, and why it is worth a look.

mod decide;
mod element;
mod fact;
mod page;
mod settlement;

use care_plan::plan::{IssueCode, Severity};

use super::{Reader, Tone, Words};

/// What an issue is for those who look through a list of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssueKind {
    /// Records say different things, or things that do not go together.
    Difference,
    /// Something is missing, late or leads nowhere.
    Gap,
}

impl IssueKind {
    /// The kind of an issue.
    pub fn of(code: IssueCode) -> Self {
        use IssueCode as Code;
        match code {
            Code::ContradictoryTargets
            | Code::ContradictoryDueDates
            | Code::StatusDisagreement
            | Code::ClinicalStatusDisagreement
            | Code::StageDisagreement
            | Code::OnsetDisagreement
            | Code::DuplicateRequest
            | Code::DuplicateIngredient
            | Code::DoseDisagreement
            | Code::StoppedAndActive
            | Code::MedicationAgainstAllergy
            | Code::MedicationAgainstMeasure
            | Code::ForInactiveCondition
            | Code::DueBeforeStart
            | Code::CareTeamOverlap
            | Code::PersonMismatch => Self::Difference,
            Code::ConcernWithoutGoal
            | Code::GoalWithoutConcern
            | Code::GoalWithoutMeasure
            | Code::GoalWithoutActivity
            | Code::InterventionWithoutReason
            | Code::OverdueGoal
            | Code::OverdueActivity
            | Code::ReviewDue
            | Code::GoalMetButActive
            | Code::MeasureNotRecorded
            | Code::CareTeamGap
            | Code::PatientConcernUnanswered
            | Code::DanglingReference
            | Code::CircularReference
            | Code::MissingSource => Self::Gap,
        }
    }
}

/// True for an issue that a link would settle.
pub fn needs_link(code: IssueCode) -> bool {
    matches!(
        code,
        IssueCode::ConcernWithoutGoal
            | IssueCode::GoalWithoutConcern
            | IssueCode::GoalWithoutActivity
            | IssueCode::InterventionWithoutReason
            | IssueCode::PatientConcernUnanswered
    )
}

/// True for an issue of time.
pub fn is_overdue(code: IssueCode) -> bool {
    matches!(code, IssueCode::OverdueGoal | IssueCode::OverdueActivity | IssueCode::ReviewDue)
}

impl Words {
    /// What kind of issue it is, as a few words on a chip.
    pub fn issue(self, code: IssueCode, reader: Reader) -> &'static str {
        let Self::English = self;
        use IssueCode as Code;
        let [clinical, plain] = match code {
            Code::ContradictoryTargets => ["Contradictory targets", "Different targets"],
            Code::ContradictoryDueDates => ["Different due dates", "Different dates to reach it by"],
            Code::StatusDisagreement => ["Different statuses", "Going on here, over there"],
            Code::ClinicalStatusDisagreement => ["Active here, not there", "Still there or not?"],
            Code::StageDisagreement => ["Different stages", "Different stages"],
            Code::OnsetDisagreement => ["Different onset", "Different beginnings"],
            Code::DuplicateRequest => ["Asked for more than once", "Asked for more than once"],
            Code::DuplicateIngredient => ["Possible duplicate therapy", "The same medicine twice?"],
            Code::DoseDisagreement => ["Different doses", "Different doses"],
            Code::StoppedAndActive => ["Stopped here, active there", "Stopped here, to be taken there"],
            Code::MedicationAgainstAllergy => ["Medication against an allergy", "Medicine and an allergy"],
            Code::MedicationAgainstMeasure => ["Medication against a measured value", "Medicine and a test result"],
            Code::ForInactiveCondition => ["For a condition that is not present", "For something that is over"],
            Code::ConcernWithoutGoal => ["No goal yet", "No goal yet"],
            Code::GoalWithoutConcern => ["Addresses no concern", "Not clear what it is for"],
            Code::GoalWithoutMeasure => ["Nothing to measure it by", "Nothing to measure it by"],
            Code::GoalWithoutActivity => ["No activity for it", "Nothing planned for it"],
            Code::InterventionWithoutReason => ["Without a goal or reason", "Not clear what it is for"],
            Code::OverdueGoal => ["Goal overdue", "The day for this goal has passed"],
            Code::DueBeforeStart => ["Due before it starts", "Its dates do not fit together"],
            Code::OverdueActivity => ["Activity overdue", "This should have happened"],
            Code::ReviewDue => ["Review due", "Time to look at this plan again"],
            Code::GoalMetButActive => ["Met and still active", "Reached and still open"],
            Code::MeasureNotRecorded => ["Not measured in time", "Not measured for a while"],
            Code::CareTeamOverlap => ["Two people for one role", "Two people for one task"],
            Code::CareTeamGap => ["Nobody named as responsible", "Nobody named to turn to"],
            Code::PatientConcernUnanswered => ["Patient's concern not answered", "What you said has no answer yet"],
            Code::PersonMismatch => ["Records describe different people", "Is this one person?"],
            Code::DanglingReference => ["A reference leads nowhere", "Something is mentioned and missing"],
            Code::CircularReference => ["References lead in a circle", "Entries that refer to each other"],
            Code::MissingSource => ["A record is missing here", "A record is missing here"],
        };
        match reader {
            Reader::Professional => clinical,
            Reader::Person => plain,
        }
    }

    /// Why it is worth a look, in a sentence.
    pub fn issue_means(self, code: IssueCode, reader: Reader) -> &'static str {
        let Self::English = self;
        use IssueCode as Code;
        let [clinical, plain] = match code {
            Code::ContradictoryTargets => [
                "Plans in force ask for different values of the same measure.",
                "Two of your plans ask for different values. Ask which one counts for you.",
            ],
            Code::ContradictoryDueDates => [
                "Plans in force give the same goal different due dates.",
                "Two of your plans want this goal reached by different days.",
            ],
            Code::StatusDisagreement => [
                "One record has it going on, another does not.",
                "One record says this goes on, another says it does not.",
            ],
            Code::ClinicalStatusDisagreement => [
                "One record holds the condition to be present, another does not.",
                "One record says you have this now, another says you do not.",
            ],
            Code::StageDisagreement => [
                "The records name different stages of the same condition.",
                "Your records name different stages of the same illness.",
            ],
            Code::OnsetDisagreement => [
                "The records name different beginnings of the same condition.",
                "Your records say that this began at different times.",
            ],
            Code::DuplicateRequest => [
                "The same is asked for by more than one current request.",
                "The same has been asked for more than once. You may not need it twice.",
            ],
            Code::DuplicateIngredient => [
                "More than one active order has the same ingredient.",
                "The same ingredient is ordered more than once. Ask before you change what you take.",
            ],
            Code::DoseDisagreement => [
                "Active orders of the same medication give different doses.",
                "Your records give different doses. Ask before you change what you take.",
            ],
            Code::StoppedAndActive => [
                "One record has stopped it and another still has it active.",
                "One place has stopped this medicine and another has not. Ask before you change what you take.",
            ],
            Code::MedicationAgainstAllergy => [
                "It is ordered although a record has an allergy or intolerance to it.",
                "A record says that you do not tolerate this. Ask your care team about it soon.",
            ],
            Code::MedicationAgainstMeasure => [
                "A measured value is beyond the limit for this medication.",
                "A test result may not go together with this medicine. Ask your care team about it soon.",
            ],
            Code::ForInactiveCondition => [
                "It is for a condition that a record calls over or ruled out.",
                "It is for something that a record calls over.",
            ],
            Code::ConcernWithoutGoal => ["No goal addresses it.", "No goal has been set for this."],
            Code::GoalWithoutConcern => {
                ["It addresses no concern of the plan.", "No record says which problem this goal is for."]
            }
            Code::GoalWithoutMeasure => {
                ["No target with a measure says when it is reached.", "No record says how to tell when it is reached."]
            }
            Code::GoalWithoutActivity => {
                ["Nothing in the plan works towards it.", "Nothing in your plan works towards it yet."]
            }
            Code::InterventionWithoutReason => {
                ["No record says which goal or reason it is for.", "No record says what this is for."]
            }
            Code::OverdueGoal => {
                ["Its due date has passed and it is still open.", "The day it was to be reached by has passed."]
            }
            Code::DueBeforeStart => [
                "Its due date lies before its own start: one of the two dates is wrong, and nothing was missed.",
                "It was to be reached before it begins: one of the two dates must be wrong.",
            ],
            Code::OverdueActivity => {
                ["Its time has passed and no record reports it as done.", "No record says that it has been done."]
            }
            Code::ReviewDue => {
                ["The plan's period is over and it is still in force.", "The time this plan was made for is over."]
            }
            Code::GoalMetButActive => [
                "It counts as reached and is still being pursued.",
                "You seem to have reached it, and it is still open.",
            ],
            Code::MeasureNotRecorded => {
                ["No reading within the time in which one is expected.", "It has not been measured for a while."]
            }
            Code::CareTeamOverlap => [
                "More than one person is named for a role that one fills.",
                "More than one person is named for one task.",
            ],
            Code::CareTeamGap => {
                ["No record names anybody as responsible.", "No record names somebody who looks after this."]
            }
            Code::PatientConcernUnanswered => [
                "The patient voiced it, and no goal or activity follows from it.",
                "Nothing in your plan answers this yet.",
            ],
            Code::PersonMismatch => [
                "The records may not be of one person: make sure before relying on them.",
                "Your records describe you differently. Tell your care team which is right.",
            ],
            Code::DanglingReference => [
                "A record refers to something that was not found there.",
                "A record mentions something that was not found.",
            ],
            Code::CircularReference => {
                ["Entries refer to each other in a circle.", "Entries refer to each other in a circle."]
            }
            Code::MissingSource => [
                "What this record holds is not part of the comparison: nothing here says that it has none.",
                "This record could not be read, so what it holds is missing here.",
            ],
        };
        match reader {
            Reader::Professional => clinical,
            Reader::Person => plain,
        }
    }

    /// How grave it is, in words and tone.
    pub fn severity(self, severity: Severity) -> (&'static str, Tone) {
        let Self::English = self;
        match severity {
            Severity::High => ("High", Tone::Bad),
            Severity::Moderate => ("Moderate", Tone::Warn),
            Severity::Low => ("Low", Tone::Plain),
        }
    }
}
