//! `madoguchi publish`: content -> signed bundle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jiff::Timestamp as Instant;
use madoguchi_bundle::key::SigningKey;
use madoguchi_bundle::metadata::{DelegatedRole, Delegations, Extra, Snapshot};
use madoguchi_model::{CollectionKind, Town};
use serde::Serialize;

use crate::content::{TownContent, town_collection};
use crate::error::{PublishError, at};
use crate::keys::{KeyFolder, ONLINE, TARGETS};
use crate::office::Office;
use crate::refresh::{GRACE, seal};
use crate::release::{CollectionChange, Release, Wanted, next, read_attachments};
use crate::report::FileReport;
use crate::repository::Repository;
use crate::settings::Settings;

/// Releases dated ahead that are signed at once; later ones are signed by the publications until then.
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
    /// What became of each file.
    pub files: Vec<FileReport>,
    /// When something dated ahead becomes public.
    pub due: Vec<Instant>,
}

/// Publishes what was read from the town folder `dir` into `out`.
pub fn publish(
    dir: &Path,
    settings: &Settings,
    content: TownContent,
    out: &Path,
    options: &Options,
    now: Instant,
) -> Result<Published, PublishError> {
    let office =
        TownOffice { dir, keys: KeyFolder::of(dir), repository: Repository::at(out), town: settings.town() };
    office.check_place()?;
    let _hold = if options.check { None } else { Some(office.repository.hold()?) };
    let snapshot = office.repository.snapshot()?;
    let mut collections = Vec::new();
    let mut releases = Vec::new();
    let mut due = BTreeSet::new();
    for role in office.roles(options, snapshot.as_ref())? {
        let before = office.repository.role(snapshot.as_ref(), &role)?;
        let wanted = office.wanted(&content, &role, now)?;
        let release = next(&office.repository, &role, &wanted, before.as_ref(), now)?;
        if !options.allow_loss {
            release.check_loss(&office.repository, before.as_ref(), &wanted)?;
        }
        collections.extend(release.changes(&office.repository, before.as_ref(), &wanted));
        due.extend(content.departments.get(&role).map(|d| d.due_after(now)).unwrap_or_default());
        releases.push(release);
    }
    let due: Vec<Instant> = due.into_iter().collect();
    if options.check {
        let version = snapshot.map_or(0, |snapshot| snapshot.common.version);
        return Ok(Published { version, collections, files: content.files, due });
    }
    // All keys are there before anything is written.
    let online = office.keys.load(ONLINE)?;
    let signers: Vec<SigningKey> =
        releases.iter().map(|release| office.keys.load(&release.role)).collect::<Result<_, _>>()?;
    let mut changed = BTreeMap::new();
    for (release, key) in releases.iter().zip(&signers) {
        // After a rotation the same content needs the new key's signature.
        if release.is_new || !office.repository.is_signed_by(snapshot.as_ref(), &release.role, key) {
            release.write(&office.repository, key)?;
            changed.insert(release.role.clone(), release.targets.common.version);
        }
        office.lay_down_due(&content, release, key, now)?;
    }
    office.publish_roots()?;
    Office::of(&office.repository).keep_online_key(&online)?;
    let (version, _) = seal(&office.repository, &online, &changed, now)?;
    office.repository.clear_away(GRACE)?;
    Ok(Published { version, collections, files: content.files, due })
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
        let public = self.repository.public();
        let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.into());
        let (dir, out) = (absolute(self.dir), absolute(public));
        if dir.starts_with(&out) || out.starts_with(&dir) {
            return Err(PublishError::Refused(
                "--out must not be the town's folder or lie in it: the town's folder holds keys".into(),
            ));
        }
        Ok(())
    }

    /// The roles to publish: all, or the one asked for. A department publishes alone once the town has published it.
    fn roles(&self, options: &Options, snapshot: Option<&Snapshot>) -> Result<Vec<String>, PublishError> {
        let Some(role) = &options.role else {
            // A department whose key was revoked says nothing, and nothing it said stays.
            let departments =
                self.town.departments.iter().map(|d| d.id.clone()).filter(|id| !self.keys.is_revoked(id));
            return Ok(std::iter::once(TARGETS.into()).chain(departments).collect());
        };
        let known = self.town.departments.iter().any(|department| &department.id == role);
        let top = self.repository.role(snapshot, TARGETS)?;
        let key = self.keys.load(role).map(|key| key.public().id());
        let delegated = top.and_then(|top| top.delegations).is_some_and(|delegations| {
            delegations
                .roles
                .iter()
                .any(|r| &r.name == role && key.as_ref().is_ok_and(|key| r.keyids.contains(key)))
        });
        match (known, delegated) {
            (true, true) => Ok(vec![role.clone()]),
            (true, false) => {
                key?;
                Err(PublishError::Refused(format!(
                    "the town has not published department {role:?} with its present key yet: publish once without --role"
                )))
            }
            (false, _) => Err(PublishError::Refused(format!("town.toml has no department {role:?}"))),
        }
    }

    /// What a role is to publish at `at`.
    fn wanted(&self, content: &TownContent, role: &str, at: Instant) -> Result<Wanted, PublishError> {
        if role == TARGETS {
            let collections =
                BTreeMap::from([(CollectionKind::Town.target_path("targets"), town_collection(&self.town)?)]);
            return Ok(Wanted { collections, delegations: Some(self.delegations()?), ..Wanted::default() });
        }
        let Some(department) = content.departments.get(role) else { return Ok(Wanted::default()) };
        let collections = department.collections(&self.town.code, role, at)?;
        Ok(Wanted {
            collections: collections
                .into_iter()
                .map(|(kind, built)| (kind.target_path(role), built))
                .collect(),
            attachments: read_attachments(self.dir, &department.attachments_at(at))?,
            delegations: None,
        })
    }

    /// Which department may sign what: its own collections and files, alerts only with the right to.
    fn delegations(&self) -> Result<Delegations, PublishError> {
        let mut keys = BTreeMap::new();
        let mut roles = Vec::new();
        for department in &self.town.departments {
            let id = &department.id;
            if self.keys.is_revoked(id) {
                continue;
            }
            if !self.keys.has(id) {
                return Err(PublishError::Refused(format!(
                    "department {id:?} has no key yet: madoguchi key add-department {} {id}",
                    self.dir.display()
                )));
            }
            let key = self.keys.load(id)?.public();
            let kinds = CollectionKind::ALL.iter().filter(|kind| match kind {
                CollectionKind::Town => false,
                CollectionKind::Alerts => department.alerts,
                _ => true,
            });
            let mut paths: Vec<String> = kinds.map(|kind| kind.target_path(id)).collect();
            paths.push(format!("files/{id}/*"));
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

    /// Signs what is dated ahead and lays it down for the server, which has no department's key.
    fn lay_down_due(
        &self,
        content: &TownContent,
        now_public: &Release,
        key: &SigningKey,
        now: Instant,
    ) -> Result<(), PublishError> {
        let office = Office::of(&self.repository);
        let role = &now_public.role;
        office.clear_due(role)?;
        let due = content.departments.get(role).map(|d| d.due_after(now)).unwrap_or_default();
        for at in due.into_iter().take(DUE_AT_ONCE) {
            let wanted = self.wanted(content, role, at)?;
            let release = next(&self.repository, role, &wanted, Some(&now_public.targets), at)?;
            release.lay_down(&office.due_dir(role, at), key)?;
        }
        Ok(())
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
