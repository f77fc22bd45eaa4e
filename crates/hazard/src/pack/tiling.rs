//! Which shapes stand together below a node: those of one tile of a plan that is cut into columns, and columns into tiles
//! (sort-tile-recursive packing: Leutenegger, Edgington and López, 1997). Boxes overlap less than along a curve, so fewer are opened.

use super::hilbert::both;
use super::node::FAN;
use crate::Bounds;

/// Items in groups of at most [`FAN`], neighbours together; the same items in the same order give the same groups.
pub fn tiled<T>(mut items: Vec<T>, bounds: impl Fn(&T) -> Bounds) -> Vec<Vec<T>> {
    let Some(all) = items.iter().map(&bounds).reduce(both) else { return Vec::new() };
    let groups = items.len().div_ceil(FAN);
    let columns = columns(groups, all.max.x - all.min.x, all.max.y - all.min.y);
    let mut column = groups.div_ceil(columns) * FAN;
    let middle_x = |item: &T| bounds(item).min.x + bounds(item).max.x;
    let middle_y = |item: &T| bounds(item).min.y + bounds(item).max.y;
    items.sort_by_key(|item| (middle_x(item), middle_y(item)));
    let mut done = Vec::with_capacity(groups);
    let mut rest = items;
    let mut down = false;
    while !rest.is_empty() {
        column = column.min(rest.len());
        let behind = rest.split_off(column);
        let mut here = std::mem::replace(&mut rest, behind);
        // Up one column and down the next, so that what follows in the file is near on the ground.
        here.sort_by_key(|item| if down { -middle_y(item) } else { middle_y(item) });
        down = !down;
        while !here.is_empty() {
            let behind = here.split_off(FAN.min(here.len()));
            done.push(std::mem::replace(&mut here, behind));
        }
    }
    done
}

/// So many that tiles are about as wide as high.
fn columns(groups: usize, width: i64, height: i64) -> usize {
    let (width, height) = (width.max(1) as f64, height.max(1) as f64);
    let columns = (groups as f64 * width / height).sqrt().ceil();
    // From a number that is no larger than `groups`, which has been a usize before.
    (columns as usize).clamp(1, groups.max(1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Point;

    fn boxes() -> impl Strategy<Value = Vec<Bounds>> {
        let corner =
            || (-1_000_000i64..1_000_000, -1_000_000i64..1_000_000).prop_map(|(x, y)| Point { x, y });
        proptest::collection::vec(
            (corner(), corner())
                .prop_map(|(a, b)| both(Bounds { min: a, max: a }, Bounds { min: b, max: b })),
            0..300,
        )
    }

    proptest! {
        #[test]
        fn each_is_in_one_group_and_groups_are_full_but_the_last_of_a_column(boxes in boxes()) {
            let all: Vec<(usize, Bounds)> = boxes.into_iter().enumerate().collect();
            let groups = tiled(all.clone(), |(_, bounds)| *bounds);
            prop_assert!(groups.iter().all(|group| (1..=FAN).contains(&group.len())));
            prop_assert!(groups.len() <= 2 * all.len().div_ceil(FAN));
            let mut seen: Vec<usize> = groups.iter().flatten().map(|(number, _)| *number).collect();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..all.len()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_plan_of_equal_squares_is_cut_into_tiles_that_are_about_square() {
        let square = |n: i64| {
            let min = Point { x: n % 64 * 10, y: n / 64 * 10 };
            Bounds { min, max: Point { x: min.x + 10, y: min.y + 10 } }
        };
        for group in tiled((0..64 * 64).map(square).collect(), |bounds| *bounds) {
            let around = group.into_iter().reduce(both).unwrap();
            assert!(around.max.x - around.min.x <= 120 && around.max.y - around.min.y <= 120, "{around:?}");
        }
    }
}
