//! The `Cookie` header, read (RFC 6265 section 5.4).

/// Value of the first cookie with this name; cookies that have no name or no `=` are passed over.
///
/// Only the name as it is written counts: no case is folded, nothing is decoded, so that no other cookie can pass for
/// a `__Host-` one, whose prefix is the browser's promise about who set it.
pub fn value<'a>(lines: impl IntoIterator<Item = &'a str>, name: &str) -> Option<&'a str> {
    let pairs = lines.into_iter().flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    let mut named = pairs.filter(|(said, _)| !name.is_empty() && said.trim() == name);
    named.next().map(|(_, value)| value.trim())
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn a_cookie_is_found_among_others_and_by_its_own_name_only() {
        let lines = ["theme=dark; x__Host-sid=no;__Host-sid = yes ; __Host-sid=later", "__Host-way=a=b"];
        assert_eq!(value(lines, "__Host-sid"), Some("yes"));
        assert_eq!(value(lines, "__Host-way"), Some("a=b"));
        for strange in ["__host-sid=x", "__Host-sid", "%5F_Host-sid=x", "=x", "", ";;=;", "a=__Host-sid=x"] {
            assert_eq!(value([strange], "__Host-sid"), None, "{strange}");
        }
        assert_eq!(value(["=x"], ""), None);
    }
}
