import { beforeAll, describe, expect, it } from 'vitest';
import { words } from '../src/app/i18n.svelte';
import { at, withTick } from '../src/features/benefits/checklist';
import { date, eras, put, taken, wareki } from '../src/features/benefits/days';
import { answered, asked, choicesOf, kept, said, withFact, withName, without, withPerson, type Kept } from '../src/features/benefits/household';
import { found, parted } from '../src/features/benefits/look';
import { about, money, parts, yen } from '../src/features/benefits/money';
import { between, digits, ends } from '../src/features/benefits/numbers';
import { below, sentence, telling } from '../src/features/benefits/reasons';
import { linkTitle, ruledOut } from '../src/features/benefits/town-words';
import { given, withUnit, workedOut } from '../src/features/benefits/values';
import { withBaby, withIncome } from '../src/features/benefits/what-if';
import type { Amount, Household, ProgramRow, RuledOutFor, Step } from '../src/ipc/types';
import { facts, income } from './fake/benefits';
import { isOpen } from '../src/features/benefits/towns';

beforeAll(() => words('benefits'));

const family: Household = {
  household: { 都道府県: '静岡県' },
  people: [
    { name: 'あなた', facts: { 配偶者: 'けん', 収入の種類: ['給与'] } },
    { name: 'けん', facts: { 配偶者: 'あなた' } },
    { name: 'はな', facts: { 親: ['あなた', 'けん'], 配偶者: '' } },
  ],
};
const all = (household: Household, more: Partial<Kept> = {}): Kept => ({ household, declined: [], received: [], ...more });

describe('a checklist', () => {
  it('holds what is at hand by program, and nothing else', () => {
    const one = withTick(withTick({}, 'a', 'x', true), 'b', 'x', true);
    expect([at(one, 'a', 'x'), at(one, 'a', 'y'), at(undefined, 'a', 'x')]).toEqual([true, false, false]);
    // Twice is once, and a program without any is not named.
    expect(withTick(one, 'a', 'x', true)).toEqual({ a: ['x'], b: ['x'] });
    expect(withTick(one, 'a', 'x', false)).toEqual({ b: ['x'] });
    expect(withTick({}, 'a', 'x', false)).toEqual({});
  });
});

describe('what rules a town’s program out', () => {
  const out = (more: Partial<RuledOutFor>): RuledOutFor => ({ name: null, by: 'age', bound: 'under', years: 1, months: null, areas: [], to: null, ...more });
  it('is said once, with all whom it is about', () => {
    expect(ruledOut([out({ name: 'あなた' }), out({ name: 'はな' }), out({ name: 'そら', bound: 'at-least', years: 3, months: 0 })])).toEqual(['あなた・はな：1歳になる前の人が対象です', 'そら：3歳以上の人が対象です']);
    expect(ruledOut([out({ by: 'area', areas: ['見本市', '隣町'] }), out({ by: 'closed', to: '2026-08-31' })])).toEqual(['見本市・隣町に住む人が対象です', '申しこみは、2026年8月31日に終わりました']);
    expect(ruledOut([out({ years: 1, months: 6 }), out({ years: null, months: 5, bound: 'at-most' })])).toEqual(['1歳6か月になる前の人が対象です', '5か月以下の人が対象です']);
  });
  it('and a link that is named by its column has no name', () => {
    expect([linkTitle('申請方法URL'), linkTitle('申請書（PDF）'), linkTitle(null)]).toEqual([undefined, '申請書（PDF）', undefined]);
  });
});

