import { GeoJSONVT } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import type { Feature, Position } from 'geojson';
import type { Case } from './case';
import type { LonLat } from '../../src/features/map/rings';
import type { ClassShown, HazardAt, Heading, LayerSays, LayerShown, MapShown, MyPlaceShown, SaveMyPlace, Site, Sites, SpotFound, TimelineRow } from '../../src/ipc/types';

/** An invented town around a river: its zones lie in bands along it. */
const ORIGIN: LonLat = [138.316, 34.868];
const LAT_M = 110_950;
const LON_M = LAT_M * Math.cos((ORIGIN[1] * Math.PI) / 180);
const at = (x: number, y: number): LonLat => [ORIGIN[0] + x / LON_M, ORIGIN[1] + y / LAT_M];
const metres = (lon: number, lat: number): [number, number] => [(lon - ORIGIN[0]) * LON_M, (lat - ORIGIN[1]) * LAT_M];
const EDGE = 2600;
const river = (x: number) => 160 * Math.sin(x / 420) - 120;
const steps = (from: number, to: number, by: number) => Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, i) => from + i * by);

/** Half the width of each class's band along the river, worst first. */
const BANDS = [150, 260, 380];
const band = (half: number): LonLat[] => {
  const along = steps(-EDGE, EDGE, 40);
  const wave = (x: number) => half * (1 + 0.25 * Math.sin(x / 300));
  return [...along.map((x) => at(x, river(x) + wave(x))), ...along.reverse().map((x) => at(x, river(x) - wave(x)))];
};
const closed = (ring: LonLat[]): Position[] => [...ring, ring[0] ?? [0, 0]];
const polygon = (ring: LonLat[], properties: Record<string, unknown> = {}): Feature => ({ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [closed(ring)] } });
const line = (points: LonLat[], properties: Record<string, unknown> = {}): Feature => ({ type: 'Feature', properties, geometry: { type: 'LineString', coordinates: points } });
const disc = (x: number, y: number, r: number, n = 40): LonLat[] => Array.from({ length: n }, (_, i) => at(x + r * Math.cos((i / n) * 2 * Math.PI), y + 0.7 * r * Math.sin((i / n) * 2 * Math.PI)));
const box = (x: number, y: number, w: number, h: number): LonLat[] => [at(x, y), at(x + w, y), at(x + w, y + h), at(x, y + h)];

const depths: ClassShown[] = [
  { code: '0-0.5', label: '0.5m未満', min_m: 0, max_m: 0.5 },
  { code: '0.5-3', label: '0.5〜3.0m', min_m: 0.5, max_m: 3 },
  { code: '3-5', label: '3.0〜5.0m', min_m: 3, max_m: 5 },
];
const layer = (id: string, kind: LayerShown['layer'], classes: ClassShown[], more: Partial<LayerShown> = {}): LayerShown => ({
  id, layer: kind, scenario: '想定最大規模', classes, surveyor: '見本市', license: 'CC BY 4.0', survey_year: 2023, source_title: '見本市ハザードマップ', bounds: [34.83, 138.28, 34.91, 138.35], ready: true, bytes: 420_000, ...more,
});
const all: LayerShown[] = [
  layer('river-flood-l2', 'river-flood', depths),
  layer('river-flood-l1', 'river-flood', depths.slice(0, 2), { scenario: '計画規模' }),
  layer('flood-duration-l2', 'flood-duration', [{ code: '0h-12h', label: '12時間未満', min_h: 0, max_h: 12 }, { code: '12h-24h', label: '1日未満', min_h: 12, max_h: 24 }, { code: '24h-72h', label: '3日未満', min_h: 24, max_h: 72 }]),
  layer('collapse-bank-l2', 'collapse-bank', [{ code: 'zone', label: '河岸侵食' }]),
  layer('inland-flood', 'inland-flood', [{ code: '0.3-0.5', label: '0.3〜0.5m', min_m: 0.3, max_m: 0.5 }], { scenario: null }),
  layer('steep-slope', 'steep-slope', [{ code: 'warning', label: '警戒区域' }, { code: 'special', label: '特別警戒区域' }], { scenario: null }),
  layer('storm-surge', 'storm-surge', depths.slice(0, 2)),
];
const slopes = { warning: disc(620, 760, 260), special: disc(640, 780, 150) };

