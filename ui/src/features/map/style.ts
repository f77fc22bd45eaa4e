import type { Feature } from 'geojson';
import type { ExpressionSpecification, GeoJSONSourceSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { classLook, type Palette } from './colours';
import { polygons } from './rings';
import type { BaseShown, LayerShown, MapShown } from '../../ipc/types';
import type { LonLat } from './rings';

/** The fonts of the phone itself: no glyphs are shipped or fetched. The first name is that of no font and tells the weight. */
export const BOLD = ['Bold', 'Noto Sans JP', 'Noto Sans CJK JP', 'Hiragino Sans', 'Hiragino Kaku Gothic ProN', 'Yu Gothic UI', 'sans-serif'];

/** What a style is made from. */
export interface Wanted {
  shown: Pick<MapShown, 'border' | 'blocks' | 'base'>;
  /** The layers of zones that are looked at. */
  zones: LayerShown[];
  palette: Palette;
  /** Is the country's map laid under the zones? */
  online: boolean;
  /** How much larger than usual text is. */
  text: number;
}

/** Where the tiles of a source come from: `engine.ts` answers. */
export const tiles = (source: string): string => `madoguchi://tile/${encodeURIComponent(source)}/{z}/{x}/{y}`;

/** The country's map: all of it, and what is drawn on it alone. */
export const GSI = 'gsi';
export const GSI_LINES = 'gsi-lines';

const featuresOf = (features: Feature[]): GeoJSONSourceSpecification => ({ type: 'geojson', data: { type: 'FeatureCollection', features } });
export const point = (at: LonLat, properties: Record<string, unknown> = {}): Feature => ({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: at } });

/** Widths that grow with the zoom. */
const wide = (...stops: [zoom: number, px: number][]): ExpressionSpecification => ['interpolate', ['exponential', 1.6], ['zoom'], ...stops.flat()] as ExpressionSpecification;

const text = (size: number, scale: number, palette: Palette): { layout: Record<string, unknown>; paint: Record<string, unknown> } => ({
  layout: { 'text-font': BOLD, 'text-size': size * scale, 'text-max-width': 9, 'text-padding': 4 },
  paint: { 'text-color': palette('--map-text'), 'text-halo-color': palette('--map-halo'), 'text-halo-width': 1.8 },
});

/** Everything below the zones: the town's border first, so that the map is never blank, then the base map where there is one. */
function ground({ shown, palette }: Wanted): LayerSpecification[] {
  const found: LayerSpecification[] = [
    { id: 'land', type: 'background', paint: { 'background-color': palette('--map-land') } },
    { id: 'town', type: 'fill', source: 'town', paint: { 'fill-color': palette('--map-block') } },
  ];
  if (!shown.base?.ready) return found;
  const of = (name: string) => ({ source: 'base', 'source-layer': name });
  return [
    ...found,
    { id: 'green', type: 'fill', ...of('green'), paint: { 'fill-color': palette('--map-green') } },
    { id: 'buildings', type: 'fill', ...of('buildings'), minzoom: 14, paint: { 'fill-color': palette('--map-building') } },
  ];
}

const CLASS: ExpressionSpecification = ['coalesce', ['get', 'kind'], ''];
const MAIN = ['motorway', 'trunk', 'primary'];
const MIDDLE = ['secondary', 'tertiary'];
const WALKED = ['footway', 'steps', 'pedestrian', 'cycleway', 'track'];

