//! What stands in the place of a plan while it is not known whose it is.

use care_plan::snapshot::Status;
use leptos::prelude::*;

use super::fingerprint::fingerprint;
use super::look::Look;
use super::source_list::{action, retry};
use super::whose::{Whose, whose};

/// Why nothing clinical may be drawn, and what to do about it; `None` where it is known whose plan this is.
///
/// Carries the key of the board's notice, in whose place it stands.
pub fn withheld(look: &Look) -> Option<AnyView> {
    let words = look.words();
    let whose = whose(look);
    let version = fingerprint(&whose);
    let said = match whose {
        Whose::Known(_) => return None,
        Whose::Pending => {
            view! { <p class="notice">{words.person_reading()}" "<a href="">{words.reload()}</a></p> }.into_any()
        }
        Whose::Replaced(source) => view! {
            <div class="notice notice--bad" role="group" aria-labelledby="withheld">
                <h2 id="withheld">{words.withheld()}</h2>
                <p>{words.withheld_replaced(&source.name)}</p>
                <p>{words.withheld_sign_in()}</p>
            </div>
        }
        .into_any(),
        Whose::Unknown { source, status } => {
            let name = source.map_or(look.home().as_str(), |source| &source.name).to_owned();
            let what_to_do = match status {
                Status::NotConnected => words.withheld_sign_in(),
                _ => words.withheld_what_to_do(),
            };
            // Nobody connects the launch's own source anew from here: that would be another launch.
            let offered = source.filter(|_| status != Status::NotConnected);
            let act = offered.and_then(|source| action(look, source, &status).or_else(|| retry(look, source).into()));
            view! {
                <div class="notice notice--bad" role="group" aria-labelledby="withheld">
                    <h2 id="withheld">{words.withheld()}</h2>
                    <p>{words.withheld_why(&name, &status)}</p>
                    <p>{what_to_do}" "{act}</p>
                </div>
            }
            .into_any()
        }
    };
    Some(view! { <div class="board__notice" data-key="notice" data-version=version>{said}</div> }.into_any())
}
