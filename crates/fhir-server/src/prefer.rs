//! The `Prefer` header (R4 http.html#ops and search.html#errors).

/// What to do with a parameter that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Handling {
    /// Refuse the search; also where the client did not say.
    #[default]
    Strict,
    /// Leave the parameter aside and say so, where what remains still names a person.
    Lenient,
}

/// What to answer to a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Return {
    /// No body.
    Minimal,
    /// The resource as it now is.
    #[default]
    Representation,
    /// An OperationOutcome.
    OperationOutcome,
}

/// The wishes of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Prefer {
    /// `handling`.
    pub handling: Handling,
    /// `return`.
    pub answer: Return,
}

impl Prefer {
    /// Reads the header; what is unknown in it is a wish we do not grant.
    pub fn parse(header: &str) -> Self {
        let mut prefer = Self::default();
        for wish in header.split([',', ';']) {
            match wish.trim() {
                "handling=lenient" => prefer.handling = Handling::Lenient,
                "handling=strict" => prefer.handling = Handling::Strict,
                "return=minimal" => prefer.answer = Return::Minimal,
                "return=representation" => prefer.answer = Return::Representation,
                "return=OperationOutcome" => prefer.answer = Return::OperationOutcome,
                _ => {}
            }
        }
        prefer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_are_read_and_unknown_ones_left_aside() {
        let prefer = Prefer::parse("return=minimal, handling=lenient; respond-async");
        assert_eq!(prefer, Prefer { handling: Handling::Lenient, answer: Return::Minimal });
        assert_eq!(Prefer::parse("sugar"), Prefer::default());
    }
}
