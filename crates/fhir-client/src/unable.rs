//! What a server says it cannot do, whatever its CapabilityStatement says (smart-launch F5).

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::Method;

use crate::Capability;

/// Interactions that a server has answered with 405 or 501.
#[derive(Debug, Default)]
pub(crate) struct Unable {
    refused: Mutex<BTreeSet<(String, &'static str)>>,
}

impl Unable {
    /// Remembers that the server does not do what was asked: `segments` are those of the path below the base.
    pub(crate) fn learn(&self, method: &Method, segments: &[&str]) {
        if let Some((kind, interaction)) = interaction(method, segments) {
            self.refused().insert((kind.to_owned(), interaction));
        }
    }

    /// The statement without what the server has refused to do.
    pub(crate) fn corrects(&self, stated: Arc<Capability>) -> Arc<Capability> {
        let refused = self.refused();
        let is_stated = |(kind, interaction): &&(String, &'static str)| stated.can(kind, interaction);
        if !refused.iter().any(|refusal| is_stated(&refusal)) {
            return stated;
        }
        let mut known = Capability::clone(&stated);
        for (kind, interaction) in refused.iter() {
            if let Some(offer) = known.types.get_mut(kind) {
                offer.interactions.remove(*interaction);
            }
        }
        Arc::new(known)
    }

    fn refused(&self) -> MutexGuard<'_, BTreeSet<(String, &'static str)>> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The type and the interaction (R4 `type-restful-interaction`) that a request is, where it is one that a statement lists.
fn interaction<'a>(method: &Method, segments: &[&'a str]) -> Option<(&'a str, &'static str)> {
    let (kind, rest) = segments.split_first()?;
    let interaction = match (method, rest) {
        (&Method::GET | &Method::HEAD, []) => "search-type",
        (&Method::GET | &Method::HEAD, ["_history"]) => "history-type",
        (&Method::GET | &Method::HEAD, [_]) => "read",
        (&Method::GET | &Method::HEAD, [_, "_history"]) => "history-instance",
        (&Method::GET | &Method::HEAD, [_, "_history", _]) => "vread",
        (&Method::POST, []) => "create",
        (&Method::PUT, [_]) => "update",
        (&Method::PATCH, [_]) => "patch",
        _ => return None,
    };
    (*kind != "metadata").then_some((*kind, interaction))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn stated() -> Arc<Capability> {
        let statement = r#"{"resourceType":"CapabilityStatement","rest":[{"resource":[{"type":"Goal",
            "interaction":[{"code":"read"},{"code":"search-type"},{"code":"update"}]}]}]}"#;
        Arc::new(Capability::parse(statement).unwrap())
    }

    #[test]
    fn f5_what_a_server_refuses_to_do_it_cannot_do_whatever_it_states() {
        let unable = Unable::default();
        unable.learn(&Method::GET, &["Goal"]);
        unable.learn(&Method::PUT, &["Goal", "1"]);
        let known = unable.corrects(stated());
        assert!(known.can("Goal", "read") && !known.can("Goal", "search-type") && !known.can("Goal", "update"));
        assert!(!known.lacks("Goal"));
    }

    #[test]
    fn f5_a_search_by_post_a_query_and_the_statement_itself_teach_nothing() {
        let unable = Unable::default();
        unable.learn(&Method::POST, &["Goal", "_search"]);
        unable.learn(&Method::GET, &["metadata"]);
        unable.learn(&Method::GET, &[]);
        assert_eq!(unable.corrects(stated()), stated());
    }
}
