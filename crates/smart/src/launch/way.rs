//! How the browser gets to the authorization endpoint (checklist L5).

use std::fmt;

use url::Url;

/// The longest address that every browser, proxy and server on the way takes.
const LONGEST: usize = 2000;

/// How the browser gets to the authorization endpoint. Holds the state and the launch handle: never log it.
#[derive(Clone, PartialEq, Eq)]
pub enum Way {
    /// By a redirect.
    Redirect(Url),
    /// By a form that the browser posts, because the address would be too long (`authorize-post`).
    Post {
        /// The authorization endpoint.
        url: Url,
        /// The fields of the form: names and values.
        fields: Vec<(String, String)>,
    },
}

impl Way {
    /// Chooses the way for a whole address at an endpoint, which may have parameters of its own.
    pub(super) fn of(whole: Url, endpoint: &Url, takes_post: bool) -> Self {
        if !takes_post || whole.as_str().len() <= LONGEST {
            return Self::Redirect(whole);
        }
        let own = endpoint.query_pairs().count();
        let fields = whole.query_pairs().skip(own).map(|(name, value)| (name.into_owned(), value.into_owned()));
        Self::Post { url: endpoint.clone(), fields: fields.collect() }
    }

    /// The address that the browser asks.
    pub fn url(&self) -> &Url {
        match self {
            Self::Redirect(url) | Self::Post { url, .. } => url,
        }
    }
}

/// Shows the way and the origin.
impl fmt::Debug for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let way = match self {
            Self::Redirect(_) => "Redirect",
            Self::Post { .. } => "Post",
        };
        write!(f, "{way}({})", self.url().origin().ascii_serialization())
    }
}
