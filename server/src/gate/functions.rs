//! Which operation a server function is.

use access::Operation;

/// The operation of a server function, by the last segment of its path; `None` where there is no such function.
pub fn operation(function: &str) -> Option<Operation> {
    match function {
        "save_goal" => Some(Operation::ChangeGoal),
        "retry_source" => Some(Operation::RetrySource),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use leptos::server_fn::axum::server_fn_paths;

    use super::*;

    #[test]
    fn every_server_function_has_its_operation() {
        app::pages::prepare();
        let paths: Vec<_> = server_fn_paths().map(|(path, _)| path).collect();
        assert!(paths.len() >= 2, "the functions are registered: {paths:?}");
        for path in paths {
            let name = path.rsplit('/').next().unwrap_or_default();
            assert!(operation(name).is_some(), "{path} names no operation");
        }
        assert_eq!(operation("anything"), None);
    }
}
