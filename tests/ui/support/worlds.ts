import type { Household } from '../../../ui/src/ipc/bindings.ts';
import { MORNING, written } from './device.ts';
import { Country } from './country.ts';
import { away, country, lived, mapped } from './map.ts';
import { Phone } from './phone.ts';
import { Town } from './town.ts';
import { Wire } from './wire.ts';

/** A phone and the town around it, in the state that a group of screens is looked at in. */
export interface World {
  phone: Phone;
  /** The way to a town that can be joined, where screens need one. */
  wire?: Wire;
  /** That town. */
  town?: Town;
  close(): Promise<void>;
}

/** What worlds are made from; they change nothing of it. */
export interface Base {
  mihon: Town;
  joined: Phone;
}

type Build = (base: Base, ends: (() => Promise<void>)[]) => Promise<Omit<World, 'close'>>;

/** The district of the sample resident. */
export const DISTRICT = '西部地区';

/** Makes a phone on which a garbage district is chosen. */
export async function settled(joined: Phone, ends: (() => Promise<void>)[] = []): Promise<Phone> {
  const phone = await joined.copy();
  ends.push(() => phone.close());
  const areas = await phone.call('garbage_areas', {});
  await phone.call('choose_garbage_area', { id: areas.find((area) => area.name.startsWith(DISTRICT))?.id ?? '' });
  return phone;
}

/** A mother and her child in 焼津市; her income is not told. */
export const MOTHER: Household = {
  household: { 都道府県: '静岡県', 市区町村: '焼津市', 生活保護を受けている: false },
  people: [
    { name: 'あなた', facts: { 誕生年月日: '1990-04-02', 配偶者: '', 障害や長い病気がある: false, 住まい: '同居', 収入の種類: ['給与'], 医療保険: '国民健康保険', 妊娠している: false, 二年以内に出産した: false, 就学先: '通っていない', 扶養親族: ['はな'], 医療費などの控除: 0 } },
    { name: 'はな', facts: { 誕生年月日: '2019-08-10', 配偶者: '', 親: ['あなた'], 障害や長い病気がある: false, 住まい: '同居', 就学先: '小学校' } },
  ],
};

/** A mother in 見本市 with a baby and a child who starts school next spring. */
export const HERE: Household = {
  household: { 都道府県: '静岡県', 市区町村: '見本市' },
  people: [
    { name: 'あなた', facts: { 誕生年月日: '1990-04-02' } },
    { name: 'はな', facts: { 誕生年月日: '2020-08-10', 親: ['あなた'] } },
    { name: 'そら', facts: { 誕生年月日: '2026-03-01', 親: ['あなた'] } },
  ],
};

/** Two sisters with their children. On the morning after, one child is three and may go to kindergarten free of charge, another will be
 * soon, and there are six days left to ask for the baby's allowance. */
export const SISTERS: Household = {
  household: { 都道府県: '静岡県', 市区町村: '焼津市' },
  people: [
    { name: 'あなた', facts: { 誕生年月日: '1990-04-02', 配偶者: '', 親: [], 住まい: '同居' } },
    { name: 'はな', facts: { 誕生年月日: '2023-11-22', 配偶者: '', 親: ['あなた'], 住まい: '同居', 就学先: '幼稚園' } },
    { name: 'そら', facts: { 誕生年月日: '2026-11-12', 配偶者: '', 親: ['あなた'], 住まい: '同居' } },
    { name: 'まり', facts: { 誕生年月日: '1992-06-01', 配偶者: '', 親: [], 住まい: '同居' } },
    { name: 'ゆい', facts: { 誕生年月日: '2023-12-10', 配偶者: '', 親: ['まり'], 住まい: '同居', 就学先: '幼稚園' } },
  ],
};

