import type { Country } from './country.ts';
import type { Phone } from './phone.ts';

/** A spot of 見本市. */
export interface Spot {
  lat: number;
  lon: number;
  block: string;
}

/** Spots whose answers are known: the town's map is drawn by a program. */
export const spots = {
  /** Under 3 to 5 metres of the river. */
  deep: { lat: 34.6876, lon: 138.6146, block: '塩浜' },
  /** Under half a metre to 3 metres, with a place to flee to close by. */
  site: { lat: 34.7014, lon: 138.5864, block: '川原町' },
  /** Outside of every flood zone. */
  dry: { lat: 34.6993, lon: 138.5586, block: '西新町' },
  /** Where a slope may destroy houses. */
  slope: { lat: 34.7188, lon: 138.5986, block: '緑ヶ丘二丁目' },
} satisfies Record<string, Spot>;

/** Where a screen is opened for a spot. */
export const at = (path: '/map' | '/map/answer' | '/map/places/new', { lat, lon }: Spot, hazard = 'flood'): string => `${path}?lat=${lat}&lon=${lon}&hazard=${hazard}`;

/** A phone that has the town's maps. */
export async function mapped(joined: Phone): Promise<Phone> {
  const phone = await joined.copy();
  await phone.call('fetch_packs', {});
  return phone;
}

/** A phone that has the town's maps, and asks there for the country's. */
export async function country(joined: Phone, at: Country): Promise<Phone> {
  const phone = await mapped(joined);
  await phone.stop();
  phone.gsi = at.url;
  return phone;
}

/** A phone that has the town's content and none of its maps: they were not wanted. */
export async function away(joined: Phone): Promise<Phone> {
  await joined.call('set_maps', { maps: 'never' });
  await joined.call('forget_cache', {});
  await joined.call('sync', {});
  return joined;
}

/** Keeps a home under water and parents below a slope. */
export async function lived(phone: Phone): Promise<void> {
  await phone.call('save_my_place', { role: 'home', name: '自宅', lat: spots.deep.lat, lon: spots.deep.lon });
  await phone.call('save_my_place', { role: 'parents', name: '実家', lat: spots.slope.lat, lon: spots.slope.lon, note: '母がひとりで住んでいます' });
}
