//! A patient shares a record with the care team, and takes it back.

mod by_token;
mod dates;
mod giving;
mod refused;
mod stage;
mod taking_back;
mod tokens;
mod unstored;
