//! A town's records, sorted by department, and the collections that they become at a given moment.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp as Instant;
use madoguchi_bundle::{collection, limits};
use madoguchi_model::{
    Alert, Block, CollectionHeader, CollectionKind, Event, FORMAT, GarbageRecord, HazardLayer, MapRecord,
    Notice, Place, Source, Town, TownCode, TownProgram, TownRuleFile,
};
use serde::Serialize;

use crate::error::PublishError;
use crate::open_shelters::{self, OpenList};
use crate::report::FileReport;

/// All that a town's folder holds.
#[derive(Debug, Clone, Default)]
pub struct TownContent {
    /// What became of each file.
    pub files: Vec<FileReport>,
    /// The records by department id.
    pub departments: BTreeMap<String, DepartmentContent>,
}

/// The records of one department.
#[derive(Debug, Clone, Default)]
pub struct DepartmentContent {
    /// The files they came from; records refer to them by index.
    pub sources: Vec<Source>,
    /// Alerts.
    pub alerts: Vec<Alert>,
    /// Notices, those dated ahead too.
    pub notices: Vec<Notice>,
    /// Places, but for what lists of open shelters name.
    pub places: Vec<Place>,
    /// The lists of open shelters, older ones too.
    pub open_shelters: Vec<OpenList>,
    /// Events.
    pub events: Vec<Event>,
    /// Garbage.
    pub garbage: Vec<GarbageRecord>,
    /// Programs, those dated ahead too.
    pub programs: Vec<TownProgram>,
    /// Rule files and their tables.
    pub rules: Vec<TownRuleFile>,
    /// Layers of dangers.
    pub hazards: Vec<HazardLayer>,
    /// What the map is drawn from and found by.
    pub map: Vec<MapRecord>,
    /// The packs of both: target path -> bytes.
    pub packs: BTreeMap<String, Vec<u8>>,
    /// Target path -> path in the folder.
    pub attachments: BTreeMap<String, String>,
}

/// One collection as it is to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// Its bytes.
    pub raw: Vec<u8>,
    /// How many records it has.
    pub records: usize,
}

impl DepartmentContent {
    /// The collections that are public at `at`: nothing dated later is in them.
    pub fn collections(
        &self,
        town: &TownCode,
        department: &str,
        at: Instant,
    ) -> Result<BTreeMap<CollectionKind, Built>, PublishError> {
        let notices: Vec<&Notice> = self.notices.iter().filter(|n| n.published_at <= at).collect();
        let alerts: Vec<&Alert> = self.alerts.iter().filter(|a| a.issued_at <= at).collect();
        let build = Builder { sources: &self.sources, town, department };
        let mut all = BTreeMap::new();
        all.insert(CollectionKind::Alerts, build.of(CollectionKind::Alerts, alerts, |a| (&a.id, a.source))?);
        all.insert(
            CollectionKind::Notices,
            build.of(CollectionKind::Notices, notices, |n| (&n.id, n.source))?,
        );
        let open = open_shelters::holding(&self.open_shelters, at, &self.places);
        let places = self.places.iter().chain(&open).collect();
        all.insert(
            CollectionKind::Places,
            build.of(CollectionKind::Places, places, |p: &&Place| (&p.id, p.source))?,
        );
        let events = self.events.iter().collect();
        all.insert(
            CollectionKind::Events,
            build.of(CollectionKind::Events, events, |e: &&Event| (&e.id, e.source))?,
        );
        let garbage = self.garbage.iter().collect();
        all.insert(
            CollectionKind::Garbage,
            build.of(CollectionKind::Garbage, garbage, |g: &&GarbageRecord| (g.id(), usize::MAX))?,
        );
        let public = |p: &&TownProgram| p.published_at.is_none_or(|from| from <= at);
        let programs = self.programs.iter().filter(public).collect();
        all.insert(
            CollectionKind::Programs,
            build.of(CollectionKind::Programs, programs, |p: &&TownProgram| (&p.id, p.source))?,
        );
        let rules = self.rules.iter().collect();
        all.insert(
            CollectionKind::Rules,
            build.of(CollectionKind::Rules, rules, |r: &&TownRuleFile| (&r.id, r.source))?,
        );
        let hazards = self.hazards.iter().collect();
        all.insert(
            CollectionKind::Hazards,
            build.of(CollectionKind::Hazards, hazards, |h: &&HazardLayer| (&h.id, h.source))?,
        );
        let map = self.map.iter().collect();
        all.insert(
            CollectionKind::Map,
            build.of(CollectionKind::Map, map, |m: &&MapRecord| (m.id(), m.source()))?,
        );
        all.retain(|_, built| built.records > 0);
        Ok(all)
    }

