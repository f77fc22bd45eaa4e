import type { EventDetail, EventList, EventRow, GarbageItem, Place, PlaceKind, PlaceQuery, PlaceRow, RunningAlert } from '../../src/ipc/types';
import { stretch, type Case } from './case';
import { moment } from './moments';

export function alerts(fake: Case): RunningAlert[] {
  const one: Omit<RunningAlert, 'level' | 'drill' | 'id' | 'text'> = {
    hazard: fake.hazard ?? 'flood', areas: [{ name: '川原町' }, { name: '港町' }], issued: moment(0, 18, 40), valid_until: null, department: '防災課', lang: 'ja', fresh: fake.age !== 'stale', age_s: 720,
  };
  return [
    ...(fake.alert === undefined ? [] : [{
      ...one, id: 'a1', level: fake.alert, drill: false,
      text: { title: stretch(fake, '見本川があふれそうです'), summary: '見本川の水が急に増えています。', body: [{ t: 'paragraph' as const, text: [{ t: 'text' as const, text: '川原町と港町にいる人は、全員、いますぐ避難してください。避難場所は緑ヶ丘小学校です。' }] }] },
    }]),
    ...(fake.drill ? [{
      ...one, id: 'd1', level: 4 as const, drill: true,
      text: { title: '【訓練】避難指示 川原町と港町の方は、緑ヶ丘小学校へ', body: [{ t: 'paragraph' as const, text: [{ t: 'text' as const, text: 'これは訓練です。ほんとうの災害ではありません。' }] }, { t: 'paragraph' as const, text: [{ t: 'text' as const, text: '緑ヶ丘小学校まで歩いてください。' }] }] },
    }] : []),
  ];
}

const spots: [string, string, string, number, Place['valid_for']][] = [
  ['emergency-site', '緑ヶ丘小学校', '緑ヶ丘2丁目1', 940, ['flood', 'landslide', 'earthquake']],
  ['emergency-site', '若葉台地区センター', '若葉台1丁目5', 1730, ['flood', 'earthquake']],
  ['emergency-site', '川原公園', '川原町3丁目', 210, ['earthquake', 'fire']],
  ['shelter', '見本第一中学校', '本町4丁目2', 1200, []],
  ['aed', '市役所 1階の入口', '本町1丁目1', 430, []],
  ['public-facility', '中央公民館', '本町2丁目8', 520, []],
  ['toilet', '川原公園の公衆トイレ', '川原町3丁目', 220, []],
  ['公園', '見晴台公園', '見晴台', 2600, []],
];
const names: Record<string, string> = { 'emergency-site': '指定緊急避難場所', shelter: '指定避難所', aed: 'AED', 'public-facility': '公共施設', toilet: '公衆トイレ' };

export function places(fake: Case, q: PlaceQuery = {}): PlaceRow[] {
  if (fake.empty) return [];
  return spots
    .map(([kind, name, address, far, valid_for], i): PlaceRow => ({
      id: `p${i}`, kind, name: stretch(fake, name), lat: 34.86 + i / 100, lon: 138.31, distance_m: q.near ? far : null, address, ...(valid_for.length > 0 ? { valid_for } : {}),
    }))
    .filter((row) => (!q.kind || row.kind === q.kind) && (!q.search || row.name.includes(q.search)))
    .sort((a, b) => (a.distance_m ?? 0) - (b.distance_m ?? 0));
}

export const kinds = (fake: Case): PlaceKind[] =>
  [...new Set(places(fake).map((row) => row.kind))].map((kind) => ({ kind, name: names[kind] ?? kind, places: places(fake, { kind }).length }));

