import type { Feature } from 'geojson';
import { addProtocol, Map as GlMap, setMaxParallelImageRequests, setWorkerUrl, type GeoJSONSource, type LngLatBoundsLike } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { mapTile } from '../../ipc/tiles';
import { palette } from './colours';
import { countryTile, linesOf } from './gsi';
import { draw } from './images';
import { GSI, GSI_LINES, point, styleOf, type Wanted } from './style';
import type { Bounds, LonLat } from './rings';

// The default is looked for beside the module, which the bundler has moved; and there is none where the page is not on http.
setWorkerUrl(new URL(workerUrl, document.baseURI).href);

// The country's map is another's server: it is not pressed, and a slow one leaves the core free for the town's own tiles.
setMaxParallelImageRequests(4);

/** `madoguchi://tile/<source>/<z>/<x>/<y>`, `madoguchi://gsi/<z>/<x>/<y>`, `madoguchi://gsi-lines/…`: tiles come from the core, never from the web. */
addProtocol('madoguchi', async ({ url }) => {
  const country = [GSI, GSI_LINES].find((source) => url.startsWith(`madoguchi://${source}/`));
  if (country) {
    const [z = 0, x = 0, y = 0] = url.split('/').slice(3).map(Number);
    const png = await countryTile(z, x, y);
    return { data: country === GSI ? png.slice().buffer : await linesOf(png) };
  }
  const [source = '', z, x, y] = url.replace('madoguchi://tile/', '').split('/');
  const bytes = await mapTile(decodeURIComponent(source), Number(z), Number(x), Number(y));
  return { data: bytes.buffer as ArrayBuffer };
});

/** A mark on the map. */
export interface Mark {
  id: string;
  name: string;
  at: LonLat;
  icon: string;
}

/** What the map shows besides the town: put anew at any time. */
export interface Marks {
  spot: LonLat | undefined;
  sites: Mark[];
  mine: Mark[];
  way: LonLat[];
}

/** How the map stands. */
export interface View {
  /** Degrees from north, clockwise. */
  bearing: number;
  zoom: number;
  /** Metres that a px of the screen stands for. */
  metres: number;
  center: LonLat;
}

export interface Events {
  /** A spot was pressed. */
  ontap: (at: LonLat) => void;
  /** A site or one of my places was pressed. */
  onmark: (kind: 'sites' | 'mine', id: string) => void;
  onview: (view: View) => void;
  /** The map cannot be drawn on this device, or not any more. */
  onbroken: () => void;
  /** A tile did not come; the rest stands. */
  ontrouble: () => void;
}

const reduced = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
const box = ([south, west, north, east]: Bounds): LngLatBoundsLike => [west, south, east, north];
const EARTH = 40_075_016.686;

/** The map itself: MapLibre, and nothing of it outside of this file. */
export class Engine {
  readonly #map: GlMap;
  #marks: Marks = { spot: undefined, sites: [], mine: [], way: [] };
  #wanted: Omit<Wanted, 'palette'>;
  #pad = { top: 0, bottom: 0, left: 0, right: 0 };
  /** What it was to show at first, until it is known how much of it is covered. */
  #first: Bounds | undefined;

