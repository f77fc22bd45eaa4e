use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use madoguchi_model::{Hazard, Position, Segment, TownCode, UnknownSegment};

use crate::commands::Programs;

/// まどぐち: the resident's app without a screen.
#[derive(Debug, Parser)]
#[command(name = "resident", version)]
pub struct Args {
    /// Folder in which the phone keeps everything
    #[arg(long, global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// Print one JSON value
    #[arg(long, global = true)]
    pub json: bool,
    /// Which town is meant, by code; without it the one in use
    #[arg(long = "town", global = true, value_name = "CODE")]
    pub towns: Vec<TownArg>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Trust a town's root, and fetch its content
    Join {
        /// Where the town's bundle lies
        url: String,
        /// The town's root
        #[arg(long, value_name = "ROOT.json")]
        root: PathBuf,
    },
    /// Fetch what is new
    Sync,
    /// Show or choose the segments that are listed
    Segments {
        #[command(subcommand)]
        set: Option<Set>,
    },
    /// List notices, newest first
    Notices(Notices),
    /// Show a notice
    Notice {
        id: String,
        /// In this language (ja-easy, en, …)
        #[arg(long)]
        lang: Option<String>,
    },
    /// Mark a notice
    Mark { id: String, marking: MarkArg },
    /// Get a file of a notice
    Attachment {
        notice: String,
        path: String,
        /// Where to write it
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// List the alerts that hold now
    Alerts,
    /// Show a place
    Place { id: String },
    /// List places
    Places(Places),
    /// What can happen at a point, and where to go
    Hazard(HazardArgs),
    /// List events
    Events(Events),
    /// What is collected when; without AREA the districts
    Garbage(Garbage),
    /// Which benefits are a household's
    Programs {
        #[command(subcommand)]
        wanted: Programs,
    },
    /// Serve the app's screen to a browser on this machine
    #[cfg(feature = "serve-ui")]
    ServeUi(ServeUi),
    /// List the towns that were joined
    Towns,
    /// Make a town the one that is meant
    Use { code: TownCode },
    /// Leave a town
    Leave { code: TownCode },
}

impl Args {
    /// The town that is meant, where a command has one.
    pub fn town(&self) -> Option<&TownCode> {
        match self.towns.as_slice() {
            [] => None,
            [TownArg::Code(code)] => Some(code),
            _ => misused("--town takes one town here, by its code"),
        }
    }
}

/// A town, by code or by name.
#[derive(Debug, Clone)]
pub enum TownArg {
    /// 222127
    Code(TownCode),
    /// 静岡県/焼津市, or 静岡県/焼津市=DIR with the folder of its own rule files
    Place { prefecture: String, town: String, rules: Option<PathBuf> },
}

impl std::str::FromStr for TownArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((prefecture, rest)) = text.split_once(['/', '／']) else {
            return text.parse().map(TownArg::Code).map_err(|e| format!("{e}"));
        };
        let (town, rules) = rest.split_once('=').map_or((rest, None), |(town, dir)| (town, Some(dir)));
        let (prefecture, town) = (prefecture.trim(), town.trim());
        if prefecture.is_empty() || town.is_empty() || rules.is_some_and(str::is_empty) {
            return Err("a prefecture and a town, such as 静岡県/焼津市 or 静岡県/焼津市=DIR".into());
        }
        Ok(TownArg::Place {
            prefecture: prefecture.into(),
            town: town.into(),
            rules: rules.map(PathBuf::from),
        })
    }
}

#[derive(Debug, Subcommand)]
pub enum Set {
    /// Choose these segments; none for all
    Set {
        #[arg(value_parser = segment)]
        segments: Vec<Segment>,
    },
}

