//! What is drawn by hand: named roads, parks, and the patches in which streets make a mesh.

/// A road as drawn: OSM's `highway`, name, name in English, and either a chain of the skeleton or points of its own.
pub struct RoadPlan {
    /// OSM's `highway`.
    pub kind: &'static str,
    /// Its name; empty: none.
    pub name: &'static str,
    /// The same in English.
    pub english: &'static str,
    /// The chain that it follows; empty: its own points.
    pub chain: &'static str,
    /// Its own points.
    pub points: &'static [(f64, f64)],
}

const fn along(
    kind: &'static str,
    name: &'static str,
    english: &'static str,
    chain: &'static str,
) -> RoadPlan {
    RoadPlan { kind, name, english, chain, points: &[] }
}

const fn road(
    kind: &'static str,
    name: &'static str,
    english: &'static str,
    points: &'static [(f64, f64)],
) -> RoadPlan {
    RoadPlan { kind, name, english, chain: "", points }
}

/// Drawn roads, the greater first.
#[rustfmt::skip]
pub const ROADS: &[RoadPlan] = &[
    road("primary", "海岸通り", "Kaigan-dori", &[(-400.0, 1010.0), (0.0, 975.0), (732.0, 985.0), (1400.0, 930.0), (2000.0, 880.0), (2720.0, 950.0), (3300.0, 990.0), (3900.0, 960.0),
        (4500.0, 1000.0), (4960.0, 1010.0), (5530.0, 1080.0), (6050.0, 1190.0), (6580.0, 1195.0), (7100.0, 1180.0), (7310.0, 1200.0), (7700.0, 1260.0), (7960.0, 1420.0), (8060.0, 1620.0),
        (8250.0, 1850.0), (8600.0, 2050.0)]),
    along("secondary", "さくら通り", "Sakura-dori", "sakura"),
    road("secondary", "本町通り", "Honmachi-dori", &[(-500.0, 1560.0), (60.0, 1580.0), (700.0, 1660.0), (1230.0, 1700.0), (1580.0, 1880.0), (1950.0, 1935.0), (2500.0, 1925.0), (2790.0, 1945.0),
        (3300.0, 1975.0), (3900.0, 1890.0), (4209.0, 1895.0), (4560.0, 1950.0), (5100.0, 2040.0), (5475.0, 2085.0), (5856.0, 2060.0), (6440.0, 2100.0), (6900.0, 2130.0), (7500.0, 2120.0), (8170.0, 2150.0), (8600.0, 2200.0)]),
    road("secondary", "大橋通り", "Ohashi-dori", &[(2330.0, 2719.0), (2440.0, 2300.0), (2540.0, 1930.0), (2520.0, 1700.0), (2490.0, 1500.0), (2450.0, 1200.0), (2400.0, 905.0), (2360.0, 500.0), (2300.0, 220.0)]),
    along("secondary", "緑ヶ丘通り", "Midorigaoka-dori", "midori"),
    road("secondary", "港通り", "Minato-dori", &[(3920.0, 1400.0), (3930.0, 1200.0), (3880.0, 961.0), (3800.0, 620.0), (3810.0, 300.0)]),
    along("secondary", "見晴台通り", "Miharashi-dori", "miharashi"),
    road("secondary", "駅前通り", "Ekimae-dori", &[(5856.0, 2060.0), (5850.0, 2400.0), (5870.0, 2732.0)]),
    along("tertiary", "山手通り", "Yamate-dori", "yamate"),
    road("tertiary", "病院通り", "Byoin-dori", &[(5870.0, 2732.0), (5830.0, 3050.0), (5580.0, 3330.0), (5420.0, 3650.0), (5300.0, 4030.0)]),
    road("tertiary", "寺前通り", "Teramae-dori", &[(2330.0, 2719.0), (2260.0, 3000.0), (2230.0, 3400.0), (2120.0, 3780.0), (2080.0, 4148.0)]),
    road("tertiary", "学校坂", "Gakko-zaka", &[(3030.0, 2640.0), (3080.0, 2850.0), (3270.0, 3050.0), (3290.0, 3330.0), (3440.0, 3700.0), (3480.0, 4070.0)]),
    road("tertiary", "梅林道", "Bairin Road", &[(1290.0, 4070.0), (1390.0, 4480.0), (1310.0, 4800.0), (1430.0, 5060.0), (1360.0, 5320.0)]),
    road("tertiary", "柿沢道", "Kakisawa Road", &[(2540.0, 4070.0), (2470.0, 4400.0), (2240.0, 4750.0), (2330.0, 5070.0), (2230.0, 5380.0)]),
    road("tertiary", "本町三丁目通り", "Honmachi 3 Street", &[(4575.0, 2715.0), (4590.0, 2300.0), (4560.0, 1950.0), (4560.0, 1680.0), (4550.0, 1430.0), (4455.0, 1190.0), (4330.0, 1060.0), (4240.0, 975.0)]),
    along("tertiary", "駅西通り", "Ekinishi-dori", "ekinishi"),
    along("tertiary", "潮見通り", "Shiomi-dori", "shiomi"),
    road("tertiary", "体育館通り", "Taiikukan-dori", &[(7330.0, 1790.0), (7310.0, 2120.0), (7330.0, 2400.0), (7250.0, 2757.0), (7180.0, 3100.0), (7000.0, 3500.0), (7020.0, 4070.0)]),
    along("tertiary", "新田通り", "Shinden-dori", "shinden"),
    road("tertiary", "西新町通り", "Nishishinmachi-dori", &[(700.0, 1660.0), (1050.0, 1590.0), (1380.0, 1600.0), (1500.0, 1710.0), (1540.0, 1770.0)]),
    road("tertiary", "北野通り", "Kitano-dori", &[(-350.0, 3380.0), (250.0, 3300.0), (760.0, 3160.0), (1150.0, 3200.0), (1330.0, 3060.0), (1700.0, 3090.0), (2250.0, 3030.0), (2610.0, 2960.0), (3090.0, 2860.0)]),
    along("unclassified", "", "", "minatonishi"),
    road("unclassified", "", "", &[(1390.0, 4480.0), (1150.0, 4540.0), (1000.0, 4720.0), (790.0, 4740.0), (560.0, 4640.0), (420.0, 4350.0), (300.0, 3960.0)]),
    road("unclassified", "", "", &[(3600.0, 4080.0), (3700.0, 4330.0), (3560.0, 4600.0), (3800.0, 4800.0), (4050.0, 4700.0), (4230.0, 4880.0), (4540.0, 4900.0)]),
    road("unclassified", "", "", &[(4850.0, 4062.0), (4930.0, 4350.0), (5130.0, 4520.0), (5350.0, 4700.0), (5620.0, 4860.0), (5980.0, 4850.0)]),
    road("unclassified", "展望台道", "Tenbodai Road", &[(6100.0, 4330.0), (6480.0, 4380.0), (6680.0, 4520.0), (6930.0, 4720.0), (7250.0, 4640.0), (7480.0, 4860.0), (7300.0, 5060.0), (7090.0, 5010.0)]),
    road("unclassified", "灯台道", "Todai Road", &[(7345.0, 860.0), (7560.0, 760.0), (7740.0, 830.0), (7820.0, 640.0), (7900.0, 500.0)]),
    road("unclassified", "", "", &[(732.0, 985.0), (760.0, 760.0), (700.0, 480.0), (760.0, 215.0)]),
    road("unclassified", "漁港前", "Gyoko-mae", &[(2725.0, 330.0), (3200.0, 330.0), (3800.0, 305.0), (4150.0, 320.0), (4270.0, 420.0), (4420.0, 760.0)]),
    road("unclassified", "", "", &[(4600.0, 1015.0), (4490.0, 640.0), (4520.0, 330.0), (4900.0, 310.0), (5520.0, 350.0), (6000.0, 420.0), (6560.0, 440.0), (7000.0, 420.0), (7330.0, 440.0)]),
    road("unclassified", "駅裏通り", "Ekiura-dori", &[(5500.0, 1800.0), (5856.0, 1860.0), (6200.0, 1865.0), (6490.0, 1830.0)]),
    road("pedestrian", "駅前広場", "Station Square", &[(5856.0, 2060.0), (5820.0, 2010.0), (5856.0, 1960.0), (5892.0, 2010.0), (5856.0, 2060.0)]),
    road("footway", "浜の遊歩道", "Beach Promenade", &[(5524.0, 320.0), (5850.0, 352.0), (6200.0, 368.0), (6560.0, 372.0), (6950.0, 350.0), (7325.0, 380.0)]),
    road("footway", "", "", &[(6930.0, 4720.0), (6990.0, 4830.0), (7060.0, 4900.0), (7090.0, 5010.0)]),
    road("footway", "", "", &[(2240.0, 4750.0), (2130.0, 4900.0), (2210.0, 5050.0), (2330.0, 5070.0)]),
    road("footway", "", "", &[(790.0, 4740.0), (720.0, 4870.0), (880.0, 4900.0), (1000.0, 4720.0)]),
    road("footway", "", "", &[(2120.0, 1720.0), (2250.0, 1790.0), (2370.0, 1730.0), (2522.0, 1720.0)]),
    road("steps", "天神坂", "Tenjin Steps", &[(3290.0, 3330.0), (3400.0, 3330.0), (3480.0, 3400.0)]),
    road("steps", "", "", &[(4930.0, 4350.0), (5010.0, 4230.0), (5060.0, 4095.0)]),
    road("steps", "百段", "Hyakudan", &[(6680.0, 4520.0), (6720.0, 4350.0), (6700.0, 4120.0)]),
    road("steps", "", "", &[(7900.0, 500.0), (7942.0, 437.0)]),
];

