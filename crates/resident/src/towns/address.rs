//! Addresses of towns. Only what is needed: https (http on this machine), a host, a path.

/// An address under which no town can lie.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not `https://host/…`.
    #[error("{0:?} is no address of a town: https://…")]
    Shape(String),
    /// `http:` to another machine: anyone on the way could read along what is asked for.
    #[error("{0:?} is not protected: an address must begin with https:")]
    Insecure(String),
}

/// Reads the address of a town, and gives it a `/` at the end.
pub fn town_address(typed: &str) -> Result<String, AddressError> {
    let typed = typed.trim();
    let shape = || AddressError::Shape(typed.chars().take(200).collect());
    let odd = |c: char| c.is_control() || c.is_whitespace() || !c.is_ascii() || "\"<>\\^`{|}?#@".contains(c);
    if typed.len() > 2000 || typed.contains(odd) {
        return Err(shape());
    }
    let (scheme, rest) = typed.split_once("://").ok_or_else(shape)?;
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host(authority).ok_or_else(shape)?;
    match scheme.to_ascii_lowercase().as_str() {
        "https" => {}
        "http" if is_loopback(&host) => {}
        "http" => return Err(AddressError::Insecure(typed.chars().take(200).collect())),
        _ => return Err(shape()),
    }
    let path = path.trim_end_matches('/');
    let end = if path.is_empty() { "" } else { "/" };
    Ok(format!("{}://{}/{path}{end}", scheme.to_ascii_lowercase(), authority.to_ascii_lowercase()))
}

/// The host of `host:port`; none when there is no host or no sensible port.
fn host(authority: &str) -> Option<String> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (address, rest) = rest.split_once(']')?;
            (address, rest.strip_prefix(':').or(rest.is_empty().then_some("80"))?)
        }
        None => authority.split_once(':').unwrap_or((authority, "80")),
    };
    let sound = !host.is_empty() && port.parse::<u16>().is_ok_and(|port| port > 0);
    sound.then(|| host.to_ascii_lowercase())
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Where a redirect leads, if it stays with the same host; none if it leads elsewhere.
pub(crate) fn resolve(url: &str, location: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let origin = format!("{scheme}://{authority}");
    if let Some((to_scheme, to)) = location.split_once("://")
        && !to_scheme.contains('/')
    {
        let (to_authority, to_path) = to.split_once('/').unwrap_or((to, ""));
        let same = to_scheme.eq_ignore_ascii_case(scheme) && to_authority.eq_ignore_ascii_case(authority);
        return same.then(|| format!("{origin}/{to_path}"));
    }
    if location.starts_with("//") {
        return resolve(url, &format!("{scheme}:{location}"));
    }
    match location.strip_prefix('/') {
        Some(absolute) => Some(format!("{origin}/{absolute}")),
        None => {
            let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
            Some(format!("{origin}/{folder}{location}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_everywhere_and_http_on_this_machine_only() {
        let good = |typed| town_address(typed).unwrap();
        assert_eq!(good("https://Machi.example.jp/222127"), "https://machi.example.jp/222127/");
        assert_eq!(good(" https://machi.example.jp "), "https://machi.example.jp/");
        assert_eq!(good("http://127.0.0.1:8080/222127/"), "http://127.0.0.1:8080/222127/");
        assert_eq!(good("http://[::1]:8080"), "http://[::1]:8080/");
        assert_eq!(good("http://localhost/"), "http://localhost/");
        for insecure in
            ["http://machi.example.jp/", "http://127.0.0.1.example.jp/", "http://localhost.example.jp"]
        {
            assert!(matches!(town_address(insecure), Err(AddressError::Insecure(_))), "{insecure}");
        }
        for bad in [
            "",
            "machi.example.jp",
            "ftp://a/",
            "https://",
            "https://u@h/",
            "https://h/?q",
            "https://h:0/",
            "https://h/a b",
            "https://市.example.jp/",
            "file:///etc/passwd",
        ] {
            assert!(matches!(town_address(bad), Err(AddressError::Shape(_))), "{bad}");
        }
    }

    #[test]
    fn a_redirect_stays_with_its_host_or_leads_nowhere() {
        let from = "https://h/222127/metadata/a.json";
        let to = |location| resolve(from, location);
        assert_eq!(to("https://H/x").as_deref(), Some("https://h/x"));
        assert_eq!(to("/x?y").as_deref(), Some("https://h/x?y"));
        assert_eq!(to("b.json").as_deref(), Some("https://h/222127/metadata/b.json"));
        for elsewhere in ["http://h/x", "https://h:444/x", "//login.example.com/", "https://h.example.com/"] {
            assert_eq!(to(elsewhere), None, "{elsewhere}");
        }
    }
}