const shapes: Record<string, Record<string, Feature[]>> = {
  'river-flood-l2': { zones: BANDS.map((half, i) => polygon(band(half), { class: 2 - i })).reverse() },
  'river-flood-l1': { zones: [polygon(band(200), { class: 0 }), polygon(band(120), { class: 1 })] },
  'flood-duration-l2': { zones: BANDS.map((half, i) => polygon(band(half), { class: 2 - i })).reverse() },
  'collapse-bank-l2': { zones: [polygon(band(70), { class: 0 })] },
  'inland-flood': { zones: [polygon(disc(-500, 350, 320), { class: 0 }), polygon(disc(-400, -60, 220), { class: 0 })] },
  'steep-slope': { zones: [polygon(slopes.warning, { class: 0 }), polygon(slopes.special, { class: 1 })] },
  'storm-surge': { zones: [] },
};
const main = (x: number) => 430 + 40 * Math.sin(x / 600);
shapes.base = {
  water: [polygon([...steps(-EDGE, EDGE, 40).map((x) => at(x, river(x) + 28)), ...steps(-EDGE, EDGE, 40).reverse().map((x) => at(x, river(x) - 28))], { name: '見本川' })],
  green: [polygon(disc(700, 900, 520)), polygon(disc(-820, -640, 180)), polygon(box(-1000, 520, 160, 120))],
  buildings: steps(-1600, 1600, 70).flatMap((x, i) => steps(-1200, 500, 80).flatMap((y, j) => (Math.abs(y - river(x)) < 60 || (i * 7 + j * 13) % 5 === 0 ? [] : [polygon(box(x + ((i * j) % 9), y + 8, 22 + ((i * 5 + j) % 18), 18 + ((i + j * 3) % 20)))]))),
  roads: [
    line(steps(-EDGE, EDGE, 60).map((x) => at(x, main(x))), { kind: 'primary', name: '中央通り' }),
    line([at(-420, -1800), at(-400, 0), at(-380, 1400)], { kind: 'secondary', name: '大橋通り' }),
    line([at(260, -1600), at(270, 1300)], { kind: 'tertiary' }),
    ...steps(-1500, 1500, 170).map((x) => line([at(x, -1100), at(x + 14, 420)].filter(() => true), { kind: 'residential' })),
    ...steps(-1000, 400, 150).flatMap((y) => [line([at(-1600, y), at(1600, y + 20)], { kind: 'residential' })]),
    line([at(500, 500), at(620, 700), at(680, 900)], { kind: 'footway' }),
  ],
  rail: [line([at(-EDGE, -900), at(EDGE, -760)])],
  labels: [{ type: 'Feature', properties: { kind: 'river', rank: 3, name: '見本川' }, geometry: { type: 'Point', coordinates: at(300, river(300)) } }],
  boundary: [],
};

const indexes = new Map<string, Record<string, GeoJSONVT>>();
/** A tile as the core gives it. */
export function tile(source: string, z: number, x: number, y: number): Uint8Array {
  const layers = shapes[source];
  if (!layers) throw { code: 'no-layer', message: source };
  const index = indexes.get(source) ?? Object.fromEntries(Object.entries(layers).map(([name, features]) => [name, new GeoJSONVT({ type: 'FeatureCollection', features }, { maxZoom: 18, indexMaxZoom: 4, tolerance: 3 })]));
  indexes.set(source, index);
  const found = Object.entries(index).flatMap(([name, one]) => {
    const cut = one.getTile(z, x, y);
    return cut ? [[name, cut] as const] : [];
  });
  return found.length > 0 ? fromGeojsonVt(Object.fromEntries(found), { version: 2, extent: 4096 }) : new Uint8Array();
}

const blocks: [string, number, number][] = [['川原町一丁目', -900, 60], ['川原町三丁目', -560, 10], ['本町', 150, 260], ['若葉台', 760, 340], ['港町', -180, -560], ['緑ヶ丘', 620, 620], ['見本台', -900, 640], ['駅前', 300, -760]];
const border: LonLat[] = [at(-2300, -1500), at(-2400, 300), at(-1900, 1500), at(200, 1750), at(1800, 1350), at(2350, 100), at(2100, -1450), at(0, -1700)];

export const headings: Heading[] = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'];
const heading = (dx: number, dy: number): Heading => headings[(Math.round((Math.atan2(dx, dy) / Math.PI) * 4) + 8) % 8] ?? 'n';