/// A patch with a mesh of streets: which block, its middle and half its size, the way its streets run, and how far apart.
pub struct Patch {
    /// Index into the blocks.
    pub block: usize,
    /// The middle.
    pub middle: (f64, f64),
    /// Half of its size along and across.
    pub half: (f64, f64),
    /// The way its long streets run.
    pub run: (f64, f64),
    /// Metres between long streets, and between the short ones across.
    pub apart: (f64, f64),
    /// OSM's `highway`.
    pub kind: &'static str,
    /// How far the streets bend.
    pub bend: f64,
}

const fn patch(
    block: usize,
    middle: (f64, f64),
    half: (f64, f64),
    run: (f64, f64),
    apart: (f64, f64),
    bend: f64,
) -> Patch {
    Patch { block, middle, half, run, apart, kind: "residential", bend }
}

const fn fields(
    block: usize,
    middle: (f64, f64),
    half: (f64, f64),
    run: (f64, f64),
    apart: (f64, f64),
) -> Patch {
    Patch { block, middle, half, run, apart, kind: "track", bend: 14.0 }
}

/// All patches.
#[rustfmt::skip]
pub const PATCHES: &[Patch] = &[
    patch(0, (1200.0, 4270.0), (170.0, 170.0), (0.2, 1.0), (111.1, 140.4), 22.0),
    patch(1, (2350.0, 4300.0), (190.0, 170.0), (0.3, -1.0), (111.1, 140.4), 22.0),
    patch(2, (3850.0, 4420.0), (560.0, 330.0), (1.0, 0.15), (85.0, 130.0), 32.0),
    patch(3, (5150.0, 4330.0), (620.0, 330.0), (1.0, 0.1), (85.0, 125.0), 32.0),
    patch(4, (6600.0, 4330.0), (480.0, 260.0), (1.0, 0.05), (90.0, 130.0), 30.0),
    patch(5, (830.0, 3150.0), (330.0, 240.0), (1.0, -0.12), (111.1, 134.5), 24.0),
    patch(6, (2080.0, 3180.0), (500.0, 420.0), (-0.12, 1.0), (117.0, 140.4), 36.0),
    patch(7, (3420.0, 3340.0), (700.0, 720.0), (0.15, 1.0), (99.4, 129.8), 45.0),
    patch(8, (4960.0, 3250.0), (1000.0, 620.0), (1.0, 0.06), (107.6, 146.2), 46.0),
    patch(9, (6850.0, 3300.0), (760.0, 660.0), (1.0, 0.14), (111.1, 152.1), 46.0),
    patch(10, (800.0, 2180.0), (760.0, 520.0), (1.0, 0.02), (122.8, 146.2), 30.0),
    patch(11, (2250.0, 2200.0), (640.0, 600.0), (0.16, -1.0), (95.0, 110.0), 22.0),
    patch(12, (3350.0, 2100.0), (700.0, 680.0), (1.0, 0.02), (72.0, 84.0), 12.0),
    patch(13, (4230.0, 2050.0), (440.0, 800.0), (1.0, 0.03), (66.0, 80.0), 8.0),
    patch(14, (5010.0, 2250.0), (520.0, 620.0), (1.0, 0.08), (70.0, 84.0), 9.0),
    patch(15, (5920.0, 2300.0), (520.0, 520.0), (0.02, 1.0), (74.0, 86.0), 9.0),
    patch(16, (7150.0, 2240.0), (900.0, 560.0), (1.0, 0.0), (107.6, 131.0), 27.0),
    patch(17, (800.0, 880.0), (300.0, 220.0), (1.0, -0.04), (95.0, 115.0), 18.0),
    patch(18, (2080.0, 1020.0), (640.0, 420.0), (1.0, -0.05), (114.7, 135.7), 30.0),
    patch(19, (3500.0, 760.0), (900.0, 520.0), (1.0, 0.03), (86.4, 107.8), 13.0),
    patch(20, (5000.0, 880.0), (560.0, 700.0), (1.0, 0.1), (112.3, 131.0), 14.0),
    patch(21, (6050.0, 1080.0), (560.0, 760.0), (1.0, 0.05), (90.7, 110.0), 13.0),
    patch(22, (6940.0, 1080.0), (430.0, 700.0), (1.0, -0.03), (90.7, 112.2), 14.0),
    patch(23, (7640.0, 1060.0), (360.0, 480.0), (0.1, 1.0), (107.6, 131.0), 22.0),
    fields(17, (680.0, 800.0), (800.0, 900.0), (1.0, -0.06), (150.0, 260.0)),
    fields(18, (2000.0, 500.0), (720.0, 360.0), (1.0, 0.02), (140.0, 240.0)),
    fields(5, (1080.0, 3650.0), (330.0, 300.0), (-0.25, 1.0), (130.0, 210.0)),
    fields(10, (250.0, 1950.0), (380.0, 420.0), (1.0, 0.0), (150.0, 230.0)),
];