export function place(fake: Case, id: string): Place {
  const row = places(fake).find((one) => one.id === id);
  if (!row) throw { code: 'no-place', message: id };
  return {
    id, kind: row.kind, kind_name: names[row.kind] ?? row.kind, name: row.name, kana: 'ミドリガオカショウガッコウ', address: row.address ?? '', position: { lat: row.lat ?? 0, lon: row.lon ?? 0, approximate: id === 'p1' },
    phone: '0999-22-3333', url: 'https://example.jp/p', valid_for: row.valid_for ?? [], capacity: 420,
    hours: { week: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, open: '08:30', close: '17:15' })), note: '祝日はお休みです。' },
    description: '坂の上にある小学校です。校舎の2階より上に入れます。',
    from: { file: 'shelter.csv', provider: '見本市', license: 'CC BY 4.0' },
    details: [['車いす用スロープ', 'あり'], ['多目的トイレ', 'あり（校舎1階）'], ['駐車場', '30台']],
  };
}

const held: [string, string, string, string, number, number][] = [
  ['e2', '川原公園の朝市', '川原公園', 'living.community', 0, 9],
  ['e1', '乳幼児健康相談', '保健センター 2階', 'family', 0, 10],
  ['e3', '親子の木工教室', '中央公民館 工作室', 'family', 1, 10],
  ['e4', 'スマートフォンの使い方相談', '若葉台地区センター', 'senior', 1, 13],
  ['e5', '外国語で暮らしの相談', '市役所 3階', 'other', 4, 14],
];

export function events(fake: Case, search = ''): EventList {
  const wanted = fake.empty ? [] : held.slice(0, fake.one ? 1 : undefined).filter(([, title]) => title.includes(search));
  const row = ([id, title, where, segment, day, hour]: (typeof held)[number]): EventRow => ({
    id, session: `${id}-1`, title: stretch(fake, title), moment: moment(day, hour, id === 'e2' ? 30 : 0), ends: id === 'e1' ? moment(day, 12) : null, all_day: id === 'e5', over: false, place: where, segments: [segment],
  });
  const days = [...new Set(wanted.map(([, , , , day]) => day))];
  return {
    days: days.map((day) => ({ moment: moment(day, 0), rows: wanted.filter((one) => one[4] === day).map(row) })),
    more: false,
    undated: wanted.length > 1 ? [{ id: 'e9', title: '手話サークルの見学', when: '毎月第2土曜日', place: '総合福祉センター', segments: ['other'] }] : [],
  };
}

export function event(fake: Case, id: string): EventDetail {
  const found = held.find(([one]) => one === id);
  if (!found || fake.empty) throw { code: 'no-event', message: id };
  const [, title, where, segment] = found;
  return {
    id, title: stretch(fake, title), segments: [segment], summary: '市内の山の木を使って、小さないすを作ります。はじめてでも、先生がそばにいます。', body: [],
    sessions: [-7, 0, 14].map((day, i) => ({ id: `${id}-${i}`, starts: moment(day, 10, 30), ends: moment(day, 12), all_day: false, over: day < 0, capacity: 12 })),
    place: where, address: '本町2丁目8', position: { lat: 34.86, lon: 138.32, approximate: false }, audience: '4歳〜小学生と、その保護者', fee: '1組 300円（材料代）', contact: '生涯学習課', phone: '0999-22-4444',
    apply_until: moment(3, 17), link: 'https://example.jp/e', details: [['持ち物', '汚れてもよい服、軍手']],
  };
}

const things: [string, string, string?][] = [['乾電池', '有害ごみ', '透明な袋に入れて、月1回の日に出します。'], ['フライパン', '金属ごみ'], ['ふとん', '粗大ごみ', '予約がいります。']];
export const garbageItems = (search: string): GarbageItem[] =>
  things.filter(([name]) => name.includes(search)).map(([name, kind, note], i) => ({ id: `g${i}`, name, kind, ...(note ? { note } : {}) }));

export function garbageDays(days: number) {
  const all: [number, string, string | null][] = [[0, '燃やすごみ', '朝8時までに出してください'], [2, 'プラスチック', null], [3, '燃やすごみ', null], [5, 'びん・缶', null], [7, '燃やすごみ', null], [10, '古紙・布', null]];
  return all.filter(([day]) => day < days).map(([day, name, note]) => ({ moment: moment(day), kinds: [{ name, ...(note ? { note } : {}) }] }));
}
