import { describe, expect, it } from 'vitest';
import { target } from '../src/app/links';
import { match } from '../src/app/router.svelte';
import { routes } from '../src/app/routes';

const lead = (link: string) => target(link, (path) => match(routes, path).route !== undefined);

describe('a link from outside', () => {
  it('fills in an address and joins nothing', () => {
    expect(lead('madoguchi://join?url=https%3A%2F%2Fmachi.example.jp%2F222127%2F&root=ABC')).toEqual({
      path: '/welcome',
      query: { address: 'https://machi.example.jp/222127/', root: 'ABC' },
    });
    expect(lead('MADOGUCHI://join/?url=https://h/a+b')).toEqual({ path: '/welcome', query: { address: 'https://h/a+b' } });
  });
  it('opens a screen that there is', () => {
    expect(lead('madoguchi://open/notices/suido-1125')).toEqual({ path: '/notices/suido-1125', query: {} });
    expect(lead('madoguchi://open/places?kind=aed#x')).toEqual({ path: '/places', query: { kind: 'aed' } });
    expect(lead('madoguchi://open')).toEqual({ path: '/', query: {} });
  });
  it.each([
    'madoguchi://open/nowhere',
    'madoguchi://open/notices/',
    'madoguchi://open/welcome?address=https://evil.example/',
    'madoguchi://open/notices/a/b',
    'madoguchi://join',
    'madoguchi://join?url=javascript:alert(1)',
    'madoguchi://join?url=madoguchi://open/settings',
    'madoguchi://join/x?url=https://h/',
    'madoguchi://leave?url=https://h/',
    'madoguchi:join?url=https://h/',
    'https://machi.example.jp/open/notices/1',
    `madoguchi://open/notices/${'x'.repeat(5000)}`,
    '',
  ])('%s leads nowhere', (link) => expect(lead(link)).toBeUndefined());
});