/** What the fake phone knows of a point, as the core tells it. */
export function hazardAt(lat: number, lon: number): HazardAt {
  const [x, y] = metres(lon, lat);
  const off = Math.abs(y - river(x)) / (1 + 0.25 * Math.sin(x / 300));
  const cls = BANDS.findIndex((half) => off <= half);
  const flood = cls < 0 ? undefined : 2 - cls;
  const source = { title: '見本市ハザードマップ', provider: '見本市', survey_year: 2023, license: 'CC BY 4.0' };
  const of = (layer: LayerShown, index: number | undefined, more: Partial<LayerSays> = {}): LayerSays => ({
    code: null, label: null, min_m: null, max_m: null, min_h: null, max_h: null, means: null, edge: null, id: layer.id, layer: layer.layer, scenario: layer.scenario ?? null, state: index === undefined ? 'outside' : 'inside', class: index ?? null, ...(index === undefined ? {} : layer.classes[index]), source, ...more,
  });
  const [l2, l1, stay, bank, inland, slope, surge] = all as [LayerShown, LayerShown, LayerShown, LayerShown, LayerShown, LayerShown, LayerShown];
  const means: LayerSays['means'][] = [{ code: 'knee', advice: 'careful' }, { code: 'first-floor', advice: 'stay-upstairs-possible' }, { code: 'second-floor', advice: 'leave' }];
  const toRiver = heading(0, river(x) - y);
  const wet = Math.hypot(x + 400, (y + 60) / 0.7) < 220 || Math.hypot(x + 500, (y - 350) / 0.7) < 320;
  const special = Math.hypot(x - 640, (y - 780) / 0.7) < 150;
  const warning = Math.hypot(x - 620, (y - 760) / 0.7) < 260;
  const block = [...blocks].sort((a, b) => Math.hypot(a[1] - x, a[2] - y) - Math.hypot(b[1] - x, b[2] - y))[0];
  return {
    spot: { lat, lon, block: block ? { name: block[0], distance_m: 80 } : null, in_town: Math.hypot(x, y) < 2200 },
    layers: [
      of(l2, flood, { means: flood === undefined ? null : (means[flood] ?? null), edge: flood === undefined ? { distance_m: off - 380, there: depths[0] as ClassShown, heading: toRiver } : flood < 2 ? { distance_m: off - (BANDS[1 - flood] ?? 0), there: depths[flood + 1] as ClassShown, heading: toRiver } : null }),
      of(l1, flood === undefined || flood === 0 ? undefined : flood - 1),
      of(stay, flood),
      of(bank, off < 70 ? 0 : undefined, { means: off < 70 ? { code: 'ground-may-go', advice: 'leave' } : null }),
      of(inland, wet ? 0 : undefined, { means: wet ? { code: 'knee', advice: 'careful' } : null }),
      of(slope, special ? 1 : warning ? 0 : undefined, { means: special ? { code: 'special-zone', advice: 'leave' } : warning ? { code: 'slope-may-fall', advice: 'leave' } : null }),
      of(surge, undefined, x > 900 ? { state: 'not-surveyed' } : {}),
    ],
    not_surveyed: ['tsunami'],
  };
}

const held: [string, string, number, number][] = [['p0', '緑ヶ丘小学校', 330, 560], ['p1', '見本台公園', -900, 700], ['p2', '若葉台地区センター', 900, 330], ['p3', '本町小学校', 150, 60]];

export function sites(lat: number, lon: number, hazard: string): Sites {
  const [x, y] = metres(lon, lat);
  const site = ([id, name, sx, sy]: (typeof held)[number]): Site => {
    const straight = Math.hypot(sx - x, sy - y);
    const points = [at(x, y), at(x + 40, y), at(-390, y), at(-390, main(-390)), ...steps(-390, sx, 60).map((s) => at(s, main(s))), at(sx, sy)];
    const inside = hazardAt(at(sx, sy)[1], at(sx, sy)[0]).layers[0];
    return {
      id, name, lat: at(sx, sy)[1], lon: at(sx, sy)[0], distance_m: straight, heading: heading(sx - x, sy - y),
      way: straight > 2500 ? null : { distance_m: straight * 1.3, minutes: Math.ceil((straight * 1.3) / 67), points, wet_m: 0, zones_known: true, legs: [{ name: null, heading: 'e', distance_m: 140 }, { name: '大橋通り', heading: 'n', distance_m: 420 }, { name: '中央通り', heading: 'e', distance_m: 390 }] },
      inside: hazard === 'flood' && inside?.state === 'inside' ? { layer: 'river-flood', there: depths[inside.class ?? 0] as ClassShown } : null,
    };
  };
  const found = held.map(site).sort((a, b) => Number(a.inside !== null) - Number(b.inside !== null) || a.distance_m - b.distance_m);
  return { sites: hazard === 'storm-surge' ? [] : found, shelters: found.slice(1, 3), ways_known: true };
}

