//! Canonical JSON (OLPC): what a TUF signature is made over.
//!
//! Object keys in code point order, no white space, strings with only `"` and `\` escaped, whole numbers only.
//! Source: TUF specification 1.0.33 §4.2 and <http://wiki.laptop.org/go/Canonical_JSON>.

use serde_json::Value;

/// A number that canonical JSON has no form for.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("a number that is not whole has no canonical form: {0}")]
pub struct NotWhole(pub String);

/// The canonical form of `value`.
pub fn canonical(value: &Value) -> Result<Vec<u8>, NotWhole> {
    let mut out = Vec::new();
    write(&mut out, value)?;
    Ok(out)
}

fn write(out: &mut Vec<u8>, value: &Value) -> Result<(), NotWhole> {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(n) if n.is_i64() || n.is_u64() => out.extend_from_slice(n.to_string().as_bytes()),
        Value::Number(n) => return Err(NotWhole(n.to_string())),
        Value::String(text) => write_string(out, text),
        Value::Array(items) => {
            out.push(b'[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(b',');
                }
                write(out, item)?;
            }
            out.push(b']');
        }
        Value::Object(map) => {
            // UTF-8 bytes sort as code points do.
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_unstable_by_key(|(key, _)| key.as_bytes());
            out.push(b'{');
            for (i, (key, item)) in entries.into_iter().enumerate() {
                if i > 0 {
                    out.push(b',');
                }
                write_string(out, key);
                out.push(b':');
                write(out, item)?;
            }
            out.push(b'}');
        }
    }
    Ok(())
}

fn write_string(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    for byte in text.bytes() {
        if matches!(byte, b'"' | b'\\') {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_sorted_and_only_quote_and_backslash_escaped() {
        let value = json!({"b": [1, -2, true, null], "a": "x\"\\\n水", "": {}});
        assert_eq!(
            canonical(&value).unwrap(),
            "{\"\":{},\"a\":\"x\\\"\\\\\n水\",\"b\":[1,-2,true,null]}".as_bytes()
        );
        assert!(canonical(&json!(1.5)).is_err());
    }
}
