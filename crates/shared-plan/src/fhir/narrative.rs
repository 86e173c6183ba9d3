//! The plan in words, for readers that show nothing but a resource's narrative (R4 narrative.html).

use serde_json::{Value, json};

use super::Spoken;
use crate::plan::Plan;

/// Title, purpose, and the goals and activities that stand, each with its state, where they are spoken of.
pub(super) fn of(plan: &Plan, spoken: Spoken) -> Value {
    let mut html = String::from(r#"<div xmlns="http://www.w3.org/1999/xhtml">"#);
    html.push_str(&format!("<p>{}</p>", escaped(&plan.content.title)));
    if let Some(description) = &plan.content.description {
        html.push_str(&format!("<p>{}</p>", escaped(description)));
    }
    let goals =
        plan.goals.iter().filter(|_| spoken.goals).map(|goal| (goal.content.description.title(), goal.status.code()));
    list(&mut html, "Goals", goals);
    let activities = plan.activities.iter().filter(|_| spoken.activities);
    let activities = activities.map(|activity| (activity.content.description.title(), activity.status.code()));
    list(&mut html, "Activities", activities);
    html.push_str("</div>");
    json!({ "status": "generated", "div": html })
}

fn list<'p>(html: &mut String, heading: &str, items: impl Iterator<Item = (&'p str, &'static str)>) {
    let items: Vec<_> = items.filter(|(_, status)| *status != "entered-in-error").collect();
    if items.is_empty() {
        return;
    }
    html.push_str(&format!("<p>{heading}</p><ul>"));
    for (title, status) in items {
        html.push_str(&format!("<li>{} ({status})</li>", escaped(title)));
    }
    html.push_str("</ul>");
}

/// Text for XHTML, without the characters that XML does not allow.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    #[test]
    fn hostile_text_stays_text() {
        let escaped = super::escaped("<script>\u{0}a & \"b\"</script>\u{ffff}");
        assert_eq!(escaped, "&lt;script&gt;a &amp; &quot;b&quot;&lt;/script&gt;");
    }
}
