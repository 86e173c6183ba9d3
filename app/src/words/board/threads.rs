//! What belongs together, and what nothing leads to.

use crate::words::Words;

impl Words {
    /// Said politely when a thread is lit; `#` stands for the number of its cards.
    pub fn thread_lit(self) -> &'static str {
        match self {
            Self::English => "Thread shown: # entries belong together.",
        }
    }

    /// Said politely when no thread is lit any more.
    pub fn thread_dark(self) -> &'static str {
        match self {
            Self::English => "No thread shown.",
        }
    }

    /// Heading of the interventions that nothing leads to.
    pub fn without_goal_or_reason(self, count: usize) -> String {
        let Self::English = self;
        format!("{count} without a goal or reason")
    }

    /// Summary of the links that no source states.
    pub fn links_by_us(self, count: usize) -> String {
        let Self::English = self;
        if count == 1 { "1 link made by us".to_owned() } else { format!("{count} links made by us") }
    }

    /// A link that no source states, told at its farther end.
    pub fn linked_by_us(self, to: &str, how: &str) -> String {
        let Self::English = self;
        format!("{to}: {how}")
    }
}
