use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Client, ClientError, FetchError, MetadataFetch, MetadataStore, Refusal, Stale, TargetInfo};
use crate::limits;
use crate::metadata::{DelegatedRole, Delegations, Envelope, Metadata, Targets};
use crate::path::quote;

impl<S: MetadataStore> Client<S> {
    /// §5.6.7: searches `path` through the delegations, depth first in their order. A role is fetched when its turn
    /// comes, and checked against the keys of the role that leads to it on this way.
    pub async fn find(
        &mut self,
        fetch: &mut impl MetadataFetch,
        path: &str,
    ) -> Result<TargetInfo, ClientError> {
        let none = || ClientError::NoTarget(path.into());
        let mut name = "targets".to_string();
        let mut targets = self.targets.clone().ok_or_else(none)?;
        let mut visited = BTreeSet::new();
        // Still to be visited, next one last: the role, and the delegations that lead to it.
        let mut waiting: Vec<(DelegatedRole, Arc<Delegations>)> = Vec::new();
        loop {
            if let Some(target) = targets.targets.get(path) {
                return Ok(TargetInfo { path: path.into(), target: target.clone(), role: name });
            }
            if let Some(delegations) = targets.delegations.map(Arc::new) {
                let covering: Vec<&DelegatedRole> =
                    delegations.roles.iter().filter(|r| r.covers(path)).collect();
                let end = covering.iter().position(|role| role.terminating);
                if end.is_some() {
                    waiting.clear();
                }
                let next = covering.into_iter().take(end.map_or(usize::MAX, |end| end + 1));
                let next: Vec<_> = next.map(|role| (role.clone(), Arc::clone(&delegations))).collect();
                waiting.extend(next.into_iter().rev());
            }
            let (role, from) = loop {
                let (role, from) = waiting.pop().ok_or_else(none)?;
                if visited.len() < limits::DELEGATIONS && visited.insert(role.name.clone()) {
                    break (role, from);
                }
            };
            targets = self.load_role(fetch, &role, &from).await?;
            name = role.name;
        }
    }

    /// Loads every department of the town's targets: what a phone does, since it takes all that its town publishes.
    /// Departments do not delegate further.
    ///
    /// One office's broken or forged metadata keeps no other office away: it is named among the failures, and what was
    /// known of that office before stays. Only when files cannot be asked for at all does it end with an error.
    pub async fn load_roles(
        &mut self,
        fetch: &mut impl MetadataFetch,
    ) -> Result<Vec<ClientError>, ClientError> {
        let delegations = self.targets.as_ref().and_then(|t| t.delegations.clone());
        let Some(delegations) = delegations else { return Ok(Vec::new()) };
        let mut failures = Vec::new();
        for role in delegations.roles.iter().take(limits::DELEGATIONS) {
            match self.load_role(fetch, role, &delegations).await {
                Ok(_) => {}
                Err(
                    error @ (ClientError::Store(_) | ClientError::Fetch { error: FetchError::Failed(_), .. }),
                ) => {
                    return Err(error);
                }
                Err(error) => {
                    self.keep_known(role, &delegations)?;
                    failures.push(error);
                }
            }
        }
        Ok(failures)
    }

    /// Takes what is stored of each role, and asks for nothing: for what hangs on files that are listed already.
    pub fn load_stored_roles(&mut self) -> Result<(), ClientError> {
        let delegations = self.targets.as_ref().and_then(|t| t.delegations.clone());
        let Some(delegations) = delegations else { return Ok(()) };
        delegations
            .roles
            .iter()
            .take(limits::DELEGATIONS)
            .try_for_each(|role| self.keep_known(role, &delegations))
    }

