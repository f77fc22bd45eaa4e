//! One row on its way to a record: what was taken from it, what was put right, and what is left over.

use madoguchi_model::{Link, Position};

use super::columns::Columns;
use super::heads::Field;
use crate::geocode::Geocoder;
use crate::table::{Row, Table};
use crate::value::coordinate::{self, Axis, Point};
use crate::value::{Read, is_blank, phone, text};

const KANA: &str = "半角カナを全角にした";
const GEOCODED: &str = "住所から位置を求めた";

/// A row, its table and what is known of its columns.
pub(super) struct Cells<'a> {
    pub row: &'a Row,
    columns: &'a Columns,
    header: &'a [String],
    taken: Vec<bool>,
    /// What was put right, by reason; counts only if the row becomes a record.
    pub mends: Vec<&'static str>,
}

/// Coordinates that are no point: the column at fault, and why.
pub(super) type BadPoint = (usize, &'static str);

impl<'a> Cells<'a> {
    pub fn new(row: &'a Row, columns: &'a Columns, table: &'a Table) -> Self {
        Cells {
            row,
            columns,
            header: &table.header,
            taken: vec![false; table.header.len()],
            mends: Vec::new(),
        }
    }

    /// The head of a column, as the file writes it.
    pub fn head(&self, column: usize) -> &'a str {
        self.header.get(column).map_or("", String::as_str)
    }

    /// Says that a record holds all that the cell says.
    pub fn take(&mut self, column: usize) {
        if let Some(taken) = self.taken.get_mut(column) {
            *taken = true;
        }
    }

    /// The value, with what had to be put right for it noted.
    pub fn mended<T>(&mut self, read: Read<T>) -> T {
        self.mends.extend(read.mended);
        read.value
    }

    /// The first of the columns in which something stands.
    pub fn first(&self, columns: &[usize]) -> Option<(usize, &'a str)> {
        columns.iter().map(|column| (*column, self.row.get(*column))).find(|(_, text)| !is_blank(text))
    }

    /// Takes the text of the first of the columns in which something stands.
    pub fn text(&mut self, columns: &[usize]) -> Option<String> {
        let (column, text) = self.first(columns)?;
        self.take(column);
        Some(self.full_kana(text))
    }

    /// Takes the text of a field.
    pub fn field(&mut self, field: Field) -> Option<String> {
        let columns = self.columns;
        self.text(columns.all(field))
    }

    /// Takes the first readable telephone number.
    pub fn phone(&mut self) -> Option<String> {
        let columns = self.columns;
        let (column, number) = columns
            .all(Field::Phone)
            .iter()
            .find_map(|column| phone::read(self.row.get(*column)).map(|number| (*column, number)))?;
        self.take(column);
        Some(self.mended(number))
    }

    /// Takes the first link that a resident may follow.
    pub fn link(&mut self, columns: &[usize]) -> Option<Link> {
        let (column, link) = columns
            .iter()
            .find_map(|column| Link::new(self.row.get(*column)).ok().map(|link| (*column, link)))?;
        self.take(column);
        Some(link)
    }

    fn full_kana(&mut self, text: &str) -> String {
        match text::full_kana(text) {
            Some(full) => {
                self.mends.push(KANA);
                full
            }
            None => text.into(),
        }
    }

    /// Takes the address: as one text, else put together from its parts.
    pub fn address(&mut self) -> Option<String> {
        const PARTS: [Field; 4] = [Field::Prefecture, Field::City, Field::Block, Field::Lot];
        let columns = self.columns;
        let whole = self.field(Field::Address);
        let address = whole.or_else(|| {
            let below_city = PARTS.iter().skip(2).any(|part| self.first(columns.all(*part)).is_some());
            let part = |part: &Field| self.first(columns.all(*part)).map_or("", |(_, text)| text);
            let joined: String = PARTS.iter().map(part).collect();
            below_city.then(|| self.full_kana(&joined))
        })?;
        // Files are at odds with themselves: a part that the whole does not have stays a detail.
        let mut folded = None;
        for column in PARTS.iter().flat_map(|part| columns.all(*part)) {
            let part = self.row.get(*column);
            let folded = folded.get_or_insert_with(|| text::key(&address));
            if address.contains(part) || folded.contains(&text::key(part)) {
                self.take(*column);
            }
        }
        Some(address)
    }

    /// Takes the position: from the coordinates, else from the address.
    pub fn position(
        &mut self,
        address: Option<&str>,
        geocoder: Option<&Geocoder>,
    ) -> Result<Option<Position>, BadPoint> {
        let columns = self.columns;
        let apart = columns.all(Field::Lat).iter().zip(columns.all(Field::Lon));
        let apart = apart.map(|(lat, lon)| (*lat, *lon, self.row.get(*lat), self.row.get(*lon)));
        let joined = columns.all(Field::LatLon).iter().map(|column| {
            let text = self.row.get(*column);
            let (lat, lon) = text.split_once([',', '，', '、', ' ']).unwrap_or((text, ""));
            (*column, *column, lat, lon)
        });
        let pairs: Vec<_> = apart.chain(joined).collect();
        let mut bad = None;
        for (lat_column, lon_column, lat, lon) in pairs {
            match coordinate::point(lat, lon) {
                Point::Blank => {}
                Point::At(point) => {
                    self.take(lat_column);
                    self.take(lon_column);
                    let (lat, lon) = self.mended(point);
                    return Ok(Some(Position { lat, lon, approximate: false }));
                }
                Point::Bad(Axis::Lat, why) => bad = bad.or(Some((lat_column, why))),
                Point::Bad(Axis::Lon, why) => bad = bad.or(Some((lon_column, why))),
            }
        }
        let found = address.zip(geocoder).and_then(|(address, geocoder)| geocoder.lookup(address));
        match (found, bad) {
            (Some(position), _) => {
                self.mends.push(GEOCODED);
                Ok(Some(position))
            }
            (None, Some(bad)) => Err(bad),
            (None, None) => Ok(None),
        }
    }

    /// What no field of the record holds, under the file's own heads. Left out are empty cells, row numbers and what the whole
    /// town has in common.
    pub fn details(&self, town: &str) -> Vec<(String, String)> {
        let redundant = |column: usize, text: &str| {
            self.columns.is(column, &[Field::Redundant, Field::RowNumber, Field::Prefecture])
                || (text == town && self.columns.is(column, &[Field::City]))
        };
        let left = self.header.iter().zip(&self.taken).enumerate().filter(|(_, (_, taken))| !**taken);
        left.map(|(column, (head, _))| (column, head, self.row.get(column)))
            .filter(|(column, _, text)| !is_blank(text) && !redundant(*column, text))
            .map(|(_, head, text)| (head.clone(), text.into()))
            .collect()
    }
}
