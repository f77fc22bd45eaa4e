//! Where a folder really is, before it is made.

use std::io;
use std::path::{Component, Path, PathBuf};

/// The absolute path of `path` without links, `.` and `..`, also when its last parts do not exist yet. Two paths lie in
/// one another exactly when these do.
pub fn resolve(path: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    let mut resolved = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => {
                resolved.pop();
            }
            Component::CurDir => {}
            part => {
                resolved.push(part);
                // A link leads on from where it points; what does not exist is none.
                if let Ok(real) = std::fs::canonicalize(&resolved) {
                    resolved = real;
                }
            }
        }
    }
    Ok(resolved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_exist_yet_is_resolved_from_what_does() {
        let temp = tempfile::tempdir().unwrap();
        let real = std::fs::canonicalize(temp.path()).unwrap();
        std::fs::create_dir(real.join("town")).unwrap();
        assert_eq!(resolve(&temp.path().join("town/../public/new")).unwrap(), real.join("public/new"));
        assert_eq!(resolve(&temp.path().join("./town/.")).unwrap(), real.join("town"));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(real.join("town"), real.join("link")).unwrap();
            assert_eq!(resolve(&real.join("link/keys")).unwrap(), real.join("town/keys"));
        }
    }
}
