//! Sentences about the session and its end, and about pages inside the frame of another site.

use super::Words;
use super::goal::sentences;

sentences! {
    /// Button that puts the end of the session off.
    stay_signed_in = "Stay signed in";
    /// What the words about the end mean, for who wants to know.
    session_how = "Every page that you open, and the button, moves this time on.";
    /// Why the end cannot be put off.
    session_last = "After this time you sign in anew, whatever you do.";
    /// Heading of the warning.
    session_ends_soon = "You will soon be signed out";
    /// The warning, where the end can be put off.
    session_ends_soon_what = "Nothing was done here for a while. In less than five minutes this session ends and this page is cleared. What you have saved is saved.";
    /// The warning, where it cannot.
    session_ends_last_what = "You have been signed in for as long as one may be. In less than five minutes this session ends and this page is cleared: save what you are working on, then sign in anew.";
    /// Said once, a minute before the end.
    session_last_minute = "One minute left.";
    /// Heading after the end.
    session_ended = "Your session has ended";
    /// After the end.
    session_ended_what = "You were signed out because nothing was done for a while, or because you signed out elsewhere in this browser. What you had saved is saved.";
    /// After the end.
    session_ended_do = "Open the person again from the record system, or sign in.";
    /// After the end, with a form on its way.
    kept_what = "So this was not saved. Here is what you typed, for you to copy. It is on this page only: it is kept nowhere else, and gone when you close it.";
    /// The way back, first step.
    kept_first = "Sign in in a new tab, and open the same person there.";
    /// The way back, second step.
    kept_then = "Come back to this tab and put your text into the form again. Nothing is saved before you save it there.";
    /// Link of the first step.
    kept_sign_in = "Sign in in a new tab";
    /// Button of the second step.
    kept_put_back = "Put it back into the form";
    /// After the second step, where no open plan has that form.
    kept_nowhere = "No plan that is open in this browser has this form. Sign in first, and open the same person.";
    /// In the form again.
    kept_back = "your session had ended. This is what you typed; look at it, then save.";
    /// What was typed, as a list.
    kept_typed = "What you typed";
    /// Heading where a frame keeps no cookie.
    window_heading = "Accord opens in a window of its own";
    /// Why.
    window_why = "This browser keeps no cookie for Accord inside the page of another site, so the sign-in could not be tied to it. Nothing was opened yet.";
    /// Why, where the source is known to refuse.
    window_refuses = "The sign-in of this record system shows itself in no page of another site. Nothing was opened yet.";
    /// The button.
    window_open = "Open in a new window";
}

impl Words {
    /// "Signed in until 14:32": the tenant's wall clock.
    pub fn signed_in_until(self, at: jiff::civil::Time) -> String {
        let Self::English = self;
        format!("Signed in until {:02}:{:02}", at.hour(), at.minute())
    }

    /// What a field of a form is called, by its name in the form; `None` for what nobody types.
    pub fn typed_field(self, name: &str) -> Option<String> {
        match name {
            "item" | "member" | "target" | "version" | "source" => None,
            "achievement" => Some(self.achievement_label().to_owned()),
            "target_value" => Some(self.target_value_label().to_owned()),
            "due" => Some(self.due_label().to_owned()),
            "note" => Some(self.note_label().to_owned()),
            other if other.starts_with('_') || other.starts_with("base_") => None,
            other => Some(other.replace('_', " ")),
        }
    }
}
