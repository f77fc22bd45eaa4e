//! Serves one public folder: `serve_dir FOLDER [ADDRESS]`. For trying the server out and for measuring it.

use std::error::Error;

use madoguchi_server::{Config, Server, TownSite};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let public = arguments.next().ok_or("which folder?")?.into();
    let listen = arguments.next().unwrap_or_else(|| "127.0.0.1:8787".into()).parse()?;
    let server = Server::bind(Config::new(listen, vec![TownSite { code: None, public }])).await?;
    eprintln!("http://{}/", server.local_addr());
    server.run(async { tokio::signal::ctrl_c().await.unwrap_or_default() }).await;
    Ok(())
}
