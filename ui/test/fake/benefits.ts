import type { Amount, BenefitNewsRow, ComparedCell, FactShape, Household, HouseholdState, NamedTown, ProgramDetail, ProgramRow, ProgramsAnswer, Question, Step, TownsCompared } from '../../src/ipc/types';
import { withTick } from '../../src/features/benefits/checklist';
import type { Kept } from '../../src/features/benefits/household';
import type { Case } from './case';
import { moment } from './moments';
import { inWords } from './programs';

const shape = (fact: string, perPerson: boolean, kind: FactShape['kind'], question: string, more: Partial<FactShape> = {}): FactShape => ({
  fact, perPerson, kind, question, label: fact, why: '手当の額が、これで決まります。', unit: null, words: [], low: null, high: null, choices: [], dependsOn: null, choicesBy: [], ...more,
});

export const facts: FactShape[] = [
  shape('都道府県', false, 'text', 'どの都道府県に住んでいますか', { choices: ['東京都', '静岡県', '神奈川県'] }),
  shape('市区町村', false, 'text', 'どの市区町村に住んでいますか', { choices: Array.from({ length: 80 }, (_, i) => `第${i}町`) }),
  shape('生活保護を受けている', false, 'bool', 'いま生活保護を受けていますか'),
  shape('誕生年月日', true, 'date', 'この人の生年月日はいつですか', { label: '生年月日' }),
  shape('配偶者', true, 'person', 'この人の夫または妻はだれですか', { label: '夫または妻' }),
  shape('親', true, 'persons', 'この人の親はだれですか', { label: '親（育てている人）' }),
  shape('収入の種類', true, 'set', 'どの収入がありましたか', { words: ['給与', '事業', '老齢年金'].map((word) => ({ word, label: word })) }),
  shape('給与収入', true, 'number', '去年の給与と賞与は、税や保険料を引く前でいくらでしたか。源泉徴収票の『支払金額』です', { label: '去年の給与（税などを引く前）', unit: 'yen-a-year', low: '0', high: '1000000000' }),
  shape('住まい', true, 'choice', 'この人はどこで暮らしていますか', { words: ['同居', '別居', '施設入所'].map((word) => ({ word, label: word })) }),
];
export const income = facts[7] as FactShape;

const month = (low: string | null, high: string | null): Amount => ({ per: 'month', low, high, exact: low !== null && low === high });
const base = (more: Partial<ProgramRow> & Pick<ProgramRow, 'program' | 'title' | 'verdict'>): ProgramRow => ({
  summary: '子を育てている人が、18歳になった後の3月31日まで毎月の分を受け取れます。収入の上限はありません。', kind: '手当', amount: null, prose: null, people: [], nextDeadline: null, unverified: false, gaps: false, received: false, excludedBy: [], openCount: 0, loan: false, ...more,
});

