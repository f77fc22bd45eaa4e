//! Writes the interface's types in TypeScript to `ui/src/ipc/bindings.ts`.

use std::io;

use madoguchi_resident::api::bindings;

fn main() -> io::Result<()> {
    let path = bindings::path();
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, bindings::typescript())
}
