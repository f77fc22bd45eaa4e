import { beforeAll, describe, expect, it } from 'vitest';
import { plain } from '../src/app/format';
import { words } from '../src/app/i18n.svelte';
import { spotOf, queryOf } from '../src/features/map/asked.svelte';
import { classLook } from '../src/features/map/colours';
import { firstGroup, groupOf, groupsHere, groupsOf, together, worstOf } from '../src/features/map/groups';
import { countryTile, withoutPaper } from '../src/features/map/gsi';
import { boundsOf, polygons, within } from '../src/features/map/rings';
import { scaleOf } from '../src/features/map/scale';
import { styleOf } from '../src/features/map/style';
import { useCarrier } from '../src/ipc/client';
import { fakeCarrier } from './fake';
import type { StyleSpecification } from 'maplibre-gl';
import type { LonLat } from '../src/features/map/rings';
import type { ClassShown, HazardAt, HazardCard, HazardKind, LayerSays, LayerShown, MyPlaceShown, Site, TimelineRow } from '../src/ipc/types';
import { besides, classNote, classWords, edgeWords, headline, lengthWords, meaningWords, shortly, sourceWords, spanWords, wayWords } from '../src/features/map/words';
import { cardRows, sitesOf, unknownOf } from '../src/features/my-places/card';
import { draft } from '../src/features/my-places/draft';

beforeAll(() => words('map'));

const SOURCE = { title: '見本市ハザードマップ', provider: '見本市', survey_year: 2023, license: 'CC BY 4.0' };
const depth = (min: number, max: number | null): ClassShown => ({ code: `${min}-${max ?? ''}`, label: '', min_m: min, ...(max === null ? {} : { max_m: max }) });
const layer = (id: string, kind: HazardKind, more: Partial<LayerShown> = {}): LayerShown => ({ id, layer: kind, scenario: '想定最大規模', classes: [depth(0, 0.5), depth(0.5, 3), depth(3, 5)], surveyor: null, survey_year: 2023, license: null, source_title: null, bounds: [34, 138, 35, 139], ready: true, bytes: 1, ...more });
const one = (id: string, kind: HazardKind, more: Partial<LayerSays> = {}): LayerSays => ({ id, layer: kind, scenario: null, state: 'outside', class: null, code: null, label: null, min_m: null, max_m: null, min_h: null, max_h: null, means: null, edge: null, source: SOURCE, ...more });
const inside = (id: string, kind: HazardKind, index: number, of: Partial<LayerSays>): LayerSays => one(id, kind, { state: 'inside', class: index, ...of });
const at = (layers: LayerSays[], not_surveyed: HazardKind[] = []): HazardAt => ({ spot: { lat: 34.8, lon: 138.3, block: null, in_town: true }, layers, not_surveyed });
const site = (id: string, more: Partial<Site> = {}): Site => ({ id, name: `site ${id}`, lat: 34.8, lon: 138.3, distance_m: 700, heading: 'ne', way: null, inside: null, ...more });

