//! One record of a `.shp`.

use madoguchi_hazard::{Point, Ring};

use crate::geo::point;

/// What a record draws.
#[derive(Debug, PartialEq)]
pub(super) enum Shape {
    Nothing,
    Points(Vec<Point>),
    Lines(Vec<Vec<Point>>),
    /// Rings that end where they begin: outer ones clockwise, holes the other way round.
    Rings(Vec<Ring>),
}

/// Bytes that are read from the front.
struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    fn take(&mut self, count: usize) -> Result<&'b [u8], String> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or("形のデータが途中で切れています")?;
        self.0 = rest;
        Ok(taken)
    }

    fn whole(&mut self) -> Result<u32, String> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes(bytes.try_into().map_err(|_| "形のデータが途中で切れています")?))
    }

    /// A count of things that take `size` bytes each: there must be so many.
    fn count(&mut self, size: usize) -> Result<usize, String> {
        let count = self.whole()? as usize;
        if count.checked_mul(size).is_none_or(|bytes| bytes > self.0.len()) {
            return Err(format!("{count}こあるはずのデータがありません"));
        }
        Ok(count)
    }

    fn point(&mut self) -> Result<Point, String> {
        let mut number = || -> Result<f64, String> {
            let bytes = self.take(8)?;
            Ok(f64::from_le_bytes(bytes.try_into().map_err(|_| "形のデータが途中で切れています")?))
        };
        let (lon, lat) = (number()?, number()?);
        point(lat, lon)
    }

    fn points(&mut self, count: usize) -> Result<Vec<Point>, String> {
        (0..count).map(|index| self.point().map_err(|why| format!("{}番めの点: {why}", index + 1))).collect()
    }
}

/// Reads a record. Heights and measures stand behind the points and are left out.
pub(super) fn parse(record: &[u8]) -> Result<Shape, String> {
    let mut bytes = Bytes(record);
    let kind = bytes.whole()?;
    match kind {
        0 => Ok(Shape::Nothing),
        1 | 11 | 21 => Ok(Shape::Points(vec![bytes.point()?])),
        8 | 18 | 28 => {
            bytes.take(32)?;
            let count = bytes.count(16)?;
            Ok(Shape::Points(bytes.points(count)?))
        }
        3 | 13 | 23 => Ok(Shape::Lines(parts(&mut bytes)?)),
        5 | 15 | 25 => Ok(Shape::Rings(parts(&mut bytes)?)),
        31 => Err("立体の形（MultiPatch）は読めません".into()),
        kind => Err(format!("形の種類{kind}は知りません")),
    }
}

fn parts(bytes: &mut Bytes<'_>) -> Result<Vec<Vec<Point>>, String> {
    bytes.take(32)?;
    let parts = bytes.count(4)?;
    let count = bytes.whole()? as usize;
    let starts: Vec<usize> =
        (0..parts).map(|_| bytes.whole().map(|start| start as usize)).collect::<Result<_, _>>()?;
    if count.checked_mul(16).is_none_or(|size| size > bytes.0.len()) {
        return Err(format!("{count}こあるはずの点がありません"));
    }
    let points = bytes.points(count)?;
    let ends = starts.iter().skip(1).copied().chain([count]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let part = points.get(*start..end).filter(|part| !part.is_empty());
            part.map(<[Point]>::to_vec).ok_or_else(|| "部分の区切りがおかしくなっています".to_string())
        })
        .collect()
}
