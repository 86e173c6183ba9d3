//! A search: from the words of a query to the resources that match (R4 search.html).

mod controls;
mod criterion;
mod date;
mod elements;
mod escape;
mod include;
mod number;
mod query;
mod reference;
mod sort;
mod text;
mod token;
mod uri;

pub use controls::Controls;
pub use criterion::Criterion;
pub use elements::Elements;
pub use include::Include;
pub use query::{Offered, Query, parse_pairs};
pub use sort::{SortKey, Sorting};
pub(crate) use text::fold;
