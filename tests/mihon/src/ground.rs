//! How high the ground is: a smooth sheet through known heights, with small hills on the large ones.

use crate::geo::{P, distance, p};
use crate::grid::Grid;
use crate::rng::rough;

/// Heights in metres that the town's own tables state or that the river and the hills need: x, y, height.
#[rustfmt::skip]
const KNOWN: &[(f64, f64, f64)] = &[
    // As in the table of emergency sites.
    (3147.0, 2927.0, 28.0), (6744.0, 3327.0, 32.0), (3367.0, 2451.0, 6.0), (6176.0, 1076.0, 3.0), (2123.0, 3394.0, 18.0),
    (6900.0, 2346.0, 7.0), (5216.0, 4614.0, 46.0), (2233.0, 1766.0, 5.0), (7046.0, 4925.0, 72.0), (5133.0, 3260.0, 25.0),
    (805.0, 3194.0, 16.0), (3660.0, 432.0, 3.0), (6954.0, 676.0, 3.0), (7229.0, 2187.0, 8.0),
    // The plain.
    (732.0, 721.0, 2.5), (0.0, 700.0, 3.0), (1400.0, 700.0, 3.0), (2013.0, 721.0, 3.2), (2500.0, 350.0, 2.4), (1500.0, 250.0, 2.2), (300.0, 50.0, 2.6), (1500.0, 40.0, 2.4),
    (823.0, 2135.0, 7.0), (0.0, 1500.0, 8.0), (2379.0, 2135.0, 5.3), (1830.0, 1960.0, 3.9), (1950.0, 2500.0, 6.6), (2672.0, 2240.0, 6.0), (3477.0, 2000.0, 5.0),
    (4200.0, 2350.0, 6.6), (4172.0, 2187.0, 11.0), (4209.0, 1800.0, 5.0), (4941.0, 2135.0, 5.6), (5500.0, 1900.0, 5.8),
    (5856.0, 2135.0, 6.4), (6400.0, 2350.0, 7.2), (7640.0, 2398.0, 10.5), (7500.0, 1900.0, 7.6), (8100.0, 2000.0, 15.0),
    (3477.0, 832.0, 3.0), (2800.0, 900.0, 3.1), (3300.0, 1200.0, 3.4), (4941.0, 832.0, 1.8), (5000.0, 1400.0, 3.7),
    (5700.0, 1400.0, 3.6), (6176.0, 600.0, 3.0), (6400.0, 430.0, 5.2), (5800.0, 430.0, 4.2), (6954.0, 1000.0, 3.2),
    (7000.0, 1500.0, 4.4), (7050.0, 430.0, 5.0), (7686.0, 943.0, 7.0), (7942.0, 437.0, 22.0), (7850.0, 200.0, 15.0), (7900.0, 750.0, 15.0),
    (8150.0, 900.0, 12.0), (7700.0, 1400.0, 7.5),
    // Along the river and the brook.
    (1500.0, 5300.0, 58.0), (1450.0, 4700.0, 41.0), (1410.0, 4060.0, 26.0), (1380.0, 3350.0, 14.0), (1440.0, 2700.0, 8.4),
    (1600.0, 2200.0, 5.2), (1560.0, 1790.0, 4.4), (2400.0, 1520.0, 3.8), (3150.0, 1400.0, 3.2), (4200.0, 1390.0, 2.8),
    (4450.0, 900.0, 2.0), (4360.0, 200.0, 1.4), (2400.0, 5079.0, 72.0), (2560.0, 4400.0, 44.0), (2640.0, 3300.0, 14.0), (2740.0, 2650.0, 8.8), (2720.0, 2950.0, 11.6), (3000.0, 1900.0, 5.6),
    // The hills.
    (-100.0, 2300.0, 24.0), (-100.0, 3200.0, 46.0), (300.0, 2700.0, 20.0), (330.0, 3700.0, 42.0), (800.0, 3650.0, 27.0), (-100.0, 4300.0, 95.0),
    (823.0, 4769.0, 72.0), (400.0, 4900.0, 118.0), (900.0, 4300.0, 55.0), (900.0, 5200.0, 120.0), (1950.0, 4800.0, 92.0),
    (1900.0, 5300.0, 118.0), (2000.0, 3850.0, 38.0), (1950.0, 4250.0, 66.0), (2000.0, 3000.0, 12.0), (3050.0, 4600.0, 92.0), (2950.0, 5200.0, 122.0),
    (3294.0, 3327.0, 37.0), (3200.0, 2690.0, 13.0), (3587.0, 3061.0, 28.0), (3300.0, 3900.0, 58.0), (3752.0, 4650.0, 84.0), (3900.0, 5200.0, 128.0),
    (4050.0, 3400.0, 36.0), (4630.0, 3127.0, 21.0), (4500.0, 3700.0, 44.0), (4700.0, 2720.0, 9.8), (5500.0, 2760.0, 11.0),
    (5636.0, 3460.0, 29.0), (4500.0, 4500.0, 72.0), (4600.0, 5200.0, 112.0), (5216.0, 4200.0, 42.0), (5545.0, 4925.0, 60.0), (5200.0, 5300.0, 108.0),
    (6050.0, 4700.0, 66.0), (6050.0, 4000.0, 41.0), (6643.0, 4614.0, 60.0), (7046.0, 5280.0, 104.0), (7700.0, 4800.0, 98.0), (7000.0, 4150.0, 47.0),
    (6300.0, 3250.0, 26.0), (7247.0, 3194.0, 33.0), (7900.0, 3500.0, 58.0), (6500.0, 2740.0, 12.0), (7300.0, 2720.0, 14.0), (8000.0, 2700.0, 27.0),
];