/** Lets the night pass that brings them news. */
export const overnight = (phone: Phone): void => phone.device.pass(18);
/** A mother in 焼津市 with a child of sixteen. */
export const SIXTEEN: Household = {
  household: { 都道府県: '静岡県', 市区町村: '焼津市' },
  people: [
    { name: 'あなた', facts: { 誕生年月日: '1985-04-02', 住まい: '同居' } },
    { name: 'はな', facts: { 誕生年月日: '2010-08-10', 親: ['あなた'], 住まい: '同居' } },
  ],
};

/** A program of a town's own for children until an age. It does not ask where the child lives. */
const untilAge = (name: string, until: number, source: string) => `source 「${source}」 「https://example.jp/」 checked 2026-11-20
program person ${name} : 円/月
  title ja 「${name}」
  requires ja 「家族といっしょに住んでいる」 en 「Lives with the family」: 同居している
  requires ja 「${until}歳の年度末まで」 en 「Until the end of the school year of age ${until}」: 年齢 <= ${until}歳
  amount = 1,000円/月
`;

/** Keeps a household on a phone. */
export const keep = (phone: Phone, household: Household = MOTHER): Promise<unknown> => phone.call('save_household', { household, declined: [], received: [] });

interface AlertText {
  level: string;
  title: string;
  head?: string;
  body?: string;
}

/** An alert file as 防災課 writes it, half an hour old. */
export function alertFile({ level, title, head = '', body = '' }: AlertText, now = MORNING): string {
  const [issued, until] = [written(now - 1800_000), written(now + 12 * 3600_000)];
  return `---\nlevel: ${level}\ntitle: ${title}\nareas: 川原町, 港町\nhazard: 洪水\nissued_at: ${issued}\nvalid_until: ${until}\ndepartment: 防災課\n${head}---\n${body}`;
}

const ORDER = `川原町と港町にいる方は、全員、いますぐ避難してください。6時30分、川原大橋で見本川の水位が氾濫危険水位を超えました。

- 川原町の方は、緑ヶ丘小学校の校舎の2階より上へ
- 港町の方は、若葉台地区センターへ。漁港前から臨時のバスが出ています
- 川べりの道とアンダーパスは通らないでください
`;

export const alertTexts = {
  5: { level: '緊急安全確保', title: '見本川があふれました。川原町と港町の方は、いのちを守ってください', body: 'いまいる建物の、いちばん高い所へ移ってください。\n' },
  4: { level: '避難指示', title: '川原町と港町に避難指示。見本川があふれそうです', body: ORDER },
  3: { level: '高齢者等避難', title: '川原町と港町に高齢者等避難。見本川の水が増えています', body: '歩くのに時間がかかる方は、いま出てください。\n' },
  drill: { level: '4', title: '【訓練】避難指示 川原町と港町の方は、緑ヶ丘小学校へ', head: 'drill: true\n', body: 'これは訓練です。ほんとうの災害ではありません。\n' },
  lifted: { level: '解除', title: '川原町と港町の避難指示を解除しました', body: '見本川の水位が下がりました。家に帰ることができます。\n' },
} as const;

async function alarmed(ends: (() => Promise<void>)[], files: Record<string, string>): Promise<Omit<World, 'close'>> {
  const town = await Town.mihon(files);
  ends.push(() => town.close());
  const joined = await Phone.joined(town);
  ends.push(() => joined.close());
  return { phone: await settled(joined, ends), town };
}

async function town(ends: (() => Promise<void>)[], made: Parameters<typeof Town.make>[0]): Promise<{ phone: Phone; town: Town }> {
  const small = await Town.make(made);
  ends.push(() => small.close());
  const phone = await Phone.joined(small);
  ends.push(() => phone.close());
  return { phone, town: small };
}

/** A notice's line of a table. */
export const NOTICE_HEAD = 'id,title,body,segment,published_at,department\n';

