//! The team of a shared plan in words.

use crate::words::Words;
use crate::words::goal::sentences;

sentences! {
    /// Heading.
    plan_team = "Team of the plan";
    /// Empty.
    plan_no_team = "Nobody belongs to its team yet.";
    /// Button and heading.
    plan_add_member = "Add somebody to the team";
    /// Button.
    plan_save_member = "Save";
    /// Label.
    plan_member_name = "Name";
    /// Label.
    plan_member_role = "Roles";
    /// Hint.
    plan_member_role_hint = "such as: dietitian; several with commas";
    /// Label.
    plan_member_from = "From";
    /// Label.
    plan_member_until = "Last day in the team";
    /// Hint.
    plan_member_until_hint = "nobody is taken out: who leaves gets a last day";
    /// Label.
    plan_behalf = "On behalf of";
    /// An organisation without a name, of a record that is not read.
    plan_behalf_unread = "As before: its record is not read at the moment";
}

impl Words {
    /// Somebody's organisation.
    pub fn plan_on_behalf(self, name: &str) -> String {
        let Self::English = self;
        format!("for {name}")
    }
}
