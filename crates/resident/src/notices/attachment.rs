use madoguchi_bundle::client::{Client, Expiry};
use madoguchi_bundle::{limits, path};

use super::show::find;
use crate::edges::Net;
use crate::sync::{File, MetadataOf, Trouble, Wire, download};
use crate::{Error, OpenTown, Phone};

/// A file of a notice.
#[derive(Debug, Clone)]
pub struct AttachmentWanted<'a> {
    /// The notice that names it.
    pub notice: &'a str,
    /// Its path.
    pub path: &'a str,
}

/// Gets a file of a notice: from the phone, or from the town when it was never wanted before. Either way it is the one
/// that was signed.
pub async fn attachment(
    phone: &Phone,
    open: &OpenTown,
    net: &dyn Net,
    wanted: AttachmentWanted<'_>,
    got: &mut dyn FnMut(u64),
) -> Result<Vec<u8>, Error> {
    let (_, notice) = find(open, wanted.notice)?
        .ok_or_else(|| Error::NotFound { what: "notice", id: wanted.notice.into() })?;
    let none = || Error::NotFound { what: "attachment", id: wanted.path.into() };
    if !notice.has_file(wanted.path) {
        return Err(none());
    }
    let code = &open.town.code;
    let mut client = Client::open(phone.private().trust(code)?, phone.clock(), Expiry::Lenient)?;
    let mut wire = Wire::new(net, &open.town.url);
    let mut fetch = MetadataOf::new(&mut wire);
    // Every role is on the phone since the last sync: nothing is asked for here as a rule.
    if let Err(error) = client.load_roles(&mut fetch).await {
        return Err(fetch.explain(error).into());
    }
    let target = client.targets().into_iter().find(|target| target.path == wanted.path).ok_or_else(none)?;
    let hash = target.target.hash().ok_or_else(none)?;
    if let Some(bytes) = open.cache.attachment(wanted.path, hash)? {
        return Ok(bytes);
    }
    if target.target.length > limits::ATTACHMENT {
        return Err(Trouble::TooLarge(wanted.path.into()).into());
    }
    let location = target.location(client.root().consistent_snapshot);
    let location = format!("targets/{}", path::quote_path(&location));
    let file = File { path: &location, length: target.target.length, sha256: hash, data: false };
    let bytes = download(&open.cache, &mut wire, file, got).await?;
    open.cache.keep_attachment(wanted.path, hash, &bytes)?;
    Ok(bytes)
}