/** So many notices, one a minute, the newest last in the file. */
export function manyNotices(n: number, title = (i: number) => `お知らせの ${i} 番`, now = MORNING): string {
  const kinds = ['living', 'health', 'family', 'senior', 'safety.disaster', 'event', 'town'];
  const line = (i: number) => `n${i},${title(i)},本文の ${i} 番です。断水の話ではありません。,${kinds[i % kinds.length]},${written(now - (n - i + 1) * 60_000)},koho\n`;
  return NOTICE_HEAD + Array.from({ length: n }, (_, i) => line(i + 1)).join('');
}

const worlds = {
  /** An ordinary morning. */
  day: async ({ joined }, ends) => ({ phone: await settled(joined, ends) }),
  /** Just joined, nothing chosen. */
  first: async ({ joined }, ends) => {
    const phone = await joined.copy();
    ends.push(() => phone.close());
    return { phone };
  },
  /** Some segments are chosen. */
  chosen: async ({ joined }, ends) => {
    const phone = await settled(joined, ends);
    await phone.call('choose_segments', { codes: ['family', 'living.garbage', 'living.housing'] });
    return { phone };
  },
  /** A mother and her child are kept, her income not told. */
  household: async ({ joined }, ends) => {
    const phone = await settled(joined, ends);
    await keep(phone);
    return { phone };
  },
  /** A household of the town itself, for which the town's own programs may be. */
  'household-here': async ({ joined }, ends) => {
    const phone = await settled(joined, ends);
    await keep(phone, HERE);
    return { phone };
  },
  /** A household for which there is news. */
  'household-news': async ({ joined }, ends) => {
    const phone = await settled(joined, ends);
    await keep(phone, SISTERS);
    overnight(phone);
    return { phone };
  },
  /** The phone has no store for keys. */
  'household-no-key': async ({ joined }, ends) => {
    const phone = await joined.copy();
    phone.device.passphrase = undefined;
    ends.push(() => phone.close());
    await keep(phone);
    return { phone };
  },
  /** The key of what was kept is gone. */
  'household-lost': async ({ joined }, ends) => {
    const phone = await settled(joined, ends);
    await keep(phone);
    await phone.stop();
    phone.device.passphrase = 'another one';
    return { phone };
  },
  /** The town's maps are here; nothing is known of where one lives. */
  map: async ({ joined }, ends) => {
    const phone = await mapped(joined);
    ends.push(() => phone.close());
    return { phone };
  },
  /** The same, with the country's map laid under it. */
  'map-country': async ({ joined }, ends) => {
    const survey = await Country.open();
    ends.push(() => survey.stop());
    const phone = await country(joined, survey);
    ends.push(() => phone.close());
    await phone.call('set_settings', { online_map: true });
    return { phone };
  },
  /** The same, and home and parents are known. */
  'map-home': async ({ joined }, ends) => {
    const phone = await mapped(joined);
    ends.push(() => phone.close());
    await lived(phone);
    return { phone };
  },
  /** The same, out of range since. */
  'map-offline': async ({ joined }, ends) => {
    const phone = await mapped(joined);
    ends.push(() => phone.close());
    await lived(phone);
    phone.device.offline = true;
    await phone.call('sync', {});
    return { phone };
  },
  /** The same, two days old. */
  'map-stale': async ({ joined }, ends) => {
    const phone = await mapped(joined);
    ends.push(() => phone.close());
    phone.device.pass(50);
    await phone.call('sync', {});
    return { phone };
  },
  /** Content is here, maps are not. */
  'map-away': async ({ joined }, ends) => {
    const phone = await joined.copy();
    ends.push(() => phone.close());
    return { phone: await away(phone) };
  },
  /** The same, and the town does not answer since. */
  'map-cut': async ({ mihon }, ends) => {
    const wire = await Wire.to((await mihon.server()).url);
    ends.push(() => wire.close());
    const phone = await Phone.joined(mihon, wire.url);
    ends.push(() => phone.close());
    await away(phone);
    wire.cut();
    return { phone, wire };
  },
  /** Out of range; one notice was read before. */
  offline: async ({ joined }, ends) => {
    const phone = await settled(joined, ends);
    phone.device.offline = true;
    await phone.call('sync', {});
    return { phone };
  },
  /** The town does not answer. */
  unreachable: async ({ mihon }, ends) => {
    const wire = await Wire.to((await mihon.server()).url);
    ends.push(() => wire.close());
    const joined = await Phone.joined(mihon, wire.url);
    ends.push(() => joined.close());
    const phone = await settled(joined, ends);
    wire.cut();
    await phone.call('sync', {});
    return { phone, wire };
  },
  /** The town answers, but what it says has run out. */
  stale: async ({ joined }, ends) => {
    const phone = await settled(joined, ends);
    phone.device.pass(50);
    await phone.call('sync', {});
    return { phone };
  },
  /** Joined where nothing could be fetched: out of range since. */
  'never-offline': async ({ mihon }, ends) => {
    const phone = await Phone.fresh();
    ends.push(() => phone.close());
    phone.device.offline = true;
    await phone.run(['join', (await mihon.server()).url, '--root', mihon.root]);
    await phone.call('sync', {});
    return { phone };
  },
  /** Joined where nothing could be fetched: the town does not answer. */
  'never-unreachable': async ({ mihon }, ends) => {
    const wire = await Wire.to((await mihon.server()).url);
    ends.push(() => wire.close());
    wire.cut();
    const phone = await Phone.joined(mihon, wire.url);
    ends.push(() => phone.close());
    await phone.call('sync', {});
    return { phone };
  },
  /** No town yet. */
  new: async ({ mihon }, ends) => {
    const wire = await Wire.to((await mihon.server()).url);
    ends.push(() => wire.close());
    const phone = await Phone.fresh();
    ends.push(() => phone.close());
    return { phone, wire, town: mihon };
  },
  /** Two towns. */
  two: async ({ joined }, ends) => {
    const phone = await settled(joined, ends);
    await phone.stop();
    const other = await Town.make({ files: { 'notices.csv': manyNotices(3) } });
    ends.push(() => other.close());
    await phone.run(['join', (await other.server()).url, '--root', other.root]);
    await phone.run(['use', '992011']);
    return { phone };
  },
  /** Two neighbours: one helps with a child's doctor until 18 and with the bus, the other until 15. */
  neighbours: async (_, ends) => {
    const [doctor, bus] = ['子ども医療費助成', '通学バスの応援'];
    const yaizu = await Town.make({ code: '222127', name: '焼津市', files: { 'doctor.rules': untilAge(doctor, 18, '焼津市の条例'), 'bus.rules': untilAge(bus, 18, '焼津市の要綱') } });
    ends.push(() => yaizu.close());
    const fujieda = await Town.make({ code: '222143', name: '藤枝市', files: { 'doctor.rules': untilAge(doctor, 15, '藤枝市の条例') } });
    ends.push(() => fujieda.close());
    const phone = await Phone.joined(yaizu);
    ends.push(() => phone.close());
    await phone.run(['join', (await fujieda.server()).url, '--root', fujieda.root]);
    await phone.run(['use', '222127']);
    await keep(phone, SIXTEEN);
    return { phone };
  },
  /** A town that published nothing yet. */
  empty: (_, ends) => town(ends, {}),
  /** A town of few words, all read. */
  one: async (_, ends) => {
    const world = await town(ends, { files: { 'notices.csv': manyNotices(1) } });
    await world.phone.call('mark', { id: 'n1', as: 'read' });
    return world;
  },
  /** Very many, very long. */
  many: (_, ends) => town(ends, { files: { 'notices.csv': manyNotices(5000) } }),
  long: (_, ends) =>
    town(ends, {
      files: {
        'notices.csv': manyNotices(6, (i) => (i % 2 ? 'とても長い題名です。'.repeat(12) : `https://www.example.jp/${'a'.repeat(160)}`)),
        'notices/long.md': `---\ntitle: ${'Donaudampfschifffahrtsgesellschaft'.repeat(6)}\nsegment: town\npublished_at: 2026-11-19 09:00\ndepartment: ${'とても長い名前の課'.repeat(6)}\nplace: ${'場所の名前'.repeat(20)}\n---\n- **いつ** ${'0123456789'.repeat(20)}\n- **どこ** ${'長い場所'.repeat(30)}\n\n${'切れ目のない文'.repeat(80)}\n\n${'x'.repeat(300)}\n\n| ${'列'.repeat(30)} | 二 | 三 | 四 | 五 |\n|---|---|---|---|---|\n| ${'y'.repeat(80)} | 二 | 三 | 四 | 五 |\n`,
        'places.csv': `名称,住所,緯度,経度,電話番号,備考\n${'とても長い施設の名前'.repeat(8)},${'住所'.repeat(40)},34.69,138.61,0999-22-1111,${'z'.repeat(200)}\n${'w'.repeat(150)},見本市本町1-1,34.70,138.62,,\n`,
      },
    }),
  /** A notice that was corrected after it was read. */
  corrected: async (_, ends) => {
    const world = await alarmed(ends, {});
    await world.phone.call('mark', { id: 'suido-1125', as: 'read' });
    await world.phone.call('notice', { id: 'suido-1125' });
    await correct(world.town as Town);
    await world.phone.call('sync', {});
    return world;
  },
  'alert-5': (_, ends) => alarmed(ends, { 'bosai/alerts/now.md': alertFile(alertTexts[5]) }),
  'alert-4': (_, ends) =>
    alarmed(ends, { 'bosai/alerts/now.md': alertFile(alertTexts[4]), 'bosai/alerts/other.md': alertFile({ ...alertTexts[3], title: '緑ヶ丘に高齢者等避難' }) }),
  'alert-3': (_, ends) => alarmed(ends, { 'bosai/alerts/now.md': alertFile(alertTexts[3]) }),
  'alert-2': async (_, ends) => {
    // The sample town's own, of the next morning.
    const world = await alarmed(ends, {});
    world.town?.device.pass(24);
    world.phone.device.pass(24);
    await world.town?.refresh();
    await world.phone.call('sync', {});
    return world;
  },
  'alert-drill': (_, ends) => alarmed(ends, { 'bosai/alerts/now.md': alertFile(alertTexts.drill) }),
  'alert-lifted': (_, ends) =>
    alarmed(ends, {
      'bosai/alerts/before.md': alertFile(alertTexts[4], MORNING - 4 * 3600_000),
      'bosai/alerts/now.md': alertFile({ ...alertTexts.lifted, head: 'cancels: before\n' }),
    }),
  /** An order to evacuate, and the phone out of range since. */
  'alert-offline': async (_, ends) => {
    const world = await alarmed(ends, { 'bosai/alerts/now.md': alertFile(alertTexts[4]) });
    world.phone.device.pass(2);
    world.phone.device.offline = true;
    await world.phone.call('sync', {});
    return world;
  },
} satisfies Record<string, Build>;

export type WorldName = keyof typeof worlds;
export const worldNames = Object.keys(worlds) as WorldName[];

/** Puts 水道課's notice right: another night. */
export async function correct(town: Town): Promise<void> {
  await town.change('koho/notices/suido-1125.md', 'place:', 'corrected_at: 2026-11-20 07:00\ncorrection: 日を、25日から26日に直しました。\nplace:');
  await town.change('koho/notices/suido-1125.md', '11月25日(水) 22時から', '11月26日(木) 22時から');
  await town.publish();
}

/** Builds a world. */
export async function build(name: WorldName, base: Base): Promise<World> {
  const ends: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of ends.reverse()) await end();
  };
  try {
    return { ...(await (worlds[name] as Build)(base, ends)), close };
  } catch (error) {
    await close();
    throw error;
  }
}
