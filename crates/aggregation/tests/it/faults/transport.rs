//! Faults below HTTP and in its heads.

use care_plan::snapshot::Reason;

use super::fault::{Fault, Outcome, Reply, Then};

const BROKEN: Outcome = Outcome::Lost(|| Reason::Truncated);
const JSON: &str = "content-type: application/fhir+json\r\n";

pub const FAULTS: &[Fault] = &[
    Fault { name: "closes without an answer", reply: |_| Reply::of("", Then::Closes), outcome: BROKEN },
    Fault { name: "resets without an answer", reply: |_| Reply::of("", Then::Resets), outcome: BROKEN },
    Fault { name: "resets in the head", reply: |_| Reply::of("HTTP/1.1 200 O", Then::Resets), outcome: BROKEN },
    Fault {
        name: "resets in the body",
        reply: |asked| {
            let whole = Reply::json(asked.sound).bytes;
            Reply::of(&whole[..whole.len() - 20], Then::Resets)
        },
        outcome: BROKEN,
    },
    Fault { name: "never answers", reply: |_| Reply::of("", Then::StaysSilent), outcome: Outcome::Late },
    Fault {
        name: "falls silent in the head",
        reply: |_| Reply::of("HTTP/1.1 200 OK\r\ncontent-ty", Then::StaysSilent),
        outcome: Outcome::Late,
    },
    Fault {
        name: "falls silent after the head",
        reply: |_| Reply::of("HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n", Then::StaysSilent),
        outcome: Outcome::Late,
    },
    Fault {
        name: "falls silent in the body",
        reply: |asked| {
            let whole = Reply::json(asked.sound).bytes;
            Reply::of(&whole[..whole.len() - 1], Then::StaysSilent)
        },
        outcome: Outcome::Late,
    },
    Fault {
        name: "sends a chunk of one byte and keeps the rest for later",
        reply: |_| {
            let head = format!("HTTP/1.1 200 OK\r\n{JSON}transfer-encoding: chunked\r\n\r\n1\r\n{{\r\n");
            Reply::of(head, Then::StaysSilent)
        },
        outcome: Outcome::Late,
    },
    Fault {
        name: "speaks TLS where HTTP was agreed",
        reply: |_| Reply::of([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28], Then::Closes),
        outcome: BROKEN,
    },
    Fault { name: "is a mail server", reply: |_| Reply::of("220 mail.example\r\n", Then::Closes), outcome: BROKEN },
    Fault {
        name: "answers in a version of HTTP that was not agreed",
        reply: |asked| Reply::of(format!("HTTP/9.9 200 OK\r\n\r\n{}", asked.sound), Then::Closes),
        outcome: BROKEN,
    },
    Fault {
        name: "a head of one megabyte",
        reply: |_| Reply::http("200 OK", &format!("x: {}\r\n", "y".repeat(1 << 20)), "{}"),
        outcome: BROKEN,
    },
    Fault {
        name: "a head that never ends",
        reply: |_| Reply::of("HTTP/1.1 200 OK\r\n", Then::Repeats(b"x: y\r\n".repeat(1000))),
        outcome: BROKEN,
    },
    Fault {
        name: "a header with a zero byte",
        reply: |asked| Reply::http("200 OK", &format!("{JSON}x: a\0b\r\n"), asked.sound),
        outcome: BROKEN,
    },
    Fault {
        name: "a length longer than the body",
        reply: |asked| {
            let head = format!("HTTP/1.1 200 OK\r\n{JSON}content-length: {}\r\n\r\n", asked.sound.len() + 9);
            Reply::of(head + asked.sound, Then::Closes)
        },
        outcome: BROKEN,
    },
    Fault {
        name: "a length shorter than the body",
        reply: |asked| {
            let head = format!("HTTP/1.1 200 OK\r\n{JSON}content-length: {}\r\n\r\n", asked.sound.len() - 9);
            Reply::of(head + asked.sound, Then::Closes)
        },
        outcome: Outcome::Lost(|| Reason::NotFhir),
    },
    Fault {
        name: "a length of a terabyte",
        reply: |_| Reply::of("HTTP/1.1 200 OK\r\ncontent-length: 1099511627776\r\n\r\n{", Then::StaysSilent),
        outcome: Outcome::Lost(|| Reason::TooLarge),
    },
    Fault {
        name: "a length that is no number",
        reply: |asked| Reply::of(format!("HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n{}", asked.sound), Then::Closes),
        outcome: BROKEN,
    },
    Fault {
        name: "two lengths",
        reply: |asked| Reply::http("200 OK", &format!("{JSON}content-length: 7\r\n"), asked.sound),
        outcome: BROKEN,
    },
    Fault {
        name: "chunks without end",
        reply: |_| {
            let chunk = [b"10000\r\n".as_slice(), &[b' '; 1 << 16], b"\r\n"].concat();
            Reply::of(format!("HTTP/1.1 200 OK\r\n{JSON}transfer-encoding: chunked\r\n\r\n"), Then::Repeats(chunk))
        },
        outcome: Outcome::Lost(|| Reason::TooLarge),
    },
    Fault {
        name: "a chunk whose size is no number",
        reply: |_| {
            Reply::of(format!("HTTP/1.1 200 OK\r\n{JSON}transfer-encoding: chunked\r\n\r\nzz\r\n"), Then::Closes)
        },
        outcome: BROKEN,
    },
    Fault {
        name: "a chunk larger than any number",
        reply: |_| {
            let head = format!("HTTP/1.1 200 OK\r\n{JSON}transfer-encoding: chunked\r\n\r\n");
            Reply::of(head + &"f".repeat(40) + "\r\n{", Then::Closes)
        },
        outcome: BROKEN,
    },
    Fault {
        name: "chunks that stop without their end",
        reply: |_| {
            let head = format!("HTTP/1.1 200 OK\r\n{JSON}transfer-encoding: chunked\r\n\r\n1\r\n{{\r\n");
            Reply::of(head, Then::Closes)
        },
        outcome: BROKEN,
    },
    Fault {
        name: "a body without end and without length",
        reply: |_| Reply::of(format!("HTTP/1.1 200 OK\r\n{JSON}\r\n"), Then::Repeats(vec![b' '; 1 << 16])),
        outcome: Outcome::Lost(|| Reason::TooLarge),
    },
    Fault {
        name: "a body that ends with the connection, as of old",
        reply: |asked| Reply::of(format!("HTTP/1.0 200 OK\r\n{JSON}\r\n{}", asked.sound), Then::Closes),
        outcome: Outcome::Whole,
    },
    Fault {
        name: "100 and 103 before the answer",
        reply: |asked| {
            let before = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n".to_vec();
            Reply::of([before, Reply::json(asked.sound).bytes].concat(), Then::GoesOn)
        },
        outcome: Outcome::Whole,
    },
    Fault {
        name: "a second answer that nobody asked for",
        reply: |asked| {
            let other = Reply::json(asked.sound.replace("Patient/p1", "Patient/p2")).bytes;
            Reply::of([Reply::json(asked.sound).bytes, other].concat(), Then::GoesOn)
        },
        outcome: Outcome::Whole,
    },
    Fault {
        name: "a clock that is an hour ahead",
        reply: |asked| {
            Reply::http("200 OK", &format!("{JSON}date: Mon, 05 Jan 2026 11:00:00 GMT\r\nage: -9\r\n"), asked.sound)
        },
        outcome: Outcome::Whole,
    },
];
