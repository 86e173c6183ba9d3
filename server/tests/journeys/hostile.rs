//! Launches at an EHR that lies: one case for each step and way that the sandbox knows.
//!
//! Each case runs a whole launch through Accord and says what must come of it. The tables match without a wildcard, so a
//! lie that is new in the sandbox does not compile here before somebody has decided about it. What is refused is refused
//! calmly; what opens shows the person whose record was open and nobody else; and after each lie the same browser opens
//! a plan from an honest EHR.

mod authorize;
mod discovery;
mod id_token;
mod jwks;
mod openid;
mod records;
mod refresh;
mod stage;
mod token;
