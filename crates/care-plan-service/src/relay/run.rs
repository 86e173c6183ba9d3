//! Turn after turn, for as long as the process lives.

use crate::relay::Relay;

impl Relay {
    /// Works until `stop` is there; the turn under way is ended first.
    ///
    /// A turn that has handed something on is followed at once by the next, which may find the documents' next events.
    pub async fn run(&self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        let mut troubles = 0;
        loop {
            let pause = match self.turn().await {
                Ok(turn) if turn.unmarked == 0 => {
                    troubles = 0;
                    (turn.handed_on == 0).then_some(self.settings.look_again)
                }
                trouble => {
                    if let Err(error) = trouble {
                        tracing::warn!(%error, "the outbox could not be asked");
                    }
                    troubles = u32::saturating_add(troubles, 1);
                    Some(self.settings.retries.pause(troubles).max(self.settings.look_again))
                }
            };
            let rest = async {
                if let Some(pause) = pause {
                    self.rest.rest(pause).await;
                }
            };
            tokio::select! {
                biased;
                () = &mut stop => return,
                () = rest => {}
            }
        }
    }
}
