import type { InWordsDetail, InWordsList, InWordsRow } from '../../src/ipc/types';
import { type Case, stretch } from './case';

const row = (more: Partial<InWordsRow> & Pick<InWordsRow, 'id' | 'title'>): InWordsRow => ({ also: null, summary: null, lang: 'ja', segments: ['family'], business: false, amount: null, ask: null, people: [], ...more });

/** What the town describes in words. */
export const inWords = (fake: Case): InWordsRow[] =>
  fake.empty
    ? []
    : [
        row({ id: 'omutsu', title: stretch(fake, '紙おむつの宅配'), also: 'おむつ便', summary: '毎月、家に紙おむつを届けます。', amount: '無料', ask: 'こども課', people: ['はな'] }),
        row({ id: 'yachin', title: '家賃の補助', segments: ['living.housing'], summary: '転入した人の家賃を助けます。' }),
      ];

/** Its commands; they need a town. */
export const townPrograms = (fake: Case) => ({
  town_programs: ({ search, segment }: { search: string | null; segment: string | null }): InWordsList => ({
    rows: inWords(fake).filter(({ title, segments }) => title.includes(search ?? '') && segments.some((code) => code.startsWith(segment ?? ''))),
    more: false, segments: fake.empty ? [] : ['family', 'living.housing'], events: fake.empty ? [] : ['出産'],
  }),
  town_program: ({ id }: { id: string }): InWordsDetail => {
    const found = inWords(fake).find((one) => one.id === id);
    if (!found) throw { code: 'no-program', message: id };
    const out = id === 'yachin';
    return {
      row: found, verdict: out ? 'not-eligible' : 'unknown',
      out: out ? [{ name: 'はな', by: 'age', bound: 'at-least', years: 18, months: 6, areas: [], to: null }, { name: null, by: 'closed', bound: null, years: null, months: null, areas: [], to: '2026-10-31' }] : [],
      body: [{ t: 'paragraph', text: [{ t: 'text', text: '大きさは、新生児、S、M、Lから選べます。' }] }], target: '1歳になるまでの子がいる家庭', cost: null, how: '窓口か、電子申請で申しこみます。', when: null, applyFrom: null, applyTo: null, ahead: false,
      documents: ['母子健康手帳'], checklist: `999997/${id}`, department: '子育て', counter: 'こども課（市役所1階 5番）', contact: 'こども課', phone: '0999-22-1130', email: null, link: 'https://www.city.mihon.example.jp/kosodate/',
      links: [], forms: [{ title: null, href: 'https://www.city.mihon.example.jp/form/' }], law: '見本市紙おむつ宅配事業要綱', details: [['備考', '雨の日も届けます']], updated: '2026-10-01', from: { file: 'kosodate.csv', provider: '見本市' }, rule: null,
    };
  },
});
