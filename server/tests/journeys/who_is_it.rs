//! Is it the same person? A second source joins a launch only when that is known, and leaves it again when it was wrong.

mod answering;
mod comparing;
mod disconnecting;
mod given_back;
mod splitting;
mod stage;
