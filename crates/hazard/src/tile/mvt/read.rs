//! Reading a tile: for tests, and for whoever checks a map of another's making.

use super::{Feature, Layer, Path, Position, Shape, Value, doubled_area, field};
use crate::tile::varint;

/// The most text that the properties of a tile's features may come to: a key of a megabyte may be named by a million features.
const MOST_TEXT: usize = 32 << 20;

/// Bytes that are no tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the vector tile is damaged: {0}")]
pub struct Damaged(pub(super) &'static str);

/// The layers of a tile. Features without a shape are left out; values of a kind that this project does not write (booleans,
/// negative whole numbers) become numbers. Memory is bounded by the bytes' length and [`MOST_TEXT`].
pub fn decode(bytes: &[u8]) -> Result<Vec<Layer>, Damaged> {
    let mut layers = Vec::new();
    let mut text = MOST_TEXT;
    fields(bytes, |number, content| {
        if number == field::TILE_LAYER {
            layers.push(layer(content.bytes()?, &mut text)?);
        }
        Ok(())
    })?;
    Ok(layers)
}

enum Content<'b> {
    Number(u64),
    Eight([u8; 8]),
    Four([u8; 4]),
    Bytes(&'b [u8]),
}

impl<'b> Content<'b> {
    fn bytes(self) -> Result<&'b [u8], Damaged> {
        match self {
            Content::Bytes(bytes) => Ok(bytes),
            _ => Err(Damaged("a number where bytes are due")),
        }
    }

    fn number(self) -> Result<u64, Damaged> {
        match self {
            Content::Number(number) => Ok(number),
            _ => Err(Damaged("bytes where a number is due")),
        }
    }

    fn text(self) -> Result<String, Damaged> {
        let text = std::str::from_utf8(self.bytes()?).map_err(|_| Damaged("text that is not UTF-8"))?;
        Ok(text.to_owned())
    }
}

fn fields<'b>(
    mut rest: &'b [u8],
    mut each: impl FnMut(u64, Content<'b>) -> Result<(), Damaged>,
) -> Result<(), Damaged> {
    const ENDS: Damaged = Damaged("it ends within a field");
    while !rest.is_empty() {
        let head = varint::take(&mut rest).ok_or(ENDS)?;
        let content = match head & 7 {
            field::WIRE_VARINT => Content::Number(varint::take(&mut rest).ok_or(ENDS)?),
            field::WIRE_64 => {
                let (eight, after) = rest.split_first_chunk::<8>().ok_or(ENDS)?;
                rest = after;
                Content::Eight(*eight)
            }
            field::WIRE_32 => {
                let (four, after) = rest.split_first_chunk::<4>().ok_or(ENDS)?;
                rest = after;
                Content::Four(*four)
            }
            field::WIRE_BYTES => {
                let length = varint::take(&mut rest).and_then(|length| usize::try_from(length).ok());
                let (bytes, after) = rest.split_at_checked(length.ok_or(ENDS)?).ok_or(ENDS)?;
                rest = after;
                Content::Bytes(bytes)
            }
            _ => return Err(Damaged("a field of no known kind")),
        };
        each(head >> 3, content)?;
    }
    Ok(())
}

fn layer(bytes: &[u8], text: &mut usize) -> Result<Layer, Damaged> {
    let mut layer = Layer { name: String::new(), extent: 4096, features: Vec::new() };
    let (mut keys, mut values, mut features) = (Vec::new(), Vec::new(), Vec::new());
    let mut version = 1;
    fields(bytes, |number, content| {
        match number {
            field::LAYER_NAME => layer.name = content.text()?,
            field::LAYER_FEATURE => features.push(content.bytes()?),
            field::LAYER_KEY => keys.push(content.text()?),
            field::LAYER_VALUE => values.push(value(content.bytes()?)?),
            field::LAYER_EXTENT => {
                layer.extent =
                    u32::try_from(content.number()?).map_err(|_| Damaged("an extent beyond 32 bits"))?;
            }
            field::LAYER_VERSION => version = content.number()?,
            _ => {}
        }
        Ok(())
    })?;
    if !(1..=2).contains(&version) {
        return Err(Damaged("a version other than 1 and 2"));
    }
    for bytes in features {
        layer.features.extend(feature(bytes, &keys, &values, text)?);
    }
    Ok(layer)
}