describe('a household', () => {
  it('has spouses at both ends', () => {
    const one = withFact({ household: {}, people: [{ name: 'a', facts: {} }, { name: 'b', facts: {} }, { name: 'c', facts: {} }] }, { fact: '配偶者', person: 0 }, 'b');
    expect(one.people.map(({ facts }) => facts['配偶者'])).toEqual(['b', 'a', undefined]);
    // Another spouse lets the first one go.
    const other = withFact(one, { fact: '配偶者', person: 0 }, 'c');
    expect(other.people.map(({ facts }) => facts['配偶者'])).toEqual(['c', undefined, 'a']);
    expect(withFact(one, { fact: '配偶者', person: 0 }, '').people.map(({ facts }) => facts['配偶者'])).toEqual(['', undefined, undefined]);
  });
  it('names people by another name wherever they are named', () => {
    const next = withName(family, facts, 0, 'ゆき');
    expect(next.people.map(({ name }) => name)).toEqual(['ゆき', 'けん', 'はな']);
    expect(next.people[1]?.facts['配偶者']).toBe('ゆき');
    expect(next.people[2]?.facts['親']).toEqual(['ゆき', 'けん']);
    expect(next.people[0]?.facts['収入の種類']).toEqual(['給与']);
  });
  it('loses a person and every word of them, and keeps what the others declined', () => {
    const next = without(all(family, { declined: [{ fact: '住まい', person: 1 }, { fact: '住まい', person: 2 }, { fact: '生活保護を受けている', person: null }] }), facts, 1);
    expect(next.household.people.map(({ name }) => name)).toEqual(['あなた', 'はな']);
    expect(next.household.people[0]?.facts).toEqual({ 収入の種類: ['給与'] });
    expect(next.household.people[1]?.facts['親']).toEqual(['あなた']);
    expect(next.declined).toEqual([{ fact: '住まい', person: 1 }, { fact: '生活保護を受けている', person: null }]);
  });
  it('takes an answer, takes it back, and remembers what one would rather not say', () => {
    const open = { fact: '給与収入', person: 0 };
    const told = answered(all(family), open, { how: 'value', value: 0 });
    expect(told.household.people[0]?.facts['給与収入']).toBe(0);
    const declined = answered(told, open, { how: 'declined' });
    expect([declined.declined, '給与収入' in (declined.household.people[0]?.facts ?? {})]).toEqual([[open], false]);
    expect(answered(declined, open, { how: 'unknown' }).declined).toEqual([]);
    expect(family.people[0]?.facts).toEqual({ 配偶者: 'けん', 収入の種類: ['給与'] });
  });
  it('puts questions off without answering them', () => {
    const questions = [{ open: { fact: 'a', person: null } }, { open: { fact: 'a', person: 0 } }];
    expect(asked(questions, [{ fact: 'a', person: 0 }])).toEqual([questions[0]]);
  });
  it('tells what was said, person by person', () => {
    expect(said(withPerson(family, { name: 'そら', facts: {} }), facts).map(({ name, answers }) => [name, answers.length])).toEqual([['', 1], ['あなた', 2], ['けん', 1], ['はな', 2], ['そら', 0]]);
    expect(kept(undefined).household.people).toEqual([]);
  });
  it('chooses a town among those of its prefecture', () => {
    const town = { ...income, choices: ['焼津市', '千代田区'], dependsOn: '都道府県', choicesBy: [{ of: '静岡県', choices: ['焼津市'] }] };
    expect(choicesOf(town, family)).toEqual(['焼津市']);
    expect(choicesOf(town, { household: { 都道府県: '東京都' }, people: [] })).toEqual(['焼津市', '千代田区']);
  });
});

describe('amounts', () => {
  const month = (low: string | null, high: string | null): Amount => ({ per: 'month', low, high, exact: low !== null && low === high });
  it('are exact, a range, a bound, or open; never a made-up zero', () => {
    expect([month('44080', '44080'), month('0', '48050'), month('10000', '30000'), month('5000', null), month('0', null), month(null, null), month('0', '0')].map(money)).toEqual([
      '月44,080円', '月48,050円まで', '月1万円〜3万円', '月5,000円から', '額はまだわかりません', '額はまだわかりません', '月0円',
    ]);
    expect(['20000', '25000', '0'].map(yen)).toEqual(['2万円', '25,000円', '0円']);
  });
  it('are drawn by what is sure and what is perhaps', () => {
    expect(parts(month('120000', '160000'))).toEqual({ sure: 120_000, perhaps: 40_000 });
    expect(parts(month('120000', null))).toEqual({ sure: 120_000, perhaps: 0 });
  });
  it('are rounded outward where they are large, and not where they are exact', () => {
    expect(about(month('1234567', '59295841'))).toMatchObject({ low: '1230000', high: '59300000' });
    expect(about(month('1234567', '1234567'))).toMatchObject({ low: '1234567' });
    expect(about(month('9999', null))).toMatchObject({ low: '9999', high: null });
  });
});

