use madoguchi_model::{CollectionKind, GarbageItem, GarbageRecord, fold, hiragana};

use crate::search::Query;
use crate::{Error, OpenTown};

/// How to throw things away that the words name; all things when there are none.
pub fn items(open: &OpenTown, search: &str) -> Result<Vec<GarbageItem>, Error> {
    let query = Query::parse(search);
    let records: Vec<GarbageRecord> = open.cache.records(CollectionKind::Garbage)?;
    let wanted = |record| match record {
        GarbageRecord::Item(item) if query.as_ref().is_none_or(|q| q.is_in(&folded(&item))) => Some(item),
        _ => None,
    };
    let mut items: Vec<GarbageItem> = records.into_iter().filter_map(wanted).collect();
    items.sort_by(|a, b| (&a.kana, &a.name).cmp(&(&b.kana, &b.name)));
    Ok(items)
}

fn folded(item: &GarbageItem) -> String {
    let name = fold(&item.name);
    let kana = fold(item.kana.as_deref().unwrap_or_default());
    format!("{name}\n{}\n{kana}\n{}", hiragana(&name), hiragana(&kana))
}