describe('what a spot is told', () => {
  it('says the depth in words, with what it means and what to do', () => {
    const deep = inside('r', 'river-flood', 2, { ...depth(3, 5), means: { code: 'second-floor', advice: 'leave' } });
    expect(headline(deep)).toBe('3〜5メートル、水につかります');
    expect(meaningWords(deep.means).join('')).toBe('2階の天井近くまで水が来る深さです。早めに、家の外へ避難してください。');
    expect(headline(inside('r', 'river-flood', 0, depth(0, 0.5)))).toBe('0.5メートルまで、水につかります');
    expect(headline(inside('r', 'tsunami', 5, depth(20, null)))).toBe('20メートルより深く、水につかります');
    expect(headline(inside('r', 'inland-flood', 0, {}))).toBe('水につかる区域です');
  });
  it('never says safe: what was not surveyed, what is missing and what lies outside differ', () => {
    const words = (['not-surveyed', 'missing', 'damaged', 'newer', 'outside'] as const).map((state) => headline(one('r', 'river-flood', { state })));
    expect(words).toEqual(['まだ調べられていません', 'この電話に、まだ届いていません', '地図がこわれています', 'このアプリでは読めません', '洪水で水につかる区域の外です']);
    expect(shortly(one('r', 'tsunami', { state: 'not-surveyed' }))).toBe('まだ調べられていません');
    expect(shortly(one('r', 'tsunami', { state: 'newer' }))).toBe('このアプリでは読めません');
    expect(words.join('')).not.toContain('安全');
  });
  it('says how far the edge is from outside, and where it gets worse from inside', () => {
    const edge = { distance_m: 118, there: depth(0.5, 3), heading: 'e' as const };
    expect(edgeWords(one('r', 'river-flood', { edge }))).toBe('いちばん近い区域の端まで、東へ120mです。');
    expect(edgeWords(inside('r', 'river-flood', 0, { edge }))).toBe('東へ120m行くと、0.5〜3mの区域です。');
    expect(edgeWords(one('r', 'river-flood'))).toBe('');
  });
  it('adds how long water stays and whether houses fall, once each', () => {
    const lead = inside('r', 'river-flood', 2, depth(3, 5));
    const all = [lead, inside('d', 'flood-duration', 2, { min_h: 24, max_h: 72, means: { code: 'days', advice: null } }), inside('c', 'collapse-bank', 0, { code: 'zone', means: { code: 'ground-may-go', advice: 'leave' } }), one('f', 'collapse-flow'), inside('r1', 'river-flood', 1, depth(0.5, 3))];
    const upstairs = { ...lead, means: { code: 'second-floor' as const, advice: 'stay-upstairs-possible' as const } };
    expect(besides(all, upstairs)).toContain('3日は家から出られないつもりで用意してください。');
    const smaller = inside('l1', 'river-flood', 0, { ...depth(0.5, 3), scenario: '計画規模' });
    expect(besides([...all, smaller], { ...lead, scenario: '想定最大規模' })).toContain('計画規模：0.5〜3メートル、水につかります');
    // Whoever has to leave is not told to get ready to stay.
    const leaving = { ...lead, means: { code: 'second-floor' as const, advice: 'leave' as const } };
    expect(besides(all, leaving)).toEqual(['水は1日〜3日、引きません。', '川の岸がけずられる区域です', '地面がけずられ、家ごと流されるおそれがあります。', '早めに、家の外へ避難してください。']);
  });
  it('says times as one says them', () => {
    expect(spanWords({ min_h: 0, max_h: 12 })).toBe('12時間未満');
    expect(spanWords({ min_h: 72, max_h: 168 })).toBe('3日〜1週間');
    expect(spanWords({ min_h: 672, max_h: null })).toBe('4週間以上');
    expect([lengthWords(0.4), lengthWords(118), lengthWords(996), lengthWords(1240), lengthWords(23_400)]).toEqual(['1m', '120m', '1km', '1.2km', '23km']);
  });
  it('tells slopes, and whose survey it is', () => {
    expect(headline(inside('s', 'steep-slope', 1, { code: 'special' }))).toBe('がけくずれ：建物がこわれるおそれのある区域です');
    expect(sourceWords(SOURCE, '想定最大規模')).toBe('見本市ハザードマップ、見本市（2023年の調査、想定最大規模）。');
    expect(sourceWords({ title: '静岡県', provider: '静岡県', survey_year: null, license: null }, null)).toBe('静岡県。調査の年は書かれていません。');
  });
  it('tells the way on foot, or that only the straight line is known', () => {
    expect(wayWords(site('a', { way: { distance_m: 952, minutes: 14, points: [], legs: [], wet_m: 0, zones_known: true } }))).toBe('歩いて14分（950m）、北東の方');
    expect(wayWords(site('a', { heading: null, distance_m: 0 }))).toBe('いまここです');
    expect(wayWords(site('a', { distance_m: 1210 }))).toBe('北東へ、まっすぐ1.2km。道のりは調べられていません。');
  });
});

