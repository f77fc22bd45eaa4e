import { describe, expect, it } from 'vitest';
import { codes, received, switched } from '../src/features/segments/choice';
import type { SegmentChoice } from '../src/ipc/types';

const list = (...chosen: string[]): SegmentChoice[] =>
  ['safety', 'safety.crime', 'living', 'living.garbage', 'living.tax', 'town'].map((code) => ({
    code,
    ...(code.includes('.') ? { parent: code.split('.')[0] ?? '' } : {}),
    chosen: chosen.includes(code),
    notices: 1,
  }));

describe('segments', () => {
  it('receives everything where nothing is chosen, and says so with no code', () => {
    expect(received(list()).size).toBe(6);
    expect(codes(list(), received(list()))).toEqual([]);
  });
  it('brings the parts with the whole', () => expect([...received(list('living'))]).toContain('living.tax'));
  it('never leaves safety out', () => {
    const none = switched(list('town'), received(list('town')), 'town', false);
    expect(codes(list(), none)).toEqual(['safety']);
  });
  it('turns a whole into its other parts when one part goes', () => {
    const set = switched(list(), received(list()), 'living.garbage', false);
    expect(codes(list(), set)).toEqual(['safety', 'living.tax', 'town']);
  });
  it('turns the last part into the whole', () => {
    const set = switched(list('living.tax'), received(list('living.tax')), 'living.garbage', true);
    expect(codes(list(), set)).toEqual(['safety', 'living']);
  });
  it('takes the parts away with the whole', () => {
    const set = switched(list(), received(list()), 'living', false);
    expect(codes(list(), set)).toEqual(['safety', 'town']);
  });
});
