/** What the core tells of hazards and the map. */

/** What a layer tells of. */
export type LayerKind =
  | 'river-flood'
  | 'flood-duration'
  | 'collapse-flow'
  | 'collapse-bank'
  | 'inland-flood'
  | 'storm-surge'
  | 'tsunami'
  | 'steep-slope'
  | 'debris-flow'
  | 'landslide'
  | 'flood-history';

/** South, west, north, east. */
export type Bounds = [number, number, number, number];
/** Longitude, latitude. */
export type LonLat = [number, number];

/** One of eight directions. */
export type Heading = 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | 'nw';

/** The bounds of a class: metres deep, or hours long. */
export interface Span {
  min_m?: number | null;
  max_m?: number | null;
  min_h?: number | null;
  max_h?: number | null;
}

export interface ClassShown extends Span {
  code: string;
  /** The source's own words. */
  label: string;
}

export interface LayerShown {
  id: string;
  layer: LayerKind;
  scenario?: string | null;
  /** Mildest first; a zone's class is its place here. */
  classes: ClassShown[];
  surveyor?: string | null;
  survey_year?: number | null;
  license?: string | null;
  source_title?: string | null;
  bounds: Bounds;
  /** Is it on this phone? */
  ready: boolean;
  bytes: number;
}

export interface BlockShown {
  id: string;
  name: string;
  lat: number;
  lon: number;
}

export interface BaseShown {
  id: string;
  min_zoom: number;
  max_zoom: number;
  bounds: Bounds;
  attribution: string[];
  ready: boolean;
  bytes: number;
}

/** When packs are fetched. */
export type Wanted = 'always' | 'wifi' | 'never';

export interface MapShown {
  town: { name: string; bounds: Bounds | null };
  /** Rings; even-odd tells outer ones and holes apart. */
  border: LonLat[][];
  blocks: BlockShown[];
  layers: LayerShown[];
  base?: BaseShown | null;
  roads: { ready: boolean; bytes: number };
  wanted: Wanted;
  missing_bytes: number;
}

export interface SpotFound {
  kind: 'block' | 'place' | 'saved';
  id: string;
  name: string;
  lat: number;
  lon: number;
}

/** What a class means for people, as a code; the sentences stand in the messages. */
export interface Meaning {
  code: string;
  advice?: string | null;
}

export interface Source {
  title?: string | null;
  provider?: string | null;
  survey_year?: number | null;
  license?: string | null;
}

export type LayerState = 'inside' | 'outside' | 'not-surveyed' | 'missing';

export interface LayerAt extends Span {
  id: string;
  layer: LayerKind;
  scenario?: string | null;
  state: LayerState;
  class?: number | null;
  code?: string | null;
  label?: string | null;
  means?: Meaning | null;
  /** The nearest zone from outside; from inside, the nearest worse one. */
  edge?: { distance_m: number; class: number; code: string; heading: Heading } | null;
  source: Source;
}

export interface HazardAt {
  spot: { lat: number; lon: number; block?: { name: string; distance_m: number } | null; in_town: boolean };
  layers: LayerAt[];
  /** Kinds of which the town has no layer. */
  not_surveyed: LayerKind[];
  worst?: { hazard: string; code: string } | null;
}

export interface Leg {
  name?: string | null;
  heading: Heading;
  distance_m: number;
}

export interface Way {
  distance_m: number;
  minutes: number;
  points: LonLat[];
  legs: Leg[];
  /** Metres that lead through a zone, where none leads around. */
  wet_m: number;
  avoids: boolean;
}

export interface Site {
  id: string;
  name: string;
  lat: number;
  lon: number;
  /** As the crow flies. */
  distance_m: number;
  heading: Heading;
  way?: Way | null;
  /** It lies in a zone itself. */
  inside?: { layer: LayerKind; code: string } | null;
  open?: { state: string } | null;
}

export interface Sites {
  /** 指定緊急避難場所: to flee to. */
  sites: Site[];
  /** 指定避難所: to stay at afterwards. */
  shelters: Site[];
}

export type Role = 'home' | 'work' | 'school' | 'parents' | 'other';

export interface MyPlace {
  id: string;
  name: string;
  role: Role;
  lat: number;
  lon: number;
  note?: string | null;
  /** A layer changed here since it was last looked at. */
  changed?: boolean;
}

export interface HazardCard {
  place: MyPlace;
  at: HazardAt;
  /** Sites by what one flees from. */
  sites: Record<string, Sites>;
}

/** One thing that someone does at an alert level. */
export interface TimelineRow {
  id: string;
  level: number;
  who: string;
  what: string;
}

export interface Timeline {
  rows: TimelineRow[];
  /** Whether it was ever kept. */
  kept: boolean;
}

export interface PackProgress {
  kind: string;
  done: number;
  total: number;
}
