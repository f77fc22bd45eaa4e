import type { CallError } from '../../ipc/client';
import { plain } from '../../app/format';
import { resource } from '../../app/resource.svelte';
import { router } from '../../app/router.svelte';
import { call } from '../../ipc/client';
import { firstGroup, groups, groupsHere, isGroup, worstOf, type Group } from './groups';
import type { HazardAt, LayerSays, MapShown, Sites } from '../../ipc/types';
import { spotName } from './words';

/** A spot that is asked about. */
export interface Spot {
  lat: number;
  lon: number;
  /** What it is called; none where it was pressed on the map. */
  name?: string | undefined;
}

/** The address of a spot on a screen: six digits are a hand's breadth. */
export const queryOf = ({ lat, lon, name }: Spot): Record<string, string> => ({ lat: lat.toFixed(6), lon: lon.toFixed(6), ...(name ? { name: plain(name) } : {}) });

/** The spot in an address. */
export function spotOf(query: URLSearchParams): Spot | undefined {
  const number = (name: string) => (query.has(name) ? Number(query.get(name)) : NaN);
  const [lat, lon] = [number('lat'), number('lon')];
  if (!Number.isFinite(lat) || !Number.isFinite(lon) || Math.abs(lat) > 90 || Math.abs(lon) > 180) return undefined;
  return { lat, lon, name: query.get('name') ?? undefined };
}

/** A spot with what is known of it, for the screens that tell it: the address of the screen says which spot and which danger. */
export class Asked {
  readonly #query: () => URLSearchParams;
  readonly #map: () => MapShown | undefined;
  readonly #home: () => Spot | undefined;
  readonly #at;
  readonly #sites;

  /** `home` is asked about where the address names no spot. */
  constructor(query: () => URLSearchParams, map: () => MapShown | undefined, home: () => Spot | undefined = () => undefined) {
    this.#query = query;
    this.#map = map;
    this.#home = home;
    this.#at = resource(async () => {
      const spot = this.spot;
      return spot && { spot, at: await call('hazard_at', { lat: spot.lat, lon: spot.lon }) };
    }, 'at');
    this.#sites = resource(async () => {
      const [spot, group] = [this.spot, this.group];
      const flee = group && groups[group].flee;
      return spot && flee && this.at?.spot.in_town !== false ? { spot, flee, sites: await call('sites', { lat: spot.lat, lon: spot.lon, hazard: flee }) } : undefined;
    }, 'sites');
  }

  readonly spot = $derived.by((): Spot | undefined => spotOf(this.#query()) ?? this.#home());
  /** The dangers that the town has layers of, or places to flee to from. */
  readonly here = $derived.by((): Group[] => groupsHere(this.#map() ?? { layers: [], dangers: [] }));
  readonly at = $derived.by((): HazardAt | undefined => (this.#same(this.#at.value?.spot) ? this.#at.value?.at : undefined));
  readonly group = $derived.by((): Group | undefined => {
    const wanted = this.#query().get('hazard') ?? '';
    return isGroup(wanted) && this.here.includes(wanted) ? wanted : firstGroup(this.at, this.here);
  });
  readonly layer = $derived.by((): string | undefined => this.#query().get('layer') ?? undefined);
  readonly lead = $derived.by((): LayerSays | undefined => (this.at && this.group ? worstOf(this.at, this.group) : undefined));
  readonly sites = $derived.by((): Sites | undefined => {
    const found = this.#sites.value;
    return found && this.group && found.flee === groups[this.group].flee && this.#same(found.spot) ? found.sites : undefined;
  });
  /** What the spot is called, with the block it lies in. */
  readonly place = $derived.by((): string => spotName(this.spot?.name, this.at?.spot.block?.name));

  get error(): CallError | undefined {
    return this.#at.error;
  }
  get sitesError(): CallError | undefined {
    return this.#sites.error;
  }
  reload = (): void => {
    this.#at.reload();
    this.#sites.reload();
  };

  #same(other: Spot | undefined): boolean {
    return other !== undefined && other.lat === this.spot?.lat && other.lon === this.spot?.lon;
  }

  /** Asks about another spot, another danger or another layer; without a new entry in the history. */
  choose(change: { spot?: Spot; hazard?: Group; layer?: string }): void {
    const query = this.#query();
    const spot = change.spot ?? this.spot;
    const hazard = change.hazard ?? query.get('hazard') ?? undefined;
    const layer = change.layer ?? (change.hazard ? undefined : this.layer);
    router.replace(router.location.path, { ...(spot ? queryOf(spot) : {}), ...(hazard ? { hazard } : {}), ...(layer ? { layer } : {}) });
  }
}