describe('dangers', () => {
  const layers = [layer('landslide', 'landslide'), layer('debris', 'debris-flow'), layer('flood', 'river-flood'), layer('flood-l1', 'river-flood', { scenario: '計画規模' }), layer('stay', 'flood-duration')];
  it('stand in the order in which they are told, and only those the town has', () => {
    expect(groupsOf(layers)).toEqual(['flood', 'landslide']);
    expect(groupOf('collapse-bank')).toBe('flood');
  });
  it('are drawn together where they are of one kind', () => {
    expect(together(layers, 'flood').map(({ id }) => id)).toEqual(['flood']);
    expect(together(layers, 'flood', 'stay').map(({ id }) => id)).toEqual(['stay']);
    expect(together(layers, 'landslide').map(({ id }) => id)).toEqual(['landslide', 'debris']);
    expect(together(layers, 'tsunami')).toEqual([]);
  });
  it('are led by the deepest that reaches the spot', () => {
    const found = at([inside('flood-l1', 'river-flood', 0, depth(0, 0.5)), inside('flood', 'river-flood', 2, depth(3, 5)), inside('stay', 'flood-duration', 2, { min_h: 24, max_h: 72 }), one('debris', 'debris-flow'), inside('steep', 'steep-slope', 1, { code: 'special' })]);
    expect(worstOf(found, 'flood')?.id).toBe('flood');
    expect(worstOf(found, 'landslide')?.id).toBe('steep');
    expect(firstGroup(found, ['flood', 'landslide'])).toBe('flood');
    expect(firstGroup(at([one('flood', 'river-flood'), inside('steep', 'steep-slope', 0, { code: 'warning' })]), ['flood', 'landslide'])).toBe('landslide');
    // What is not on the phone may be worse than what lies outside.
    expect(worstOf(at([one('a', 'river-flood'), one('b', 'river-flood', { state: 'missing' })]), 'flood')?.id).toBe('b');
    expect(worstOf(at([one('a', 'river-flood'), one('b', 'river-flood', { state: 'newer' })]), 'flood')?.id).toBe('b');
  });
});

describe('the dangers to choose from', () => {
  it('are those with zones, and those that the town has places to flee to from', () => {
    const layers = [layer('flood', 'inland-flood')];
    expect(groupsHere({ layers, dangers: [] })).toEqual(['inland-flood']);
    expect(groupsHere({ layers, dangers: ['tsunami', 'earthquake', 'inland-flood'] })).toEqual(['inland-flood', 'tsunami', 'earthquake']);
    expect(groupsHere({ layers: [], dangers: ['volcano', 'fire'] })).toEqual(['fire', 'volcano']);
  });
  it('begin with one that can be told of', () => {
    const here = groupsHere({ layers: [layer('flood', 'inland-flood')], dangers: ['flood', 'tsunami'] });
    expect(here[0]).toBe('flood');
    expect(firstGroup(at([one('i', 'inland-flood')]), here)).toBe('inland-flood');
    expect(firstGroup(undefined, here)).toBe('flood');
  });
});

describe('colours', () => {
  const tables: [HazardKind, [number, number | null][]][] = [
    ['river-flood', [[0, 0.5], [0.5, 3], [3, 5], [5, 10], [10, 20], [20, null]]],
    ['tsunami', [[0, 0.3], [0.3, 0.5], [0.5, 1], [1, 3], [3, 5], [5, 10], [10, 20], [20, null]]],
    // As prefectures draw theirs (A40).
    ['tsunami', [[0, 0.3], [0.3, 1], [1, 2], [2, 5], [5, 10], [10, null]]],
    ['tsunami', [[0, 0.5], [0.5, 1], [1, 2], [2, 3], [3, 5], [5, null]]],
  ];
  it.each(tables)('of %s are the ministry’s, and each class has a pattern of its own', (kind, classes) => {
    const looks = classes.map(([min, max]) => classLook(kind, depth(min, max)));
    expect(new Set(looks.map(({ pattern }) => pattern)).size).toBe(classes.length);
    expect(new Set(looks.map(({ fill, pattern }) => fill + pattern)).size).toBe(classes.length);
    // Never milder than what is milder.
    const order = ['--depth-fine-1', '--depth-1', '--depth-fine-3', '--depth-2', '--depth-3', '--depth-4', '--depth-5', '--depth-6'];
    const ranks = looks.map(({ fill }) => order.indexOf(fill));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(ranks).not.toContain(-1);
  });
  it('of the deepest a class may get are its own: 2 to 5 m are no 1 to 3 m', () => {
    expect(classLook('tsunami', depth(2, 5)).fill).toBe(classLook('tsunami', depth(3, 5)).fill);
    expect(classLook('tsunami', depth(1, 2)).fill).toBe(classLook('tsunami', depth(1, 3)).fill);
  });
  it('tell the kinds of slopes apart', () => {
    const kinds = ['steep-slope', 'debris-flow', 'landslide'] as const;
    const looks = kinds.flatMap((kind) => ['warning', 'special'].map((code) => classLook(kind, { code })));
    expect(new Set(looks.map(({ fill }) => fill)).size).toBe(6);
    expect(new Set(looks.map(({ pattern }) => pattern)).size).toBe(6);
    expect(headline(inside('s', 'debris-flow', 1, { code: 'special' }))).toBe('土石流：建物がこわれるおそれのある区域です');
  });
  it('of one yellow mean below 0.5 m in the coarse table and 0.3 to 0.5 m in the fine one', () => {
    expect(classLook('river-flood', depth(0, 0.5)).fill).toBe(classLook('tsunami', depth(0.3, 0.5)).fill);
    expect(classLook('tsunami', depth(0, 0.3)).fill).not.toBe(classLook('river-flood', depth(0, 0.5)).fill);
  });
  it('have words for the legend', () => {
    expect(classWords('river-flood', depth(0, 0.5))).toBe('0.5m未満');
    expect(classNote('river-flood', depth(0.5, 3))).toBe('1階の天井');
    expect(classNote('river-flood', depth(20, null))).toBe('3階の屋根の上');
    expect(classWords('debris-flow', { code: 'special' })).toBe('特別警戒区域');
  });
});

