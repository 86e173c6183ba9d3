//! When a session ends, as pages say it.

use access::session::{Standing, WARNED_BEFORE};
use access::{Session, TenantId};
use app::desk::SessionEnd;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::state::Server;

/// The end of a session, seen from now.
pub fn of(session: &Session, now: Timestamp, zone: &TimeZone) -> SessionEnd {
    let end = session.ends_at();
    let seconds = |duration: SignedDuration| u32::try_from(duration.as_secs()).unwrap_or(0);
    // Only the last end cannot be put off, and shortly before it is known whether this is the one.
    let before = end.saturating_sub(SignedDuration::from_secs(1)).unwrap_or(now);
    let extendable = !matches!(session.standing(before), Standing::EndsSoon { extendable: false, .. });
    SessionEnd {
        left: seconds(end.duration_since(now)),
        warned_before: seconds(WARNED_BEFORE),
        at: end.to_zoned(zone.clone()).time(),
        extendable,
    }
}

/// The time zone that a tenant's wall clocks show; universal time where it is not known whose user this is.
pub fn zone(server: &Server, tenant: Option<&TenantId>) -> TimeZone {
    let tenant = tenant.and_then(|tenant| server.config.tenant(&tenant.0));
    tenant.and_then(|tenant| TimeZone::get(&tenant.time_zone).ok()).unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use access::SessionHash;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn the_end_is_told_on_the_tenants_clock_and_whether_it_can_be_put_off() {
        let zone = TimeZone::get("America/Los_Angeles").expect("a zone");
        let session = Session::begin(SessionHash([0; 32]), at("2026-11-21T16:00:00Z"));
        let first = of(&session, at("2026-11-21T16:00:00Z"), &zone);
        assert_eq!((first.left, first.at, first.extendable), (3600, jiff::civil::time(9, 0, 0, 0), true));
        let late = Session { last_seen: at("2026-11-22T03:30:00Z"), ..session };
        let last = of(&late, at("2026-11-22T03:30:00Z"), &zone);
        assert_eq!((last.left, last.at, last.extendable), (1800, jiff::civil::time(20, 0, 0, 0), false));
    }
}
