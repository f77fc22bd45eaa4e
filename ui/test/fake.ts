import type { Carrier } from '../src/ipc/client';
import type { Block, Moment, NoticeAnswer, NoticeQuery, NoticeRow, RunningAlert, Settings } from '../src/ipc/types';

/** What the fake phone shows: an ordinary day unless said otherwise. */
export interface Case {
  age?: 'fresh' | 'offline' | 'unreachable' | 'stale' | 'never';
  alert?: RunningAlert['level'];
  many?: boolean;
  empty?: boolean;
  town?: boolean;
  slow?: boolean;
  broken?: boolean;
  settings?: Partial<Settings>;
}

/** A moment so many days before or after the fake today, 21 November 2026. */
export function moment(days: number, hour = 9, minute = 0): Moment {
  const date = new Date(Date.UTC(2026, 10, 21 + days));
  return {
    at: new Date(date.getTime() + ((hour - 9) * 60 + minute) * 60_000).toISOString(),
    date: date.toISOString().slice(0, 10),
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay() || 7,
    hour,
    minute,
    days_from_today: days,
  };
}

const titles: [string, string, string, number, number, number][] = [
  ['一時預かり、12月の分は24日から受け付けます', 'family', '子育て支援課', 0, 6, 0],
  ['25日の夜、水道の水に色がつくことがあります', 'living.housing', '水道課', -1, 17, 15],
  ['インフルエンザの予防接種、中学生までは無料です', 'health', '健康づくり課', -1, 10, 30],
  ['23日（勤労感謝の日）は、ごみを集めます', 'living.garbage', '環境課', -1, 9, 0],
  ['小学校の入学説明会の日が決まりました', 'family', '学校教育課', -3, 14, 0],
  ['市役所の駐車場、12月から入口が変わります', 'town', '管財課', -3, 11, 0],
  ['防災ラジオの申込みを受け付けています', 'safety.disaster', '防災課', -5, 8, 30],
  ['高齢者の方の交通安全教室を開きます', 'senior', '交通課', -9, 9, 0],
];

function rows(fake: Case): NoticeRow[] {
  if (fake.empty) return [];
  const some = titles.map(([title, segment, department, day, hour, minute], i): NoticeRow => ({
    id: `n${i}`,
    title,
    segments: [segment],
    department,
    published: moment(day, hour, minute),
    expires: null,
    urgent: i === 1,
    withdrawn: false,
    read: i > 2,
    saved: i === 1 || i === 4,
  }));
  if (!fake.many) return some;
  return Array.from({ length: 5000 }, (_, i) => {
    const base = some[i % some.length] as NoticeRow;
    return { ...base, id: `m${i}`, title: `${i + 1} ${base.title.repeat(1 + (i % 3))}`, published: moment(-Math.floor(i / 3), 17 - (i % 9)), read: i % 5 !== 0, saved: false };
  });
}

const text = (words: string) => ({ t: 'text' as const, text: words });
const body: Block[] = [
  { t: 'paragraph', text: [text('本町通りの下にある古い水道管を取りかえます。工事のあいだ、水の流れる向きが変わるため、水に茶色いにごりが出たり、水の勢いが弱くなったりすることがあります。')] },
  { t: 'paragraph', text: [text('にごった水は、しばらく流すと元にもどります。透明になるまで、'), { t: 'strong', text: '飲み水や洗濯には使わないでください。' }] },
  { t: 'heading', level: 1, text: [text('赤ちゃんのミルクを作る方へ')] },
  { t: 'list', items: [[{ t: 'paragraph', text: [text('25日の夕方までに、2リットルほどくんでおくと安心です。')] }], [{ t: 'paragraph', text: [text('くわしくは'), { t: 'link', text: '水道課のページ', href: 'https://example.jp/' }, text('にあります。')] }]] },
  { t: 'table', head: [[text('町')], [text('にごる時間')]], rows: [[[text('本町1〜3丁目')], [text('22時〜翌5時')]], [[text('川原町')], [text('23時〜翌4時')]]] },
];
const easy: Block[] = [
  { t: 'paragraph', text: [{ t: 'ruby', base: '道', reading: 'みち' }, text('の '), { t: 'ruby', base: '下', reading: 'した' }, text('に、'), { t: 'ruby', base: '水', reading: 'みず' }, text('が '), { t: 'ruby', base: '通', reading: 'とお' }, text('る '), { t: 'ruby', base: '管', reading: 'くだ' }, text('が あります。')] },
];

function alerts(fake: Case): RunningAlert[] {
  if (!fake.alert) return [];
  return [{
    id: 'a1', level: fake.alert, drill: false, areas: [{ name: '川原町' }, { name: '港町' }], issued: moment(0, 18, 40), valid_until: null, department: '防災課', lang: 'ja',
    text: { title: '見本川があふれそうです', summary: '見本川の水が急に増えています。', body: [{ t: 'paragraph', text: [text('川原町と港町にいる人は、全員、いますぐ避難してください。避難場所は緑ヶ丘小学校です。')] }] },
    fresh: fake.age !== 'stale', age_s: 720,
  }];
}

