import { call } from '../../ipc/client';
import type { HazardAt, HazardCard, MapShown, MyPlace, Role, Sites, SpotFound, Timeline, TimelineRow, Wanted } from './types';

const ask = call as unknown as <T>(command: string, args: unknown) => Promise<T>;

/** What the core answers about hazards and the map. */
export const core = {
  map: () => ask<MapShown>('map', {}),
  findSpot: (q: string) => ask<SpotFound[]>('find_spot', { q }),
  hazardAt: (lat: number, lon: number) => ask<HazardAt>('hazard_at', { lat, lon }),
  sites: (lat: number, lon: number, hazard: string, limit = 4) => ask<Sites>('sites', { lat, lon, hazard, limit }),
  myPlaces: () => ask<MyPlace[]>('my_places', {}),
  saveMyPlace: (place: { id?: string; name: string; role: Role; lat: number; lon: number; note?: string | null }) => ask<MyPlace>('save_my_place', place),
  deleteMyPlace: (id: string) => ask<unknown>('delete_my_place', { id }),
  hazardCard: (id: string) => ask<HazardCard>('hazard_card', { id }),
  timeline: () => ask<Timeline>('timeline', {}),
  saveTimeline: (rows: TimelineRow[]) => ask<Timeline>('save_timeline', { rows }),
  fetchPacks: () => ask<unknown>('fetch_packs', {}),
  wantMaps: (maps: Wanted) => ask<unknown>('set_maps', { maps }),
};
