//! The doses of a plan, each text read once, however many records say it.

use std::collections::HashMap;
use std::rc::Rc;

use super::dosing::{self, Sig};
use super::taken::Taken;

/// What was read so far, by its text.
#[derive(Default)]
pub(in crate::rules) struct Doses<'a> {
    read: HashMap<&'a str, Rc<Sig>>,
}

impl<'a> Doses<'a> {
    /// The dose of a medication that is to be taken now; `None` where its record says none, or has it on hold.
    pub(in crate::rules) fn of(&mut self, taken: &Taken<'a>) -> Option<Rc<Sig>> {
        let text = taken.medication.dose.as_deref()?;
        let held = taken.says.status.as_deref() == Some("on-hold");
        (!held).then(|| Rc::clone(self.read.entry(text).or_insert_with(|| Rc::new(dosing::read(text)))))
    }
}
