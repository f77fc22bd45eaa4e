import { describe, expect, it } from 'vitest';
import { match, router, to, type Route } from '../src/app/router.svelte';

const screen = (() => undefined) as unknown as Extract<Route['screen'], () => unknown>;
const routes: Route[] = [{ path: '/', screen }, { path: '/notices', screen }, { path: '/notices/hidden', screen }, { path: '/notices/:id', screen }];

describe('routes', () => {
  it('finds screens and params', () => {
    expect(match(routes, '/').route?.path).toBe('/');
    expect(match(routes, '/notices/hidden').route?.path).toBe('/notices/hidden');
    expect(match(routes, '/notices/a%2Fb')).toEqual({ route: routes[3], params: { id: 'a/b' } });
  });
  it('finds nothing where there is nothing', () => {
    expect(match(routes, '/notices/').route).toBeUndefined();
    expect(match(routes, '/x').route).toBeUndefined();
  });
  it('takes a broken escape as it is', () => expect(match(routes, '/notices/%E3').params).toEqual({ id: '%E3' }));
  it('writes addresses', () => expect(to('/places', { kind: 'a b' })).toBe('#/places?kind=a+b'));
});

describe('following the address', () => {
  it('a link that took the place of its entry, state and all, is followed', () => {
    history.replaceState(null, '', '#/');
    router.start(routes);
    const first = router.location.key;
    history.replaceState(history.state, '', '#/notices');
    dispatchEvent(new Event('hashchange'));
    expect(router.location.path).toBe('/notices');
    expect(router.location.key).not.toBe(first);
  });
  it('new search words keep their entry', () => {
    const { key } = router.location;
    router.replace('/notices', { q: 'a' });
    dispatchEvent(new Event('hashchange'));
    expect([router.location.key, router.location.query.get('q')]).toEqual([key, 'a']);
  });
});
