//! What a file's features are to become: by its layout, or as `town.toml` says.

use madoguchi_model::HazardKind;

use super::classes::Draft;
use super::layouts::{Key, L1, L2, Layout};
use crate::geo::Properties;
use crate::settings::{ClassRule, HazardFile};

/// How features are placed in layers.
pub(super) enum Plan<'a> {
    /// By the layout; a kind and a scenario that the entry gives hold instead of the layout's.
    Known(Layout, Option<&'a HazardFile>),
    /// As the entry says.
    Mapped(&'a HazardFile, HazardKind, Option<&'a ClassRule>),
}

/// What is known of one layer of a file.
pub(super) struct Planned<'a> {
    pub file: &'a str,
    pub entry: Option<&'a HazardFile>,
    pub plan: &'a Plan<'a>,
    pub key: &'a Key,
}

impl<'a> Plan<'a> {
    /// The plan for a file, from its entry and its first feature; else why there is none.
    pub fn of(entry: Option<&'a HazardFile>, properties: &Properties) -> Result<Self, String> {
        let layout = Layout::of(properties);
        let names = || {
            let names: Vec<&str> = properties.keys().map(String::as_str).take(12).collect();
            if names.is_empty() {
                "属性はありません".to_string()
            } else {
                format!("属性: {}", names.join("、"))
            }
        };
        match (entry, layout) {
            (None, Some(layout)) => Ok(Plan::Known(layout, None)),
            (None, None) => Err(format!(
                "何の地図か分かりません。town.toml の [[hazard]] か [[map]] に書いてください（{}）",
                names()
            )),
            (Some(entry), Some(layout)) if entry.class.is_none() => Ok(Plan::Known(layout, Some(entry))),
            (Some(entry), _) => {
                let Some(kind) = entry.layer else {
                    return Err("[[hazard]] に layer（何の危険か）を書いてください".into());
                };
                let only_inside = matches!(
                    kind,
                    HazardKind::CollapseFlow | HazardKind::CollapseBank | HazardKind::FloodHistory
                );
                if entry.class.is_none() && !only_inside {
                    return Err(format!(
                        "[[hazard]] に class（区分の属性）を書いてください。例: class = {{ property = \"…\" }}（{}）",
                        names()
                    ));
                }
                if let Some(ClassRule::Property(rule)) = &entry.class
                    && !properties.contains_key(&rule.property)
                {
                    return Err(format!("属性「{}」がありません（{}）", rule.property, names()));
                }
                Ok(Plan::Mapped(entry, kind, entry.class.as_ref()))
            }
        }
    }

    /// Its name in the report.
    pub fn name(&self) -> &'static str {
        match self {
            Plan::Known(layout, _) => layout.name(),
            Plan::Mapped(_, kind, _) => kind.code(),
        }
    }

    /// The property at fault when a feature has no class.
    pub fn column(&self) -> Option<&str> {
        match self {
            Plan::Mapped(_, _, Some(ClassRule::Property(rule))) => Some(&rule.property),
            _ => None,
        }
    }

    /// 災害危険区域 are where building is restricted by an ordinance (建築基準法39条). What lies outside was not found dry: nobody looked.
    pub fn is_of_zones_alone(&self) -> bool {
        matches!(self, Plan::Known(Layout::A48, _))
    }

    /// Files of 国土数値情報 hold whole prefectures.
    pub fn is_of_many_towns(&self) -> bool {
        matches!(self, Plan::Known(..))
    }

    /// Who made the survey, as a feature says.
    pub fn surveyor(&self, properties: &Properties) -> Option<String> {
        match self {
            Plan::Known(layout, _) => layout.surveyor(properties),
            Plan::Mapped(..) => None,
        }
    }

    /// The layers and classes of a feature, or why it has none.
    pub fn place(&self, properties: &Properties) -> Result<Vec<(Key, Draft)>, String> {
        match self {
            Plan::Known(layout, entry) => {
                let found = layout.place(properties);
                let own_kind = entry.and_then(|entry| entry.layer).filter(|_| *layout == Layout::A48);
                let mut placed = match (found, own_kind) {
                    (Err(_), Some(kind)) => vec![(Key::new(kind, None), Draft::zone("災害危険区域"))],
                    (found, _) => found?,
                };
                for (key, _) in &mut placed {
                    key.kind = own_kind.unwrap_or(key.kind);
                    if let Some(scenario) = entry.and_then(|entry| entry.scenario.clone()) {
                        key.scenario = Some(scenario);
                    }
                }
                Ok(placed)
            }
            Plan::Mapped(entry, kind, rule) => {
                let draft = match rule {
                    None => Draft::zone("区域の中"),
                    Some(ClassRule::Code(code)) => Draft::of_code(code, None)
                        .ok_or_else(|| format!("「{code}」という区分はありません"))?,
                    Some(ClassRule::Property(rule)) => {
                        let value = properties.get(&rule.property).map(|value| value.trim());
                        let Some(value) = value.filter(|value| !value.is_empty()) else {
                            return Err("区分が空です".into());
                        };
                        if rule.values.is_empty() {
                            words(*kind, value)
                        } else {
                            let code = rule.values.get(value);
                            let code = code.ok_or_else(|| format!("「{value}」は、values にありません"))?;
                            // A rank's number is no word for people.
                            let label = value.chars().any(|c| !c.is_ascii_digit()).then_some(value);
                            Draft::of_code(code, label)
                                .ok_or_else(|| format!("「{code}」という区分はありません"))?
                        }
                    }
                };
                Ok(vec![(Key::new(*kind, entry.scenario.as_deref()), draft)])
            }
        }
    }
}

