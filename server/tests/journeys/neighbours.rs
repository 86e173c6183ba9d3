//! The services beside Accord, in whole journeys: receivers of webhooks, the provider directory, the source that says who the
//! Patient is, other processes on one database, and the operators' pages.

mod checked;
mod directory;
mod following;
mod identity;
mod operators;
mod webhooks;