/** The map's commands on the fake phone. */
export function mapCommands(fake: Case): { commands: Record<string, (args: never) => unknown>; places: () => MyPlaceShown[] } {
  const none = fake.maps === 'none' || fake.empty === true;
  const ready = fake.maps !== 'away';
  const layers = none ? [] : all.map((one) => ({ ...one, ready }));
  let mine: MyPlaceShown[] = fake.mine ? [{ id: 'home', name: '自宅', role: 'home', lat: at(-560, 10)[1], lon: at(-560, 10)[0], note: '', changed: false }, { id: 'parents', name: '実家', role: 'parents', lat: at(640, 780)[1], lon: at(640, 780)[0], note: '母がひとりで住んでいます', changed: true }] : [];
  let rows: TimelineRow[] | undefined;
  let locked = fake.locked ?? null;
  let wanted: MapShown['wanted'] = 'wifi';
  const commands: Record<string, (args: never) => unknown> = {
    map: (): MapShown => ({
      town: { name: '見本市', bounds: none ? null : [34.853, 138.29, 34.884, 138.342] }, border: none ? [] : [border], blocks: none ? [] : blocks.map(([name, x, y], i) => ({ id: `b${i}`, name, lat: at(x, y)[1], lon: at(x, y)[0] })), layers,
      base: none ? null : { id: 'base', min_zoom: 8, max_zoom: 16, bounds: [34.83, 138.28, 34.91, 138.35], attribution: ['© OpenStreetMap contributors'], ready, bytes: 3_100_000 }, roads: { ready, bytes: 240_000 }, wanted, missing_bytes: ready || none ? 0 : 5_400_000, newer: false, dangers: [],
    }),
    find_spot: ({ q }: { q: string }): SpotFound[] => blocks.filter(([name]) => name.includes(q)).map(([name, x, y], i) => ({ kind: 'block', id: `b${i}`, name, lat: at(x, y)[1], lon: at(x, y)[0] })),
    hazard_at: ({ lat, lon }: { lat: number; lon: number }) => {
      const found = hazardAt(lat, lon);
      return ready ? found : { ...found, layers: found.layers.map((one) => ({ id: one.id, layer: one.layer, scenario: one.scenario, state: 'missing', source: one.source })) };
    },
    sites: ({ lat, lon, hazard }: { lat: number; lon: number; hazard: string }) => sites(lat, lon, hazard),
    my_places: () => ({ places: mine, locked }),
    save_my_place: ({ note = '', ...place }: SaveMyPlace) => {
      const kept: MyPlaceShown = { ...place, note, changed: false, id: place.id ?? `m${mine.length}` };
      mine = [...mine.filter((one) => one.id !== kept.id), kept];
      return { places: mine, locked: null };
    },
    delete_my_place: ({ id }: { id: string }) => ({ places: (mine = mine.filter((one) => one.id !== id)), locked: null }),
    forget_my_places: () => ({ places: (mine = []), locked: (locked = null) }),
    hazard_card: ({ id }: { id: string }) => {
      const place = mine.find((one) => one.id === id);
      if (!place) throw { code: 'no-my-place', message: id };
      mine = mine.map((one) => (one === place ? { ...one, changed: false } : one));
      return { place, at: hazardAt(place.lat, place.lon), sites: Object.fromEntries(['flood', 'inland-flood', 'landslide', 'storm-surge'].map((hazard) => [hazard, sites(place.lat, place.lon, hazard)])) };
    },
    timeline: () => ({ rows: rows ?? [], kept: rows !== undefined, locked }),
    forget_timeline: () => ({ rows: (rows = []), kept: false, locked: (locked = null) }),
    save_timeline: (args: { rows: TimelineRow[] }) => ({ rows: (rows = args.rows), kept: true, locked: null }),
    set_maps: ({ maps }: { maps: MapShown['wanted'] }) => (wanted = maps),
    // 25.4 MB are needed for what the map says is 5.4 MB large: the phone keeps some for itself.
    fetch_packs: () => (fake.full ? { fetched: 0, ready: 0, missing: 5, requests: 0, bytes: 0, error: { code: 'no-room', message: '' }, room: { needed: 25_400_000, free: 1_400_000 } } : new Promise(() => undefined)),
  };
  return { commands, places: () => mine };
}
