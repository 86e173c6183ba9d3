//! What the table of routes says about a route.

use access::Operation;

/// What a route does, and whether a request for it is something that the user did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// What is done.
    pub done: Done,
    /// True where the path names a launch.
    pub in_launch: bool,
    /// Who asks.
    pub asked_by: AskedBy,
}

/// What a route does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// One operation.
    This(Operation),
    /// That of the server function which the path names.
    Function,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedBy {
    /// The user, by a link or a form: the session is in use.
    User,
    /// The page, by itself: a screen that was left alone must not keep its session open.
    Page,
}
