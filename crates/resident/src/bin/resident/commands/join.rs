use std::fs;
use std::path::Path;

use madoguchi_resident::Phone;
use madoguchi_resident::native::{UreqNet, wait};
use madoguchi_resident::towns::{Join, JoinState, join as join_town};

use crate::{Answer, Failure, say};

/// A root is a few kB: what is larger is something else.
const ROOT_MAX: u64 = 512 * 1024;

pub fn join(phone: &Phone, json: bool, url: &str, root: &Path) -> Result<Answer, Failure> {
    let unreadable = |why: String| Failure::Other("root-unreadable", format!("{}: {why}", root.display()));
    if fs::metadata(root).map_err(|e| unreadable(e.to_string()))?.len() > ROOT_MAX {
        return Err(unreadable("too large".into()));
    }
    let wanted = Join { url: url.into(), root: fs::read(root).map_err(|e| unreadable(e.to_string()))? };
    let net = UreqNet::new();
    let mut joined = wait(join_town(phone, &net, wanted, &mut |p| say::progress(json, &p)))?;
    if joined.state != JoinState::Refused {
        joined.sync.packs = super::sync::packs(phone, json, &net, &joined.sync)?;
    }
    let name = say::town_name(&joined.name, &joined.town);
    let first = match joined.state {
        JoinState::Joined => format!("{name}に参加しました。"),
        JoinState::Again => format!("{name}には、もう参加しています。"),
        JoinState::Refused => format!("{name}には参加できませんでした。"),
    };
    let text = format!("{first}\n{}", say::synced(&joined.sync, &name));
    let failed = joined.sync.error.is_some();
    let mut answer = Answer::new(&joined, text)?;
    if let (Some(error), Some(object)) = (&joined.sync.error, answer.json.as_object_mut()) {
        let message = say::failure(error.code, &error.message);
        object.insert("error".into(), serde_json::json!({ "code": error.code, "message": message }));
    }
    answer.failed = failed;
    Ok(answer)
}
