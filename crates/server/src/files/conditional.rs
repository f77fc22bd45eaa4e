use axum::http::header::{IF_NONE_MATCH, IF_RANGE};
use axum::http::{HeaderMap, HeaderValue};

/// Whether the asking side says, by `If-None-Match`, that it has what carries this tag. The comparison is the weak
/// one, as the standard wants it here: `W/` before a tag is passed over.
pub(crate) fn has_it(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let Ok(etag) = etag.to_str() else { return false };
    let mut lists = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    lists.any(|list| list.trim() == "*" || quoted(list).any(|tag| tag == etag.trim_matches('"')))
}

/// Whether a range may be cut out: there is no `If-Range`, or it names exactly this tag. A date in it never does,
/// because no `Last-Modified` is sent with which it could agree.
pub(crate) fn may_cut(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    headers.get(IF_RANGE).is_none_or(|value| value.as_bytes().trim_ascii() == etag.as_bytes())
}

/// What stands between each pair of quotation marks; a tag may hold commas, so the list cannot be cut at them.
fn quoted(list: &str) -> impl Iterator<Item = &str> {
    let mut rest = list;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_once('"')?;
        let (tag, next) = after.split_once('"')?;
        rest = next;
        Some(tag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ETAG: HeaderValue = HeaderValue::from_static("\"ab\"");

    fn headers(name: axum::http::HeaderName, values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(&name, value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn a_list_matches_by_any_of_its_tags() {
        for values in [
            &["\"ab\""][..],
            &["W/\"ab\""],
            &["*"],
            &[" * "],
            &["\"x\", \"ab\""],
            &["\"x,y\" , W/\"ab\""],
            &["\"x\"", "\"ab\""],
        ] {
            assert!(has_it(&headers(IF_NONE_MATCH, values), &ETAG), "{values:?}");
        }
        for values in
            [&[][..], &["\"abc\""], &["ab"], &["\"x, ab\""], &["\"AB\""], &["\"ab"], &["\""], &["\"*\""]]
        {
            assert!(!has_it(&headers(IF_NONE_MATCH, values), &ETAG), "{values:?}");
        }
    }

    #[test]
    fn a_range_needs_exactly_this_tag() {
        assert!(may_cut(&headers(IF_RANGE, &[]), &ETAG));
        assert!(may_cut(&headers(IF_RANGE, &["\"ab\""]), &ETAG));
        for value in ["W/\"ab\"", "\"x\"", "Sat, 21 Nov 2026 00:00:00 GMT", "*"] {
            assert!(!may_cut(&headers(IF_RANGE, &[value]), &ETAG), "{value}");
        }
    }
}