/** Water and ways: above the zones, so that one finds one's way in them. */
function ways({ shown, palette }: Wanted): LayerSpecification[] {
  if (!shown.base?.ready) return [];
  const of = (name: string) => ({ source: 'base', 'source-layer': name });
  const layout = { 'line-cap': 'round', 'line-join': 'round' } as const;
  const width = (more: number) => wide([10, 0.4 + more], [14, 1.6 + more], [16, 4 + more * 1.4], [19, 18 + more * 2]);
  const larger = (more: number) => wide([9, 0.6 + more], [14, 3.4 + more], [16, 7.5 + more * 1.4], [19, 28 + more * 2]);
  const largest = (more: number) => wide([8, 0.8 + more], [14, 5 + more], [16, 11 + more * 1.4], [19, 38 + more * 2]);
  const road = (id: string, filter: unknown, line: ExpressionSpecification, color: string, minzoom = 8): LayerSpecification =>
    ({ id, type: 'line', ...of('roads'), minzoom, filter, layout, paint: { 'line-color': palette(color), 'line-width': line } }) as LayerSpecification;
  const main = ['in', CLASS, ['literal', MAIN]];
  const middle = ['in', CLASS, ['literal', MIDDLE]];
  const walked = ['in', CLASS, ['literal', WALKED]];
  const small = ['!', ['in', CLASS, ['literal', [...MAIN, ...MIDDLE, ...WALKED]]]];
  return [
    { id: 'water', type: 'fill', ...of('water'), filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': palette('--map-water') } },
    { id: 'streams', type: 'line', ...of('water'), filter: ['==', ['geometry-type'], 'LineString'], layout, paint: { 'line-color': palette('--map-water'), 'line-width': wide([10, 1], [14, 2.5], [18, 9]) } },
    { id: 'walked', type: 'line', ...of('roads'), minzoom: 14, filter: walked, layout, paint: { 'line-color': palette('--map-road'), 'line-width': wide([14, 0.8], [17, 2.2]), 'line-dasharray': [2, 1.4] } } as unknown as LayerSpecification,
    road('small-edge', small, width(1.2), '--map-road-edge', 13),
    road('middle-edge', middle, larger(1.4), '--map-road-edge'),
    road('main-edge', main, largest(1.6), '--map-road-edge'),
    road('small', small, width(0), '--map-road', 11),
    road('middle', middle, larger(0), '--map-road'),
    road('main', main, largest(0), '--map-road'),
    { id: 'rail', type: 'line', ...of('rail'), paint: { 'line-color': palette('--map-rail'), 'line-width': wide([9, 0.8], [14, 2], [18, 5]) } },
    { id: 'rail-gaps', type: 'line', ...of('rail'), minzoom: 12, paint: { 'line-color': palette('--map-road'), 'line-width': wide([12, 0.4], [14, 1], [18, 3]), 'line-dasharray': [4, 4] } },
  ] as LayerSpecification[];
}

/** The country's map, over the town's own ground: where a tile does not come, that is seen. At night it is turned over, light to
 * dark, and its hues back to what they were. */
function country({ palette, online }: Wanted, id: string, opacity: string): LayerSpecification[] {
  if (!online) return [];
  const number = (role: string) => Number(palette(role));
  const paint = { 'raster-brightness-min': number('--gsi-black'), 'raster-brightness-max': number('--gsi-white'), 'raster-hue-rotate': number('--gsi-hue'), 'raster-saturation': number('--gsi-colour'), 'raster-opacity': number(opacity), 'raster-fade-duration': 0 };
  return [{ id, type: 'raster', source: id, paint }];
}

/** The name of a class's pattern among the images of the style. */
export const patternId = (layer: LayerShown, at: number): string => {
  const of = layer.classes[at];
  const look = of && classLook(layer.layer, of);
  return look ? `pattern:${look.pattern}:${look.ink}` : '';
};

/** The zones of one layer, mildest first: the official colour and its pattern, which a worse class covers both. */
function zones(layer: LayerShown, palette: Palette): LayerSpecification[] {
  return layer.classes.flatMap((of, at) => {
    const from = { source: `zone:${layer.id}`, 'source-layer': 'zones', filter: ['==', ['get', 'class'], at] };
    return [
      { id: `fill:${layer.id}:${at}`, type: 'fill', ...from, paint: { 'fill-color': palette(classLook(layer.layer, of).fill), 'fill-antialias': false } },
      { id: `pattern:${layer.id}:${at}`, type: 'fill', ...from, paint: { 'fill-pattern': patternId(layer, at) } },
    ] as unknown as LayerSpecification[];
  });
}

/** Names above all: blocks first, then what the base map names. */
function names({ shown, palette, text: scale }: Wanted): LayerSpecification[] {
  const found: LayerSpecification[] = [];
  if (shown.base?.ready) {
    const small = text(12, scale, palette);
    found.push({ id: 'labels', type: 'symbol', source: 'base', 'source-layer': 'labels', filter: ['!=', ['get', 'kind'], 'block'], ...small, layout: { ...small.layout, 'text-field': ['get', 'name'], 'symbol-sort-key': ['get', 'rank'] } } as unknown as LayerSpecification);
    const road = text(11, scale, palette);
    found.push({ id: 'road-names', type: 'symbol', source: 'base', 'source-layer': 'roads', minzoom: 15, filter: ['has', 'name'], paint: road.paint, layout: { ...road.layout, 'symbol-placement': 'line', 'text-field': ['get', 'name'] } } as LayerSpecification);
  }
  const block = text(13, scale, palette);
  found.push({ id: 'blocks', type: 'symbol', source: 'blocks', paint: block.paint, layout: { ...block.layout, 'text-field': ['get', 'name'], 'symbol-sort-key': ['get', 'rank'] } } as LayerSpecification);
  return found;
}

/** What the screen puts on the map: the way, the sites, my places, the spot that was asked for. */
function marks({ palette, text: scale }: Wanted): LayerSpecification[] {
  const halo = { 'text-halo-color': palette('--surface'), 'text-halo-width': 2.2, 'text-color': palette('--text') };
  const side = { 'text-font': BOLD, 'text-field': ['get', 'name'], 'text-size': 14 * scale, 'text-max-width': 8, 'text-optional': true, 'icon-image': ['get', 'icon'], 'icon-allow-overlap': true };
  return [
    { id: 'way-edge', type: 'line', source: 'way', layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': palette('--surface'), 'line-width': 9, 'line-opacity': 0.75 } },
    { id: 'way', type: 'line', source: 'way', layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': palette('--ok'), 'line-width': 5.5, 'line-dasharray': [0.01, 1.75] } },
    { id: 'sites', type: 'symbol', source: 'sites', paint: halo, layout: { ...side, 'icon-anchor': 'bottom', 'text-variable-anchor': ['left', 'right', 'top'], 'text-radial-offset': 1.8, 'text-justify': 'auto', 'symbol-sort-key': ['get', 'rank'] } },
    { id: 'mine', type: 'symbol', source: 'mine', paint: halo, layout: { ...side, 'text-anchor': 'top', 'text-offset': [0, 1.5] } },
    { id: 'spot', type: 'symbol', source: 'spot', layout: { 'icon-image': ['get', 'icon'], 'icon-anchor': 'bottom', 'icon-allow-overlap': true } },
  ] as LayerSpecification[];
}

const gsi = (id: string): StyleSpecification['sources'][string] => ({ type: 'raster', tiles: [`madoguchi://${id}/{z}/{x}/{y}`], tileSize: 256, minzoom: 5, maxzoom: 18 });
const base = (of: BaseShown): StyleSpecification['sources'][string] => ({ type: 'vector', tiles: [tiles('base')], minzoom: of.min_zoom, maxzoom: of.max_zoom, bounds: [of.bounds[1], of.bounds[0], of.bounds[3], of.bounds[2]] });

/** The deepest zoom at which zones are cut; beyond, the same tile is drawn larger. */
const ZONE_ZOOM = 16;

/** The whole map as a style. */
export function styleOf(wanted: Wanted): StyleSpecification {
  const { shown, zones: layers, palette, online } = wanted;
  const ready = layers.filter((layer) => layer.ready);
  return {
    version: 8,
    sources: {
      town: featuresOf(polygons(shown.border).map((coordinates) => ({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates } }))),
      blocks: featuresOf(shown.blocks.map(({ name, lat, lon }, rank) => point([lon, lat], { name, rank }))),
      ...(shown.base?.ready ? { base: base(shown.base) } : {}),
      ...(online ? { [GSI]: gsi(GSI), [GSI_LINES]: gsi(GSI_LINES) } : {}),
      ...Object.fromEntries(ready.map((layer) => [`zone:${layer.id}`, { type: 'vector', tiles: [tiles(layer.id)], minzoom: 5, maxzoom: ZONE_ZOOM, bounds: [layer.bounds[1], layer.bounds[0], layer.bounds[3], layer.bounds[2]] } as const])),
      way: featuresOf([]),
      sites: featuresOf([]),
      mine: featuresOf([]),
      spot: featuresOf([]),
    },
    layers: [
      ...ground(wanted),
      ...country(wanted, GSI, '--gsi-cover'),
      ...ready.flatMap((layer) => zones(layer, palette)),
      ...ways(wanted),
      // Once more above the zones, whose colours stay those of the legend: streets and names without the paper.
      ...country(wanted, GSI_LINES, '--gsi-ink'),
      { id: 'border', type: 'line', source: 'town', paint: { 'line-color': palette('--map-border'), 'line-width': 2, 'line-dasharray': [3, 1.5, 0.6, 1.5] } },
      ...names(wanted),
      ...marks(wanted),
    ],
  };
}
