use std::time::Duration;

use jiff::SignedDuration;

use super::kept::Kept;
use crate::edges::{Net, NetError};
use crate::packs::RESERVE;
use crate::settings::settings;
use crate::sync::{Trouble, Wire};
use crate::{Error, Phone};

/// A tile is some 20 kB; what is larger is something else.
const LARGEST: u64 = 512 * 1024;
/// Whoever looks at the map waits no longer: the town's own map lies there meanwhile.
const PATIENCE: Duration = Duration::from_secs(6);
/// So long a tile is not asked for again. The survey redraws its maps every few weeks.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(24 * 30);
/// So long a place without a tile (the open sea) is not asked for again.
const NONE_FOR: SignedDuration = SignedDuration::from_hours(24);
/// So much is kept: a town and its surroundings in the zooms in which one looks at them.
const ROOM: u64 = 30 * 1024 * 1024;
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Which tile: Web Mercator, 256 dots wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GsiTile {
    /// Zoom.
    pub z: u8,
    /// Column, from the west.
    pub x: u32,
    /// Row, from the north.
    pub y: u32,
}

impl GsiTile {
    /// Is it one of those that 淡色地図 has?
    fn exists(self) -> bool {
        (5..=18).contains(&self.z) && self.x < 1 << self.z && self.y < 1 << self.z
    }
}

/// A tile as PNG: from the phone, or from the survey where it was not looked at before. Where the survey cannot be reached,
/// an old one is better than none.
pub async fn tile(phone: &Phone, net: &dyn Net, wanted: GsiTile) -> Result<Vec<u8>, Error> {
    if !settings(phone)?.online_map {
        return Err(Error::OnlineMapOff);
    }
    if !wanted.exists() {
        let GsiTile { z, x, y } = wanted;
        return Err(Error::NotFound { what: "tile", id: format!("gsi/{z}/{x}/{y}") });
    }
    let now = phone.clock();
    let found = Kept::open(phone.home()).ok().and_then(|kept| kept.find(wanted).ok()).flatten();
    let good_for = |png: &[u8]| if png.is_empty() { NONE_FOR } else { GOOD_FOR };
    if let Some((at, png)) = &found
        && now.duration_since(*at) < good_for(png)
    {
        return there(png.clone());
    }
    let old = found.map(|(_, png)| png).filter(|png| !png.is_empty());
    let came = match (fetch(phone, net, wanted).await, old) {
        (Ok(png), _) => png,
        (Err(_), Some(old)) => return Ok(old),
        // That there is none is kept as a tile without a byte.
        (Err(NetError::NotFound), None) => Vec::new(),
        (Err(error), None) => return Err(Error::Fetch(Trouble::Net(error))),
    };
    // Switched off meanwhile: nothing of it is to be found here. A phone that is nearly full keeps none either.
    let room = phone.home().free_bytes().is_none_or(|free| free > RESERVE);
    if room
        && settings(phone)?.online_map
        && let Ok(kept) = Kept::open(phone.home())
    {
        let _ = kept.keep(wanted, now, &came, ROOM);
    }
    there(came)
}

fn there(png: Vec<u8>) -> Result<Vec<u8>, Error> {
    if png.is_empty() { Err(Error::Fetch(Trouble::Net(NetError::NotFound))) } else { Ok(png) }
}

async fn fetch(phone: &Phone, net: &dyn Net, GsiTile { z, x, y }: GsiTile) -> Result<Vec<u8>, NetError> {
    let mut wire = Wire::new(net, phone.gsi()).within(PATIENCE);
    let png = wire.whole(&format!("{z}/{x}/{y}.png"), LARGEST).await?;
    if !png.starts_with(PNG) {
        return Err(NetError::CaptivePortal("no picture".into()));
    }
    Ok(png)
}
