//! Packs made to deceive.

use proptest::prelude::*;

use super::*;
use crate::Point;
use crate::roads::{Cost, Graph, Way, build};

fn pack() -> Vec<u8> {
    let at = |x: i64, y: i64| Point { x: x << 30, y: y << 30 };
    let way = |points: &[(i64, i64)], name: Option<&str>| Way {
        points: points.iter().map(|(x, y)| at(*x, *y)).collect(),
        kind: WayKind::Road,
        name: name.map(str::to_owned),
    };
    build(&[
        way(&[(0, 0), (1, 0), (2, 0), (2, 1), (2, 2)], Some("本町通り")),
        way(&[(1, 0), (1, 1), (0, 1), (1, 0)], None),
        way(&[(5, 5), (6, 5), (6, 6), (5, 5)], Some("島")),
    ])
    .unwrap()
}

#[test]
fn numbers_come_back() {
    let mut bytes = Vec::new();
    for number in [0, 1, -1, 63, -64, 64, i64::MAX, i64::MIN] {
        bytes.clear();
        put_signed(&mut bytes, number);
        let mut reader = Reader { rest: &bytes };
        assert_eq!(reader.signed().unwrap(), number);
        assert!(reader.rest.is_empty());
    }
    assert!(Reader { rest: &[0xff; 10] }.number().is_err());
    assert!(Reader { rest: &[0x80] }.number().is_err());
}

#[test]
fn what_was_written_is_read() {
    let bytes = pack();
    let net = read(&bytes).unwrap();
    assert_eq!(write(&net).unwrap(), bytes);
    assert_eq!(net.streets.len(), 3);
}

#[test]
fn a_count_that_its_bytes_cannot_hold_is_not_believed() {
    let mut bytes = pack()[..16].to_vec();
    // 2⁶³ streets, in ten bytes.
    bytes.extend([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]);
    let error = read(&seal(bytes)).unwrap_err();
    assert!(matches!(error, RoadsError::Damaged("it has fewer bytes than it says")), "{error}");
    let long = Long(MAX_BYTES + 1);
    assert!(matches!(read(&long), Err(RoadsError::TooMany { .. })));
}

/// As long as it says, and nothing in it may be asked for.
struct Long(u64);

impl Source for Long {
    fn len(&self) -> u64 {
        self.0
    }

    fn read_at(&self, _: u64, _: &mut [u8]) -> Result<(), crate::ReadError> {
        panic!("read");
    }
}

/// A pack of these numbers: streets (one road without a name), corner, then what a test says.
fn made(numbers: &[u64]) -> Result<Net, RoadsError> {
    let mut bytes = [&MAGIC[..], &[0; 8], &[1, WayKind::Road as u8, 0]].concat();
    numbers.iter().for_each(|number| put(&mut bytes, *number));
    read(&seal(bytes))
}

#[test]
fn every_number_is_checked() {
    // Corner, two nodes, one edge between them with one point.
    let good = [0, 0, 2, 3, 5, 1, 1, 0, 1, 0, 1, 2, 2];
    let net = made(&good).unwrap();
    assert_eq!((net.nodes.len(), net.edges.len(), net.inner.len()), (2, 1, 1));
    let far = Spot { x: MAX_SPAN + 1, y: 0 }.order();
    let cases: [(&[u64], &str); 13] = [
        (&[u64::MAX, 0, 0, 0, 0], "its corner is not on the earth"),
        (&[0, (91 * 2) << 24, 0, 0, 0], "its corner is not on the earth"),
        (&[0, 0, 200, 3], "it has fewer bytes than it says"),
        (&[0, 0, 2, 3, 0, 0, 0], "its nodes are in disorder"),
        (&[0, 0, 2, 3, u64::MAX, 0, 0], "its nodes are in disorder"),
        (&[0, 0, 1, far, 0, 0], "a point is too far off"),
        (&[0, 0, 2, 3, 5, 1, 1, 2, 0, 0, 1, 2, 2], "an edge leads to no node"),
        (&[0, 0, 2, 3, 5, 1, 1, 0, 2, 0, 1, 2, 2], "an edge leads to no node"),
        (&[0, 0, 2, 3, 5, 1, 1, 0, 1, 1, 1, 2, 2], "an edge is of no street"),
        (&[0, 0, 2, 3, 5, 1, 1, 0, 1, 0, 2, 2, 2, 2, 2], "it has more points than it says"),
        (&[0, 0, 2, 3, 5, 1, 1, 0, 1, 0, 0], "it has fewer points than it says"),
        (&[0, 0, 2, 3, 5, 1, 1, 0, 1, 0, 1, 9, 2], "a point is too far off"),
        (&[0, 0, 2, 3, 5, 1, 1, 0, 1, 0, 1, 2, 2, 0], "there is more than it says"),
    ];
    for (numbers, why) in cases {
        match made(numbers) {
            Err(RoadsError::Damaged(told)) => assert_eq!(told, why, "{numbers:?}"),
            other => panic!("{numbers:?}: {other:?}"),
        }
    }
    let street = |street: &[u8]| read(&seal([&MAGIC[..], &[0; 8], &[1], street, &[0; 5]].concat()));
    assert!(street(&[1, 1, b'a']).is_ok());
    assert!(matches!(street(&[9, 1, b'a']), Err(RoadsError::Damaged("an unknown kind of way"))));
    assert!(matches!(street(&[1, 1, 0xff]), Err(RoadsError::Damaged("a name is no text"))));
    let long = [&[1, 0xe9, 0x07][..], &[b'a'; MAX_NAME + 1]].concat();
    assert!(matches!(street(&long), Err(RoadsError::Damaged("a name is too long"))));
    assert!(matches!(read(&b"MDGWAYS\x02..........".to_vec()), Err(RoadsError::Format)));
}

proptest! {
    // Damage that the checksum does not show: made on purpose.
    #[test]
    fn a_pack_made_to_deceive_is_an_error_or_a_graph(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(), is_cut in any::<bool>(),
    ) {
        let mut bytes = pack();
        for (at, value) in changes {
            let at = 16 + at.index(bytes.len() - 16);
            bytes[at] = value;
        }
        if is_cut {
            bytes.truncate(16 + cut.index(bytes.len() - 16));
        }
        if let Ok(graph) = Graph::open(seal(bytes)) {
            let (from, to) = (Point { x: 0, y: 0 }, Point { x: 2 << 30, y: 2 << 30 });
            graph.route(from, &[to, from], &|_, _| Cost::Free).unwrap();
            graph.routes(from, &[to, from], &|_, _| Cost::Worse(3.0)).unwrap();
        }
    }
}