    /// The attachments and pictures of what is public at `at`: a map of next month's works is not there before its
    /// notice, and neither is its name.
    pub fn attachments_at(&self, at: Instant) -> BTreeMap<String, String> {
        let mut shown = BTreeSet::new();
        for notice in self.notices.iter().filter(|notice| notice.published_at <= at) {
            shown.extend(notice.attachments.iter().map(|attachment| attachment.path.as_str()));
            for text in std::iter::once(&notice.text).chain(notice.translations.values()) {
                pictures(&text.body, &mut shown);
            }
        }
        for alert in self.alerts.iter().filter(|alert| alert.issued_at <= at) {
            for text in std::iter::once(&alert.text).chain(alert.translations.values()) {
                pictures(&text.body, &mut shown);
            }
        }
        self.events.iter().for_each(|event| pictures(&event.body, &mut shown));
        let public = self.attachments.iter().filter(|(path, _)| shown.contains(path.as_str()));
        public.map(|(target, file)| (target.clone(), file.clone())).collect()
    }

    /// The moments after `now` at which something dated ahead becomes public.
    pub fn due_after(&self, now: Instant) -> Vec<Instant> {
        let notices = self.notices.iter().map(|n| n.published_at);
        let alerts = self.alerts.iter().map(|a| a.issued_at);
        let programs = self.programs.iter().filter_map(|p| p.published_at);
        let lists = self.open_shelters.iter().flat_map(|list| &list.places);
        let shelters = lists.filter_map(|place| place.status.map(|status| status.as_of));
        let due: BTreeSet<Instant> =
            notices.chain(alerts).chain(programs).chain(shelters).filter(|at| *at > now).collect();
        due.into_iter().collect()
    }
}

/// The pictures that stand in a text.
fn pictures<'t>(blocks: &'t [Block], found: &mut BTreeSet<&'t str>) {
    for block in blocks {
        match block {
            Block::Image { path, .. } => _ = found.insert(path),
            Block::List { items, .. } => items.iter().for_each(|item| pictures(item, found)),
            Block::Quote { blocks } => pictures(blocks, found),
            Block::Heading { .. } | Block::Paragraph { .. } | Block::Table { .. } | Block::Rule => {}
        }
    }
}

/// The town's own collection.
pub fn town_collection(town: &Town) -> Result<Built, PublishError> {
    let header = CollectionHeader {
        collection: CollectionKind::Town,
        format: FORMAT,
        town: town.code.clone(),
        department: "targets".into(),
        sources: Vec::new(),
    };
    Ok(Built { raw: collection::write(&header, std::slice::from_ref(town))?, records: 1 })
}

struct Builder<'a> {
    sources: &'a [Source],
    town: &'a TownCode,
    department: &'a str,
}

impl Builder<'_> {
    /// Orders by id and names only the sources that a collection draws on, under the indexes that its records carry.
    fn of<T: Serialize>(
        &self,
        kind: CollectionKind,
        mut records: Vec<T>,
        key: impl Fn(&T) -> (&str, usize),
    ) -> Result<Built, PublishError> {
        records.sort_by(|a, b| key(a).0.cmp(key(b).0));
        // Indexes stay those of the department, so that a new file does not renumber every record.
        let last = records.iter().map(|r| key(r).1).filter(|i| *i < self.sources.len()).max();
        let used: BTreeSet<usize> = records.iter().map(|r| key(r).1).collect();
        let sources = self.sources.iter().take(last.map_or(0, |last| last + 1)).enumerate();
        let header = CollectionHeader {
            collection: kind,
            format: FORMAT,
            town: self.town.clone(),
            department: self.department.into(),
            sources: sources
                .map(|(i, s)| if used.contains(&i) { s.clone() } else { Source::default() })
                .collect(),
        };
        let raw = collection::write(&header, &records)?;
        if raw.len() as u64 > limits::COLLECTION {
            return Err(PublishError::Refused(format!(
                "{kind} of {} would have {} bytes, more than a phone takes ({}): leave old ones out, or divide it between departments",
                self.department,
                raw.len(),
                limits::COLLECTION
            )));
        }
        Ok(Built { raw, records: records.len() })
    }
}
