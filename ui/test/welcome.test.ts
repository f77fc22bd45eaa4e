import { describe, expect, it } from 'vitest';
import { nothing, tally } from '../src/app/tally';
import { read } from '../src/features/welcome/typed';

describe('what one types to find a town', () => {
  it.each([
    ['https://machi.example.jp/222127/', 'https://machi.example.jp/222127/'],
    ['  machi.example.jp/222127 ', 'https://machi.example.jp/222127'],
    ['ｍａｃｈｉ．ｅｘａｍｐｌｅ．ｊｐ', 'https://machi.example.jp'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/'],
  ])('%s is an address', (typed, address) => expect(read(typed)).toEqual({ address }));

  it('a link holds address and mark', () => {
    expect(read('madoguchi://join?url=https%3A%2F%2Fh%2F&root=AB')).toEqual({ address: 'https://h/', fingerprint: 'AB' });
    expect(read('madoguchi://open/notices')).toEqual({ why: 'bad-address' });
  });

  it.each([
    ['', 'missing'],
    ['　', 'missing'],
    ['992011', 'code'],
    ['９９２０１１', 'code'],
    ['見本市', 'name'],
    ['421-0000', 'bad-address'],
    ['http://machi.example.jp/', 'insecure-address'],
    ['http://127.0.0.1.evil.example/', 'insecure-address'],
    ['ftp://h/', 'bad-address'],
  ])('%s is none, and why is known', (typed, why) => expect(read(typed)).toEqual({ why }));
});

describe('how far a sync is', () => {
  it('adds up what is here of every collection', () => {
    const steps = [
      { kind: 'checking' as const },
      { kind: 'begun' as const, collection: 'a', total: 100 },
      { kind: 'got' as const, collection: 'a', bytes: 40 },
      { kind: 'begun' as const, collection: 'b', total: 50 },
      { kind: 'fetched' as const, collection: 'a' },
      { kind: 'got' as const, collection: 'b', bytes: 10 },
    ];
    const seen = steps.reduce((list, step) => [...list, tally(list.at(-1) ?? nothing, step)], [nothing]).map(({ done, total }) => [done, total]);
    expect(seen).toEqual([[0, 0], [0, 0], [0, 100], [40, 100], [40, 150], [100, 150], [110, 150]]);
    expect(tally(nothing, { kind: 'storing' }).kind).toBe('storing');
  });
});
