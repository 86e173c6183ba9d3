//! Faults of the body: its type, its letters, its compression, its size.

use std::io::Write as _;

use care_plan::snapshot::Reason;
use flate2::write::GzEncoder;
use flate2::{Compress, Compression, FlushCompress};

use super::fault::{Fault, Outcome, Reply, Then};

const NOT_FHIR: Outcome = Outcome::Lost(|| Reason::NotFhir);
const GZIP: &str = "content-type: application/fhir+json\r\ncontent-encoding: gzip\r\n";

fn typed(kind: &str, body: impl AsRef<[u8]>) -> Reply {
    Reply::http("200 OK", &format!("content-type: {kind}\r\n"), body)
}

fn gzip(body: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// A gzip stream of a gigabyte of spaces, made of one piece that stands there a thousand times.
fn bomb() -> Vec<u8> {
    let spaces = vec![b' '; 1 << 20];
    let mut piece = Vec::with_capacity(1 << 16);
    Compress::new(Compression::best(), false).compress_vec(&spaces, &mut piece, FlushCompress::Full).unwrap();
    let head: &[u8] = &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    [head, &piece.repeat(1024)].concat()
}

pub const FAULTS: &[Fault] = &[
    Fault {
        name: "a page to sign in",
        reply: |_| typed("text/html; charset=utf-8", "<html><title>Sign in</title></html>"),
        outcome: NOT_FHIR,
    },
    Fault {
        name: "a page to sign in that says it is FHIR",
        reply: |_| Reply::json("<!doctype html><html></html>"),
        outcome: NOT_FHIR,
    },
    Fault {
        name: "FHIR in XML",
        reply: |_| typed("application/fhir+xml", "<Bundle xmlns=\"http://hl7.org/fhir\"/>"),
        outcome: NOT_FHIR,
    },
    Fault { name: "plain text", reply: |asked| typed("text/plain", asked.sound), outcome: NOT_FHIR },
    Fault { name: "octets", reply: |asked| typed("application/octet-stream", asked.sound), outcome: NOT_FHIR },
    Fault { name: "a type of bytes", reply: |asked| typed("\u{e9}", asked.sound), outcome: NOT_FHIR },
    Fault { name: "no type at all", reply: |asked| Reply::http("200 OK", "", asked.sound), outcome: Outcome::Whole },
    Fault {
        name: "the type of before R4",
        reply: |asked| typed("APPLICATION/JSON+FHIR; charset=UTF-8", asked.sound),
        outcome: Outcome::Whole,
    },
    Fault {
        name: "another alphabet than it can be",
        reply: |asked| typed("application/fhir+json; charset=iso-8859-1", asked.sound),
        outcome: Outcome::Whole,
    },
    Fault {
        name: "letters of another alphabet",
        reply: |asked| {
            let text = asked.sound.as_bytes().to_vec();
            let end = text.len() - 1;
            typed("application/fhir+json; charset=iso-8859-1", [&text[..end], b",\"x\":\"M\xfcller\"}"].concat())
        },
        outcome: NOT_FHIR,
    },
    Fault {
        name: "UTF-16",
        reply: |asked| {
            let letters = std::iter::once(0xfeff).chain(asked.sound.encode_utf16());
            typed("application/fhir+json; charset=utf-16", letters.flat_map(u16::to_le_bytes).collect::<Vec<u8>>())
        },
        outcome: NOT_FHIR,
    },
    Fault {
        name: "a byte order mark",
        reply: |asked| Reply::json(format!("\u{feff}{}", asked.sound)),
        outcome: Outcome::Whole,
    },
    Fault { name: "spaces", reply: |_| Reply::json(" \r\n\t "), outcome: NOT_FHIR },
    Fault { name: "null", reply: |_| Reply::json("null"), outcome: NOT_FHIR },
    Fault { name: "a list", reply: |asked| Reply::json(format!("[{}]", asked.sound)), outcome: NOT_FHIR },
    Fault { name: "a string", reply: |_| Reply::json("\"Bundle\""), outcome: NOT_FHIR },
    Fault {
        name: "JSON that is cut off and says it is whole",
        reply: |asked| Reply::json(&asked.sound[..asked.sound.len() - 3]),
        outcome: NOT_FHIR,
    },
    Fault { name: "two documents in one", reply: |asked| Reply::json(asked.sound.repeat(2)), outcome: NOT_FHIR },
    Fault { name: "zero bytes behind", reply: |asked| Reply::json(format!("{}\0\0", asked.sound)), outcome: NOT_FHIR },
    Fault { name: "a comment", reply: |asked| Reply::json(format!("/* ok */{}", asked.sound)), outcome: NOT_FHIR },
    Fault {
        name: "compressed as asked",
        reply: |asked| Reply::http("200 OK", GZIP, gzip(asked.sound)),
        outcome: Outcome::Whole,
    },
    Fault {
        name: "compressed and cut off",
        reply: |asked| {
            let whole = gzip(asked.sound);
            Reply::http("200 OK", GZIP, &whole[..whole.len() - 12])
        },
        outcome: Outcome::Lost(|| Reason::Truncated),
    },
    Fault {
        name: "compressed with a wrong sum",
        reply: |asked| {
            let mut whole = gzip(asked.sound);
            let sum = whole.len() - 8;
            whole[sum] ^= 1;
            Reply::http("200 OK", GZIP, whole)
        },
        outcome: Outcome::Lost(|| Reason::Truncated),
    },
    Fault {
        name: "not compressed though it says so",
        reply: |asked| Reply::http("200 OK", GZIP, asked.sound),
        outcome: NOT_FHIR,
    },
    Fault {
        name: "compressed though it does not say so",
        reply: |asked| Reply::json(gzip(asked.sound)),
        outcome: NOT_FHIR,
    },
    Fault {
        name: "compressed in a way that nobody asked for",
        reply: |asked| Reply::http("200 OK", "content-encoding: br\r\n", asked.sound),
        outcome: NOT_FHIR,
    },
    Fault {
        name: "compressed twice",
        reply: |asked| Reply::http("200 OK", "content-encoding: gzip, gzip\r\n", gzip(asked.sound)),
        outcome: NOT_FHIR,
    },
    Fault {
        name: "a gigabyte in a megabyte",
        reply: |_| Reply::http("200 OK", GZIP, bomb()),
        outcome: Outcome::Lost(|| Reason::TooLarge),
    },
    Fault {
        name: "a gigabyte by the connection's end",
        reply: |_| Reply::of(format!("HTTP/1.1 200 OK\r\n{GZIP}\r\n").into_bytes(), Then::Repeats(bomb())),
        outcome: Outcome::Lost(|| Reason::TooLarge),
    },
    Fault {
        name: "a string longer than is allowed",
        reply: |asked| Reply::json(asked.sound.replacen('{', &format!(r#"{{"x":"{}","#, "y".repeat(500_000)), 1)),
        outcome: Outcome::Lost(|| Reason::TooLarge),
    },
];