describe('the style', () => {
  const shown = { border: [[[138, 34], [139, 34], [139, 35]] as LonLat[]], blocks: [{ id: 'b', name: '本町', lat: 34.5, lon: 138.5 }], base: null };
  const palette = (role: string) => role;
  it('draws border and names where there is nothing else', () => {
    const style = styleOf({ shown, zones: [layer('flood', 'river-flood', { ready: false })], palette, online: false, text: 1 });
    expect(Object.keys(style.sources)).toEqual(['town', 'blocks', 'way', 'sites', 'mine', 'spot']);
    expect(style.layers.map(({ id }) => id)).toEqual(['land', 'town', 'border', 'blocks', 'way-edge', 'way', 'sites', 'mine', 'spot']);
  });
  it('asks nothing of the web: no glyphs, no sprites, tiles of the core alone', () => {
    const base = { id: 'base', min_zoom: 8, max_zoom: 16, bounds: [34, 138, 35, 139] as [number, number, number, number], attribution: [], ready: true, bytes: 1 };
    const style = styleOf({ shown: { ...shown, base }, zones: [layer('a/b', 'river-flood')], palette, online: false, text: 1 });
    expect(style.glyphs ?? style.sprite).toBeUndefined();
    expect(JSON.stringify(style)).not.toContain('http');
    expect(JSON.stringify(style.sources)).toContain('madoguchi://tile/a%2Fb/{z}/{x}/{y}');
    const ids = style.layers.map(({ id }) => id);
    // A worse class covers the colour and the pattern of a milder one.
    expect(ids.filter((id) => /:a\/b:/.test(id))).toEqual(['fill:a/b:0', 'pattern:a/b:0', 'fill:a/b:1', 'pattern:a/b:1', 'fill:a/b:2', 'pattern:a/b:2']);
    expect(ids.indexOf('pattern:a/b:2')).toBeLessThan(ids.indexOf('water'));
  });
});

