use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use jiff::Timestamp;
use madoguchi_model::TownCode;
use madoguchi_publisher::refresh::refresh;
use madoguchi_server::{Config, Server, TownSite};

use crate::output::{Failure, line};

/// How often timestamps are signed anew. Phones believe an alert for an hour after the signature: several tries fit in.
const TICK: Duration = Duration::from_secs(600);

/// Serve bundles to phones, sign timestamps on schedule, release what is due.
#[derive(Args)]
pub struct Arguments {
    /// The public folder of a town.
    #[arg(long)]
    public: Option<PathBuf>,
    /// The folder of what residents hand in; made when it is missing.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// More towns, each as CODE=PUBLIC.
    #[arg(long, value_name = "CODE=PUBLIC", value_parser = town)]
    town: Vec<(TownCode, PathBuf)>,
    /// Leave signing to `madoguchi refresh`: this machine has no online key.
    #[arg(long)]
    no_refresh: bool,
}

fn town(text: &str) -> Result<(TownCode, PathBuf), String> {
    let (code, public) = text.split_once('=').ok_or("CODE=PUBLIC")?;
    Ok((code.parse().map_err(|error| format!("{error}"))?, public.into()))
}

pub fn run(arguments: Arguments, json: bool) -> Result<(), Failure> {
    let Arguments { public, data, listen, town, no_refresh } = arguments;
    let mut towns: Vec<TownSite> =
        town.into_iter().map(|(code, public)| TownSite { code: Some(code), public }).collect();
    if let Some(public) = public {
        towns.insert(0, TownSite { code: code_of(&public), public });
    }
    if let Some(data) = &data {
        std::fs::create_dir_all(data)
            .map_err(|error| Failure::new("file", format!("{}: {error}", data.display())))?;
    }
    let mut config = Config::new(listen, towns.clone());
    if !no_refresh {
        config.tick = Some((TICK, Arc::new(move || refresh_all(&towns))));
    }
    let runtime = tokio::runtime::Runtime::new().map_err(|error| Failure::new("runtime", error))?;
    runtime.block_on(async {
        let server = Server::bind(config).await.map_err(|error| Failure::new("serve", error))?;
        let url = format!("http://{}", server.local_addr());
        line(&if json {
            serde_json::json!({"listening": url}).to_string()
        } else {
            format!("受け付けています: {url}")
        });
        server.run(stop()).await;
        Ok(())
    })
}

/// The town's code, as its root says.
fn code_of(public: &Path) -> Option<TownCode> {
    let bytes = std::fs::read(public.join("root.json")).ok()?;
    let root: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
    root.get("signed")?.get("x-madoguchi-town")?.as_str()?.parse().ok()
}

/// A town that cannot be signed must not keep the others from it.
fn refresh_all(towns: &[TownSite]) {
    for town in towns {
        match refresh(&town.public, Timestamp::now()) {
            Ok(done) => {
                done.failed.iter().for_each(|why| eprintln!("madoguchi: {}: {why}", town.public.display()))
            }
            Err(error) => eprintln!("madoguchi: {}: {error}", town.public.display()),
        }
    }
}

/// Resolves when the operator, or the system, wants the server to stop.
async fn stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        if let Ok(mut terminate) = terminate {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