  constructor(container: HTMLElement, wanted: Omit<Wanted, 'palette'>, start: { bounds: Bounds } | { center: LonLat; zoom: number }, label: string, events: Events) {
    this.#wanted = wanted;
    this.#first = 'bounds' in start ? start.bounds : undefined;
    this.#map = new GlMap({
      container,
      style: styleOf({ ...wanted, palette: palette() }),
      ...('bounds' in start ? { bounds: box(start.bounds), fitBoundsOptions: { padding: 24 } } : { center: start.center, zoom: start.zoom }),
      minZoom: 6,
      maxZoom: 19,
      attributionControl: false,
      maplibreLogo: false,
      dragRotate: true,
      pitchWithRotate: false,
      touchPitch: false,
      maxPitch: 0,
      fadeDuration: reduced() ? 0 : 150,
      locale: { 'Map.Title': label },
      // No font file is fetched: all text is drawn with the phone's own.
      localIdeographFontFamily: 'sans-serif',
      validateStyle: false,
      // Names beyond the town's would be those of tiles that are not there.
      renderWorldCopies: false,
    });
    const map = this.#map;
    // One gets past it by Tab: everything that it tells stands beside it in words.
    map.getCanvas().tabIndex = -1;
    map.getCanvas().setAttribute('role', 'img');
    map.setMissingStyleImageResolver((id) => this.#image(id));
    map.on('click', ({ point: at, lngLat }) => {
      const near = [[at.x - 14, at.y - 14], [at.x + 14, at.y + 14]] as [[number, number], [number, number]];
      const hit = map.queryRenderedFeatures(near, { layers: ['sites', 'mine'].filter((layer) => map.getLayer(layer)) })[0];
      if (hit) events.onmark(hit.layer.id as 'sites' | 'mine', String(hit.properties.id));
      else events.ontap([lngLat.lng, lngLat.lat]);
    });
    const tell = () => events.onview(this.view);
    map.on('move', tell);
    // Not `load`, which waits for every tile in sight: marks do not wait for another's server.
    map.once('style.load', () => {
      this.#put();
      tell();
    });
    // A tile of the country's map that does not come is no news: the town's own lies there.
    map.on('error', (event) => {
      if (!('sourceId' in event && [GSI, GSI_LINES].includes(String(event.sourceId)))) events.ontrouble();
    });
    addEventListener('online', this.#again);
    map.on('webglcontextlost', () => events.onbroken());
  }

  /** The network is back: what did not come is asked for again. */
  #again = (): void => {
    for (const source of [GSI, GSI_LINES]) if (this.#map.getSource(source)) this.#map.refreshTiles(source);
  };

  get view(): View {
    const { lng, lat } = this.#map.getCenter();
    const zoom = this.#map.getZoom();
    return { bearing: this.#map.getBearing(), zoom, metres: (EARTH * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** zoom), center: [lng, lat] };
  }

  /** Draws anew: other zones, other colours, other text. */
  restyle(wanted: Omit<Wanted, 'palette'>): void {
    this.#wanted = wanted;
    this.#map.setStyle(styleOf({ ...wanted, palette: palette() }), { diff: false, validate: false });
    this.#map.once('styledata', () => this.#put());
  }

  put(marks: Marks): void {
    this.#marks = marks;
    this.#put();
  }

  /** Room at the edges that is covered: the middle of the map is the middle of what one sees. */
  pad(top: number, bottom: number): void {
    this.#pad = { ...this.#pad, top, bottom };
    if (this.#first) {
      // What is covered belongs to the map from now on; a fit adds its own margin to that.
      this.#map.setPadding(this.#pad);
      this.#map.fitBounds(box(this.#first), { padding: { top: 12, bottom: 12, left: 20, right: 20 }, duration: 0 });
      if (bottom > 0) this.#first = undefined;
      return;
    }
    this.#map.easeTo({ padding: this.#pad, duration: reduced() ? 0 : 240 });
  }

  show(at: LonLat, zoom?: number): void {
    this.#map.easeTo({ center: at, padding: this.#pad, ...(zoom === undefined ? {} : { zoom: Math.max(zoom, this.#map.getZoom()) }), duration: reduced() ? 0 : 400 });
  }

  fit(bounds: Bounds, maxZoom = 17): void {
    this.#map.fitBounds(box(bounds), { padding: 40, maxZoom, duration: reduced() ? 0 : 400 });
  }

  zoom(by: 1 | -1): void {
    this.#map.easeTo({ zoom: this.#map.getZoom() + by, duration: reduced() ? 0 : 200 });
  }

  north(): void {
    this.#map.easeTo({ bearing: 0, duration: reduced() ? 0 : 200 });
  }

  /** Waits until all that is in sight is drawn. */
  settled(): Promise<void> {
    return new Promise((done) => (this.#map.loaded() && !this.#map.isMoving() ? done() : this.#map.once('idle', () => done())));
  }

  remove(): void {
    removeEventListener('online', this.#again);
    this.#map.remove();
  }

  #image(id: string): void {
    const ratio = Math.min(Math.ceil(devicePixelRatio), 3);
    const image = draw(id, palette(), ratio, this.#wanted.text);
    if (image && !this.#map.hasImage(id)) this.#map.addImage(id, image, { pixelRatio: ratio });
  }

  #put(): void {
    const set = (source: string, features: Feature[]) => this.#map.getSource<GeoJSONSource>(source)?.setData({ type: 'FeatureCollection', features });
    const { spot, sites, mine, way } = this.#marks;
    set('spot', spot ? [point(spot, { icon: 'pin' })] : []);
    set('sites', sites.map(({ id, name, at, icon }, rank) => point(at, { id, name, icon, rank })));
    set('mine', mine.map(({ id, name, at, icon }) => point(at, { id, name, icon })));
    set('way', way.length > 1 ? [{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: way } }] : []);
  }
}
