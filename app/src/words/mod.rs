//! The catalogue of sentences, one function for each, chosen on the server from the user's language.
//!
//! A second language is a second variant of [`Words`]: the compiler then names every sentence that is missing.
//! Numbers, dates and names are arguments, so that each language puts them where it wants them.

mod board;
mod date;
mod evidence;
mod goal;
mod issue;
mod kinds;
mod pages;
mod panel;
mod problem;
mod provider;
mod reader;
mod session;
mod shared_plan;
mod sharing;
mod source;
mod status;
mod unit;
mod unsettled;
mod who;

pub use board::Column;
pub use date::DateStyle;
pub use issue::{IssueKind, is_overdue, needs_link};
pub use reader::Reader;
pub use status::{ACHIEVEMENTS, Tone};

use leptos::prelude::use_context;

/// A language of the screens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Words {
    /// English.
    #[default]
    English,
}

/// The words of this request, English where none were chosen.
pub fn words() -> Words {
    use_context().unwrap_or_default()
}

impl Words {
    /// `lang` of the document.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
        }
    }

    /// "a, b and c".
    pub fn list<T: AsRef<str>>(self, names: &[T]) -> String {
        let Self::English = self;
        match names {
            [] => String::new(),
            [one] => one.as_ref().to_owned(),
            [first @ .., last] => {
                let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
                format!("{} and {}", first.join(", "), last.as_ref())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_commas_and_one_and() {
        assert_eq!(Words::English.list::<&str>(&[]), "");
        assert_eq!(Words::English.list(&["a"]), "a");
        assert_eq!(Words::English.list(&["a", "b", "c"]), "a, b and c");
    }
}
