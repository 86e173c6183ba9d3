//! A publisher that does what it is told.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use care_plan_service::relay::{PublishError, Publisher};
use shared_plan::Event;

/// What becomes of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Take,
    /// It is taken, and the answer is lost.
    TakeUnheard,
    Away,
    Refuse,
    /// No answer, ever.
    Hang,
}

type Answers = Mutex<Box<dyn FnMut(&Event) -> Answer + Send>>;

/// Notes what it takes, in order.
pub struct Recorder {
    answer: Answers,
    taken: Mutex<Vec<Event>>,
    asked: Mutex<Vec<Event>>,
    pub ready: AtomicBool,
}

impl Recorder {
    pub fn new(answer: impl FnMut(&Event) -> Answer + Send + 'static) -> Arc<Self> {
        Arc::new(Self {
            answer: Mutex::new(Box::new(answer)),
            taken: Mutex::default(),
            asked: Mutex::default(),
            ready: AtomicBool::new(true),
        })
    }

    /// From now on it answers otherwise.
    pub fn answers(&self, answer: impl FnMut(&Event) -> Answer + Send + 'static) {
        *self.answer.lock().expect("nobody panicked") = Box::new(answer);
    }

    pub fn taken(&self) -> Vec<Event> {
        self.taken.lock().expect("nobody panicked").clone()
    }

    /// Every event with which it was asked, taken or not.
    pub fn asked(&self) -> Vec<Event> {
        self.asked.lock().expect("nobody panicked").clone()
    }
}

#[async_trait]
impl Publisher for Recorder {
    async fn is_ready(&self) -> bool {
        self.ready.load(Ordering::Relaxed)
    }

    async fn publish(&self, event: &Event) -> Result<(), PublishError> {
        self.asked.lock().expect("nobody panicked").push(event.clone());
        let answer = (self.answer.lock().expect("nobody panicked"))(event);
        if matches!(answer, Answer::Take | Answer::TakeUnheard) {
            self.taken.lock().expect("nobody panicked").push(event.clone());
        }
        match answer {
            Answer::Take => Ok(()),
            Answer::TakeUnheard => Err(PublishError::Unavailable("the answer was lost".into())),
            Answer::Away => Err(PublishError::Unavailable("away".into())),
            Answer::Refuse => Err(PublishError::Refused("too long".into())),
            Answer::Hang => std::future::pending().await,
        }
    }
}
