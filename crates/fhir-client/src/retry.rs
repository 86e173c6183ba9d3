//! When a request is made again (smart-launch F4).

use std::time::Duration;

use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};
use jiff::{SignedDuration, Timestamp};

use crate::health::passes;

/// Requests in all, the first among them.
pub(crate) const TRIES: u32 = 3;
/// The longest wait that a server may ask of a person who looks at a page.
const LONGEST: Duration = Duration::from_secs(10);
const FIRST: Duration = Duration::from_millis(200);

/// What one try of a request ended with.
pub(crate) enum Try<'a> {
    /// No connection, one that broke, or an error of which the server says that it passes.
    NoAnswer,
    /// An answer.
    Answered(StatusCode, &'a HeaderMap),
}

/// How long to wait before the next try; `None` where there shall be none.
///
/// `made` counts the tries made so far, `fraction` is from 0 to 1 (full jitter).
pub(crate) fn wait(made: u32, ended: &Try<'_>, now: Timestamp, fraction: f64) -> Option<Duration> {
    if made >= TRIES {
        return None;
    }
    let back_off =
        || Some(FIRST.saturating_mul(2u32.saturating_pow(made.saturating_sub(1))).mul_f64(fraction.clamp(0.0, 1.0)));
    match ended {
        Try::NoAnswer => back_off(),
        Try::Answered(status, headers) if passes(*status) => match headers.get(RETRY_AFTER) {
            None => back_off(),
            Some(text) => asked_wait(text.to_str().unwrap_or_default(), now).filter(|wait| *wait <= LONGEST),
        },
        Try::Answered(..) => None,
    }
}

/// The seconds that a server asks for which are more than anybody waits.
pub(crate) fn too_long(status: StatusCode, headers: &HeaderMap, now: Timestamp) -> Option<u64> {
    let text = headers.get(RETRY_AFTER).filter(|_| passes(status))?;
    let asked = asked_wait(text.to_str().unwrap_or_default(), now)?;
    (asked > LONGEST).then_some(asked.as_secs())
}

/// Reads `Retry-After`: seconds, or a date in one of the three forms that HTTP has had (RFC 9110, 5.6.7).
fn asked_wait(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let of_today = || jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.timestamp());
    let of_old = |form| {
        let local = jiff::fmt::strtime::parse(form, text).and_then(|parsed| parsed.to_datetime());
        local.and_then(|local| local.to_zoned(jiff::tz::TimeZone::UTC)).ok().map(|zoned| zoned.timestamp())
    };
    let then = of_today().or_else(|| of_old("%A, %d-%b-%y %H:%M:%S GMT")).or_else(|| of_old("%a %b %e %H:%M:%S %Y"))?;
    Some(Duration::try_from(then.duration_since(now).max(SignedDuration::ZERO)).unwrap_or_default())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn after(status: u16, retry_after: Option<&str>) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        if let Some(text) = retry_after {
            headers.insert(RETRY_AFTER, text.parse().unwrap());
        }
        let now = "2026-01-05T10:00:00Z".parse().unwrap();
        wait(1, &Try::Answered(StatusCode::from_u16(status).unwrap(), &headers), now, 1.0)
    }

    #[test]
    fn f4_only_passing_states_are_tried_again() {
        for status in [408, 429, 502, 503, 504] {
            assert_eq!(after(status, None), Some(FIRST), "{status}");
        }
        for status in [200, 400, 401, 403, 404, 409, 412, 500, 501] {
            assert_eq!(after(status, None), None, "{status}");
        }
    }

    #[test]
    fn f4_each_wait_is_twice_the_one_before_and_the_third_try_is_the_last() {
        let now = Timestamp::UNIX_EPOCH;
        let waits = [1, 2, 3].map(|made| wait(made, &Try::NoAnswer, now, 1.0));
        assert_eq!(waits, [Some(FIRST), Some(FIRST * 2), None]);
        assert_eq!(wait(1, &Try::NoAnswer, now, 0.25), Some(FIRST / 4));
    }

    #[test]
    fn f4_a_server_that_names_a_short_wait_gets_it() {
        assert_eq!(after(429, Some("2")), Some(Duration::from_secs(2)));
        for date in ["Mon, 05 Jan 2026 10:00:07 GMT", "Monday, 05-Jan-26 10:00:07 GMT", "Mon Jan  5 10:00:07 2026"] {
            assert_eq!(after(503, Some(date)), Some(Duration::from_secs(7)), "{date}");
        }
        assert_eq!(after(503, Some("Mon, 05 Jan 2026 09:00:00 GMT")), Some(Duration::ZERO));
    }

    #[test]
    fn f4_a_server_that_asks_for_a_long_wait_or_for_nonsense_is_not_asked_again() {
        assert_eq!(after(429, Some("11")), None);
        assert_eq!(after(503, Some("Mon, 05 Jan 2026 10:05:00 GMT")), None);
        assert_eq!(after(503, Some("soon")), None);
    }

    #[test]
    fn f4_only_a_wait_that_can_be_read_and_is_too_long_is_told() {
        let now = "2026-01-05T10:00:00Z".parse().unwrap();
        let told = |status: u16, text: &str| {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, text.parse().unwrap())]);
            too_long(StatusCode::from_u16(status).unwrap(), &headers, now)
        };
        assert_eq!(told(429, "120"), Some(120));
        assert_eq!(told(503, "Mon, 05 Jan 2026 10:05:00 GMT"), Some(300));
        for (status, text) in [(429, "10"), (429, "soon"), (429, "-5"), (429, "1e9"), (500, "120"), (301, "120")] {
            assert_eq!(told(status, text), None, "{status} {text}");
        }
    }
}
