import { describe, expect, it } from 'vitest';
import { Heights } from '../src/components/heights';

describe('heights of a windowed list', () => {
  const heights = new Heights();
  heights.set('b', 50);
  const offsets = heights.offsets(['a', 'b', 'c'], 100);

  it('adds what was measured and guesses the rest', () => expect([...offsets]).toEqual([0, 100, 150, 250]));
  it('finds the row at a height', () => {
    expect([-20, 0, 99, 100, 149, 150, 9999].map((y) => Heights.at(offsets, y))).toEqual([0, 0, 0, 1, 1, 2, 2]);
  });
  it('is calm when nothing is there', () => expect(Heights.at(heights.offsets([], 100), 10)).toBe(0));
  it('tells news only', () => {
    expect(heights.set('b', 50)).toBe(false);
    expect(heights.set('b', 51)).toBe(true);
  });
});
