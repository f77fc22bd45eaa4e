//! `madoguchi`: the town's command. One file per subcommand, each a thin layer over the crates.

mod doctor;
mod feeds;
mod init;
mod key;
mod output;
mod publish;
mod refresh;
mod serve;
mod tiles;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// 町の窓口を、町のデータから。 Publishes a town's own files for its residents' phones, and serves them.
#[derive(Parser)]
#[command(name = "madoguchi", version)]
struct Arguments {
    /// Print one JSON value on stdout; everything else goes to stderr.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Init(init::Arguments),
    Publish(publish::Arguments),
    Refresh(refresh::Arguments),
    Serve(serve::Arguments),
    Tiles(tiles::Arguments),
    #[command(subcommand)]
    Key(key::Command),
    Doctor(doctor::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let json = arguments.json;
    let done = match arguments.command {
        Command::Init(arguments) => init::run(&arguments, json),
        Command::Publish(arguments) => publish::run(&arguments, json),
        Command::Refresh(arguments) => refresh::run(&arguments, json),
        Command::Serve(arguments) => serve::run(arguments, json),
        Command::Tiles(arguments) => tiles::run(&arguments, json),
        Command::Key(command) => key::run(&command, json),
        Command::Doctor(arguments) => doctor::run(&arguments, json),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print(json);
            ExitCode::FAILURE
        }
    }
}
