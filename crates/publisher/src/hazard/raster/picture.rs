//! One tile's pixels.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use madoguchi_model::HazardKind;

use super::trace::Grid;
use crate::hazard::classes::Draft;

/// The largest tile, by its side.
const MAX_SIDE: u32 = 1024;
/// The largest file of a tile.
const MAX_BYTES: u64 = 8 << 20;

/// A tile's pixels, red, green, blue and how solid.
pub(super) struct Picture {
    width: u32,
    height: u32,
    pixels: Vec<[u8; 4]>,
}

/// Reads a PNG of whatever kind. An error is a sentence for the report.
pub(super) fn read(path: &Path) -> Result<Picture, String> {
    let cannot = |error: &dyn std::fmt::Display| format!("PNGとして読めません: {error}");
    let file = File::open(path).map_err(|error| cannot(&error))?;
    let bytes = file.metadata().map_err(|error| cannot(&error))?.len();
    if bytes > MAX_BYTES {
        return Err(format!("{bytes}バイトは大きすぎます"));
    }
    let mut decoder = png::Decoder::new_with_limits(BufReader::new(file), png::Limits { bytes: 16 << 20 });
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|error| cannot(&error))?;
    let (width, height) = reader.info().size();
    if width != height || width == 0 || width > MAX_SIDE {
        return Err(format!("大きさが{width}×{height}です（正方形で{MAX_SIDE}まで）"));
    }
    let size = reader.output_buffer_size().ok_or("PNGとして読めません")?;
    let mut buffer = vec![0; size];
    let info = reader.next_frame(&mut buffer).map_err(|error| cannot(&error))?;
    let used = buffer.get(..info.buffer_size()).unwrap_or_default();
    let pixels: Vec<[u8; 4]> = used
        .chunks_exact(info.color_type.samples())
        .map(|pixel| match *pixel {
            [r, g, b, a] => [r, g, b, a],
            [r, g, b] => [r, g, b, 255],
            [grey, a] => [grey, grey, grey, a],
            [grey] => [grey, grey, grey, 255],
            _ => [0; 4],
        })
        .collect();
    if pixels.len() != width as usize * height as usize {
        return Err("PNGとして読めません".into());
    }
    Ok(Picture { width, height, pixels })
}

impl Picture {
    /// The class of each pixel, by its place in the table of colours; none where it is transparent. A colour that is in no
    /// table, or half transparent, is an error with its pixel: nothing is guessed.
    pub fn classes(&self, table: &[([u8; 3], Option<HazardKind>, Draft)]) -> Result<Grid, String> {
        let mut cells = Vec::with_capacity(self.pixels.len());
        for (index, [r, g, b, a]) in self.pixels.iter().enumerate() {
            if *a == 0 {
                cells.push(None);
                continue;
            }
            let found = table.iter().position(|(colour, ..)| colour == &[*r, *g, *b] && *a == 255);
            let Some(class) = found.and_then(|class| u8::try_from(class).ok()) else {
                let (x, y) = (index % self.width as usize, index / self.width as usize);
                let solid = if *a == 255 { String::new() } else { format!("、透け方{a}") };
                return Err(format!(
                    "左から{x}、上から{y}の点の色（{r},{g},{b}{solid}）は、色の表にありません"
                ));
            };
            cells.push(Some(class));
        }
        Ok(Grid { width: self.width, height: self.height, cells })
    }
}
