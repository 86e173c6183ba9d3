//! What several rules need: how dates, doses and targets compare, the tables of medicine with their sources, and how a rule
//! says what it found.

pub(in crate::rules) mod circles;
pub(in crate::rules) mod clusters;
pub(in crate::rules) mod courses;
pub(in crate::rules) mod days;
pub(in crate::rules) mod doses;
pub(in crate::rules) mod dosing;
pub(in crate::rules) mod drug_classes;
pub(in crate::rules) mod goals;
pub(in crate::rules) mod known;
pub(in crate::rules) mod limits;
pub(in crate::rules) mod names;
pub(in crate::rules) mod near;
pub(in crate::rules) mod reasons;
pub(in crate::rules) mod regime;
pub(in crate::rules) mod report;
pub(in crate::rules) mod stages;
pub(in crate::rules) mod taken;
pub(in crate::rules) mod targets;
pub(in crate::rules) mod ties;
pub(in crate::rules) mod work;
