use proptest::prelude::*;

use super::*;

fn at(x: i32, y: i32) -> Position {
    Position { x, y }
}

fn one(shape: Shape) -> Vec<Layer> {
    let properties =
        vec![("class".to_owned(), Value::Whole(3)), ("name".to_owned(), Value::Text("焼津".into()))];
    vec![Layer { name: "zones".into(), extent: 4096, features: vec![Feature { shape, properties }] }]
}

#[test]
fn the_specifications_own_examples() {
    // Section 4.3.5: a point, a multi-line, a polygon with its commands.
    let bytes = |shape: Shape| {
        let mut writer = LayerWriter::new("a", 4096);
        assert!(writer.add(&shape, []));
        let mut tile = Vec::new();
        writer.finish(&mut tile);
        tile
    };
    let ends_in = |tile: Vec<u8>, geometry: &[u8]| {
        // What follows the geometry: the extent.
        let end = tile.len() - 3;
        assert_eq!(&tile[end - geometry.len()..end], geometry);
    };
    ends_in(bytes(Shape::Points(vec![at(25, 17)])), &[9, 50, 34]);
    ends_in(bytes(Shape::Points(vec![at(5, 7), at(3, 2)])), &[17, 10, 14, 3, 9]);
    let lines = vec![vec![at(2, 2), at(2, 10), at(10, 10)], vec![at(1, 1), at(3, 5)]];
    ends_in(bytes(Shape::Lines(lines)), &[9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8]);
    let triangle = vec![at(3, 6), at(8, 12), at(20, 34)];
    ends_in(bytes(Shape::Polygons(vec![vec![triangle]])), &[9, 6, 12, 18, 10, 12, 24, 44, 15]);
}

#[test]
fn rings_turn_as_the_specification_wants() {
    let square = |from: i32, to: i32| vec![at(from, from), at(to, from), at(to, to), at(from, to)];
    let turned = |mut ring: Path| {
        ring.reverse();
        ring
    };
    for (outer, hole) in [
        (square(0, 100), square(10, 20)),
        (turned(square(0, 100)), square(10, 20)),
        (turned(square(0, 100)), turned(square(10, 20))),
    ] {
        let layers = decode(&encode(&one(Shape::Polygons(vec![vec![outer, hole]])))).unwrap();
        let Shape::Polygons(polygons) = &layers[0].features[0].shape else { panic!("no polygon") };
        assert_eq!(polygons.len(), 1);
        assert!(doubled_area(&polygons[0][0]) > 0 && doubled_area(&polygons[0][1]) < 0);
    }
}

#[test]
fn repeated_places_of_a_ring_are_written_once() {
    let ring =
        [(0, 0), (0, 0), (9, 0), (9, 9), (9, 9), (0, 9), (0, 0), (0, 0)].map(|(x, y)| at(x, y)).to_vec();
    let layers = decode(&encode(&one(Shape::Polygons(vec![vec![ring]])))).unwrap();
    let square = vec![at(0, 0), at(9, 0), at(9, 9), at(0, 9)];
    assert_eq!(layers[0].features[0].shape, Shape::Polygons(vec![vec![square]]));
}

#[test]
fn what_cannot_be_drawn_is_left_out() {
    let shapes = [
        Shape::Points(vec![]),
        Shape::Lines(vec![vec![at(1, 1)], vec![at(2, 2), at(2, 2)]]),
        Shape::Polygons(vec![vec![vec![at(0, 0), at(5, 5), at(9, 9)]]]),
        // A hole without its outer ring would be one.
        Shape::Polygons(vec![vec![vec![at(0, 0), at(5, 5)], vec![at(1, 1), at(3, 1), at(3, 3)]]]),
    ];
    for shape in shapes {
        assert_eq!(encode(&one(shape)), b"");
    }
}

#[test]
fn damaged_tiles_are_told() {
    let line = |geometry: &[u8]| {
        let mut tile = vec![0x1a, 0, 0x12, geometry.len() as u8 + 4, 0x18, 2, 0x22, geometry.len() as u8];
        tile.extend_from_slice(geometry);
        tile[1] = tile.len() as u8 - 2;
        decode(&tile)
    };
    assert!(line(&[9, 4, 4, 10, 2, 2]).is_ok());
    assert_eq!(line(&[10, 2, 2]), Err(Damaged("a line without a start")));
    assert_eq!(line(&[15]), Err(Damaged("an end without a ring")));
    assert_eq!(line(&[0xff, 0xff, 0xff, 0xff, 0x0f]), Err(Damaged("an end without a ring")));
    assert_eq!(line(&[9, 4]), Err(Damaged("a command without its way")));
    // Half a billion places in four bytes.
    assert_eq!(line(&[0xf9, 0xff, 0xff, 0xff, 0x0f, 2, 2]), Err(Damaged("a command without its way")));
}

#[test]
fn a_long_key_named_often_is_refused() {
    let mut writer = LayerWriter::new("a", 4096);
    let key = "k".repeat(1 << 20);
    for x in 0..40 {
        writer.add(&Shape::Points(vec![at(x, 0)]), [(key.as_str(), &Value::Whole(1))]);
    }
    let mut tile = Vec::new();
    writer.finish(&mut tile);
    assert!(tile.len() < 2 << 20);
    assert_eq!(decode(&tile), Err(Damaged("more text than a map needs")));
}

fn position() -> impl Strategy<Value = Position> {
    prop_oneof![
        (-64i32..4160, -64i32..4160).prop_map(|(x, y)| at(x, y)),
        (any::<i32>(), any::<i32>()).prop_map(|(x, y)| at(x, y)),
    ]
}

proptest! {
    #[test]
    fn lines_come_back(lines in prop::collection::vec(prop::collection::vec(position(), 2..20), 1..5)) {
        let lines: Vec<Path> = lines.into_iter().map(|mut line| { line.dedup(); line }).filter(|line| line.len() > 1).collect();
        prop_assume!(!lines.is_empty());
        let layers = one(Shape::Lines(lines));
        prop_assert_eq!(decode(&encode(&layers)).unwrap(), layers);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode(&bytes);
    }

    #[test]
    fn a_changed_tile_is_read_or_refused(index in 0usize..80, byte in any::<u8>()) {
        let ring = vec![at(3, 6), at(8, 12), at(20, 34)];
        let mut tile = encode(&one(Shape::Polygons(vec![vec![ring]])));
        let length = tile.len();
        tile[index % length] = byte;
        let _ = decode(&tile);
    }
}
