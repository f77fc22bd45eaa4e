use std::collections::BTreeMap;

use madoguchi_hazard::pack::{Pack, PackError};
use madoguchi_model::Position;

use super::at::drop_damaged;
use super::layers::layers;
use super::point;
use crate::{Error, OpenTown};

/// What each layer says of a place, by the layer's id: the code of the class, empty outside every zone; none where its
/// pack is not here, or can no longer be read.
pub type Said = BTreeMap<String, Option<String>>;

/// What the layers say of several places, in their order. Each pack is opened once, and asked for nothing else: this is
/// what is looked at each time the first screen opens.
pub fn classes(open: &OpenTown, places: &[Position]) -> Result<Vec<Said>, Error> {
    let mut said = vec![Said::new(); places.len()];
    for layer in layers(open)? {
        let code = |class: Option<u8>| match class {
            Some(rank) => layer.class(rank).code,
            None => String::new(),
        };
        let read = |stored| -> Result<Vec<Option<String>>, PackError> {
            let pack = Pack::open(open.cache.read_pack(stored))?;
            let ask = |place: &Position| match point(*place) {
                Some(point) => Ok(Some(code(pack.at(point)?.class))),
                None => Ok(None),
            };
            places.iter().map(ask).collect()
        };
        let codes = match layer.pack.as_ref().map(read) {
            Some(Ok(codes)) => codes,
            Some(Err(error)) => {
                drop_damaged(open, layer.pack.as_ref(), layer.readable, error)?;
                vec![None; places.len()]
            }
            None => vec![None; places.len()],
        };
        for (said, code) in said.iter_mut().zip(codes) {
            said.insert(layer.layer.id.clone(), code);
        }
    }
    Ok(said)
}
