//! Builds a pack from lines of numbers and answers points: `pack ZONES POINTS`, for comparison with another program.
//!
//! A line of ZONES is a polygon: class, then rings divided by `;`, each longitudes and latitudes in degrees by turns. A line of POINTS
//! is a longitude and a latitude. On stdout, a line for each point: its class or `-`.

use std::time::Instant;
use std::{env, fs, process};

use madoguchi_hazard::pack::{Pack, Zone, build};
use madoguchi_hazard::{Point, Polygon, Ring};

type Failure = Box<dyn std::error::Error>;

fn ring(text: &str) -> Result<Ring, Failure> {
    let numbers = text.split_whitespace().map(str::parse).collect::<Result<Vec<f64>, _>>()?;
    let pairs = numbers.chunks_exact(2);
    pairs
        .map(|pair| match pair {
            [lon, lat] => Ok(Point::of_degrees(*lat, *lon)?),
            _ => Err("an odd number of numbers".into()),
        })
        .collect()
}

fn zone(line: &str) -> Result<Zone, Failure> {
    let (class, rings) = line.split_once(' ').ok_or("no class")?;
    let mut rings = rings.split(';').map(ring).collect::<Result<Vec<_>, _>>()?.into_iter();
    let outer = rings.next().ok_or("no ring")?;
    Ok(Zone { class: class.parse()?, polygon: Polygon { outer, holes: rings.collect() } })
}

#[allow(clippy::print_stdout)]
fn run() -> Result<(), Failure> {
    let [zones, points] = env::args().skip(1).collect::<Vec<_>>().try_into().map_err(|_| "two files")?;
    let zones = fs::read_to_string(zones)?.lines().map(zone).collect::<Result<Vec<_>, _>>()?;
    let classes = zones.iter().map(|zone| zone.class + 1).max().unwrap_or(1);
    let started = Instant::now();
    let built = build(classes, zones, &[])?;
    eprintln!(
        "{} bytes, {:?} mended, {} refused, built in {:?}",
        built.bytes.len(),
        built.repaired,
        built.refused.len(),
        started.elapsed()
    );
    let pack = Pack::open(built.bytes)?;
    let points: Vec<Point> = fs::read_to_string(points)?
        .lines()
        .map(|line| ring(line)?.first().copied().ok_or_else(|| "no point".into()))
        .collect::<Result<_, Failure>>()?;
    let answers = points.iter().map(|point| pack.at(*point)).collect::<Result<Vec<_>, _>>()?;
    let started = Instant::now();
    for point in &points {
        std::hint::black_box(pack.at(*point)?);
    }
    eprintln!("{:.3} µs a point", started.elapsed().as_secs_f64() * 1e6 / points.len().max(1) as f64);
    for at in answers {
        println!("{}", at.class.map_or("-".to_owned(), |class| class.to_string()));
    }
    Ok(())
}

fn main() {
    if let Err(failure) = run() {
        eprintln!("{failure}");
        process::exit(1);
    }
}