describe('the country’s map', () => {
  const base = { id: 'base', min_zoom: 8, max_zoom: 16, bounds: [34, 138, 35, 139] as [number, number, number, number], attribution: [], ready: true, bytes: 1 };
  const shown = { border: [[[138, 34], [139, 34], [139, 35]] as LonLat[]], blocks: [{ id: 'b', name: '本町', lat: 34.5, lon: 138.5 }], base };
  const palette = (role: string) => (role.startsWith('--gsi-') ? '0.5' : role);
  const style = (online: boolean, of: Parameters<typeof styleOf>[0]['shown'] = shown) => styleOf({ shown: of, zones: [layer('flood', 'river-flood')], palette, online, text: 1 });
  const ids = (of: StyleSpecification) => of.layers.map(({ id }) => id);
  it('is not there unless it is wished', () => {
    expect(JSON.stringify(style(false))).not.toContain('gsi');
  });
  it('lies under the zones and over the town’s own ground, its lines above the zones, and nothing of the town’s is missing', () => {
    const [off, on] = [ids(style(false)), ids(style(true))];
    // Without a tile the map is what it is without the wish.
    expect(on.filter((id) => !id.startsWith('gsi'))).toEqual(off);
    const zones = on.flatMap((id, at) => (/^(fill|pattern):/.test(id) ? [at] : []));
    expect(on.slice(0, zones[0])).toEqual(['land', 'town', 'green', 'buildings', 'gsi']);
    const above = on.slice((zones.at(-1) ?? 0) + 1);
    expect(above.slice(above.indexOf('gsi-lines'))).toEqual(['gsi-lines', 'border', 'labels', 'road-names', 'blocks', 'way-edge', 'way', 'sites', 'mine', 'spot']);
    expect(ids(style(true, { ...shown, base: null })).slice(0, 3)).toEqual(['land', 'town', 'gsi']);
  });
  it('leaves the colours of the legend as they are', () => {
    const fills = (of: StyleSpecification) => of.layers.filter(({ id }) => /^(fill|pattern):/.test(id));
    expect(fills(style(true))).toEqual(fills(style(false)));
  });
  it('without its paper is the ink alone', () => {
    const dots = Uint8ClampedArray.from([255, 255, 255, 255, 245, 244, 240, 255, 0, 0, 0, 255, 120, 120, 120, 255, 195, 220, 234, 255, 0, 0, 0, 0]);
    withoutPaper(dots);
    const opaque = [...dots].filter((_, at) => at % 4 === 3);
    expect(opaque).toEqual([0, 0, 255, 128, 48, 0]);
    expect([...dots.slice(8, 15)]).toEqual([0, 0, 0, 255, 0, 0, 0]);
    // Water stays blue.
    expect(dots[18]).toBeGreaterThan((dots[16] ?? 0) + 150);
  });
  it('asks once for the two layers of a tile, and again where it did not come', async () => {
    let asked = 0;
    const tile = Uint8Array.of(1);
    useCarrier({ ...fakeCarrier({}), gsiTile: () => ((asked += 1) === 1 ? Promise.reject({ code: 'offline', message: '' }) : Promise.resolve(tile)) });
    await expect(countryTile(14, 1, 2)).rejects.toMatchObject({ code: 'offline' });
    expect(await Promise.all([countryTile(14, 1, 2), countryTile(14, 1, 2)])).toEqual([tile, tile]);
    expect(asked).toBe(2);
  });
  it('comes from the core, in the zooms that it has', () => {
    for (const source of ['gsi', 'gsi-lines']) expect(style(true).sources[source]).toEqual({ type: 'raster', tiles: [`madoguchi://${source}/{z}/{x}/{y}`], tileSize: 256, minzoom: 5, maxzoom: 18 });
    expect(JSON.stringify(style(true))).not.toContain('http');
  });
});

describe('rings', () => {
  const square = (x: number, y: number, edge: number): LonLat[] => [[x, y], [x + edge, y], [x + edge, y + edge], [x, y + edge]];
  it('are holes where they lie in an odd number of others', () => {
    const [outer, hole, island, apart] = [square(0, 0, 10), square(2, 2, 6), square(4, 4, 2), square(20, 0, 1)];
    const found = polygons([hole, outer, apart, island]);
    expect(found.map((polygon) => polygon.length)).toEqual([2, 1, 1]);
    expect(found[0]?.[0]?.slice(0, -1)).toEqual(outer);
    expect(within([5, 5], island)).toBe(true);
  });
  it('span what they span', () => {
    expect(boundsOf(square(1, 2, 3))).toEqual([2, 1, 5, 4]);
    expect(boundsOf([])).toBeUndefined();
  });
  it('give the scale a round length', () => {
    expect(scaleOf(2.1)).toEqual({ metres: 200, px: 95 });
    expect(scaleOf(0.02)).toEqual({ metres: 5, px: 250 });
  });
});

describe('an address of a spot', () => {
  it('is read back', () => {
    expect(spotOf(new URLSearchParams(queryOf({ lat: 34.8671, lon: 138.3102, name: '[川原町|かわらまち]' })))).toEqual({ lat: 34.8671, lon: 138.3102, name: '川原町' });
  });
  it.each(['', 'lat=34', 'lat=x&lon=y', 'lat=91&lon=0', 'lat=Infinity&lon=0'])('is none in %s', (words) => expect(spotOf(new URLSearchParams(words))).toBeUndefined());
});

