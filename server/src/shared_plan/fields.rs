//! The fields of a form, and what is wrong with them before a plan is asked.

use app::number::{NotRead, typed_number};
use jiff::civil::Date;
use rust_decimal::Decimal;
use shared_plan::Id;
use shared_plan::commands::{MAX_PARTS, Problem, Wrong};

/// The fields of a form.
#[derive(Debug)]
pub struct Fields<'a> {
    typed: &'a [(String, String)],
    /// What cannot be read, by the names of the form.
    pub problems: Vec<Problem>,
}

impl<'a> Fields<'a> {
    /// The fields as they were posted.
    pub fn of(typed: &'a [(String, String)]) -> Self {
        Self { typed, problems: Vec::new() }
    }

    /// Notes what is wrong with a field.
    pub fn wrong(&mut self, field: impl Into<String>, wrong: Wrong) {
        self.problems.push(Problem { field: field.into(), wrong });
    }

    /// The text of a field; `None` where it says nothing.
    pub fn text(&self, field: &str) -> Option<&'a str> {
        let found = self.typed.iter().find(|(name, _)| name == field);
        found.map(|(_, value)| value.trim()).filter(|text| !text.is_empty())
    }

    /// The text of a field, empty where it says nothing: then the plan refuses it if it must say something.
    pub fn words(&self, field: &str) -> String {
        self.text(field).unwrap_or_default().to_owned()
    }

    /// All values of a field that may come several times.
    pub fn all(&self, field: &str) -> Vec<&'a str> {
        let found = self.typed.iter().filter(|(name, value)| name == field && !value.is_empty());
        found.map(|(_, value)| value.as_str()).collect()
    }

    /// What a field says, with nothing where it is empty; `None` where the form had no such field.
    pub fn said(&self, field: &str) -> Option<&'a str> {
        self.typed.iter().find(|(name, _)| name == field).map(|(_, value)| value.trim())
    }

    /// A day.
    pub fn day(&mut self, field: &str) -> Option<Date> {
        let day = self.text(field)?.parse();
        if day.is_err() {
            self.wrong(field, Wrong::NotADate);
        }
        day.ok()
    }

    /// A number with the digits that were typed.
    pub fn number(&mut self, field: &str) -> Option<Decimal> {
        match typed_number(self.text(field)?) {
            Ok(number) => Some(number),
            Err(why) => {
                let wrong = match why {
                    NotRead::NotANumber => Wrong::NotANumber,
                    NotRead::TwoReadings => Wrong::TwoReadings,
                };
                self.wrong(field, wrong);
                None
            }
        }
    }

    /// A part of the plan that a field names.
    pub fn id<T: ?Sized>(&mut self, field: &str) -> Option<Id<T>> {
        let id = Id::parse(self.text(field)?);
        if id.is_none() {
            self.wrong(field, Wrong::PointsNowhere);
        }
        id
    }

    /// One of the choices of a field.
    pub fn choice<T>(&mut self, field: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let choice = read(self.text(field)?);
        if choice.is_none() {
            self.wrong(field, Wrong::NotAChoice);
        }
        choice
    }

    /// One of the choices of a field that has to be chosen.
    pub fn must_choose<T>(&mut self, field: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        if self.text(field).is_none() {
            self.wrong(field, Wrong::Empty);
        }
        self.choice(field, read)
    }

    /// The parts of the plan by which fields of this name are told apart.
    pub fn ids<T: ?Sized>(&self, field: &str) -> Vec<Id<T>> {
        let of = |name: &str| Id::parse(name.strip_prefix(field)?.strip_prefix('-')?);
        self.typed.iter().filter(|(_, value)| !value.is_empty()).filter_map(|(name, _)| of(name)).collect()
    }

    /// Positions of the numbered fields of this name: all that a plan could hold, and one more, which it refuses.
    pub fn positions(&self, field: &str) -> Vec<usize> {
        let of = |name: &str| name.strip_prefix(field)?.strip_prefix('-')?.parse().ok();
        let mut all: Vec<usize> = self.typed.iter().filter_map(|(name, _)| of(name)).collect();
        all.sort_unstable();
        all.dedup();
        all.truncate(MAX_PARTS + 1);
        all
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn typed(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_number_keeps_its_digits_and_words_are_none() {
        let typed = typed(&[("a", " 7.50 "), ("b", "about seven"), ("c", "7,5"), ("d", "")]);
        let mut fields = Fields::of(&typed);
        assert_eq!(fields.number("a").unwrap().to_string(), "7.50");
        assert_eq!(fields.number("c").unwrap().to_string(), "7.5");
        assert_eq!((fields.number("b"), fields.number("d"), fields.number("e")), (None, None, None));
        assert_eq!(fields.problems, [Problem { field: "b".into(), wrong: Wrong::NotANumber }]);
    }

    #[test]
    fn a_target_of_ten_thousand_became_one_of_ten() {
        let typed = typed(&[("value-0", "10,000"), ("value-1", "10000")]);
        let mut fields = Fields::of(&typed);
        assert_eq!(fields.number("value-0"), None);
        assert_eq!(fields.number("value-1").unwrap().to_string(), "10000");
        assert_eq!(fields.problems, [Problem { field: "value-0".into(), wrong: Wrong::TwoReadings }]);
    }

    #[test]
    fn the_fifty_first_group_of_fields_was_not_read() {
        let typed: Vec<_> = (0..120).map(|at| (format!("how-{at}"), String::new())).collect();
        assert_eq!(Fields::of(&typed).positions("how").len(), 120);
    }

    #[test]
    fn what_has_to_be_chosen_is_asked_for_by_its_field() {
        let typed = typed(&[("a", "x")]);
        let mut fields = Fields::of(&typed);
        assert_eq!(fields.must_choose("a", |_| None::<()>), None);
        assert_eq!(fields.must_choose("b", |_| Some(())), None);
        let wrong: Vec<_> = fields.problems.iter().map(|problem| problem.wrong).collect();
        assert_eq!(wrong, [Wrong::NotAChoice, Wrong::Empty]);
    }
}