/// The ground of the town.
pub struct Ground {
    mesh: Grid,
}

impl Ground {
    /// Bends the sheet through the known heights: r³ splines with a plane, solved by elimination; then small hills, except beside the river.
    #[allow(clippy::needless_range_loop)]
    pub fn new(river: &[P]) -> Self {
        let known = KNOWN.len();
        let size = known + 3;
        let mut rows = vec![vec![0.0; size + 1]; size];
        for i in 0..known {
            for j in 0..known {
                rows[i][j] = bend(at(i), at(j));
            }
            for (k, value) in plane(at(i)).into_iter().enumerate() {
                rows[i][known + k] = value;
                rows[known + k][i] = value;
            }
            rows[i][size] = KNOWN[i].2;
        }
        for column in 0..size {
            let best = (column..size)
                .max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))
                .unwrap_or(column);
            rows.swap(column, best);
            let pivot = rows[column].clone();
            for row in rows.iter_mut().skip(column + 1) {
                let factor = row[column] / pivot[column];
                for k in column..=size {
                    row[k] -= factor * pivot[k];
                }
            }
        }
        let mut weights = vec![0.0; size];
        for i in (0..size).rev() {
            let rest: f64 = (i + 1..size).map(|k| rows[i][k] * weights[k]).sum();
            weights[i] = (rows[i][size] - rest) / rows[i][i];
        }
        Ground { mesh: Grid::of(|point| height(&weights, point, distance(river, point))) }
    }

    /// Metres above the sea.
    pub fn height(&self, point: P) -> f64 {
        self.mesh.at(point)
    }

    /// The heights on the mesh.
    pub fn mesh(&self) -> &Grid {
        &self.mesh
    }

    /// How much it rises over a metre, uphill.
    pub fn slope(&self, point: P) -> P {
        let step = 20.0;
        let rise = |by: P| (self.height(point + by) - self.height(point - by)) / (2.0 * step);
        p(rise(p(step, 0.0)), rise(p(0.0, step)))
    }
}

fn height(weights: &[f64], point: P, river: f64) -> f64 {
    let bends: f64 = (0..KNOWN.len()).map(|i| weights[i] * bend(point, at(i))).sum();
    let planes = plane(point).into_iter().zip(&weights[KNOWN.len()..]);
    let smooth = bends + planes.map(|(value, weight)| value * weight).sum::<f64>();
    // The valley's floor is even.
    let hilly = ((smooth - 18.0) / 70.0).clamp(0.0, 1.0) * ((river - 120.0) / 260.0).clamp(0.0, 1.0);
    let flat = 0.5 * rough(11, point, 300.0);
    let rolling = smooth + hilly * 19.0 * rough(7, point, 520.0);
    // The hills stand in steps, as old shores and rivers left them: flat ground to build on, and steep slopes between.
    let step = 17.0;
    let share = rolling / step - (rolling / step).floor();
    let soft = |t: f64| t * t * (3.0 - 2.0 * t);
    let stepped = rolling + step * (soft(soft(share)) - share);
    (rolling + (stepped - rolling) * 0.75 * (hilly * 4.0).min(1.0) + flat).max(0.4)
}

fn at(i: usize) -> P {
    p(KNOWN[i].0, KNOWN[i].1)
}

fn bend(a: P, b: P) -> f64 {
    let far = (a - b).length() / 1000.0;
    far * far * far
}

fn plane(point: P) -> [f64; 3] {
    [1.0, point.x / 1000.0, point.y / 1000.0]
}
