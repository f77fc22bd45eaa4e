import type { Block, Inline, NoticeAnswer, NoticeQuery, NoticeRow } from '../../src/ipc/types';
import { stretch, type Case } from './case';
import { moment } from './moments';

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

export function rows(fake: Case): NoticeRow[] {
  if (fake.empty) return [];
  const some = titles.slice(0, fake.one ? 1 : undefined).map(([title, segment, department, day, hour, minute], i): NoticeRow => ({
    id: `n${i}`,
    title: stretch(fake, title),
    lang: 'ja',
    segments: [segment],
    department: stretch(fake, department),
    published: moment(day, hour, minute),
    expires: null,
    urgent: i === 1,
    withdrawn: i === 6,
    read: i > 2,
    saved: i === 1 || i === 4,
  }));
  if (!fake.many) return some;
  return Array.from({ length: 5000 }, (_, i) => {
    const base = some[i % some.length] as NoticeRow;
    return { ...base, id: `m${i}`, title: `${i + 1} ${base.title.repeat(1 + (i % 3))}`, published: moment(-Math.floor(i / 3), 17 - (i % 9)), read: i % 5 !== 0, saved: false };
  });
}

export function list(all: NoticeRow[], q: NoticeQuery, leftOut: number) {
  const asked = [q.segment ?? []].flat();
  const fits = all.filter(
    (row) =>
      (!q.unread || !row.read) &&
      (!q.saved || row.saved) &&
      (!q.search || row.title.includes(q.search)) &&
      (asked.length === 0 || asked.some((s) => row.segments.some((r) => r === s || r.startsWith(`${s}.`)))),
  );
  const from = q.before ? fits.findIndex((row) => row.id === q.before) + 1 : 0;
  const end = from + (q.limit ?? 50);
  return { rows: fits.slice(from, end), more: end < fits.length, left_out: leftOut };
}

const text = (words: string) => ({ t: 'text' as const, text: words });
const paragraph = (...words: Inline[]): Block => ({ t: 'paragraph', text: words });
const fact = (term: string, value: Inline[]): Block[] => [paragraph({ t: 'strong', text: term }, text(' '), ...value)];

const body: Block[] = [
  { t: 'list', items: [fact('いつ', [text('11月25日(水) 22時から翌朝5時ごろまで')]), fact('どこ', [text('本町1〜3丁目、川原町')]), fact('すること', [text('飲み水を、先にくんでおく')])] },
  paragraph(text('本町通りの下にある古い水道管を取りかえます。工事のあいだ、水の流れる向きが変わるため、水に茶色いにごりが出たり、水の勢いが弱くなったりすることがあります。')),
  paragraph(text('にごった水は、しばらく流すと元にもどります。透明になるまで、'), { t: 'strong', text: '飲み水や洗濯には使わないでください。' }),
  { t: 'heading', level: 1, text: [text('赤ちゃんのミルクを作る方へ')] },
  { t: 'list', items: [[paragraph(text('25日の夕方までに、2リットルほどくんでおくと安心です。'))], [paragraph(text('くわしくは'), { t: 'link', text: '水道課のページ', href: 'https://example.jp/' }, text('にあります。'))]] },
  { t: 'table', head: [[text('町')], [text('にごる時間')]], rows: [[[text('本町1〜3丁目')], [text('22時〜翌5時')]], [[text('川原町')], [text('23時〜翌4時')]]] },
  { t: 'image', path: 'files/map.png', alt: '工事をする場所の地図' },
];
const ruby = (words: string): Inline[] => words.split(/(\{[^}]+\})/).filter(Boolean).map((part) => (part.startsWith('{') ? { t: 'ruby', base: part.slice(1, -1).split('|')[0] ?? '', reading: part.slice(1, -1).split('|')[1] ?? '' } : text(part)));
const easy: Block[] = [
  { t: 'list', items: [fact('いつ', ruby('11{月|がつ}25{日|にち}（{水|すい}） {夜|よる}10{時|じ}から')), fact('すること', ruby('{飲|の}む {水|みず}を、{前|まえ}の {日|ひ}に コップに {入|い}れて おく'))] },
  paragraph(...ruby('{道|みち}の {下|した}に、{水|みず}が {通|とお}る {管|くだ}が あります。{古|ふる}いので、{新|あたら}しく します。')),
];

export function notice(all: NoticeRow[], { id, lang }: { id: string; lang?: string }): NoticeAnswer {
  const row = all.find((r) => r.id === id);
  if (!row) throw { code: 'no-notice', message: id };
  const tag = lang === 'ja-easy' ? 'ja-easy' : 'ja';
  return {
    notice: {
      id, segments: row.segments, department: row.department, published: row.published, urgent: row.urgent, lang: tag, langs: ['ja', 'ja-easy', 'vi'], place: '本町1〜3丁目、川原町', expires: moment(5, 5), link: 'https://example.jp/n',
      text: tag === 'ja' ? { title: row.title, body } : { title: '25{日|にち}の {夜|よる}、{水|みず}が {茶色|ちゃいろ}に なるかも しれません', body: easy },
      corrections: id === 'n1' ? [{ at: moment(-1, 18), note: '時間を22時からに直しました。' }] : [],
      ...(row.withdrawn ? { withdrawn: { at: moment(-1, 12), note: '申込みは終わりました。' } } : {}),
      attachments: [
        { path: 'files/a.pdf', title: '工事の地図', bytes: 482_113, media_type: 'application/pdf' },
        { path: 'files/b.xlsx', title: '町ごとの断水時間の一覧表', bytes: 1_240_000, media_type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
      ],
    },
    read: row.read, saved: row.saved,
    ...(id === 'n1' ? { earlier: { until: moment(-1, 18), title: row.title, body: body.slice(1, 2) } } : {}),
  };
}