#[derive(Debug, clap::Args)]
pub struct Notices {
    /// Filed under this segment, by code or Japanese name; may be given several times
    #[arg(long = "segment", value_name = "S", value_parser = segment)]
    pub segments: Vec<Segment>,
    /// Not yet read
    #[arg(long)]
    pub unread: bool,
    /// Put by
    #[arg(long)]
    pub saved: bool,
    /// With all of these words
    #[arg(long, value_name = "Q")]
    pub search: Option<String>,
    /// Left out by the chosen segments
    #[arg(long)]
    pub hidden: bool,
    /// Expired ones too
    #[arg(long)]
    pub all: bool,
    #[arg(long, default_value_t = 50, value_name = "N")]
    pub limit: usize,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum MarkArg {
    Read,
    Unread,
    Saved,
    Unsaved,
}

#[derive(Debug, clap::Args)]
pub struct Places {
    /// Of this kind, by code or Japanese name
    #[arg(long, value_name = "K")]
    pub kind: Option<String>,
    /// Nearest to here first
    #[arg(long, value_name = "LAT,LON", value_parser = position, allow_hyphen_values = true)]
    pub near: Option<Position>,
    /// With all of these words
    #[arg(long, value_name = "Q")]
    pub search: Option<String>,
    #[arg(long, default_value_t = 50, value_name = "N")]
    pub limit: usize,
}

#[derive(Debug, clap::Args)]
pub struct HazardArgs {
    /// The point
    #[arg(long, value_name = "LAT,LON", value_parser = position, allow_hyphen_values = true)]
    pub at: Position,
    /// What one flees from (flood, inland-flood, landslide, storm-surge, tsunami, earthquake, fire, volcano); without it the first
    /// danger in whose zone the point lies
    #[arg(long = "from", value_name = "DANGER", value_parser = danger)]
    pub danger: Option<Hazard>,
    /// At most so many sites
    #[arg(long, default_value_t = 5, value_name = "N")]
    pub limit: usize,
}

fn danger(text: &str) -> Result<Hazard, String> {
    let named = Hazard::ALL.iter().find(|(_, name)| *name == text).map(|(hazard, _)| *hazard);
    let read = || serde_json::from_value(serde_json::Value::String(text.into())).ok();
    named.or_else(read).ok_or_else(|| format!("no danger {text:?}"))
}

#[derive(Debug, clap::Args)]
pub struct Events {
    /// With all of these words
    #[arg(long, value_name = "Q")]
    pub search: Option<String>,
    /// On this day or later
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// On this day or earlier
    #[arg(long, value_name = "DATE")]
    pub to: Option<Date>,
}

#[derive(Debug, clap::Args)]
pub struct Garbage {
    /// District, by id or name
    pub area: Option<String>,
    /// From this day on; today without it
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// For so many days
    #[arg(long, default_value_t = 14, value_name = "N")]
    pub days: u16,
    /// How to throw this away
    #[arg(long, value_name = "Q", conflicts_with = "area")]
    pub item: Option<String>,
}

#[cfg(feature = "serve-ui")]
#[derive(Debug, clap::Args)]
pub struct ServeUi {
    /// Where to listen: an address of this machine's own
    #[arg(long, default_value = "127.0.0.1:0", value_name = "ADDRESS")]
    pub listen: std::net::SocketAddr,
    /// The built screen
    #[arg(long, default_value = "ui/dist", value_name = "DIR")]
    pub dist: PathBuf,
    /// Where tiles of the country's map are asked for, in place of the survey's own server
    #[arg(long, default_value = madoguchi_resident::gsi::PALE, value_name = "URL")]
    pub gsi: String,
}

/// Ends with exit code 2. (clap cannot demand an option that may stand anywhere.)
pub fn misused(why: &str) -> ! {
    Args::command().error(clap::error::ErrorKind::MissingRequiredArgument, why).exit()
}

/// Strictly: a word that names no segment is a slip of the hand here, not a newer town's segment.
pub fn segment(text: &str) -> Result<Segment, UnknownSegment> {
    text.parse()
}

fn position(text: &str) -> Result<Position, String> {
    let (lat, lon) = text.split_once(',').ok_or("LAT,LON in degrees, such as 34.867,138.323")?;
    let degrees = |part: &str, most: f64| {
        let degrees = part.trim().parse::<f64>().ok().filter(|d| d.abs() <= most);
        degrees.ok_or_else(|| format!("{part:?} is no angle in degrees up to {most}"))
    };
    Ok(Position { lat: degrees(lat, 90.0)?, lon: degrees(lon, 180.0)?, approximate: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_town_is_a_code_or_a_name_that_may_bring_its_rules() {
        let place = |text: &str| match text.parse() {
            Ok(TownArg::Place { prefecture, town, rules }) => Some((prefecture, town, rules)),
            _ => None,
        };
        let told = |rules: Option<&str>| Some(("静岡県".into(), "焼津市".into(), rules.map(PathBuf::from)));
        assert_eq!(place("静岡県/焼津市"), told(None));
        assert_eq!(place("静岡県／焼津市=/a=b/c"), told(Some("/a=b/c")));
        assert!(
            ["静岡県/", "/焼津市", "静岡県/焼津市=", "静岡県/=a"]
                .iter()
                .all(|bad| bad.parse::<TownArg>().is_err())
        );
        assert!(matches!("222127".parse(), Ok(TownArg::Code(_))));
    }

    #[test]
    fn the_commands_are_sound_and_options_may_stand_anywhere() {
        Args::command().debug_assert();
        let args = Args::try_parse_from([
            "resident",
            "notices",
            "--home",
            "h",
            "--json",
            "--segment",
            "防災",
            "--segment",
            "living",
            "--town",
            "222127",
        ])
        .unwrap();
        assert!(args.json && args.town().is_some());
        let Command::Notices(wanted) = args.command else { panic!() };
        assert_eq!(wanted.segments, [Segment::Safety, Segment::Living]);
    }

    #[test]
    fn misuse_is_told() {
        for bad in [
            vec!["resident", "notices", "--segment", "宇宙"],
            vec!["resident", "places", "--near", "95,139"],
            vec!["resident", "places", "--near", "35"],
            vec!["resident", "use", "222128"],
            vec!["resident", "mark", "a", "eaten"],
            vec!["resident", "programs", "compare", "--household", "h.json", "--town", "静岡県/"],
            vec!["resident", "programs", "check", "--household", "h.json", "--lang", "tlh"],
            vec!["resident", "programs", "check", "--household", "h.json", "--alone"],
            vec!["resident", "programs", "check"],
        ] {
            assert_eq!(Args::try_parse_from(&bad).unwrap_err().exit_code(), 2, "{bad:?}");
        }
        assert!(Args::try_parse_from(["resident", "places", "--near", "-35.1,-139"]).is_ok());
    }
}
