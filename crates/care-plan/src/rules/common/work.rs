//! How often rules compare two records, or read what one says: counted in tests only, so that no rule grows with the
//! square of a record. Time is not measured, for a busy machine would fail the test.

/// Counts one comparison.
#[inline]
pub(in crate::rules) fn count() {
    #[cfg(test)]
    tests::COUNTED.with(|counted| counted.set(counted.get() + 1));
}

#[cfg(test)]
mod tests;
