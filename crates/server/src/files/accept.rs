use axum::http::HeaderMap;
use axum::http::header::ACCEPT_ENCODING;

/// A form in which a file is kept beside its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    /// gzip, which everyone reads.
    Gzip,
    /// zstd, which is smaller; read by the resident's app and by newer browsers.
    Zstd,
}

/// Which codings a request accepts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Accepts {
    gzip: Option<bool>,
    zstd: Option<bool>,
    others: bool,
}

impl Accepts {
    /// Reads `Accept-Encoding`. Of a weight only zero matters: among what is accepted, the smallest is sent.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let mut accepts = Accepts::default();
        let lists = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
        for item in lists.flat_map(|list| list.split(',')) {
            let mut parts = item.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default();
            let refused = parts
                .filter_map(|parameter| parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q=")))
                .any(|weight| weight.trim().parse::<f32>().is_ok_and(|weight| weight == 0.0));
            if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") {
                accepts.gzip = Some(!refused);
            } else if name.eq_ignore_ascii_case("zstd") {
                accepts.zstd = Some(!refused);
            } else if name == "*" {
                accepts.others = !refused;
            }
        }
        accepts
    }

    /// Whether this coding may be sent.
    pub(crate) fn takes(self, coding: Coding) -> bool {
        let named = match coding {
            Coding::Gzip => self.gzip,
            Coding::Zstd => self.zstd,
        };
        named.unwrap_or(self.others)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(values: &[&str]) -> (bool, bool) {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(ACCEPT_ENCODING, value.parse().unwrap());
        }
        let accepts = Accepts::of(&headers);
        (accepts.takes(Coding::Gzip), accepts.takes(Coding::Zstd))
    }

    #[test]
    fn only_what_is_named_is_sent() {
        assert_eq!(accepted(&[]), (false, false));
        assert_eq!(accepted(&["identity, br"]), (false, false));
        assert_eq!(accepted(&["gzip, deflate, br, zstd"]), (true, true));
        assert_eq!(accepted(&["GZip;q=0.5"]), (true, false));
        assert_eq!(accepted(&["br", "zstd"]), (false, true));
        assert_eq!(accepted(&["gzipped"]), (false, false));
    }

    #[test]
    fn a_weight_of_zero_refuses() {
        assert_eq!(accepted(&["gzip;q=0, zstd"]), (false, true));
        assert_eq!(accepted(&["gzip; q=0.000"]), (false, false));
        assert_eq!(accepted(&["*"]), (true, true));
        assert_eq!(accepted(&["*, zstd;q=0"]), (true, false));
        assert_eq!(accepted(&["*;q=0, gzip"]), (true, false));
    }
}