/** A carrier with a small invented phone behind it. */
export function fakeCarrier(fake: Case): Carrier {
  let settings: Settings = { language: 'ja', text_size: 100, theme: 'auto', ...fake.settings };
  let all = rows(fake);
  let area = fake.empty ? null : { id: 'kita', name: '北地区' };
  const age = () => ({ state: fake.age ?? 'fresh', age_s: 3600, issued: fake.age === 'never' ? null : fake.age === 'stale' ? moment(-5, 6, 12) : moment(0, 6, 12) });

  const commands: Record<string, (args: never) => unknown> = {
    settings: () => settings,
    set_settings: (change: Partial<Settings>) => (settings = { ...settings, ...change }),
    towns: () => ({ towns: fake.town === false ? [] : [{ code: '999997', name: '見本市', url: 'https://example.jp/999997/', confirmed: false, in_use: true }] }),
    age,
    today: () => ({
      town: { code: '999997', name: '見本市' },
      now: moment(0, fake.alert ? 18 : 7, 10),
      age: age(),
      alerts: alerts(fake),
      garbage: {
        area,
        days: area ? [[0, '燃やすごみ', '朝8時までに出してください'], [2, 'プラスチック', null], [3, '燃やすごみ', null], [5, 'びん・缶', null]].map(([d, name, note]) => ({ moment: moment(Number(d)), kinds: [{ name, note }] })) : [],
      },
      soon: fake.empty ? [] : [
        { kind: 'event', id: 'e1', title: '乳幼児健康相談', moment: moment(1, 10), all_day: false, place: '保健センター 2階' },
        { kind: 'deadline', id: 'n0', title: '子育て応援給付金の申請', moment: moment(9, 17), all_day: false },
      ],
      new_notices: all.filter((row) => !row.read).slice(0, 3),
      unread: all.filter((row) => !row.read).length,
    }),
    alerts: () => alerts(fake),
    segments: () => ['safety', 'family', 'living', 'health', 'senior', 'town'].map((code) => ({ code, parent: null, chosen: false, notices: 3 })),
    notices: (q: NoticeQuery) => {
      const fits = all.filter((row) =>
        (!q.unread || !row.read) && (!q.saved || row.saved) && (!q.search || row.title.includes(q.search)) &&
        ([q.segment ?? []].flat().length === 0 || [q.segment ?? []].flat().some((s) => row.segments.some((r) => r === s || r.startsWith(`${s}.`)))));
      const from = q.before ? fits.findIndex((row) => row.id === q.before) + 1 : 0;
      const end = from + (q.limit ?? 50);
      return { rows: fits.slice(from, end), more: end < fits.length, left_out: fake.empty ? 0 : 4 };
    },
    notice: ({ id, lang }: { id: string; lang?: string }): NoticeAnswer => {
      const row = all.find((r) => r.id === id);
      if (!row) throw { code: 'no-notice', message: id };
      const tag = lang === 'ja-easy' ? 'ja-easy' : 'ja';
      return {
        notice: {
          id, segments: row.segments, department: row.department, published: row.published, urgent: row.urgent, lang: tag, langs: ['ja', 'ja-easy', 'vi'], place: '本町1〜3丁目、川原町', expires: moment(5, 5), link: 'https://example.jp/n',
          text: tag === 'ja' ? { title: row.title, body } : { title: row.title, body: easy },
          corrections: id === 'n1' ? [{ at: moment(-1, 18), note: '時間を22時からに直しました。' }] : [],
          attachments: [{ path: 'files/a.pdf', title: '工事の地図', bytes: 482_113, media_type: 'application/pdf' }],
        },
        read: row.read, saved: row.saved,
        ...(id === 'n1' ? { earlier: { until: moment(-1, 18), title: row.title, body: body.slice(0, 1) } } : {}),
      };
    },
    mark: ({ id, as }: { id: string; as: string }) => {
      all = all.map((r) => (r.id === id ? { ...r, ...(as === 'read' || as === 'unread' ? { read: as === 'read' } : { saved: as === 'saved' }) } : r));
      const row = all.find((r) => r.id === id);
      return { id, read: row?.read ?? false, saved: row?.saved ?? false };
    },
    garbage_areas: () => [{ id: 'kita', name: '北地区', chosen: false }, { id: 'minami', name: '南地区', chosen: false }],
    choose_garbage_area: ({ id }: { id: string }) => {
      area = { id, name: id };
      return [];
    },
  };
  return {
    async call(command, args) {
      if (fake.slow) await new Promise((done) => setTimeout(done, 60_000));
      if (fake.broken && command !== 'settings' && command !== 'towns') throw { code: 'storage', message: 'broken' };
      const run = commands[command];
      if (!run) throw { code: 'unknown-command', message: command };
      return run(args as never);
    },
    sync: async () => ({ town: '999997', reach: 'ok', fresh: true, age_s: 0, requests: 1, bytes: 900, changed: {} }),
  };
}
