//! The services beside this one, as they really answer: over loopback, well and badly.

mod codes;
mod directory;
mod neighbour;
mod terminology;
