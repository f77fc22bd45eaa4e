//! `madoguchi publish`: content -> signed bundle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jiff::Timestamp as Instant;
use madoguchi_bundle::key::SigningKey;
use madoguchi_bundle::metadata::{DelegatedRole, Delegations, Extra, Snapshot, Targets};
use madoguchi_model::{CollectionKind, Town};
use serde::Serialize;

use crate::content::{TownContent, town_collection};
use crate::error::{PublishError, at};
use crate::keys::{KeyFolder, ONLINE, TARGETS};
use crate::office::Office;
use crate::place::resolve;
use crate::refresh::{GRACE, seal};
use crate::release::{CollectionChange, PackChange, Release, Wanted, check_loss, next, read_attachments};
use crate::report::FileReport;
use crate::repository::Repository;
use crate::settings::Settings;

/// Moments ahead for which a department's releases are signed at once; later ones wait for a publication nearer to them.
const DUE_AT_ONCE: usize = 40;

/// What is asked of `publish`.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Only this department.
    pub role: Option<String>,
    /// Only say what would change.
    pub check: bool,
    /// Losing more than a tenth of a collection is meant.
    pub allow_loss: bool,
}

/// What `publish` did, or would do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Published {
    /// The snapshot's version; with `--check`, the one that is public now.
    pub version: u64,
    /// The collections and what changed in them.
    pub collections: Vec<CollectionChange>,
    /// The packs and what changed in them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub packs: Vec<PackChange>,
    /// What became of each file.
    pub files: Vec<FileReport>,
    /// When something dated ahead becomes public by itself.
    pub due: Vec<Instant>,
    /// How many moments lie too far ahead to be signed yet: publish again before they come.
    #[serde(skip_serializing_if = "is_zero")]
    pub due_later: usize,
    /// Departments whose key is not here: what they published stays as it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub untouched: Vec<String>,
}

fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// Publishes the town folder `dir` into `out`. The folder is read, and the time taken, once nobody else works on `out`:
/// of two that publish at once, the later one sees all that the earlier one saw.
pub fn publish(
    dir: &Path,
    settings: &Settings,
    read: impl FnOnce() -> Result<TownContent, PublishError>,
    out: &Path,
    options: &Options,
    clock: impl FnOnce() -> Instant,
) -> Result<Published, PublishError> {
    let office =
        TownOffice { dir, keys: KeyFolder::of(dir), repository: Repository::at(out)?, town: settings.town() };
    office.check_place()?;
    let _hold = if options.check { None } else { Some(office.repository.hold()?) };
    let content = read()?;
    let now = clock();
    let snapshot = office.repository.snapshot()?;
    let public = office.repository.role(snapshot.as_ref(), TARGETS)?;
    office.check_trust(options, snapshot.as_ref())?;
    let (roles, untouched) = office.roles(options, public.as_ref())?;
    if !options.allow_loss && options.role.is_none() {
        office.check_gone(snapshot.as_ref(), public.as_ref())?;
    }
    let mut plans = Vec::new();
    let mut collections = Vec::new();
    let mut packs = Vec::new();
    for role in roles {
        let before = office.repository.role(snapshot.as_ref(), &role)?;
        let wanted = office.wanted(&content, &role, public.as_ref(), now)?;
        if options.role.is_some() {
            may_sign(public.as_ref(), &role, &wanted)?;
        }
        let release = next(&office.repository, &role, &wanted, before.as_ref(), now)?;
        if !options.allow_loss {
            check_loss(&office.repository, before.as_ref(), &wanted)?;
        }
        collections.extend(release.changes(&office.repository, before.as_ref(), &wanted));
        packs.extend(release.pack_changes(before.as_ref()));
        plans.push((release, wanted));
    }
    let due_of = |role: &str| content.departments.get(role).map(|d| d.due_after(now)).unwrap_or_default();
    let all_due: Vec<Vec<Instant>> = plans.iter().map(|(release, _)| due_of(&release.role)).collect();
    let due: BTreeSet<Instant> =
        all_due.iter().flat_map(|due| due.iter().take(DUE_AT_ONCE).copied()).collect();
    let due_later = all_due.iter().map(|due| due.len().saturating_sub(DUE_AT_ONCE)).sum();
    let mut published = Published {
        version: snapshot.as_ref().map_or(0, |snapshot| snapshot.common.version),
        collections,
        packs,
        files: content.files.clone(),
        due: due.into_iter().collect(),
        due_later,
        untouched,
    };
    if options.check {
        return Ok(published);
    }
    // All keys are there before anything is written.
    let online = office.keys.load(ONLINE)?;
    let signers: Vec<SigningKey> =
        plans.iter().map(|(release, _)| office.keys.load(&release.role)).collect::<Result<_, _>>()?;
    let mut changed = BTreeMap::new();
    for ((release, wanted), key) in plans.iter().zip(&signers) {
        // After a rotation the same content needs the new key's signature.
        if release.is_new || !office.repository.is_signed_by(snapshot.as_ref(), &release.role, key) {
            release.write(&office.repository, key)?;
            changed.insert(release.role.clone(), release.targets.common.version);
        }
        office.lay_down_due(&content, release, wanted, key, now)?;
    }
    office.publish_roots()?;
    Office::of(&office.repository).keep_online_key(&online)?;
    (published.version, _) = seal(&office.repository, &online, &changed, now)?;
    office.repository.clear_away(GRACE)?;
    Ok(published)
}

