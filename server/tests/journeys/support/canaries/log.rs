//! The log of the whole process at its finest, for each world that is open.
//!
//! Tests run side by side and threads serve them all, so no subscriber belongs to one of them: one is installed for good,
//! and writes to every world that is open. A world's secrets are its own, so the lines of others do not matter.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use tracing_subscriber::fmt::MakeWriter;

/// What has been logged since each open world began.
static OPEN: Mutex<Vec<(usize, Vec<u8>)>> = Mutex::new(Vec::new());

/// The log since a world began.
pub struct Log(usize);

impl Log {
    /// Begins to listen.
    pub fn open() -> Self {
        static LISTENING: OnceLock<()> = OnceLock::new();
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        LISTENING.get_or_init(|| {
            log::set_logger(&Writer).expect("no other logger in these tests");
            log::set_max_level(log::LevelFilter::Trace);
            let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
            tracing::subscriber::set_global_default(subscriber.with_writer(Writer).finish())
                .expect("no other subscriber in these tests");
        });
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        OPEN.lock().unwrap_or_else(PoisonError::into_inner).push((number, Vec::new()));
        Self(number)
    }

    /// Ends the listening and hands over what was heard.
    pub fn close(&self) -> Vec<u8> {
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        let place = open.iter().position(|(number, _)| *number == self.0);
        place.map(|place| open.swap_remove(place).1).unwrap_or_default()
    }
}

#[derive(Clone, Copy)]
struct Writer;

impl io::Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for (_, heard) in OPEN.lock().unwrap_or_else(PoisonError::into_inner).iter_mut() {
            heard.extend_from_slice(bytes);
        }
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
        use io::Write as _;
        let line = format!("{} {}\n", record.target(), record.args());
        let mut writer = *self;
        writer.write_all(line.as_bytes()).expect("memory takes everything");
    }

    fn flush(&self) {}
}
