use base64ct::{Base64, Encoding};
use serde::Deserialize;

/// The largest picture that is taken: a long card at a phone's finest is a tenth of it.
const MAX: usize = 8 * 1024 * 1024;
/// How every PNG begins (PNG, 5.2).
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A picture that a screen drew.
#[derive(Debug, Clone, Deserialize)]
pub struct Picture {
    /// What it shows.
    pub title: String,
    /// A PNG in Base64: not every phone's web view can hand over bytes.
    pub png: String,
}

impl Picture {
    /// Its bytes; or what is wrong with them.
    pub fn bytes(&self) -> Result<Vec<u8>, &'static str> {
        if self.png.len() > MAX.div_ceil(3) * 4 {
            return Err("the picture is larger than 8 MB");
        }
        let bytes = Base64::decode_vec(&self.png).map_err(|_| "the picture is no Base64")?;
        if !bytes.starts_with(SIGNATURE) {
            return Err("the picture is no PNG");
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(content: &[u8]) -> Result<Vec<u8>, &'static str> {
        Picture { title: "自宅".into(), png: Base64::encode_string(content) }.bytes()
    }

    #[test]
    fn a_picture_comes_as_it_was_drawn() {
        let drawn = [SIGNATURE, b"\0\0\0\rIHDR"].concat();
        assert_eq!(bytes(&drawn), Ok(drawn));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for bad in [&b""[..], b"\x7fELF", b"<html>", &SIGNATURE[..7], b"\x89PNG\n\x1a\n"] {
            assert_eq!(bytes(bad), Err("the picture is no PNG"));
        }
        let said = Picture { title: String::new(), png: "data:image/png,x".into() }.bytes();
        assert_eq!(said, Err("the picture is no Base64"));
    }

    #[test]
    fn the_largest_is_taken_and_one_that_is_larger_is_not() {
        let mut drawn = SIGNATURE.to_vec();
        drawn.resize(MAX, 0);
        assert!(bytes(&drawn).is_ok());
        drawn.resize(MAX + 3, 0);
        assert_eq!(bytes(&drawn), Err("the picture is larger than 8 MB"));
    }
}