/// A department that publishes alone signs what the town let it sign when it was published as a whole; what phones would
/// not take is not signed.
fn may_sign(public: Option<&Targets>, role: &str, wanted: &Wanted) -> Result<(), PublishError> {
    let Some(trusted) = delegated(public, role).filter(|role| role.paths.is_some()) else { return Ok(()) };
    let all = wanted.collections.keys().chain(wanted.packs.keys());
    match all.into_iter().find(|path| !trusted.covers(path)) {
        None => Ok(()),
        Some(path) => Err(PublishError::Refused(format!(
            "the town has not let department {role:?} publish {path} yet: publish once without --role"
        ))),
    }
}

/// A town's folder and its public folder.
struct TownOffice<'a> {
    dir: &'a Path,
    keys: KeyFolder,
    repository: Repository,
    town: Town,
}

impl TownOffice<'_> {
    /// The public folder is served: nothing of the town's own may lie in it, and it must not be read as a town's file.
    fn check_place(&self) -> Result<(), PublishError> {
        let dir = resolve(self.dir).map_err(at(self.dir))?;
        let out = self.repository.public();
        if dir.starts_with(out) || out.starts_with(&dir) {
            return Err(PublishError::Refused(
                "--out must not be the town's folder or lie in it: the town's folder holds keys".into(),
            ));
        }
        Ok(())
    }

    /// Whether what would be signed is what phones will accept: the keys here are those that the newest root names, and
    /// the roots here continue those that are public. Checked before anything is written.
    fn check_trust(&self, options: &Options, snapshot: Option<&Snapshot>) -> Result<(), PublishError> {
        let refused = |why: String| Err(PublishError::Refused(why));
        let roots = self.keys.roots()?;
        for (version, bytes) in &roots {
            if self.repository.root(*version).is_some_and(|public| public != *bytes) {
                return refused(format!(
                    "{} holds another town's trust, or this town's from before it was set up anew (root {version} differs)",
                    self.repository.public().display()
                ));
            }
        }
        let newest = roots.last().map_or(0, |(version, _)| *version);
        if self.repository.newest_root() > newest {
            return refused(format!(
                "the public folder has root {}, this town folder only {newest}: it is an older copy, fetch the current one",
                self.repository.newest_root()
            ));
        }
        let root = self.keys.root()?;
        let mut needed = vec![(ONLINE, "timestamp")];
        if options.role.is_none() {
            needed.push((TARGETS, TARGETS));
        }
        for (key, role) in needed {
            if !root.role(role).keyids.contains(&self.keys.load(key)?.public().id()) {
                return refused(format!(
                    "keys/{key}.json is not the key that the newest root names: madoguchi key rotate {} {key}",
                    self.dir.display()
                ));
            }
        }
        let by_newest = root.role(TARGETS).keyids;
        let signed = |id: &String| self.repository.is_signed_by_id(snapshot, TARGETS, id);
        if options.role.is_some() && snapshot.is_some() && !by_newest.iter().any(signed) {
            return refused("the key targets was changed: publish once without --role first".into());
        }
        Ok(())
    }

    /// The roles to publish, and those that stay as they are because their key is elsewhere. A department publishes
    /// alone once the town has published it.
    fn roles(
        &self,
        options: &Options,
        public: Option<&Targets>,
    ) -> Result<(Vec<String>, Vec<String>), PublishError> {
        let Some(role) = &options.role else {
            // A department whose key was revoked says nothing, and nothing it said stays.
            let departments = self.town.departments.iter().map(|d| d.id.clone());
            let (here, elsewhere) = departments
                .filter(|id| !self.keys.is_revoked(id))
                .partition::<Vec<_>, _>(|id| self.keys.has(id));
            return Ok((std::iter::once(TARGETS.into()).chain(here).collect(), elsewhere));
        };
        if !self.town.departments.iter().any(|department| &department.id == role) {
            return Err(PublishError::Refused(format!("town.toml has no department {role:?}")));
        }
        let key = self.keys.load(role)?.public().id();
        if !delegated(public, role).is_some_and(|r| r.keyids.contains(&key)) {
            return Err(PublishError::Refused(format!(
                "the town has not published department {role:?} with its present key yet: publish once without --role"
            )));
        }
        Ok((vec![role.clone()], Vec::new()))
    }

    /// A department that is public and no longer in `town.toml` takes all it said along: that is a loss like any other.
    fn check_gone(&self, snapshot: Option<&Snapshot>, public: Option<&Targets>) -> Result<(), PublishError> {
        let delegations = public.and_then(|public| public.delegations.as_ref());
        for role in delegations.iter().flat_map(|delegations| &delegations.roles) {
            let known = self.town.departments.iter().any(|department| department.id == role.name);
            if !known && !self.keys.is_revoked(&role.name) {
                let before = self.repository.role(snapshot, &role.name)?;
                check_loss(&self.repository, before.as_ref(), &Wanted::default())?;
            }
        }
        Ok(())
    }

    /// What a role is to publish at `at`.
    fn wanted(
        &self,
        content: &TownContent,
        role: &str,
        public: Option<&Targets>,
        at: Instant,
    ) -> Result<Wanted, PublishError> {
        if role == TARGETS {
            let town = (CollectionKind::Town.target_path(TARGETS), town_collection(&self.town)?);
            let delegations = Some(self.delegations(public)?);
            return Ok(Wanted { collections: BTreeMap::from([town]), delegations, ..Wanted::default() });
        }
        let Some(department) = content.departments.get(role) else { return Ok(Wanted::default()) };
        let collections = department.collections(&self.town.code, role, at)?;
        Ok(Wanted {
            collections: collections
                .into_iter()
                .map(|(kind, built)| (kind.target_path(role), built))
                .collect(),
            packs: department.packs.clone(),
            attachments: read_attachments(self.dir, &department.attachments_at(at))?,
            ..Wanted::default()
        })
    }

    /// Which department may sign what: its own collections and files, alerts only with the right to. The key of a
    /// department that signs on its own machine is the one that is public already.
    fn delegations(&self, public: Option<&Targets>) -> Result<Delegations, PublishError> {
        let mut keys = BTreeMap::new();
        let mut roles = Vec::new();
        for department in self.town.departments.iter().filter(|d| !self.keys.is_revoked(&d.id)) {
            let id = &department.id;
            let known = delegated(public, id).and_then(|role| role.keyids.first());
            let known = known.and_then(|id| public?.delegations.as_ref()?.keys.get(id));
            let key = match (self.keys.has(id), known) {
                (true, _) => self.keys.load(id)?.public(),
                (false, Some(known)) => known.clone(),
                (false, None) => {
                    return Err(PublishError::Refused(format!(
                        "department {id:?} has no key yet: madoguchi key rotate {} {id}",
                        self.dir.display()
                    )));
                }
            };
            let kinds = CollectionKind::ALL.iter().filter(|kind| match kind {
                CollectionKind::Town => false,
                CollectionKind::Alerts => department.alerts,
                _ => true,
            });
            let mut paths: Vec<String> = kinds.map(|kind| kind.target_path(id)).collect();
            paths.push(format!("files/{id}/*"));
            paths.push(format!("packs/{id}/*"));
            roles.push(DelegatedRole {
                name: id.clone(),
                keyids: vec![key.id()],
                threshold: 1,
                terminating: true,
                paths: Some(paths),
                path_hash_prefixes: None,
                extra: Extra::new(),
            });
            keys.insert(key.id(), key);
        }
        Ok(Delegations { keys, roles, extra: Extra::new() })
    }

    /// Signs what is dated ahead and lays it down for the server, which has no department's key. What was laid down
    /// before stays until all of it is there.
    fn lay_down_due(
        &self,
        content: &TownContent,
        now_public: &Release,
        wanted: &Wanted,
        key: &SigningKey,
        now: Instant,
    ) -> Result<(), PublishError> {
        let office = Office::of(&self.repository);
        let role = &now_public.role;
        let due = content.departments.get(role).map(|d| d.due_after(now)).unwrap_or_default();
        let mut before = wanted.collections.clone();
        office.begin_due(role)?;
        for (step, at) in (1..).zip(due.into_iter().take(DUE_AT_ONCE)) {
            let mut wanted = self.wanted(content, role, None, at)?;
            wanted.earlier = before.iter().map(|(path, built)| (path.clone(), built.raw.clone())).collect();
            let mut release = next(&self.repository, role, &wanted, Some(&now_public.targets), at)?;
            // Each is newer than the one before it, whatever the clock said when that was published.
            let common = &mut release.targets.common;
            common.version = common.version.max(now_public.targets.common.version + step);
            release.lay_down(&self.repository, &office.new_due_dir(role, at), key)?;
            before = wanted.collections;
        }
        office.finish_due(role)
    }

    fn publish_roots(&self) -> Result<(), PublishError> {
        let public = self.repository.public();
        let roots = self.keys.roots()?;
        for (version, bytes) in &roots {
            let path = public.join("metadata").join(format!("{version}.root.json"));
            if fs::read(&path).ok().as_ref() != Some(bytes) {
                crate::atomic::write(&path, bytes).map_err(at(&path))?;
            }
        }
        if let Some((_, newest)) = roots.last() {
            for path in [public.join("metadata/root.json"), public.join("root.json")] {
                if fs::read(&path).ok().as_ref() != Some(newest) {
                    crate::atomic::write(&path, newest).map_err(at(&path))?;
                }
            }
        }
        Ok(())
    }
}

