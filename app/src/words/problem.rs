//! Entries that could not be used, in words.

use care_plan::snapshot::{Problem, ProblemKind};

use super::Words;

impl Words {
    /// What is wrong with an entry, in a sentence.
    pub fn problem(self, problem: &Problem) -> String {
        let Self::English = self;
        let about = problem.about.as_deref().unwrap_or("An entry");
        match &problem.kind {
            ProblemKind::Unreadable(why) => format!("{about} cannot be read: {why}."),
            ProblemKind::OtherPatient => format!("{about} is about another patient and was kept out of the plan."),
            ProblemKind::NoPatient => {
                format!("{about} does not say which patient it is about and was kept out of the plan.")
            }
            ProblemKind::Dangling(text) => format!("A reference leads nowhere: {text}."),
            ProblemKind::Said(text) => format!("The source says: {text}"),
        }
    }

    /// Heading of the problems of a source.
    pub fn problems(self, count: usize) -> String {
        let Self::English = self;
        if count == 1 {
            "1 entry that could not be used".to_owned()
        } else {
            format!("{count} entries that could not be used")
        }
    }

    /// Title of the place where a board says what it lacks.
    pub fn not_whole(self) -> &'static str {
        match self {
            Self::English => "Not the whole picture",
        }
    }

    /// Sentence that leads to the page of the sources.
    pub fn see_sources(self) -> &'static str {
        match self {
            Self::English => "See what could not be read",
        }
    }
}