/** A phone's household, and three programs that answer as real ones do: never a number for what was not said. */
export function benefits(fake: Case) {
  let state: HouseholdState = {
    household: fake.household === undefined ? null : { household: { 都道府県: '静岡県' }, people: [
      { name: 'あなた', facts: { 誕生年月日: '1990-04-02', 配偶者: '', ...(fake.household === 'income' ? { 給与収入: 1_810_000 } : {}) } },
      { name: 'はな', facts: { 誕生年月日: '2019-08-10', 親: ['あなた'], 配偶者: '' } },
    ] },
    declined: [], received: [], documents: {}, locked: fake.locked ?? null,
  };
  let news: BenefitNewsRow[] = !fake.news ? [] : [
    { kind: 'deadline', program: '児童手当', title: '児童手当', people: [], day: { ...moment(5, 0), whole_day: true }, urgent: true },
    { kind: 'opened', program: '児童扶養手当', title: '児童扶養手当', people: ['あなた'], day: null, urgent: false },
    { kind: 'opens', program: '生活福祉資金', title: '生活福祉資金の貸付', people: ['あなた', 'はな'], day: { ...moment(13, 0), whole_day: true }, urgent: false },
  ];
  const of = (whatIf: Household | null | undefined) => whatIf ?? state.household ?? { household: {}, people: [] };
  const children = (of: Household) => of.people.filter((one) => Array.isArray(one.facts.親) && one.facts.親.length > 0);
  const salary = (of: Household) => of.people[0]?.facts.給与収入;

  const rows = (of: Household): ProgramRow[] => {
    const n = children(of).length;
    const known = typeof salary(of) === 'number';
    const rich = known && Number(salary(of)) > 3_850_000;
    return [
      base({ program: '児童手当', title: '児童手当', verdict: n > 0 ? 'eligible' : 'not-eligible', amount: n > 0 ? month(String(n * 10_000), String(n * 10_000)) : null, received: state.received.includes('児童手当'), people: [{ person: null, name: '', verdict: 'eligible', amount: null }], nextDeadline: { day: '2026-11-30', text: '15日のうちに申し込みます' } }),
      base({ program: '児童扶養手当', title: '児童扶養手当', summary: 'ひとりで子を育てている人が受け取れます。', verdict: n === 0 || rich ? 'not-eligible' : 'eligible', amount: n === 0 || rich ? null : known ? month('44080', '44080') : month('0', '48050'), unverified: true, openCount: known ? 0 : 1, people: [{ person: 0, name: of.people[0]?.name ?? '', verdict: 'eligible', amount: null }] }),
      base({ program: '生活福祉資金', title: '生活福祉資金の貸付', summary: 'お金に困っている世帯に、利子なしか低い利子で貸します。', verdict: 'unknown', loan: true, prose: '20万円までの貸付', openCount: 2, excludedBy: [] }),
      base({ program: '特別障害者手当', title: '特別障害者手当', summary: '家で暮らす重い障害の人が受け取れます。', verdict: 'not-eligible', kind: '手当' }),
    ];
  };
  const questions = (of: Household): Question[] => {
    const open = (fact: string, person: number | null) => !state.declined.some((one) => one.fact === fact && one.person === person);
    const who = of.people[0]?.name ?? '';
    const all: Question[] = [];
    if (of.people.length > 0 && salary(of) === undefined && open('給与収入', 0)) all.push({ open: { fact: '給与収入', person: 0 }, name: who, shape: income, programs: [{ program: '児童扶養手当', title: '児童扶養手当' }], yenPerYear: '576600' });
    if (of.household.生活保護を受けている === undefined && open('生活保護を受けている', null)) all.push({ open: { fact: '生活保護を受けている', person: null }, name: '', shape: facts[2] as FactShape, programs: [{ program: '生活福祉資金', title: '生活福祉資金の貸付' }], yenPerYear: '0' });
    return all;
  };
  const group = (all: ProgramRow[], verdict: ProgramRow['verdict']) => all.filter((row) => row.verdict === verdict);
  const perYear = (all: ProgramRow[]): Amount => {
    const sum = (of: 'low' | 'high') => String(all.reduce((total, row) => total + 12 * Number(row.amount?.[of] ?? 0), 0));
    return { per: 'year', low: sum('low'), high: sum('high'), exact: sum('low') === sum('high') };
  };
  const step = (kind: Step['kind'], more: Partial<Step>): Step => ({ kind, name: null, label: null, person: null, verdict: null, value: null, low: null, high: null, words: [], unit: null, since: null, articles: [], below: [], ...more });
  const steps: Step[] = [
    step('definition', { label: '所得が線を下回る', verdict: 'eligible', articles: ['児童扶養手当法第9条'], below: [
      step('less', { verdict: 'eligible', below: [
        step('definition', { label: '手当の判定に使う去年の所得', person: 0, value: '1190000', unit: 'yen-a-year', below: [step('fact', { label: '去年の給与（税などを引く前）', person: 0, value: '1810000', unit: 'yen-a-year' })] }),
        step('figure', { name: '全部支給_所得の線', value: '1070000', unit: 'yen-a-year', since: '2024-11-01' }),
      ] }),
    ] }),
  ];

  return {
    benefit_news: () => ({ rows: news }),
    benefits_seen: ({ program }: { program: string | null }) => ({ rows: (news = news.filter((row) => row.kind !== 'opened' || (program !== null && row.program !== program))) }),
    household_facts: () => ({ facts }),
    household: () => state,
    save_household: (next: Kept) => {
      if (next.household.people.some((one) => one.facts.誕生年月日 === '2026-02-30')) throw { code: 'bad-fact', message: '誕生年月日' };
      return (state = { ...state, ...next });
    },
    tick_document: ({ program, document, ticked }: { program: string; document: string; ticked: boolean }) => {
      if (document.length > 2000) throw { code: 'bad-fact', message: 'documents' };
      return (state = { ...state, documents: withTick(state.documents, program, document, ticked) });
    },
    delete_household: () => (state = { household: null, declined: [], received: [], documents: {}, locked: null }),
    programs: ({ whatIf, event }: { whatIf: Household | null; event: string | null }): ProgramsAnswer => {
      const all = rows(of(whatIf)).filter((row) => !event || (event === '出産') === (row.program === '児童手当'));
      const before = rows(of(null));
      const cell = (row: ProgramRow | undefined) => ({ verdict: row?.verdict ?? 'not-eligible', amount: row?.amount ?? null }) as const;
      return {
        on: '2026-11-21', hasHousehold: state.household !== null,
        groups: { yours: group(all, 'eligible'), perhaps: group(all, 'unknown'), notYours: group(all, 'not-eligible') },
        total: { perYear: perYear(all), uncertain: 1 }, questions: questions(of(whatIf)), events: ['出産', '離職', '災害'],
        town: fake.town === false ? { rows: [], listed: 0 } : { rows: inWords(fake).filter(() => event !== '災害'), listed: inWords(fake).length },
        changes: whatIf ? all.map((row, i) => ({ program: row.program, title: row.title, from: cell(before[i]), to: cell(row) })).filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to)) : [],
      };
    },
    program: ({ program }: { program: string }): ProgramDetail => {
      const row = rows(of(null)).find((one) => one.program === program);
      if (!row) throw { code: 'no-program', message: program };
      return {
        row,
        outcomes: [{
          person: null, name: '', verdict: row.verdict, amount: row.amount,
          requires: [{ text: '18歳になった後の3月31日までの子を育てている', verdict: row.verdict, articles: ['児童手当法第4条'] }, { text: '所得の線を下回る', verdict: row.openCount > 0 ? 'unknown' : row.verdict, articles: [] }],
          reasons: steps,
          changes: row.verdict === 'not-eligible' ? [{ open: { fact: '給与収入', person: 0 }, name: 'あなた', label: '去年の給与', limit: 'at-most', value: '3849999', unit: 'yen-a-year' }] : [],
          deadlines: row.nextDeadline ? [row.nextDeadline] : [], questions: row.openCount > 0 ? questions(of(null)).slice(0, 1) : [],
        }],
        documents: ['認定請求書（窓口にあります）', '振込先がわかるもの（通帳など）'], counter: '市区町村の子育ての窓口', apply: 'https://myna.go.jp/', paymentMonths: [2, 4, 6], articles: ['児童手当法'],
        sources: [{ text: '見本市『児童手当』', url: 'https://example.jp/', checked: '2026-11-20' }], unverified: row.unverified ? ['子が外国に住むときの扱いは数えていません'] : [], notes: [], events: ['出産'],
      };
    },
    compare_towns: ({ towns }: { towns: NamedTown[] }): TownsCompared => {
      const yes = (yen: string, ...requires: string[]) => ({ answer: { verdict: 'eligible' as const, amount: month(yen, yen) }, requires });
      const no = (...requires: string[]) => ({ answer: { verdict: 'not-eligible' as const, amount: null }, requires });
      const absent = { answer: null, requires: [] };
      const three = <T>(a: T, b: T, c: T): T[] => [a, b, c].slice(0, towns.length);
      // Of the second, too, all rules are on the phone; of a third none.
      return {
        towns: towns.map((town, i) => ({ ...town, known: true, held: i < 2 })),
        rows: [
          { program: '児童手当', title: '児童手当', requires: [], cells: towns.map(() => yes('10000')), differs: false },
          { program: '育成手当', title: '児童育成手当', requires: [], cells: towns.map((_, i) => (i === 0 ? no() : yes('13500'))), differs: true },
          { program: '子ども医療費助成', title: '子ども医療費助成', requires: ['健康保険に入っている'], cells: three<ComparedCell>(yes('1000', '18歳の年度末まで'), no('15歳の年度末まで'), absent), differs: true },
          { program: '紙おむつ', title: '紙おむつの支給', requires: [], cells: three<ComparedCell>(yes('2000'), absent, absent), differs: true },
        ],
      };
    },
  };
}