fn value(bytes: &[u8]) -> Result<Value, Damaged> {
    let mut found = None;
    fields(bytes, |number, content| {
        found = Some(match (number, content) {
            (field::VALUE_TEXT, content) => Value::Text(content.text()?),
            (2, Content::Four(bytes)) => Value::Number(f64::from(f32::from_le_bytes(bytes))),
            (field::VALUE_DOUBLE, Content::Eight(bytes)) => Value::Number(f64::from_le_bytes(bytes)),
            (4, Content::Number(number)) if number <= i64::MAX as u64 => Value::Whole(number),
            (4, Content::Number(number)) => Value::Number(number as i64 as f64),
            (field::VALUE_UINT | 7, Content::Number(number)) => Value::Whole(number),
            (6, Content::Number(number)) if number & 1 == 0 => Value::Whole(number >> 1),
            (6, Content::Number(number)) => Value::Number(-((number >> 1) as f64) - 1.0),
            _ => return Err(Damaged("a value of no known kind")),
        });
        Ok(())
    })?;
    found.ok_or(Damaged("a value without content"))
}

fn feature(
    bytes: &[u8],
    keys: &[String],
    values: &[Value],
    text: &mut usize,
) -> Result<Option<Feature>, Damaged> {
    let (mut tags, mut geometry, mut kind): (&[u8], &[u8], u64) = (&[], &[], 0);
    fields(bytes, |number, content| {
        match number {
            field::FEATURE_TAGS => tags = content.bytes()?,
            field::FEATURE_TYPE => kind = content.number()?,
            field::FEATURE_GEOMETRY => geometry = content.bytes()?,
            _ => {}
        }
        Ok(())
    })?;
    let mut properties = Vec::new();
    while !tags.is_empty() {
        let mut index = || varint::take(&mut tags).and_then(|index| usize::try_from(index).ok());
        let key = index().and_then(|index| keys.get(index)).ok_or(Damaged("a tag without its key"))?;
        let value = index().and_then(|index| values.get(index)).ok_or(Damaged("a tag without its value"))?;
        let length = key.len() + if let Value::Text(text) = value { text.len() } else { 0 };
        *text = text.checked_sub(length).ok_or(Damaged("more text than a map needs"))?;
        properties.push((key.clone(), value.clone()));
    }
    let shape = match kind {
        field::POINT => Shape::Points(paths(geometry)?.into_iter().flat_map(|path| path.places).collect()),
        field::LINES => Shape::Lines(paths(geometry)?.into_iter().map(|path| path.places).collect()),
        field::POLYGON => polygons(paths(geometry)?)?,
        _ => return Ok(None),
    };
    Ok(Some(Feature { shape, properties }))
}

struct Drawn {
    places: Path,
    closed: bool,
}

fn paths(mut geometry: &[u8]) -> Result<Vec<Drawn>, Damaged> {
    let mut paths: Vec<Drawn> = Vec::new();
    let mut at = Position::default();
    while !geometry.is_empty() {
        let head = varint::take(&mut geometry).ok_or(Damaged("a command without its end"))?;
        match head & 7 {
            command @ (field::MOVE_TO | field::LINE_TO) => {
                for _ in 0..head >> 3 {
                    at = Position { x: step(&mut geometry, at.x)?, y: step(&mut geometry, at.y)? };
                    if command == field::MOVE_TO {
                        paths.push(Drawn { places: vec![at], closed: false });
                    } else {
                        let path = paths.last_mut().filter(|path| !path.closed);
                        path.ok_or(Damaged("a line without a start"))?.places.push(at);
                    }
                }
            }
            field::CLOSE_PATH => paths.last_mut().ok_or(Damaged("an end without a ring"))?.closed = true,
            _ => return Err(Damaged("an unknown command")),
        }
    }
    Ok(paths)
}

fn step(geometry: &mut &[u8], from: i32) -> Result<i32, Damaged> {
    let way = varint::take(geometry)
        .and_then(|way| u32::try_from(way).ok())
        .ok_or(Damaged("a command without its way"))?;
    Ok(from.wrapping_add(((way >> 1) as i32) ^ -((way & 1) as i32)))
}

fn polygons(rings: Vec<Drawn>) -> Result<Shape, Damaged> {
    let mut polygons: Vec<Vec<Path>> = Vec::new();
    for ring in rings {
        if !ring.closed {
            return Err(Damaged("a ring that is not closed"));
        }
        match (doubled_area(&ring.places), polygons.last_mut()) {
            (0, _) => {}
            (area, Some(polygon)) if area < 0 => polygon.push(ring.places),
            (area, None) if area < 0 => return Err(Damaged("a hole without a polygon")),
            _ => polygons.push(vec![ring.places]),
        }
    }
    Ok(Shape::Polygons(polygons))
}
