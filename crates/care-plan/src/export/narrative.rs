//! The plan in words, for readers that show nothing but a resource's narrative (R4 narrative.html).

use crate::plan::{ConsolidatedPlan, Item, Phase};
use crate::snapshot::{Snapshot, Status};

/// XHTML with the titles of what is current, and what could not be read.
pub(super) fn of(plan: &ConsolidatedPlan, snapshot: &Snapshot) -> String {
    let concerns = plan.concerns.iter().filter(|one| one.is_current()).map(|one| &one.item);
    let goals = plan.goals.iter().filter(|one| one.is_current()).map(|one| &one.item);
    let planned = plan.interventions.iter().filter(|one| one.phase == Phase::Planned && one.is_current());
    let mut html = String::from(r#"<div xmlns="http://www.w3.org/1999/xhtml"><p>Consolidated care plan</p>"#);
    list(&mut html, "Health concerns", concerns);
    list(&mut html, "Goals", goals);
    list(&mut html, "Interventions", planned.map(|one| &one.item));
    for line in not_read(snapshot) {
        html.push_str(&format!("<p>{}</p>", escaped(&line)));
    }
    html.push_str("</div>");
    html
}

fn list<'i>(html: &mut String, heading: &str, items: impl Iterator<Item = &'i Item>) {
    html.push_str(&format!("<p>{heading}</p><ul>"));
    for item in items {
        html.push_str(&format!("<li>{}</li>", escaped(&item.title)));
    }
    html.push_str("</ul>");
}

/// A sentence for each source that was not read whole.
pub(super) fn not_read(snapshot: &Snapshot) -> Vec<String> {
    let sentence = |record: &crate::snapshot::Record| {
        let name = &record.source.name;
        match record.status() {
            Status::Complete => None,
            Status::NotConnected => Some(format!("{name} was not connected: what it holds is not in this plan.")),
            Status::Pending => Some(format!("{name} was still being read: parts of it are not in this plan.")),
            Status::Partial(_) => Some(format!("{name} was read in part: something is missing from this plan.")),
            Status::Failed(_) => Some(format!("{name} could not be read: what it holds is not in this plan.")),
            Status::NotPermitted(_) => {
                Some(format!("{name} did not permit reading: what it holds is not in this plan."))
            }
            Status::NotSupported => Some(format!("{name} offers nothing that this plan is made of.")),
        }
    };
    let mut sentences: Vec<String> = snapshot.records.iter().filter_map(sentence).collect();
    sentences.sort();
    sentences
}

/// Text for XHTML, without the control characters that XML does not allow.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
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
        assert_eq!(
            super::escaped("<script>\u{0}a & \"b\"</script>"),
            "&lt;script&gt;a &amp; &quot;b&quot;&lt;/script&gt;"
        );
    }
}
