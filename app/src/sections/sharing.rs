//! One source and what is shared of it.

use access::Purpose;
use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;

use super::look::Look;
use crate::desk::Answer;
use crate::desk::sharing::{
    Former, InForce, LastingAccess, SHARING, SharedPurpose, SharedSource, SharingAnswer, SourceState,
};
use crate::parts::{Hidden, SourceBadge};

/// Draws a source: what it is shared for, and for the person the forms that change it.
pub fn sharing_source(look: &Look, shared: &SharedSource, decides: bool, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let badge = look.badge(&shared.source.id);
    let heading = format!("sharing-{}", badge.place);
    let hint = match shared.state {
        SourceState::Connected => None,
        SourceState::NotConnected => {
            let href = look.connect(&shared.source.id).filter(|_| decides);
            let connect = href.map(
                |href| view! { " "<a href=href>{words.connect()}<Hidden text=format!(" {}", shared.source.name)/></a> },
            );
            Some(view! { <p class="muted">{words.sharing_connect_first()}{connect}</p> }.into_any())
        }
        SourceState::NeverLasting => Some(view! { <p class="muted">{words.sharing_never()}</p> }.into_any()),
    };
    let open = decides && shared.state == SourceState::Connected;
    let reads_itself = shared.reads_itself.then(|| words.sharing_reads_itself(&shared.source.name, decides));
    let reads_itself = reads_itself.map(|said| view! { <p class="notice">{said}</p> });
    // Nobody is asked for what nothing is done by; what was given stands here, to be taken back.
    let purposes = shared.purposes.iter().filter(|purpose| {
        let offered = purpose.purpose.is_used() && shared.state == SourceState::Connected;
        offered || purpose.now.is_some() || !purpose.former.is_empty()
    });
    let purposes: Vec<AnyView> =
        purposes.map(|purpose| drawn(look, shared, purpose, (decides, open), answer)).collect();
    view! {
        <section class="panel sharing" aria-labelledby=heading>
            <h2 id=heading.clone()><SourceBadge badge/>" "<span aria-hidden="true">{shared.source.name.clone()}</span></h2>
            {hint}
            {reads_itself}
            {(!purposes.is_empty()).then(|| view! { <div class="sharing__purposes">{purposes}</div> })}
        </section>
    }
    .into_any()
}

fn drawn(
    look: &Look,
    shared: &SharedSource,
    of: &SharedPurpose,
    (decides, open): (bool, bool),
    answer: Option<&Answer>,
) -> AnyView {
    let words = look.words();
    let heading = format!("sharing-{}-{}", look.badge(&shared.source.id).place, of.purpose.code());
    let chip = match &of.now {
        Some(now) if now.access == LastingAccess::Ended => ("chip chip--warn", words.shared_state(now.access)),
        Some(now) => ("chip chip--good", words.shared_state(now.access)),
        None => ("chip", words.sharing_not_shared()),
    };
    let now = of.now.as_ref().map(|now| in_force(look, now));
    let again = of.now.as_ref().is_some_and(|now| now.access == LastingAccess::Ended);
    let give =
        (open && of.purpose.is_used() && (of.now.is_none() || again)).then(|| give(look, shared, of.purpose, answer));
    let take_back = of.now.as_ref().filter(|_| decides).map(|now| take_back(look, shared, of.purpose, now));
    let unused = (of.now.is_some() && !of.purpose.is_used()).then(|| view! { <p>{words.sharing_unused()}</p> });
    let former = (!of.former.is_empty()).then(|| {
        let lines = of.former.iter().map(|former| view! { <li>{ended(look, former)}</li> });
        view! { <details><summary>{words.sharing_before()}</summary><ul class="lines">{lines.collect_view()}</ul></details> }
    });
    view! {
        <article class="sharing__purpose" aria-labelledby=heading>
            <h3 id=heading.clone()>{words.purpose(of.purpose, decides)}</h3>
            <p><span class=chip.0>{chip.1}</span>" "{now}</p>
            {again.then(|| view! { <p>{words.sharing_ended_there_why()}</p> })}
            <p class="muted">{words.purpose_means(of.purpose, decides)}</p>
            {unused}
            {give}
            {take_back}
            {former}
        </article>
    }
    .into_any()
}

fn in_force(look: &Look, now: &InForce) -> String {
    let until = now.until.map(|until| look.day(last_moment(until)));
    look.words().shared_since(&look.day(now.given), until.as_deref(), now.by)
}

fn ended(look: &Look, former: &Former) -> String {
    look.words().shared_before(&look.day(former.given), &look.day(former.ended), former.how)
}

fn give(look: &Look, shared: &SharedSource, purpose: Purpose, answer: Option<&Answer>) -> AnyView {
    let words = look.words();
    let id = format!("until-{}-{}", look.badge(&shared.source.id).place, purpose.code());
    let refused =
        answer.filter(|answer| answer.of::<SharingAnswer>(SHARING) == Some(SharingAnswer::BadDate)).filter(|answer| {
            answer.typed("source") == Some(shared.source.id.as_str()) && answer.typed("purpose") == Some(purpose.code())
        });
    let typed = refused.and_then(|answer| answer.typed("until")).unwrap_or_default().to_owned();
    let invalid = refused.is_some().then_some("true");
    // Without what several buttons have in common, nobody who listens could tell them apart.
    let name = format!("{}: {}", words.share_for(purpose), shared.source.name);
    let now = shared.purposes.iter().filter_map(|purpose| purpose.now.as_ref());
    let has_access = now.into_iter().any(|now| now.access == LastingAccess::There);
    let sign_in =
        (purpose.carries_grants() && !has_access).then(|| view! { <p class="muted">{words.sharing_sign_in()}</p> });
    view! {
        <form class="sharing__form" method="post" action=look.path("sharing/give")>
            <input type="hidden" name="source" value=shared.source.id.to_string()/>
            <input type="hidden" name="purpose" value=purpose.code()/>
            <label for=id.clone()>{words.sharing_until()}" "<small>{words.sharing_until_hint()}</small></label>
            <input class="field" id=id name="until" type="date" min=look.today().to_string() value=typed aria-invalid=invalid/>
            {sign_in}
            <button class="button button--primary" aria-label=name>{words.share_for(purpose)}</button>
        </form>
    }
    .into_any()
}

fn take_back(look: &Look, shared: &SharedSource, purpose: Purpose, now: &InForce) -> AnyView {
    let words = look.words();
    let name = format!("{}: {}, {}", words.sharing_take_back(), words.purpose(purpose, true), shared.source.name);
    view! {
        <form class="sharing__form" method="post" action=look.path("sharing/revoke")>
            <input type="hidden" name="consent" value=now.id.to_string()/>
            <button class="button" aria-label=name>{words.sharing_take_back()}</button>
        </form>
    }
    .into_any()
}

/// A consent ends where its last day ends, so the day to show is the one before.
fn last_moment(until: Timestamp) -> Timestamp {
    until.checked_sub(SignedDuration::from_secs(1)).unwrap_or(until)
}