describe('days', () => {
  it('are put together from what was typed, full-width digits too', () => {
    expect(put({ year: '1990', month: '４', day: ' 2' })).toBe('1990-04-02');
    expect([put({ year: '1990', month: '', day: '2' }), put({ year: '1990', month: '四', day: '2' })]).toEqual([undefined, undefined]);
    expect(taken('1990-04-02')).toEqual({ year: '1990', month: '4', day: '2' });
  });
  it('are said by both counts of years', () => {
    expect([date('2019-05-01'), wareki('2019-05-01'), wareki('2019-04-30'), wareki('1990-04-02')]).toEqual(['2019年5月1日', '令和元年', '平成31年', '平成2年']);
  });
  it('are counted by eras that each begin with their year one', () => {
    const known = eras();
    expect(known.map(({ era }) => era)).toEqual(['令和', '平成', '昭和', '大正', '明治']);
    const year = (era: string, n: string) => known.find((one) => one.era === era)?.years.get(n);
    expect([year('令和', '1'), year('平成', '31'), year('平成', '1'), year('昭和', '64'), year('昭和', '1'), year('大正', '15'), year('平成', '32')]).toEqual(['2019', '2019', '1989', '1989', '1926', '1926', undefined]);
  });
});

describe('numbers', () => {
  it('are taken as they are meant', () => {
    expect(['1,810,000', '１８１００００', '¥500', ' 0 '].map(digits)).toEqual([1_810_000, 1_810_000, 500, 0]);
    expect(['', '-5', '3.5', '181万', 'x'].map(digits)).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });
  it('may lie between two', () => {
    expect([between('1', '2'), between('', '2'), between('1', ''), between('', ''), between('x', '2')]).toEqual([{ from: 1, to: 2 }, { to: 2 }, { from: 1 }, undefined, undefined]);
    expect([ends({ from: 1, to: null }), ends(5), ends(undefined)]).toEqual([{ low: '1', high: '', about: true }, { low: '5', high: '', about: false }, { low: '', high: '', about: false }]);
  });
  it('are said with their unit', () => {
    expect([withUnit('3', 'people'), withUnit('48050', 'yen-a-month'), withUnit('1200', null)]).toEqual(['3人', '月48,050円', '1,200']);
    expect([given(income, 1_810_000), given(income, { from: 3_000_000, to: 4_000_000 }), given(income, { to: 4_000_000 })]).toEqual(['年181万円', '年300万円〜400万円', '年400万円まで']);
    expect([given({ ...income, kind: 'bool' }, false), given({ ...income, kind: 'set', words: [{ word: 'a', label: 'あ' }] }, ['a']), given({ ...income, kind: 'person' }, ''), given({ ...income, kind: 'persons' }, [])]).toEqual(['いいえ', 'あ', 'いない', 'どれもない']);
  });
});

describe('reasons', () => {
  const step = (kind: Step['kind'], more: Partial<Step> = {}): Step => ({ kind, name: null, label: null, person: null, verdict: null, value: null, low: null, high: null, words: [], unit: null, since: null, articles: [], below: [], ...more });
  const salary = step('fact', { label: '去年の給与', person: 0, value: '1810000', unit: 'yen-a-year' });
  const limit = step('figure', { name: '一部支給_所得の線', value: '3850000', unit: 'yen-a-year', since: '2024-11-01' });
  it('are sentences', () => {
    expect(sentence(salary, ['あなた'])).toBe('あなたの去年の給与：年181万円（あなたの答え）');
    expect(sentence(limit, [])).toBe('一部支給 所得の線：年385万円（2024年11月1日から）');
    expect(sentence(step('less', { verdict: 'eligible', below: [salary, limit] }), ['あなた'])).toBe('「あなたの去年の給与」（年181万円） が 「一部支給 所得の線」（年385万円） より少ないこと');
    expect(sentence(step('definition', { label: 'ひとり親など', person: 0, verdict: 'eligible' }), ['あなた'])).toBe('ひとり親など（あなた）');
    expect(sentence(step('fact', { label: '生活保護', verdict: 'unknown' }), [])).toBe('生活保護：まだわかりません（あなたの答え）');
  });
  it('hold what one has against the number, not the number against it', () => {
    const one = step('fixed', { value: '1', unit: 'people' });
    const children = step('definition', { label: '子の人数', value: '2', unit: 'people' });
    expect(sentence(step('at-most', { below: [one, children] }), [])).toBe('「子の人数」（2人） が 1人 以上であること');
    expect(sentence(step('less', { below: [one, children] }), [])).toBe('「子の人数」（2人） が 1人 より多いこと');
  });
  it('leave out steps that say nothing, not what stands below them', () => {
    expect(telling([step('formula', { below: [step('all', { below: [salary, limit] })] })], ['あなた'])).toEqual([salary, limit]);
    expect(below(step('less', { below: [{ ...salary, below: [limit] }, limit] }), [])).toEqual([limit]);
  });
  it('give no number for what is not known', () => {
    const open = { value: null, low: '0', high: '1000000000', words: [], unit: 'yen-a-year' };
    expect(workedOut(open)).toBeUndefined();
    expect(workedOut({ ...open, high: '480000' })).toBe('年48万円まで');
    expect(workedOut({ ...open, low: null, high: null, words: ['一級', '二級'] })).toBe('一級または二級');
    expect(workedOut({ ...open, value: '2026-04-01', low: null, high: null, unit: 'date' })).toBe('2026年4月1日');
  });
});