    /// What was known of a role before, as long as its present keys vouch for it.
    fn keep_known(&mut self, role: &DelegatedRole, from: &Delegations) -> Result<(), ClientError> {
        let known = self.store.load(&format!("{}.json", quote(&role.name)))?;
        let envelope = known.and_then(|bytes| Envelope::parse(&bytes).ok());
        if let Some(envelope) = envelope.filter(|e| e.verify(&role.role(), &from.keys).is_ok()) {
            self.roles.insert(role.name.clone(), envelope);
        }
        Ok(())
    }

    /// Every target of the town and its departments, each from the first role in order that may speak of it.
    /// Only what has been loaded.
    pub fn targets(&self) -> Vec<TargetInfo> {
        let Some(top) = &self.targets else { return Vec::new() };
        let info = |path: &String, target: &crate::metadata::Target, role: &str| TargetInfo {
            path: path.clone(),
            target: target.clone(),
            role: role.into(),
        };
        let mut all: Vec<TargetInfo> = top.targets.iter().map(|(path, t)| info(path, t, "targets")).collect();
        let mut seen: BTreeSet<String> = all.iter().map(|t| t.path.clone()).collect();
        let Some(delegations) = &top.delegations else { return all };
        for role in &delegations.roles {
            let Some(targets) = self.roles.get(&role.name).and_then(|e| e.read::<Targets>().ok()) else {
                continue;
            };
            for (path, target) in targets.targets.iter().filter(|(path, _)| role.covers(path)) {
                if seen.insert(path.clone()) {
                    all.push(info(path, target, &role.name));
                }
            }
        }
        all
    }

    /// One role's metadata in the version that the snapshot announces, checked against who delegates to it now.
    async fn load_role(
        &mut self,
        fetch: &mut impl MetadataFetch,
        role: &DelegatedRole,
        from: &Delegations,
    ) -> Result<Targets, ClientError> {
        if ["root", "timestamp", "snapshot", "targets"].contains(&role.name.as_str()) {
            return Err(ClientError::refused("targets.json", Refusal::RoleName(role.name.clone())));
        }
        let announced = self.announced(&role.name)?;
        let file = format!("{}.json", quote(&role.name));
        let check = |name: &str, bytes: &[u8]| -> Result<(Envelope, Targets), ClientError> {
            if !announced.fits(bytes) {
                return Err(ClientError::refused(name, Refusal::Hash));
            }
            let refused = |e| ClientError::refused(name, e);
            let envelope = Envelope::parse(bytes).map_err(refused)?;
            envelope.verify(&role.role(), &from.keys).map_err(refused)?;
            let targets: Targets = envelope.read().map_err(refused)?;
            let (found, expected) = (targets.common.version, announced.version);
            if found != expected {
                return Err(ClientError::refused(name, Refusal::Version { found, expected }));
            }
            Ok((envelope, targets))
        };
        let local = self.store.load(&file)?.and_then(|bytes| check(&file, &bytes).ok());
        let (envelope, targets) = match local {
            Some(local) => {
                if let Some(refusal) = self.too_late(local.1.common()) {
                    return Err(ClientError::refused(&file, refusal));
                }
                local
            }
            None => {
                let name = self.versioned(&role.name, announced.version);
                let max = announced.length.map_or(limits::TARGETS, |length| length.min(limits::TARGETS));
                let bytes =
                    fetch.fetch(&name, max).await.map_err(|error| ClientError::fetch(&name, error))?;
                if bytes.len() as u64 > max {
                    return Err(ClientError::fetch(&name, FetchError::TooLarge { max }));
                }
                let new = check(&name, &bytes)?;
                if let Some(refusal) = self.too_late(new.1.common()) {
                    return Err(ClientError::refused(&name, refusal));
                }
                self.store.store(&file, &bytes)?;
                new
            }
        };
        if targets.common.expires <= self.now && !self.stale.iter().any(|s| s.role == role.name) {
            self.stale.push(Stale { role: role.name.clone(), expired_at: targets.common.expires });
        }
        self.roles.insert(role.name.clone(), envelope);
        Ok(targets)
    }
}
