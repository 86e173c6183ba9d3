//! The few interactive parts, built for both sides. They hold no words of their own and no record data: what they work
//! on is the server's HTML, and what they put in is the server's HTML again.

mod forms;
mod live;
mod session;
mod shared_watch;
mod threads;

pub use forms::Forms;
pub use live::Live;
pub use session::SessionWatch;
pub use shared_watch::SharedWatch;
pub use threads::Threads;

#[cfg(feature = "hydrate")]
mod asking;
#[cfg(feature = "hydrate")]
mod half_filled;
#[cfg(feature = "hydrate")]
mod page;
#[cfg(feature = "hydrate")]
mod session_answer;
#[cfg(feature = "hydrate")]
mod swap;
#[cfg(feature = "hydrate")]
mod thread_address;
#[cfg(feature = "hydrate")]
mod thread_light;
#[cfg(feature = "hydrate")]
mod thread_lines;
#[cfg(feature = "hydrate")]
mod waiting;
