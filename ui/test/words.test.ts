import { describe, expect, it } from 'vitest';
import { details } from '../src/app/details';
import { marked } from '../src/app/i18n.svelte';
import { dial, outward } from '../src/app/outward';
import { langOf, titlePieces, titleText } from '../src/app/town-words';
import { forFamily, life, whom } from '../src/features/alerts/words';
import { eventsLine, garbageLine } from '../src/features/counter/lines';
import { inOrder } from '../src/features/notices/languages';
import { shape } from '../src/features/today/garbage-shape';
import { week } from '../src/features/places/words';
import type { Hazard, Place, RunningAlert } from '../src/ipc/types';
import { moment } from './fake';

const alert = (more: Partial<RunningAlert> = {}): RunningAlert => ({
  id: 'a', level: 4, drill: false, hazard: 'flood', areas: [{ name: '川原町' }, { name: '港町' }], issued: moment(0, 18, 40), valid_until: null, department: '防災課', lang: 'ja', text: { title: 't', body: [] }, fresh: true, age_s: 0, ...more,
});

describe('the words of an alert', () => {
  it('name whom it concerns, or the whole town', () => {
    expect(whom(alert(), '見本市')).toBe('川原町、港町にいる人は、全員です。');
    expect(whom(alert({ areas: [] }), '見本市')).toBe('見本市にいる人は、全員です。');
    expect(whom(alert({ level: 3 }), '見本市')).toContain('お年寄り');
    expect(whom(alert({ level: 2 }), '見本市')).toBe('対象：川原町、港町');
  });
  it('say for every danger what still protects life', () => {
    const hazards: (Hazard | undefined)[] = ['flood', 'inland-flood', 'storm-surge', 'landslide', 'tsunami', 'earthquake', 'fire', 'volcano', undefined];
    for (const hazard of hazards) {
      const { now, not } = life(hazard);
      expect(marked(now).length).toBeGreaterThan(5);
      expect(not).toBe(`${now}.not`);
    }
    expect(life('flood')).not.toEqual(life('landslide'));
    expect(life('tsunami').now).toBe('alert.life.tsunami');
  });
  it('make a text for one’s family, with the site where it is known', () => {
    expect(forFamily(alert(), '見本市', '緑ヶ丘小学校')).toBe('見本市に「避難指示」（警戒レベル4）が出ています。対象は川原町、港町です。きょう18時40分に出た情報です。\n避難場所は緑ヶ丘小学校です。');
    expect(forFamily(alert({ link: 'https://h/' }), '見本市').split('\n').at(-1)).toBe('https://h/');
  });
});

describe('the counter', () => {
  it('tells how much is held', () => {
    expect(eventsLine({ events_today: 5, events_week: 24 })).toBe('今週は24件、きょうは5件');
    expect(eventsLine({ events_today: 0, events_week: 3 })).toBe('今週は3件');
    expect(eventsLine({ events_today: 0, events_week: 0 })).toBe(marked('counter.events.none'));
    expect(eventsLine(undefined)).toBe('');
  });
  it('tells what is put out next', () => {
    const area = { id: 'k', name: '北地区' };
    const days = [{ moment: moment(0), kinds: [] }, { moment: moment(1), kinds: [{ name: 'びん' }, { name: '缶' }] }];
    expect(garbageLine({ area, days })).toBe('あしたは びん・缶');
    expect(garbageLine({ area, days: [{ moment: moment(4), kinds: [{ name: '古紙' }] }] })).toBe('11月25日(水)は 古紙');
    expect(garbageLine({ area: null, days: [] })).toBe(marked('counter.garbage.choose'));
    expect(garbageLine({ area, days: [] })).toBe(marked('garbage.none'));
    expect(garbageLine(undefined)).toBe('');
  });
});

describe('the town’s words', () => {
  it('carry their language where it is not the app’s', () => {
    expect([langOf('ja'), langOf('ja-easy'), langOf('en'), langOf('vi'), langOf(undefined)]).toEqual([undefined, undefined, 'en', 'vi', undefined]);
  });
  it('may have readings in a title of easy Japanese only', () => {
    const title = '{水|みず}が でません';
    expect(titlePieces(title, 'ja-easy')).toEqual([{ text: '水', reading: 'みず' }, { text: 'が でません' }]);
    expect(titleText(title, 'ja-easy')).toBe('水が でません');
    expect(titlePieces(title, 'ja')).toEqual([{ text: title }]);
    expect(titlePieces('[知|し]らせ', 'ja-easy')).toEqual([{ text: '[知|し]らせ' }]);
  });
  it('stand with easy Japanese beside the town’s own', () => {
    expect(inOrder(['ja', 'en', 'ja-easy', 'zh'])).toEqual(['ja', 'ja-easy', 'en', 'zh']);
    expect(inOrder([])).toEqual([]);
  });
});

describe('what else a town says of a thing', () => {
  it('is shown under names that can be read', () => {
    expect(details([['イベント名_カナ', 'オヤコ'], ['集合_場所', '工作室'], ['定員', ' '], ['駐車場', '30台']])).toEqual([['集合 場所', '工作室'], ['駐車場', '30台']]);
  });
});

describe('kinds of garbage', () => {
  it('get the drawing that their name tells, or none', () => {
    expect(['燃やすごみ', '可燃ごみ', '燃えないごみ', '不燃ごみ', 'プラスチック', 'びん・缶', '古紙・布', '粗大ごみ'].map(shape)).toEqual(['bag', 'bag', undefined, undefined, 'bottle', 'cans', 'paper', undefined]);
  });
});

describe('what leaves the app', () => {
  it('is https, tel and mailto, and numbers that can be dialled', () => {
    expect(['https://h/', 'tel:1', 'mailto:a@b'].map(outward)).toEqual(['https://h/', 'tel:1', 'mailto:a@b']);
    expect(['http://h/', 'javascript:x', 'geo:1,2', '', null, undefined].map(outward)).toEqual([undefined, undefined, undefined, undefined, undefined, undefined]);
    expect([dial('0999-22-1111（代）'), dial('０９９９'), dial('内線'), dial(null)]).toEqual(['tel:0999221111', 'tel:0999', undefined, undefined]);
  });
});

describe('opening hours', () => {
  const place = (days: [number, string, string][]) => ({ hours: { week: days.map(([weekday, open, close]) => ({ weekday, open, close })) } }) as Place;
  it('put days that follow each other together', () => {
    const day = (weekday: number): [number, string, string] => [weekday, '08:30', '17:15'];
    expect(week(place([1, 2, 3, 4, 5].map(day)))).toEqual([{ days: '月〜金', hours: '8:30〜17:15' }]);
    expect(week(place([1, 2, 4, 5, 6].map(day)))[0]?.days).toBe('月・火・木〜土');
    expect(week(place([day(6), [7, '10:00', '12:00'], [7, '13:00', '15:00']]))).toEqual([{ days: '土', hours: '8:30〜17:15' }, { days: '日', hours: '10:00〜12:00・13:00〜15:00' }]);
    expect(week(place([]))).toEqual([]);
  });
});
