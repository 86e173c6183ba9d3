//! How a record is known to be this person's, and how it is taken out again.

use care_plan::snapshot::Record;
use fhir::ResourceKey;
use leptos::prelude::*;

use super::look::{Look, encoded};
use crate::desk::member_name;
use crate::desk::shared_plan::SOURCE;
use crate::parts::Hidden;
use crate::who::Ties;

/// Draws how the record of a source is known to be this person's, and the ways to take it out. The launch's own source
/// has none: it says who the person is.
pub fn ties(look: &Look, record: &Record, ties: &Ties) -> Option<AnyView> {
    let words = look.words();
    let source = &record.source;
    if source.id == *look.home() {
        return Some(view! { <p class="muted">{words.own_source()}" "{words.own_source_end()}</p> }.into_any());
    }
    if source.id.as_str() == SOURCE {
        return Some(view! { <p class="muted">{words.plan_kept_here()}</p> }.into_any());
    }
    let connected = record.patient.as_deref();
    let tie = ties
        .known
        .iter()
        .rev()
        .find(|tie| tie.source == source.id && connected.is_none_or(|patient| patient == tie.patient));
    // What the care team was not given, nobody of it has looked at: neither does it say how that is known, nor take it out.
    let unshared = ties.shared.as_ref().filter(|_| connected.is_none());
    let how = tie.map(|tie| {
        let said = match unshared {
            Some(shared) => words.known_in_panel(shared.contains(&source.id)).to_owned(),
            None => {
                let when = look.ago(tie.when);
                let unread = connected.is_none().then(|| format!(" {}", words.known_not_read()));
                words.known(tie.how, &when) + &unread.unwrap_or_default()
            }
        };
        view! { <p class="muted">{said}</p> }
    });
    let name_of = |patient: &str| {
        let (source, kind, id) = (source.id.clone(), "Patient".to_owned(), patient.to_owned());
        member_name(&ResourceKey { source, kind, id })
    };
    let hidden = || view! { <Hidden text=format!(" {}", source.name)/> };
    let disconnect = connected.map(|patient| {
        let action = look.path(&format!("disconnect/{}", encoded(source.id.as_str())));
        view! {
            <form class="source__form" method="post" action=action>
                <input type="hidden" name="record" value=name_of(patient)/>
                <button class="source__action">{words.disconnect()}{hidden()}</button>
            </form>
        }
    });
    let split = tie.filter(|_| ties.may_split && unshared.is_none()).map(|_| {
        let href = look.path(&format!("split/{}", encoded(source.id.as_str())));
        view! { <a class="source__action" href=href>{words.not_the_same()}{hidden()}</a> }
    });
    if how.is_none() && disconnect.is_none() {
        return None;
    }
    Some(view! { {how}<div class="source-report__ways">{disconnect}{split}</div> }.into_any())
}
