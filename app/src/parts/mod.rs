//! The smallest things on a screen: they draw what they are given and know no data.

mod badge;
mod chip;
mod hidden;
mod marker;
mod plot;
mod plot_shape;
mod series;
mod text_area;
mod ticks;
mod trend;
mod trend_shape;

pub use badge::{Badge, SourceBadge};
pub use chip::StatusChip;
pub use hidden::Hidden;
pub use marker::Marker;
pub use plot::{PlotChart, PlotWords};
pub use plot_shape::{Plot, Range, plot};
pub use text_area::TextArea;
pub use trend::TrendChart;
pub use trend_shape::{Area, Dot, Shape, Size, shape};
