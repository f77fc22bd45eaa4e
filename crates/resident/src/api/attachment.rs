use serde::{Deserialize, Serialize};

use super::{ApiError, SyncProgress};
use crate::edges::Net;
use crate::notices::{self, AttachmentWanted};
use crate::{OpenTown, Phone};

/// Which file of which notice.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AttachmentQuery {
    /// The notice's id.
    pub notice: String,
    /// The file's path.
    pub path: String,
}

/// A file that is on the phone now.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct AttachmentFile {
    /// Where the screen finds it. The carrier puts its own address here in place of the path.
    pub file: String,
    /// What it is.
    pub media_type: String,
    /// Its size.
    pub bytes: usize,
}

/// The content of a file, for a carrier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentBytes {
    /// What it is, in the town's words.
    pub media_type: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Gets a file of a notice of the town in use: from the phone, or from the town when it was never wanted before.
pub async fn attachment_bytes(
    phone: &Phone,
    net: &dyn Net,
    wanted: &AttachmentQuery,
) -> Result<AttachmentBytes, ApiError> {
    let town = phone.town(None)?;
    let open = OpenTown {
        cache: crate::cache::Cache::open(phone.home(), &town.code).map_err(crate::Error::from)?,
        town,
    };
    let of = AttachmentWanted { notice: &wanted.notice, path: &wanted.path };
    let bytes = notices::attachment(phone, &open, net, of, &mut |_| ()).await?;
    let shown = notices::show(phone, &open, &wanted.notice)?;
    let file = shown.notice.attachments.into_iter().find(|file| file.path == wanted.path);
    let media_type = file.map(|file| file.media_type).or_else(|| picture(&wanted.path).map(String::from));
    Ok(AttachmentBytes { media_type: media_type.unwrap_or_default(), bytes })
}

/// The media type of a picture in a text, which has nothing but its name to tell it.
fn picture(path: &str) -> Option<&'static str> {
    match path.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
        "png" => Some("image/png"),
        "jpg" | "jpeg" => Some("image/jpeg"),
        "webp" => Some("image/webp"),
        "gif" => Some("image/gif"),
        _ => None,
    }
}

pub(super) async fn attachment(
    phone: &Phone,
    net: &dyn Net,
    wanted: AttachmentQuery,
    _: &mut dyn FnMut(SyncProgress),
) -> Result<AttachmentFile, ApiError> {
    let got = attachment_bytes(phone, net, &wanted).await?;
    Ok(AttachmentFile { file: wanted.path, media_type: got.media_type, bytes: got.bytes.len() })
}