describe('what if', () => {
  const today = '2026-11-21';
  const baby = { name: '赤ちゃん', year: '2027', month: '5', parents: ['あなた'], by: 0 };
  it('a baby comes: looked at on its first day, in a copy', () => {
    const next = withBaby(family, baby, today);
    expect(next?.on).toBe('2027-05-01');
    expect(next?.household.people.at(-1)).toMatchObject({ name: '赤ちゃん', facts: { 誕生年月日: '2027-05-01', 親: ['あなた'], 住まい: '同居' } });
    expect(next?.household.people[0]?.facts).toMatchObject({ 出産日: '2027-05-01', 妊娠している: false });
    expect(family.people).toHaveLength(3);
  });
  it('a baby that came is looked at today; without a month there is none', () => {
    expect(withBaby(family, { ...baby, year: '2026' }, today)?.on).toBeNull();
    expect(withBaby(family, { ...baby, month: '' }, today)).toBeUndefined();
    expect(withBaby(family, { ...baby, by: undefined }, today)?.household.people[0]?.facts).toEqual(family.people[0]?.facts);
  });
  it('an income becomes another one, and is one of its kinds', () => {
    expect(withIncome(family, 0, '事業所得', 5).household.people[0]?.facts).toMatchObject({ 事業所得: 5, 収入の種類: ['給与', '事業'] });
    expect(withIncome(family, 1, '給与収入', 5).household.people[1]?.facts['収入の種類']).toEqual(['給与']);
  });
});

describe('lists', () => {
  it('are searched by every word, in any width', () => {
    const rows = [{ title: '児童手当', summary: '子を育てている人' }, { title: 'ＨＩＶの手当', summary: null }] as ProgramRow[];
    expect(found(rows, '手当 子').map(({ title }) => title)).toEqual(['児童手当']);
    expect(found(rows, 'hiv')).toHaveLength(1);
    expect(found(rows, ' ')).toHaveLength(2);
  });
  it('ask in one sentence and add the rest', () => {
    expect(parted('いくらでしたか。源泉徴収票の『支払金額』です')).toEqual({ head: 'いくらでしたか', rest: '源泉徴収票の『支払金額』です' });
    expect(parted('いま妊娠していますか')).toEqual({ head: 'いま妊娠していますか', rest: '' });
    expect(parted('How much? It is on the slip.')).toEqual({ head: 'How much?', rest: 'It is on the slip.' });
  });
});

describe('towns side by side', () => {
  it('are open where one of them may have what nobody here knows of', () => {
    const cell = (verdict?: 'eligible' | 'not-eligible') => ({ answer: verdict ? { verdict, amount: null } : null, requires: [] });
    expect(isOpen({ cells: [cell('eligible'), cell()] })).toBe(true);
    expect(isOpen({ cells: [cell('not-eligible'), cell()] })).toBe(false);
    expect(isOpen({ cells: [cell('eligible'), cell('eligible')] })).toBe(false);
  });
});
