//! Secrets are searched for in everything that was logged and stored, in every form they could take (checklist S8).

use std::collections::HashMap;
use std::io;
use std::sync::{Mutex, OnceLock, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use tracing_subscriber::fmt::MakeWriter;

/// Letters of a form that are compared first.
const HEAD: usize = 12;

/// Everything that any thread of this process logs, at the finest level.
static LOGGED: Mutex<Vec<u8>> = Mutex::new(Vec::new());

#[derive(Clone, Copy)]
struct Writer;

impl io::Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOGGED.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Writer {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        *self
    }
}

impl log::Log for Writer {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let line = format!("{} {}\n", record.target(), record.args());
        LOGGED.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(line.as_bytes());
    }

    fn flush(&self) {}
}

/// The log from one moment on.
pub struct Log(usize);

impl Log {
    pub fn since_then(&self) -> Vec<u8> {
        LOGGED.lock().unwrap_or_else(PoisonError::into_inner)[self.0..].to_vec()
    }
}

/// Listens to `tracing` and `log` in the whole process: a subscriber of one thread would miss what others log.
pub fn listen() -> Log {
    static LISTENING: OnceLock<()> = OnceLock::new();
    LISTENING.get_or_init(|| {
        log::set_logger(&Writer).expect("no other logger in these tests");
        log::set_max_level(log::LevelFilter::Trace);
        let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
        tracing::subscriber::set_global_default(subscriber.with_writer(Writer).finish())
            .expect("no other subscriber in these tests");
    });
    Log(LOGGED.lock().unwrap_or_else(PoisonError::into_inner).len())
}

/// What is searched for: every secret in plain, base64 (at each of three places within a longer text), hex and percent form.
pub struct Needles {
    by_head: HashMap<[u8; HEAD], Vec<(Vec<u8>, String)>>,
}

impl Needles {
    pub fn of(secrets: &[String]) -> Self {
        let mut needles = Self { by_head: HashMap::new() };
        for secret in secrets {
            // The complaint must not quote it either.
            let name = format!("{}… ({} letters)", &secret[..4.min(secret.len())], secret.len());
            for (form, text) in forms(secret) {
                let Some(head) = text.first_chunk::<HEAD>().copied() else { continue };
                needles.by_head.entry(head).or_default().push((text, format!("{name} as {form}")));
            }
        }
        needles
    }

    pub fn find(&self, bytes: &[u8]) -> Vec<String> {
        // One bit for each pair of first letters, so that almost every place is passed over without a look into the map.
        let mut begins = vec![false; 1 << 16];
        for head in self.by_head.keys() {
            begins[usize::from(u16::from_be_bytes([head[0], head[1]]))] = true;
        }
        let mut found = Vec::new();
        for place in 0..bytes.len().saturating_sub(HEAD) {
            if !begins[usize::from(u16::from_be_bytes([bytes[place], bytes[place + 1]]))] {
                continue;
            }
            let Some(head) = bytes[place..].first_chunk::<HEAD>() else { continue };
            for (text, name) in self.by_head.get(head).into_iter().flatten() {
                if bytes[place..].starts_with(text) && !found.contains(name) {
                    found.push(name.clone());
                }
            }
        }
        found
    }
}

fn forms(secret: &str) -> Vec<(&'static str, Vec<u8>)> {
    let bytes = secret.as_bytes();
    let mut forms = vec![("plain text", bytes.to_vec())];
    for before in 0..3 {
        let shifted = [vec![0; before], bytes.to_vec()].concat();
        // Letters that also hold bits of what stands before or after are left out.
        let (first, last) = (before * 8_usize, (before + bytes.len()) * 8);
        let whole = first.div_ceil(6)..last / 6;
        forms.push(("base64", STANDARD_NO_PAD.encode(&shifted).as_bytes()[whole.clone()].to_vec()));
        forms.push(("base64url", URL_SAFE_NO_PAD.encode(&shifted).as_bytes()[whole].to_vec()));
    }
    let each = |form: fn(&u8) -> String| bytes.iter().map(form).collect::<String>().into_bytes();
    forms.push(("hex", each(|byte| format!("{byte:02x}"))));
    forms.push(("hex", each(|byte| format!("{byte:02X}"))));
    forms.push(("percent form", each(|byte| format!("%{byte:02X}"))));
    forms.push(("percent form", each(|byte| format!("%{byte:02x}"))));
    let of_a_form = url::form_urlencoded::byte_serialize(bytes).collect::<String>();
    forms.push(("form text", of_a_form.into_bytes()));
    forms
}

#[test]
fn a_secret_is_found_in_each_of_its_forms_wherever_it_stands() {
    let secret = "s3cret & with <signs> of its own".to_owned();
    let needles = Needles::of(std::slice::from_ref(&secret));
    for (form, text) in forms(&secret) {
        let haystack = [b"before ".to_vec(), text, b" after, and more".to_vec()].concat();
        assert!(!needles.find(&haystack).is_empty(), "{form}");
    }
    for before in ["", "a", "ab", "abc"] {
        let hidden = STANDARD_NO_PAD.encode(format!("{before}{secret} and so on"));
        assert!(!needles.find(hidden.as_bytes()).is_empty(), "{before:?}");
    }
    assert!(needles.find(b"nothing of the kind is here, and nothing of it is found").is_empty());
}
