//! The screens: parts, sections, pages, islands, server functions.
//!
//! Screens are HTML first. Pages, sections and parts are server components (`ssr`); links are page loads and forms are
//! posts. [`islands`] are built for both sides, few and small; they hold no words and no record data.
//!
//! *Invariant:* a page asks a [`desk::LaunchDesk`]; it knows no storage, no HTTP and no tokens.
//! *Invariant:* a source that could not be asked is never drawn as a source that has nothing.

pub mod islands;

#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod functions;
#[cfg(feature = "ssr")]
pub mod number;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod parts;
#[cfg(feature = "ssr")]
pub mod sections;
#[cfg(feature = "ssr")]
pub mod unsettled;
#[cfg(feature = "ssr")]
pub mod who;
#[cfg(feature = "ssr")]
pub mod words;
