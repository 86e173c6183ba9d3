//! Figures for Prometheus: what waits, what could not be told, what could not be written down. What an alarm belongs on is in
//! `docs/operations.md`.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use access::{Audit, AuditEvent, StoreError, TenantId};
use async_trait::async_trait;
use care_plan_service::relay::{Figures, figures};

use super::ready;
use crate::events::Stream;
use crate::state::Server;

/// All figures. What cannot be asked is left out, and the part that does not answer says so.
pub async fn lines(server: &Server, stream: &Stream) -> String {
    let mut text = Lines::default();
    let report = ready::look(server, stream).await;
    text.family("accord_part_answers", "gauge", "1 where the part answers (as /readyz), else 0.");
    for (part, answers) in report.parts() {
        text.value("accord_part_answers", &[("part", part)], u64::from(answers));
    }
    text.family(
        "accord_audit_failures_total",
        "counter",
        "Audit events that could not be written; each refused an answer.",
    );
    text.value("accord_audit_failures_total", &[], server.audit_failures.load(Ordering::Relaxed));
    let now = server.clock.now();
    match figures(server.plan_store.outbox.as_ref(), now).await {
        Ok(outbox) => text.0.push_str(&outbox.lines()),
        Err(error) => tracing::error!(%error, "the outbox could not be counted"),
    }
    let mut receivers: Vec<(&str, &str, Figures)> = Vec::new();
    for webhook in server.config.webhooks() {
        let queue = server.plan_store.deliveries.queue(&TenantId::new(webhook.tenant.as_str()), &webhook.id);
        match figures(queue.as_ref(), now).await {
            Ok(found) => receivers.push((&webhook.tenant, &webhook.id, found)),
            Err(error) => tracing::error!(receiver = webhook.id, %error, "a receiver's queue could not be counted"),
        }
    }
    text.webhooks(&receivers);
    text.0
}

/// Lines in the text format of Prometheus.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn family(&mut self, name: &str, kind: &str, help: &str) {
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    /// Labels are names of the configuration: no quotes, no line ends; what has some all the same is escaped.
    fn value(&mut self, name: &str, labels: &[(&str, &str)], value: u64) {
        let escaped = |text: &str| text.replace('\\', r"\\").replace('"', r#"\""#).replace('\n', r"\n");
        let labels: Vec<String> = labels.iter().map(|(key, value)| format!("{key}=\"{}\"", escaped(value))).collect();
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        let _ = writeln!(self.0, "{name}{labels} {value}");
    }

    fn webhooks(&mut self, receivers: &[(&str, &str, Figures)]) {
        if receivers.is_empty() {
            return;
        }
        type Figure = (&'static str, &'static str, fn(&Figures) -> u64);
        let families: [Figure; 5] = [
            ("accord_webhook_waiting", "Events that wait for a receiver.", |figures| figures.waiting),
            ("accord_webhook_oldest_seconds", "Age of the oldest event that waits for a receiver.", |figures| {
                figures.oldest.as_secs().unsigned_abs()
            }),
            (
                "accord_webhook_in_doubt",
                "Events of which a receiver is not told before it is said whose they are.",
                |figures| figures.in_doubt,
            ),
            ("accord_webhook_held_back", "Events behind one that a receiver will not take.", |figures| {
                figures.held_back
            }),
            ("accord_webhook_dead", "Events that a receiver will not take.", |figures| figures.dead),
        ];
        for (name, help, of) in families {
            self.family(name, "gauge", help);
            for (tenant, receiver, figures) in receivers {
                self.value(name, &[("tenant", tenant), ("receiver", receiver)], of(figures));
            }
        }
    }
}

/// An audit log that counts what it could not write. Each time an answer was refused, and an operator has to know.
pub struct CountedAudit {
    inner: Arc<dyn Audit>,
    failures: Arc<AtomicU64>,
}

impl CountedAudit {
    /// Counts what `inner` cannot write.
    pub fn new(inner: Arc<dyn Audit>, failures: Arc<AtomicU64>) -> Self {
        Self { inner, failures }
    }
}

#[async_trait]
impl Audit for CountedAudit {
    async fn write_all(&self, events: &[AuditEvent]) -> Result<(), StoreError> {
        let written = self.inner.write_all(events).await;
        if written.is_err() {
            self.failures.fetch_add(1, Ordering::Relaxed);
        }
        written
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    use access::{Audit, AuditEvent, StoreError};
    use async_trait::async_trait;
    use care_plan_service::relay::Figures;
    use jiff::SignedDuration;

    use super::{CountedAudit, Lines};

    struct Full;

    #[async_trait]
    impl Audit for Full {
        async fn write_all(&self, _: &[AuditEvent]) -> Result<(), StoreError> {
            Err(StoreError("the volume is full".into()))
        }
    }

    #[tokio::test]
    async fn what_could_not_be_written_into_the_audit_log_is_counted() {
        let failures = Arc::new(AtomicU64::new(0));
        let audit = CountedAudit::new(Arc::new(Full), failures.clone());
        for _ in 0..2 {
            assert!(audit.write_all(&[]).await.is_err());
        }
        assert_eq!(failures.load(Ordering::Relaxed), 2);
    }

    #[test]
    fn each_receiver_has_lines_of_its_own_and_no_name_breaks_them() {
        let mut text = Lines::default();
        let figures = Figures { waiting: 3, oldest: SignedDuration::from_secs(61), in_doubt: 2, held_back: 4, dead: 1 };
        text.webhooks(&[("valley", "portal", figures), ("hill\"}\n", "lab", figures)]);
        assert!(
            text.0.contains("\naccord_webhook_oldest_seconds{tenant=\"valley\",receiver=\"portal\"} 61\n"),
            "{}",
            text.0
        );
        assert!(text.0.contains(r#"accord_webhook_dead{tenant="hill\"}\n",receiver="lab"} 1"#), "{}", text.0);
        assert!(text.0.contains("accord_webhook_in_doubt{tenant=\"valley\",receiver=\"portal\"} 2\n"), "{}", text.0);
        assert_eq!(text.0.lines().count(), 20);
    }
}
