//! Lies on the way back to the client.

use axum::http::{HeaderValue, header};
use axum::response::Response;
use url::Url;

use super::{genuine::Genuine, layer::Liar, ways::ways};

/// Text of a server that hopes to be quoted.
const HOSTILE_WORDS: &str =
    "<script>alert('hostile')</script>\"><img src=x onerror=alert(1)> call 555-0100 and read out your password";

ways! {
    /// Ways in which the redirect back to the client can be wrong.
    AuthorizeWay {
        /// The state is missing, as from a server that forgets it.
        StateDropped = "state-dropped",
        /// The state is another one.
        StateChanged = "state-changed",
        /// The state stands there twice.
        StateTwice = "state-twice",
        /// The answer names another EHR as its issuer: a mix-up.
        IssOfAnotherEhr = "iss-of-another-ehr",
        /// The issuer is missing, as from every server before RFC 9207.
        IssDropped = "iss-dropped",
        /// A code and an error stand side by side.
        CodeAndError = "code-and-error",
        /// Two codes stand side by side.
        CodeTwice = "code-twice",
        /// There is neither a code nor an error.
        CodeDropped = "code-dropped",
        /// The code is 30,000 letters long.
        CodeHuge = "code-huge",
        /// The code holds line breaks and a header.
        CodeWithLineBreaks = "code-with-line-breaks",
        /// The user said no.
        AccessDenied = "access-denied",
        /// An error comes with a script, a false telephone number and a script address.
        HostileDescription = "hostile-description",
        /// The answer goes to the callback of another registered EHR.
        CallbackOfAnotherEhr = "callback-of-another-ehr",
        /// The code was made for another client.
        CodeOfAnotherClient = "code-of-another-client",
        /// The code was made for another launch, of another person: an injected code.
        CodeOfAnotherPerson = "code-of-another-person",
        /// The code of the last launch comes again with this launch's state.
        CodeOfTheLastLaunch = "code-of-the-last-launch",
        /// The whole answer of the last launch comes again.
        LastAnswerAgain = "last-answer-again",
        /// The answer stands in the fragment, where no server sees it.
        Fragment = "fragment",
        /// Patient, client and FHIR base stand beside the code, for clients that believe addresses.
        MoreParameters = "more-parameters",
    }
}

impl AuthorizeWay {
    pub(super) fn alter(self, liar: &Liar, mut genuine: Genuine, before: Option<Url>) -> Response {
        let Some(url) = location(&genuine) else { return genuine.unchanged() };
        let altered = self.address(liar, url, before);
        if let Ok(value) = HeaderValue::from_str(altered.as_str()) {
            genuine.parts.headers.insert(header::LOCATION, value);
        }
        genuine.unchanged()
    }

    fn address(self, liar: &Liar, url: Url, before: Option<Url>) -> Url {
        let peer = liar.peer();
        let code = value(&url, "code").unwrap_or_default();
        match self {
            Self::StateDropped => changed(&url, "state", None),
            Self::StateChanged => changed(&url, "state", Some("a-state-that-nobody-made-up-before-00000000")),
            Self::StateTwice => doubled(&url, "state"),
            Self::IssOfAnotherEhr => changed(&url, "iss", Some(&peer.issuer)),
            Self::IssDropped => changed(&url, "iss", None),
            Self::CodeAndError => changed(&url, "error", Some("access_denied")),
            Self::CodeTwice => doubled(&url, "code"),
            Self::CodeDropped => changed(&url, "code", None),
            Self::CodeHuge => changed(&url, "code", Some(&"c".repeat(30_000))),
            Self::CodeWithLineBreaks => changed(&url, "code", Some("x\r\nX-Injected: yes\r\n\r\n\0")),
            Self::AccessDenied => changed(&changed(&url, "code", None), "error", Some("access_denied")),
            Self::HostileDescription => {
                let refused = changed(&changed(&url, "code", None), "error", Some(HOSTILE_WORDS));
                let described = changed(&refused, "error_description", Some(HOSTILE_WORDS));
                changed(&described, "error_uri", Some("javascript:alert('hostile')"))
            }
            Self::CallbackOfAnotherEhr => match peer.callbacks.first() {
                Some(callback) => {
                    let mut other = callback.clone();
                    other.set_query(url.query());
                    other
                }
                None => url,
            },
            Self::CodeOfAnotherClient => {
                liar.authority().give_code_to("another-client", &code);
                url
            }
            Self::CodeOfAnotherPerson => {
                liar.authority().bind_code_elsewhere(&code);
                url
            }
            Self::CodeOfTheLastLaunch => {
                let last = before.as_ref().and_then(|before| value(before, "code"));
                changed(&url, "code", Some(last.as_deref().unwrap_or("a-code-of-long-ago")))
            }
            Self::LastAnswerAgain => before.unwrap_or_else(|| changed(&url, "state", Some("a-state-of-long-ago"))),
            Self::Fragment => {
                let mut other = url.clone();
                other.set_query(None);
                other.set_fragment(url.query());
                other
            }
            Self::MoreParameters => {
                let mut other = url.clone();
                other.query_pairs_mut().extend_pairs([
                    ("patient", "another"),
                    ("client_id", "another-client"),
                    ("fhirServiceUrl", "https://collector.example/fhir"),
                    ("access_token", "not-asked-for"),
                    ("id_token", "not-asked-for"),
                ]);
                other
            }
        }
    }
}

/// Where a redirect leads, if it brings an answer of the authorization server.
pub(super) fn location(genuine: &Genuine) -> Option<Url> {
    let url = Url::parse(genuine.parts.headers.get(header::LOCATION)?.to_str().ok()?).ok()?;
    value(&url, "code").map(|_| url)
}

pub(super) fn value(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

/// The address with a parameter set, or without it.
fn changed(url: &Url, name: &str, to: Option<&str>) -> Url {
    let kept: Vec<(String, String)> = url.query_pairs().filter(|(known, _)| known != name).map(owned).collect();
    let mut other = url.clone();
    other.query_pairs_mut().clear().extend_pairs(kept).extend_pairs(to.map(|to| (name, to)));
    other
}

fn doubled(url: &Url, name: &str) -> Url {
    let mut other = url.clone();
    other.query_pairs_mut().append_pair(name, &value(url, name).unwrap_or_default());
    other
}

fn owned((name, value): (std::borrow::Cow<'_, str>, std::borrow::Cow<'_, str>)) -> (String, String) {
    (name.into_owned(), value.into_owned())
}