fn delegated<'t>(public: Option<&'t Targets>, role: &str) -> Option<&'t DelegatedRole> {
    public?.delegations.as_ref()?.roles.iter().find(|r| r.name == role)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use madoguchi_bundle::metadata::Common;

    use super::*;

    #[test]
    fn a_department_alone_signs_only_what_the_published_town_lets_it_sign() {
        let town = |paths: &[&str]| {
            let role = DelegatedRole {
                name: "bosai".into(),
                keyids: Vec::new(),
                threshold: 1,
                terminating: true,
                paths: Some(paths.iter().map(|path| (*path).to_string()).collect()),
                path_hash_prefixes: None,
                extra: Extra::new(),
            };
            let delegations =
                Some(Delegations { keys: BTreeMap::new(), roles: vec![role], extra: Extra::new() });
            let common = Common::new("targets", 1, Instant::UNIX_EPOCH + SignedDuration::from_hours(1));
            Targets { common, targets: BTreeMap::new(), delegations, extra: Extra::new() }
        };
        let packs = BTreeMap::from([("packs/bosai/roads.zst".to_string(), Vec::new())]);
        let wanted = Wanted { packs, ..Wanted::default() };
        let refused = |town: &Targets| may_sign(Some(town), "bosai", &wanted).is_err();
        // A town that was published before there were packs.
        assert!(refused(&town(&["notices/bosai.jsonl.zst", "files/bosai/*"])));
        assert!(refused(&town(&["packs/koho/*"])));
        assert!(!refused(&town(&["packs/bosai/*"])));
    }
}