describe('a card', () => {
  const place: MyPlaceShown = { id: 'h', name: '自宅', role: 'home', lat: 34.8, lon: 138.3, note: '', changed: false };
  const card = {
    place,
    at: at([one('s', 'storm-surge'), inside('flood', 'river-flood', 1, { ...depth(0.5, 3), means: { code: 'first-floor', advice: 'stay-upstairs-possible' } })], ['tsunami', 'inland-flood', 'flood-history']),
    sites: { flood: { sites: [site('a'), site('b')], shelters: [], ways_known: true }, landslide: { sites: [site('a', { inside: { layer: 'steep-slope', there: { code: 'warning', label: '' } } })], shelters: [], ways_known: true }, tsunami: { sites: [], shelters: [], ways_known: true } },
  };
  it('tells first what reaches the place, and what nobody surveyed', () => {
    expect(cardRows(card).map(({ group }) => group)).toEqual(['flood', 'storm-surge']);
    expect(unknownOf(card)).toEqual(['inland-flood', 'tsunami']);
  });
  it('names a site once, with all that is wrong with it', () => {
    expect(sitesOf(card).map(({ hazards, site }) => [site.id, hazards, site.inside?.layer])).toEqual([['a', ['flood', 'landslide'], 'steep-slope']]);
  });
  it('makes the draft of a plan: every level has something, the slow set out a level before', () => {
    const rows = draft(card, { names: ['はな', 'ばあば'], slow: ['ばあば'] });
    expect([...new Set(rows.map(({ level }) => level))]).toEqual([1, 2, 3, 4, 5]);
    expect(rows.find(({ who }) => who === 'ばあば')).toMatchObject({ level: 3, what: 'site aへ向かう' });
    expect(rows.some(({ what }) => plain(what).includes('2階より上'))).toBe(true);
    // It is the flood's site that home needs, not the landslide's.
    expect(rows.filter(({ level }) => level === 4).map(({ what }) => what)).toEqual([expect.stringContaining('site aへ避難する'), '家の2階より上へ移る']);
    const none = draft(undefined, { names: [], slow: [] });
    expect([...new Set(none.map(({ level }) => level))]).toEqual([1, 2, 3, 4, 5]);
    expect(none.some(({ what }) => what.includes('undefined'))).toBe(false);
  });
  it('plans a site for each danger that reaches home, and never another danger’s', () => {
    const none = { sites: [], shelters: [], ways_known: true };
    const to = (id: string) => ({ ...none, sites: [site(id)] });
    const flood = inside('flood', 'river-flood', 1, { ...depth(0.5, 3), means: { code: 'first-floor', advice: 'leave' } });
    const slope = inside('slope', 'debris-flow', 0, { code: 'warning', means: { code: 'slope-may-fall', advice: 'leave' } });
    const inland = inside('inland', 'inland-flood', 4, { ...depth(3, 5), means: { code: 'second-floor', advice: 'leave' } });
    const plan = (layers: LayerSays[], sites: HazardCard['sites']) => draft({ place, at: at(layers), sites }, { names: ['はな'], slow: ['ばあば'] });
    const of = (rows: TimelineRow[], level: number) => rows.filter((row) => row.level === level).map(({ what }) => plain(what));

    const both = plan([flood, slope], { flood: to('a'), landslide: to('b'), earthquake: to('c') });
    expect(of(both, 4)).toEqual([expect.stringMatching(/^洪水のときは、site aへ避難する/), expect.stringMatching(/^土砂災害のときは、site bへ避難する/)]);
    expect(of(both, 3)).toEqual(['早めに避難する所へ向かう', '家族に連絡し、出る用意をする']);
    const same = plan([flood, slope], { flood: to('a'), landslide: to('a') });
    expect(of(same, 4)).toEqual([expect.stringMatching(/^site aへ避難する/)]);
    // A town with no site for its inland flood: the tower against tsunamis is not where one goes.
    const nowhere = plan([inland], { 'inland-flood': none, tsunami: to('tower'), earthquake: to('tower') });
    expect(of(nowhere, 4)).toEqual(['市の指示する所へ避難する']);
    expect(nowhere.some(({ what }) => what.includes('tower'))).toBe(false);
    // One of two dangers has a site.
    expect(of(plan([flood, inland], { flood: to('a'), 'inland-flood': none }), 4)).toEqual([expect.stringMatching(/^洪水のときは、site aへ/), '市の指示する所へ避難する']);
  });
});
