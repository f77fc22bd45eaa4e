import type { Carrier } from '../../src/ipc/client';
import type { JoinResult, NoticeQuery, PlaceQuery, Settings, SyncProgress, SyncResult, Town } from '../../src/ipc/types';
import { benefits } from './benefits';
import type { Case } from './case';
import { gsiTile } from './gsi';
import { mapCommands, tile } from './map';
import { moment } from './moments';
import { list, notice, rows } from './notices';
import { townPrograms } from './programs';
import { alerts, event, events, garbageDays, garbageItems, kinds, place, places } from './town';

export type { Case } from './case';
export { moment } from './moments';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const synced: SyncResult = { town: '999997', reach: 'ok', fresh: true, age_s: 0, requests: 4, bytes: 1_840_000, changed: {} };

/** A carrier with a small invented phone behind it. */
export function fakeCarrier(fake: Case): Carrier {
  let settings: Settings = { language: 'ja', text_size: 100, theme: 'auto', online_map: false, ...fake.settings };
  let all = rows(fake);
  let area = fake.empty ? null : { id: 'kita', name: '北地区' };
  let towns: Town[] = ['見本市', '隣町', '向こう村']
    .slice(0, fake.town === false ? 0 : (fake.towns ?? 1))
    .map((name, i) => ({ code: `99999${7 - i}`, name, prefecture: null, url: `https://example.jp/99999${7 - i}/`, confirmed: false, in_use: i === 0 }));
  let chosen: string[] = [];
  const maps = mapCommands(fake);
  const age = () => ({ state: fake.age ?? 'fresh', age_s: 3600, issued: fake.age === 'never' ? null : fake.age === 'stale' ? moment(-5, 6, 12) : moment(0, 6, 12) });
  const areas = () => (fake.empty ? [] : [['kita', '北地区'], ['minami', '南地区']].map(([id = '', name = '']) => ({ id, name, chosen: area?.id === id })));
  const segments = () =>
    ['safety', 'safety.disaster', 'family', 'living', 'living.garbage', 'living.tax', 'health', 'senior', 'town'].map((code) => ({
      code, ...(code.includes('.') ? { parent: code.split('.')[0] ?? '' } : {}), chosen: chosen.includes(code), notices: fake.empty ? 0 : 3,
    }));

  const commands: Record<string, (args: never) => unknown> = {
    settings: () => settings,
    set_settings: (change: Partial<Settings>) => (settings = { ...settings, ...change }),
    towns: () => ({ towns }),
    use_town: ({ code }: { code: string }) => ({ towns: (towns = towns.map((town) => ({ ...town, in_use: town.code === code }))) }),
    leave_town: ({ code }: { code: string }) => {
      towns = towns.filter((town) => town.code !== code);
      towns = towns.map((town, i) => ({ ...town, in_use: towns.some((one) => one.in_use) ? town.in_use : i === 0 }));
      return { towns };
    },
    age,
    today: () => ({
      town: { code: '999997', name: towns.find((town) => town.in_use)?.name ?? '' },
      now: moment(0, fake.alert ? 18 : 7, 10),
      age: age(),
      alerts: alerts(fake),
      garbage: { area, days: area ? garbageDays(7) : [] },
      household: fake.household !== undefined || (fake.locked !== undefined && fake.locked !== 'no-key'),
      soon: fake.empty ? [] : [
        { kind: 'event', id: 'e1', title: '乳幼児健康相談', moment: moment(1, 10), all_day: false, place: '保健センター 2階' },
        { kind: 'deadline', id: 'e2', title: '親子の木工教室', moment: { ...moment(9, 0), whole_day: true }, all_day: true },
      ],
      new_notices: all.filter((row) => !row.read).slice(0, 3),
      unread: all.filter((row) => !row.read).length,
      saved: all.filter((row) => row.saved).length,
      changed_places: maps.places().filter((place) => place.changed).map(({ id, name, role }) => ({ id, name, role })),
    }),
    alerts: () => alerts(fake),
    counter: () => ({ name: '見本市', ...(fake.empty ? {} : { phone: '0999-22-1111', url: 'https://www.city.mihon.example.jp/' }), events_today: fake.empty ? 0 : 5, events_week: fake.empty ? 0 : 24 }),
    segments,
    choose_segments: ({ codes }: { codes: string[] }) => {
      chosen = codes;
      return segments();
    },
    notices: (q: NoticeQuery) => list(all, q, fake.empty ? 0 : 4),
    notice: (q: { id: string; lang?: string }) => notice(all, q),
    mark: ({ id, as }: { id: string; as: string }) => {
      all = all.map((r) => (r.id === id ? { ...r, ...(as === 'read' || as === 'unread' ? { read: as === 'read' } : { saved: as === 'saved' }) } : r));
      const row = all.find((r) => r.id === id);
      return { id, read: row?.read ?? false, saved: row?.saved ?? false };
    },
    kinds: () => kinds(fake),
    places: (q: PlaceQuery) => ({ rows: places(fake, q), more: false }),
    place: ({ id }: { id: string }) => place(fake, id),
    events: ({ search }: { search?: string }) => events(fake, search),
    event: ({ id }: { id: string }) => event(fake, id),
    garbage_areas: areas,
    choose_garbage_area: ({ id }: { id: string | null }) => {
      area = areas().find((one) => one.id === id) ?? null;
      return areas();
    },
    garbage: ({ days = 7 }: { days?: number }) => ({ area, days: area ? garbageDays(days) : [] }),
    garbage_item: ({ search }: { search: string }) => garbageItems(search),
    storage: () => ({ cache_bytes: 18_400_000, private_bytes: 77_000 }),
    forget_cache: () => ({ cache_bytes: 0, private_bytes: 77_000 }),
    ...benefits(fake),
    ...townPrograms(fake),
    ...maps.commands,
    about: () => ({ version: '0.1.0', licences: [{ name: 'svelte', version: '5.57.3', licence: 'MIT' }, { name: 'rusqlite', version: '0.40.0', licence: 'MIT' }] }),
    attachment: ({ path }: { path: string }) => {
      throw { code: 'unreachable', message: path };
    },
  };
  return {
    async call(command, args) {
      if (fake.slow && command !== 'settings') await pause(60_000);
      if (fake.broken && command !== 'settings' && command !== 'towns') throw { code: 'storage', message: 'broken' };
      if (towns.length === 0 && !['settings', 'set_settings', 'towns', 'storage', 'about', ...Object.keys(benefits(fake))].includes(command)) throw { code: 'no-town', message: command };
      const run = commands[command];
      if (!run) throw { code: 'unknown-command', message: command };
      return run(args as never);
    },
    tile: async (source, z, x, y) => tile(source, z, x, y),
    gsiTile: async (z, x, y) => gsiTile(z, x, y),
    sync: async () => synced,
    async join(wanted, onProgress: (progress: SyncProgress) => void): Promise<JoinResult> {
      const how = fake.join ?? 'ok';
      onProgress({ kind: 'checking' });
      if (how === 'slow') {
        onProgress({ kind: 'got', collection: 'notices', bytes: 412_000, total: 1_840_000 });
        await pause(60_000);
      }
      if (how !== 'ok' && how !== 'later') throw { code: how, message: wanted.address };
      const code = '999990';
      towns = [...towns.map((town) => ({ ...town, in_use: false })), { code, name: '隣町', prefecture: null, url: wanted.address, confirmed: false, in_use: true }];
      return { code, name: how === 'later' ? '' : '隣町', state: 'joined', sync: how === 'later' ? { ...synced, reach: 'offline' } : synced };
    },
  };
}