/// A park or another green of its own: name, name in English, OSM's key and value, middle, half its length, half its width, direction.
pub struct GreenPlan {
    /// Its name; empty: none.
    pub name: &'static str,
    /// The same in English.
    pub english: &'static str,
    /// OSM's key and value.
    pub tag: (&'static str, &'static str),
    /// The middle.
    pub middle: (f64, f64),
    /// Half of its length and width.
    pub half: (f64, f64),
    /// The way it lies.
    pub run: (f64, f64),
}

const fn green(
    name: &'static str,
    english: &'static str,
    tag: (&'static str, &'static str),
    middle: (f64, f64),
    half: (f64, f64),
    run: (f64, f64),
) -> GreenPlan {
    GreenPlan { name, english, tag, middle, half, run }
}

const PARK: (&str, &str) = ("leisure", "park");
const SCHOOL: (&str, &str) = ("leisure", "pitch");

/// The parks of the town's own table, with the areas that it states, and the grounds of its schools.
#[rustfmt::skip]
pub const GREENS: &[GreenPlan] = &[
    green("川原公園", "Kawara Park", PARK, (2233.0, 1756.0), (160.0, 50.0), (1.0, 0.05)),
    green("見晴台公園", "Miharashidai Park", PARK, (7046.0, 4925.0), (150.0, 85.0), (1.0, 0.5)),
    green("浜町海浜公園", "Hamacho Seaside Park", PARK, (6176.0, 400.0), (200.0, 34.0), (1.0, 0.03)),
    green("潮見埼灯台公園", "Shiomizaki Lighthouse Park", PARK, (7905.0, 477.0), (58.0, 39.0), (0.6, -1.0)),
    green("若葉台中央公園", "Wakabadai Central Park", PARK, (4932.0, 3593.0), (72.0, 50.0), (1.0, 0.06)),
    green("若葉台ひよこ公園", "Hiyoko Park", PARK, (7247.0, 3194.0), (20.0, 15.0), (1.0, 0.14)),
    green("緑ヶ丘公園", "Midorigaoka Park", PARK, (3880.0, 4769.0), (54.0, 40.0), (1.0, 0.3)),
    green("本町広場", "Honmachi Square", PARK, (4978.0, 2346.0), (17.0, 13.0), (1.0, 0.08)),
    green("駅前ふれあい公園", "Ekimae Park", PARK, (5636.0, 2451.0), (27.0, 21.0), (0.02, 1.0)),
    green("松原町児童公園", "Matsubaracho Playground", PARK, (6807.0, 1076.0), (22.0, 17.0), (1.0, -0.03)),
    green("東新町ボール公園", "Higashishinmachi Ball Park", PARK, (7640.0, 2398.0), (37.0, 28.0), (1.0, 0.0)),
    green("北野せせらぎ公園", "Kitano Brook Park", PARK, (512.0, 3460.0), (36.0, 25.0), (1.0, 0.2)),
    green("", "", SCHOOL, (3200.0, 2905.0), (48.0, 34.0), (0.3, 1.0)),
    green("", "", SCHOOL, (6800.0, 3300.0), (50.0, 36.0), (1.0, 0.14)),
    green("", "", SCHOOL, (3420.0, 2420.0), (46.0, 34.0), (1.0, 0.02)),
    green("", "", SCHOOL, (6176.0, 1020.0), (48.0, 34.0), (1.0, 0.05)),
    green("", "", SCHOOL, (2065.0, 3395.0), (40.0, 56.0), (1.0, 0.1)),
    green("", "", SCHOOL, (6900.0, 2410.0), (60.0, 40.0), (1.0, 0.0)),
    green("", "", SCHOOL, (5290.0, 4590.0), (56.0, 42.0), (1.0, 0.4)),
    green("", "", ("landuse", "cemetery"), (1700.0, 3660.0), (60.0, 40.0), (1.0, 0.3)),
];
