//! The token in a `next` link.
//!
//! A token carries the search and the last row the client has, not a row number: rows that come or go between two
//! pages neither repeat nor hide others. It is opaque to clients by agreement, not sealed: whoever reads it learns
//! only what they asked. Each page checks rights anew, so a forged token shows nothing that a search would not.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::search::SortKey;

/// Where the next page of a search begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The parameters of the search, as they came.
    #[serde(rename = "q")]
    pub pairs: Vec<(String, String)>,
    /// True where the client allowed parameters to be left aside.
    #[serde(rename = "l")]
    pub lenient: bool,
    /// The patient to whom the access was limited when the search began. Another one may not go on.
    #[serde(rename = "p")]
    pub patient: Option<String>,
    /// Sort key of the last row sent.
    #[serde(rename = "k")]
    pub after_key: SortKey,
    /// Number of the last row sent, in the order of arrival at the server.
    #[serde(rename = "r")]
    pub after_row: u64,
}

/// Why a token is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a page token of this server")]
pub struct CursorError;

impl Cursor {
    /// The token, safe inside an address.
    pub fn encode(&self) -> String {
        let bytes = serde_json::to_vec(self).expect("strings and numbers always become JSON");
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a token.
    ///
    /// # Errors
    /// [`CursorError`] for text that we did not write.
    pub fn decode(token: &str) -> Result<Self, CursorError> {
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| CursorError)?;
        serde_json::from_slice(&bytes).map_err(|_| CursorError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_back_as_it_went_and_other_text_is_refused() {
        let cursor = Cursor {
            pairs: vec![("code".into(), "a|ü,b".into())],
            lenient: true,
            patient: Some("17".into()),
            after_key: vec!["x".into()],
            after_row: 9,
        };
        assert_eq!(Cursor::decode(&cursor.encode()), Ok(cursor));
        for token in ["", "bm9uZQ", "../..", "💥"] {
            assert_eq!(Cursor::decode(token), Err(CursorError), "{token}");
        }
    }
}
