//! The stream, as it has to be.

use std::time::Duration;

use async_nats::jetstream::stream::{Config, DiscardPolicy, StorageType};
use async_nats::jetstream::{Context, ErrorCode, context::GetStreamErrorKind};

use crate::relay::subject::covers;
use crate::relay::{ALL_SUBJECTS, NatsSettings};

/// For how long the stream knows the ids of what it has. NATS' own default of two minutes is shorter than an outage.
const KNOWS_IDS_FOR: Duration = Duration::from_secs(60 * 60);

/// Makes the stream, or adds to the one there is what is missing; what an operator has set stays.
pub async fn prepare(jetstream: &Context, settings: &NatsSettings) -> Result<(), async_nats::Error> {
    match jetstream.get_stream(&settings.stream).await {
        Ok(stream) => {
            let there = &stream.cached_info().config;
            let wanted = amended(there.clone());
            if wanted != *there {
                jetstream.update_stream(wanted).await?;
            }
        }
        Err(error) if is_absent(error.kind()) => {
            jetstream.create_stream(fresh(settings)).await?;
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// Whether the stream is there.
pub async fn is_there(jetstream: &Context, settings: &NatsSettings) -> Result<bool, async_nats::Error> {
    match jetstream.get_stream(&settings.stream).await {
        Ok(_) => Ok(true),
        Err(error) if is_absent(error.kind()) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn is_absent(kind: GetStreamErrorKind) -> bool {
    matches!(kind, GetStreamErrorKind::JetStream(error) if error.error_code() == ErrorCode::STREAM_NOT_FOUND)
}

fn fresh(settings: &NatsSettings) -> Config {
    amended(Config {
        name: settings.stream.clone(),
        description: Some("What happened to shared plans: ids only (CloudEvents)".into()),
        storage: StorageType::File,
        discard: DiscardPolicy::Old,
        num_replicas: settings.replicas,
        max_age: settings.keeps,
        ..Config::default()
    })
}

/// With our subjects, acknowledgements, and an hour of ids (NATS takes no longer window than the age of its messages).
fn amended(mut config: Config) -> Config {
    if !config.subjects.iter().any(|subject| covers(subject, ALL_SUBJECTS)) {
        config.subjects.retain(|subject| !covers(ALL_SUBJECTS, subject));
        config.subjects.push(ALL_SUBJECTS.into());
    }
    let most = if config.max_age.is_zero() { Duration::MAX } else { config.max_age };
    config.duplicate_window = config.duplicate_window.max(KNOWS_IDS_FOR).min(most);
    config.no_ack = false;
    config
}
