import { expect, it } from 'vitest';
import { Seats } from '../src/components/seats';

it('a row keeps its seat while it is shown, and those that come take the seats of those that went', () => {
  const seats = new Seats();
  seats.take(['a', 'b', 'c']);
  const [a, b, c] = ['a', 'b', 'c'].map((key) => seats.of(key));
  expect(new Set([a, b, c]).size).toBe(3);
  seats.take(['b', 'c', 'd']);
  expect(['a', 'b', 'c', 'd'].map((key) => seats.of(key))).toEqual([undefined, b, c, a]);
  seats.take(['x', 'c', 'd', 'e']);
  expect([seats.of('c'), seats.of('d')]).toEqual([c, a]);
  expect(new Set(['x', 'c', 'd', 'e'].map((key) => seats.of(key))).size).toBe(4);
});
