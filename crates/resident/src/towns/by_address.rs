use madoguchi_bundle::encoding::sha256;

use super::{AddressError, Join, JoinError, Joined, join, town_address};
use crate::edges::{Net, NetError};
use crate::sync::{Progress, Trouble, Wire};
use crate::{Error, Phone};

/// A root is a few kB: what is larger is something else.
const ROOT_MAX: u64 = 512 * 1024;

/// A town to join by what a resident has at hand: an address, or a link that holds one.
#[derive(Debug, Clone)]
pub struct JoinByAddress {
    /// `https://host/222127/`, or `madoguchi://join?url=…&root=<SHA-256 of root.json>`.
    pub address: String,
    /// SHA-256 of the town's root in hexadecimal, where it was handed over by another way.
    pub fingerprint: Option<String>,
}

/// Joins the town at an address with the root that lies there. With a fingerprint it must be that root; without one it is
/// trusted on first use: from then on only what this root vouches for is accepted.
pub async fn join_by_address(
    phone: &Phone,
    net: &dyn Net,
    wanted: JoinByAddress,
    progress: &mut dyn FnMut(Progress),
) -> Result<Joined, Error> {
    let (address, of_link) = read(&wanted.address).map_err(JoinError::from)?;
    let url = town_address(&address).map_err(JoinError::from)?;
    progress(Progress::Checking);
    let root = Wire::new(net, &url).whole("root.json", ROOT_MAX).await.map_err(|error| match error {
        NetError::NotFound => Trouble::Missing("root.json".into()),
        NetError::TooLarge { .. } => Trouble::TooLarge("root.json".into()),
        other => Trouble::Net(other),
    })?;
    let found = sha256(&root);
    // Where there are two, both must be right: neither is a reason to disregard the other.
    for expected in [of_link, wanted.fingerprint].into_iter().flatten() {
        if !expected.trim().eq_ignore_ascii_case(&found) {
            return Err(JoinError::OtherFingerprint.into());
        }
    }
    join(phone, net, Join { url, root }, progress).await
}

/// Address and fingerprint of a link; anything else is an address.
fn read(typed: &str) -> Result<(String, Option<String>), AddressError> {
    let typed = typed.trim();
    let Some((scheme, rest)) = typed.split_once(':').filter(|(s, _)| s.eq_ignore_ascii_case("madoguchi"))
    else {
        return Ok((typed.into(), None));
    };
    let shape = || AddressError::Shape(format!("{scheme}:{rest}").chars().take(200).collect());
    let (what, query) = rest.split_once('?').ok_or_else(shape)?;
    if what.trim_matches('/') != "join" || typed.len() > 4000 {
        return Err(shape());
    }
    let value = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| decode(value))
    };
    let url = value("url").flatten().ok_or_else(shape)?;
    let root = value("root").map(|root| root.ok_or_else(shape)).transpose()?;
    Ok((url, root.filter(|root| !root.is_empty())))
}

/// Undoes percent-encoding; none when it is none.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_holds_an_address_and_a_fingerprint() {
        let link = "madoguchi://join?url=https%3A%2F%2Fmachi.example.jp%2F222127%2F&root=ABC";
        assert_eq!(read(link).unwrap(), ("https://machi.example.jp/222127/".into(), Some("ABC".into())));
        let plain = "Madoguchi:join?root=&url=https://machi.example.jp/222127/";
        assert_eq!(read(plain).unwrap(), ("https://machi.example.jp/222127/".into(), None));
        assert_eq!(read(" https://h/ ").unwrap(), ("https://h/".into(), None));
        for bad in [
            "madoguchi://join",
            "madoguchi://leave?url=https://h/",
            "madoguchi://join?url=%zz",
            "madoguchi:?",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
