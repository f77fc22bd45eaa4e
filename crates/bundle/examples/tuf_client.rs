//! A strict TUF client that speaks the protocol of theupdateframework/tuf-conformance: expired metadata is a failure.
//! Trusted metadata lies in `--metadata-dir` under unversioned names; only what passed all checks comes there.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use madoguchi_bundle::client::{Client, Expiry, FetchError, MetadataFetch, MetadataStore, StoreError};
use madoguchi_bundle::limits;
use madoguchi_bundle::path::{quote, quote_path};

#[derive(Parser)]
struct Arguments {
    #[arg(long, global = true, default_value = ".")]
    metadata_dir: PathBuf,
    #[arg(long, global = true)]
    metadata_url: Option<String>,
    #[arg(long, global = true)]
    target_name: Vec<String>,
    #[arg(long, global = true)]
    target_base_url: Option<String>,
    #[arg(long, global = true)]
    target_dir: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Stores the trusted root.
    Init { root: PathBuf },
    /// Brings the metadata up to date.
    Refresh,
    /// Fetches the targets named.
    Download,
}

struct Folder(PathBuf);

impl MetadataStore for Folder {
    fn load(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match fs::read(self.0.join(name)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(StoreError(e.to_string())),
        }
    }

    fn store(&mut self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        replace(&self.0.join(name), bytes).map_err(|e| StoreError(e.to_string()))
    }

    fn remove(&mut self, name: &str) -> Result<(), StoreError> {
        match fs::remove_file(self.0.join(name)) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(StoreError(e.to_string())),
            _ => Ok(()),
        }
    }
}

fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let new = path.with_extension("new");
    fs::write(&new, bytes)?;
    fs::rename(new, path)
}

struct Http {
    agent: ureq::Agent,
    base: String,
}

impl Http {
    fn new(base: &str) -> Self {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        Http { agent, base: base.trim_end_matches('/').into() }
    }

    fn get(&self, path: &str, max: u64) -> Result<Vec<u8>, FetchError> {
        let failed = |e: ureq::Error| match e {
            ureq::Error::BodyExceedsLimit(_) => FetchError::TooLarge { max },
            e => FetchError::Failed(e.to_string()),
        };
        let mut response = self.agent.get(format!("{}/{path}", self.base)).call().map_err(failed)?;
        match response.status().as_u16() {
            200 => response.body_mut().with_config().limit(max + 1).read_to_vec().map_err(failed),
            403 | 404 => Err(FetchError::NotFound),
            status => Err(FetchError::Failed(format!("HTTP {status}"))),
        }
    }
}

impl MetadataFetch for Http {
    async fn fetch(&mut self, name: &str, max: u64) -> Result<Vec<u8>, FetchError> {
        self.get(name, max)
    }
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tuf_client: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let mut store = Folder(arguments.metadata_dir.clone());
    if let Command::Init { root } = &arguments.command {
        fs::create_dir_all(&arguments.metadata_dir)?;
        return Ok(store.store("root.json", &fs::read(root)?)?);
    }
    let mut metadata = Http::new(arguments.metadata_url.as_deref().ok_or("--metadata-url is needed")?);
    let mut client = Client::open(store, jiff::Timestamp::now(), Expiry::Strict)?;
    pollster::block_on(client.refresh(&mut metadata))?;
    if matches!(arguments.command, Command::Download) {
        let targets = Http::new(arguments.target_base_url.as_deref().ok_or("--target-base-url is needed")?);
        let folder = arguments.target_dir.as_deref().ok_or("--target-dir is needed")?;
        for name in &arguments.target_name {
            let info = pollster::block_on(client.find(&mut metadata, name))?;
            // The same target always lands under the same name, which cannot leave the folder.
            let file = folder.join(quote(name));
            if fs::read(&file).is_ok_and(|cached| info.target.fits(&cached)) {
                continue;
            }
            let location = info.location(client.root().consistent_snapshot);
            let max = info.target.length.min(limits::COLLECTION_COMPRESSED);
            let bytes = targets.get(&quote_path(&location), max)?;
            if !info.target.fits(&bytes) {
                return Err(format!("{name}: not the file that was announced").into());
            }
            replace(&file, &bytes)?;
        }
    }
    Ok(())
}