/// A class in the source's own words.
fn words(kind: HazardKind, value: &str) -> Draft {
    match kind {
        HazardKind::SteepSlope | HazardKind::DebrisFlow | HazardKind::Landslide => {
            let designated = !value.contains("指定前");
            match value {
                v if v.contains("特別警戒") => Draft::landslide(true, designated),
                v if v.contains("警戒") => Draft::landslide(false, designated),
                _ => Draft::zone(value),
            }
        }
        HazardKind::FloodDuration | HazardKind::CollapseFlow | HazardKind::CollapseBank => {
            // A number of hours is no depth.
            Draft::of_code(value, Some(value))
                .filter(|draft| !draft.is_depth())
                .unwrap_or_else(|| Draft::zone(value))
        }
        _ => Draft::of_words(value),
    }
}

impl Planned<'_> {
    /// The layer's id, before it is told from others of the same kind: `river-flood-l2-8505020001`.
    pub fn id(&self) -> String {
        let mut id = self.key.kind.code().to_string();
        match self.key.scenario.as_deref() {
            None => {}
            Some(L1) => id.push_str("-l1"),
            Some(L2) => id.push_str("-l2"),
            Some(other) => id = format!("{id}-{}", slug(other)),
        }
        match &self.key.river {
            None => id,
            Some((Some(number), _)) => format!("{id}-{}", slug(number)),
            Some((None, name)) => format!("{id}-{}", slug(name)),
        }
    }

    /// Its title: the town's, or what it is of.
    pub fn title(&self, told: Option<&str>) -> String {
        let own = self.entry.and_then(|entry| entry.title.get("ja").map(String::as_str)).or(told);
        if let (Some(own), None) = (own, &self.key.river) {
            return own.into();
        }
        let name = own.unwrap_or(match self.plan.is_of_zones_alone() {
            true => "災害危険区域",
            false => kind_name(self.key.kind),
        });
        let river = self.key.river.as_ref().map(|(_, name)| name.as_str());
        let parts: Vec<&str> = river.into_iter().chain(self.key.scenario.as_deref()).collect();
        if parts.is_empty() { name.into() } else { format!("{name}（{}）", parts.join("、")) }
    }
}

/// A kind's name, for a title.
fn kind_name(kind: HazardKind) -> &'static str {
    match kind {
        HazardKind::RiverFlood => "洪水浸水想定区域",
        HazardKind::FloodDuration => "浸水継続時間",
        HazardKind::CollapseFlow => "家屋倒壊等氾濫想定区域（氾濫流）",
        HazardKind::CollapseBank => "家屋倒壊等氾濫想定区域（河岸侵食）",
        HazardKind::InlandFlood => "内水浸水想定区域",
        HazardKind::StormSurge => "高潮浸水想定区域",
        HazardKind::Tsunami => "津波浸水想定",
        HazardKind::SteepSlope => "土砂災害警戒区域（急傾斜地の崩壊）",
        HazardKind::DebrisFlow => "土砂災害警戒区域（土石流）",
        HazardKind::Landslide => "土砂災害警戒区域（地滑り）",
        HazardKind::FloodHistory => "浸水実績",
    }
}

/// A name for ids and paths: what is no ASCII word becomes the beginning of its hash, the same every time.
pub(crate) fn slug(text: &str) -> String {
    let plain = text.len() <= 40
        && !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if plain {
        return text.to_ascii_lowercase();
    }
    madoguchi_bundle::encoding::sha256(text.as_bytes()).chars().take(8).collect()
}
