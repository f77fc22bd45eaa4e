import { describe, expect, it } from 'vitest';
import { leadingFacts } from '../src/features/notices/facts';
import type { Block } from '../src/ipc/types';

const item = (term: string, value: string): Block[] => [
  { t: 'paragraph', text: [{ t: 'strong', text: term }, { t: 'text', text: value }] },
];
const after: Block = { t: 'rule' };

describe('facts at the head of a notice', () => {
  it('are taken from a list of terms', () => {
    const { facts, rest } = leadingFacts([{ t: 'list', items: [item('いつ', '　10時'), item('どこ：', '公園')] }, after]);
    expect(facts).toEqual([
      { termInlines: [{ t: 'text', text: 'いつ' }], inlines: [{ t: 'text', text: '10時' }] },
      { termInlines: [{ t: 'text', text: 'どこ' }], inlines: [{ t: 'text', text: '公園' }] },
    ]);
    expect(rest).toEqual([after]);
  });
  it('are left in the text when one item is something else', () => {
    const blocks: Block[] = [{ t: 'list', items: [item('いつ', '10時'), [{ t: 'paragraph', text: [{ t: 'text', text: 'x' }] }]] }, after];
    expect(leadingFacts(blocks)).toEqual({ facts: [], rest: blocks });
  });
  it('are not made of long strong sentences or numbered steps', () => {
    expect(leadingFacts([{ t: 'list', items: [item('とても長い強調された文のはじまり', 'x')] }]).facts).toEqual([]);
    expect(leadingFacts([{ t: 'list', ordered: true, items: [item('いつ', 'x')] }]).facts).toEqual([]);
  });
});
