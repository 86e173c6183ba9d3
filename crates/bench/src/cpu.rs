//! Time by the wall and time on the processor, both from the operating system.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// How long something took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Took {
    /// By the wall.
    pub wall: Duration,
    /// On the processor: all threads of this process, in its own code and in the system's for it.
    pub cpu: Duration,
}

/// Measures from when it was made.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch {
    wall: Instant,
    cpu: Duration,
}

impl Stopwatch {
    /// Starts now.
    pub fn start() -> Self {
        Self { wall: Instant::now(), cpu: processor() }
    }

    /// How long ago it was started.
    pub fn took(&self) -> Took {
        Took { wall: self.wall.elapsed(), cpu: processor().saturating_sub(self.cpu) }
    }
}

/// Processor time of this process so far (`CLOCK_PROCESS_CPUTIME_ID`, in nanoseconds).
fn processor() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.try_into().unwrap_or_default(), time.tv_nsec.try_into().unwrap_or_default())
}

/// Milliseconds with their fractions.
pub fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_seen_on_the_processor() {
        let watch = Stopwatch::start();
        let mut sum = 0_u64;
        while watch.took().cpu < Duration::from_millis(2) {
            sum = std::hint::black_box(sum.wrapping_add(1));
        }
        assert!(sum > 0 && watch.took().wall > Duration::ZERO);
    }
}
