//! Faults by status.

use care_plan::snapshot::Reason;

use super::fault::{Fault, Outcome, Reply};

const JSON: &str = "content-type: application/fhir+json\r\n";
const PASSING: &str =
    r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"transient","diagnostics":"Later."}]}"#;

macro_rules! answers {
    ($($name:literal: $status:literal $(, $headers:literal)? => $outcome:expr;)*) => {
        [$(Fault {
            name: $name,
            reply: |_| Reply::http($status, concat!("" $(, $headers, "\r\n")?), ""),
            outcome: $outcome,
        }),*]
    };
}

pub const FAULTS: &[Fault] = &answers! {
    "500 without words": "500 Oh" => Outcome::Lost(|| Reason::Http(500));
    "502": "502 Bad Gateway" => Outcome::Lost(|| Reason::Http(502));
    "503": "503 Service Unavailable" => Outcome::Lost(|| Reason::Http(503));
    "504": "504 Gateway Timeout" => Outcome::Lost(|| Reason::Http(504));
    "408": "408 Request Timeout" => Outcome::Lost(|| Reason::Http(408));
    "429 without a wait": "429 Busy" => Outcome::Lost(|| Reason::Http(429));
    "429 with a short wait, again and again": "429 Busy", "retry-after: 2" => Outcome::Lost(|| Reason::Http(429));
    "429 with a wait of no time": "429 Busy", "retry-after: 0" => Outcome::Lost(|| Reason::Http(429));
    "429 with a long wait": "429 Busy", "retry-after: 3600" => Outcome::Lost(|| Reason::Busy(3600));
    "429 until a date": "429 Busy", "retry-after: Mon, 05 Jan 2026 10:10:00 GMT" => Outcome::Lost(|| Reason::Busy(600));
    "429 until a date of old": "429 Busy", "retry-after: Monday, 05-Jan-26 10:10:00 GMT"
        => Outcome::Lost(|| Reason::Busy(600));
    "429 until a date that is over": "429 Busy", "retry-after: Mon, 05 Jan 2026 09:00:00 GMT"
        => Outcome::Lost(|| Reason::Http(429));
    "429 until it is ready": "429 Busy", "retry-after: when it is ready" => Outcome::Lost(|| Reason::Http(429));
    "429 with a wait beyond all numbers": "429 Busy", "retry-after: 99999999999999999999999"
        => Outcome::Lost(|| Reason::Http(429));
    "503 with a long wait": "503 Maintenance", "retry-after: 86400" => Outcome::Lost(|| Reason::Busy(86_400));
    "400": "400 Bad Request" => Outcome::Rejected(400);
    "422": "422 Unprocessable" => Outcome::Rejected(422);
    "401 without end": "401 Unauthorized", "www-authenticate: Bearer error=\"invalid_token\""
        => Outcome::Lost(|| Reason::SignInExpired);
    "403": "403 Forbidden" => Outcome::Forbidden;
    "404": "404 Not Found" => Outcome::Gone;
    "410": "410 Gone" => Outcome::Gone;
    "405": "405 Method Not Allowed" => Outcome::NotDone;
    "501": "501 Not Implemented" => Outcome::NotDone;
    "409": "409 Conflict" => Outcome::Lost(|| Reason::Http(409));
    "428": "428 Precondition Required" => Outcome::Lost(|| Reason::Http(428));
    "451": "451 Unavailable For Legal Reasons" => Outcome::Lost(|| Reason::Http(451));
    "999": "999 Denied" => Outcome::Lost(|| Reason::Http(999));
    "a redirect to the addresses of the machines around": "302 Found", "location: http://169.254.169.254/latest/meta-data"
        => Outcome::Lost(|| Reason::Http(302));
    "a redirect to itself": "307 Temporary Redirect", "location: ?" => Outcome::Lost(|| Reason::Http(307));
    "304 though nothing was kept": "304 Not Modified" => Outcome::Lost(|| Reason::Http(304));
    "204": "204 No Content" => Outcome::Lost(|| Reason::NotFhir);
    "202 for later": "202 Accepted", "content-location: /fhir/job/1" => Outcome::Lost(|| Reason::NotFhir);
    "200 with nothing": "200 OK" => Outcome::Lost(|| Reason::NotFhir);
    "200 with nothing, compressed": "200 OK", "content-encoding: gzip" => Outcome::Lost(|| Reason::NotFhir);
};

pub const WITH_BODY: &[Fault] = &[
    Fault {
        name: "500 that passes, and does not",
        reply: |_| Reply::http("500 Oh", JSON, PASSING),
        outcome: Outcome::Lost(|| Reason::Http(500)),
    },
    Fault {
        name: "503 once",
        reply: |asked| {
            if asked.nth == 0 { Reply::status("503 Service Unavailable") } else { Reply::json(asked.sound) }
        },
        outcome: Outcome::Whole,
    },
    Fault {
        name: "a connection that breaks once",
        reply: |asked| {
            let then = super::fault::Then::Resets;
            if asked.nth == 0 { Reply::of("HTTP/1.1", then) } else { Reply::json(asked.sound) }
        },
        outcome: Outcome::Whole,
    },
    Fault {
        name: "a token that is revoked while the wave is under way",
        reply: |asked| {
            if asked.has_old_token() { Reply::status("401 Unauthorized") } else { Reply::json(asked.sound) }
        },
        outcome: Outcome::Whole,
    },
    Fault {
        name: "206, a part that nobody asked for",
        reply: |asked| {
            let range = format!("{JSON}content-range: bytes 0-{}/99999\r\n", asked.sound.len() - 1);
            Reply::http("206 Partial Content", &range, asked.sound)
        },
        outcome: Outcome::Lost(|| Reason::Truncated),
    },
    Fault {
        name: "203 by way of a proxy",
        reply: |asked| Reply::http("203 Non-Authoritative", JSON, asked.sound),
        outcome: Outcome::Whole,
    },
];
