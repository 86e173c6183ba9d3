//! A form that came too late is drawn again: beside what stands in the plan now is what stood there when it was opened, so
//! that what the user has not touched follows the plan, and nothing of somebody else's is written over unseen.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// What stood in the fields of the forms of a page: by form, part and field.
#[derive(Debug, Clone, Default)]
pub struct FormerFields(Arc<Mutex<Fields>>);

/// The values of each field, by the name of its form and its own.
type Fields = BTreeMap<(String, String), Vec<String>>;

impl PartialEq for FormerFields {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl FormerFields {
    /// Keeps what stands in a field.
    pub fn keep(&self, form: &str, field: &str, values: Vec<String>) {
        let mut fields = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        fields.insert((form.to_owned(), field.to_owned()), values);
    }

    /// What stood in a field; `None` where there was no such field.
    pub fn lookup(&self, form: &str, field: &str) -> Option<Vec<String>> {
        let fields = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        fields.get(&(form.to_owned(), field.to_owned())).cloned()
    }
}

/// How the forms of a page are drawn.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Forms {
    /// From the plan.
    #[default]
    Now,
    /// From the plan as it was when a form was opened: what stands in them is kept, and shown nowhere.
    Former(FormerFields),
    /// From the plan, for a form that came too late, beside what stood in them.
    Late(FormerFields),
}

/// Whose text a field of a late form holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Nobody has changed it.
    Nobodys,
    /// The user's: nobody else has changed it, or to the same.
    Mine,
    /// Somebody else's: the user had not touched it.
    Theirs,
    /// The user's, and somebody else has changed it to something else.
    Disputed,
}

impl Held {
    /// What becomes of a field that held `base`, in which the user typed `mine`, while it became `theirs`.
    pub fn of(base: &str, mine: &str, theirs: &str) -> Self {
        let [base, mine, theirs] = [base, mine, theirs].map(plain);
        match (mine == base, theirs == base, mine == theirs) {
            (true, true, _) => Self::Nobodys,
            (true, false, _) => Self::Theirs,
            (false, true, _) | (false, false, true) => Self::Mine,
            (false, false, false) => Self::Disputed,
        }
    }
}

/// As it is read: browsers send other line ends than they were given.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::Held;

    #[test]
    fn what_the_user_has_not_touched_follows_the_plan() {
        for (base, mine, theirs, held) in [
            ("7.5", "7.5", "7.5", Held::Nobodys),
            ("7.5", "7.5", "8.0", Held::Theirs),
            ("7.5", "", "7.5", Held::Mine),
            ("7.5", "7.0", "7.5", Held::Mine),
            ("7.5", "8.0", "8.0", Held::Mine),
            ("7.5", "7.0", "8.0", Held::Disputed),
            ("7.5", "7.0", "", Held::Disputed),
            ("a\nb", "a\r\nb ", "c", Held::Theirs),
        ] {
            assert_eq!(Held::of(base, mine, theirs), held, "{base:?} {mine:?} {theirs:?}");
        }
    }
}
