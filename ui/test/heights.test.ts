import { describe, expect, it } from 'vitest';
import { Heights, Tops } from '../src/components/heights';

describe('heights of a windowed list', () => {
  const heights = new Heights();
  heights.set('b', 50);
  const tops = new Tops(['a', 'b', 'c'], heights, 100);
  const all = () => [0, 1, 2].map((index) => tops.of(index));

  it('adds what was measured and guesses the rest', () => expect([...all(), tops.end]).toEqual([0, 100, 150, 250]));
  it('finds the row at a height', () => {
    expect([-20, 0, 99, 100, 149, 150, 9999].map((y) => tops.at(y))).toEqual([0, 0, 0, 1, 1, 2, 2]);
  });
  it('moves what stands behind a row that is higher than was thought', () => {
    tops.grow(1, 20);
    expect([...all(), tops.end, tops.at(165)]).toEqual([0, 100, 170, 270, 1]);
    tops.grow(2, -70);
    expect([...all(), tops.end]).toEqual([0, 100, 170, 200]);
  });
  it('is calm when nothing is there', () => {
    const none = new Tops([], heights, 100);
    expect([none.at(10), none.of(0), none.end]).toEqual([0, 0, 0]);
  });
  it('tells news only', () => {
    expect(heights.set('b', 50)).toBe(false);
    expect(heights.set('b', 51)).toBe(true);
  });
});
