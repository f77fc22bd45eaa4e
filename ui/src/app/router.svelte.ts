import type { Component } from 'svelte';

/** What a screen is given: the parts of its address. */
export interface ScreenProps {
  params: Record<string, string>;
  query: URLSearchParams;
}

/** How a screen is fetched. */
export type LazyScreen = () => Promise<{ default: Component<ScreenProps> }>;

/** The tabs, in their order. */
export type Tab = 'today' | 'notices' | 'counter' | 'map';

export interface Route {
  /** `/notices/:id` */
  path: string;
  /** The screen, or how to fetch it. */
  screen: Component<ScreenProps> | LazyScreen;
  lazy?: true;
  /** It is shown while no town is joined; the others need one. */
  townless?: true;
  /** The tab under which it stands; none: a detail screen whose own dock or back button leads on. */
  tab?: Tab;
}

/** The screen that is shown. `key` names the entry of the browser's history, so that each keeps its own state. */
export interface Location extends ScreenProps {
  path: string;
  route: Route | undefined;
  key: string;
}

interface Entry {
  key: string;
  depth: number;
}

const scrolls = new Map<string, number>();
const links = new Map<string, string>();
const memories = new Map<string, Map<string, unknown>>();

/** So many entries of the history find their state again; older ones begin anew. */
const REMEMBERED = 40;

/** Finds the route of a path and its params. */
export function match(routes: readonly Route[], path: string): { route: Route | undefined; params: Record<string, string> } {
  const parts = path.split('/');
  for (const route of routes) {
    const wanted = route.path.split('/');
    if (wanted.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((want, i) => {
      const part = parts[i] ?? '';
      if (!want.startsWith(':')) return want === part;
      params[want.slice(1)] = decode(part);
      return part !== '';
    });
    if (fits) return { route, params };
  }
  return { route: undefined, params: {} };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function split(hash: string): { path: string; query: URLSearchParams } {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  return { path: path === '' ? '/' : path, query: new URLSearchParams(query) };
}

/** The address of a screen, for `href`. */
export function to(path: string, query: Record<string, string> = {}): string {
  const words = new URLSearchParams(query).toString();
  return `#${path}${words ? `?${words}` : ''}`;
}

let count = 0;
const newKey = () => `${Date.now().toString(36)}-${(count += 1)}`;

class Router {
  location = $state.raw<Location>({ path: '/', route: undefined, params: {}, query: new URLSearchParams(), key: '' });
  #routes: readonly Route[] = [];
  #entry: Entry = { key: '', depth: 0 };
  /** The address that the present screen was found by. */
  #hash = '';

  /** Begins to follow the address. */
  start(routes: readonly Route[]): void {
    this.#routes = routes;
    history.scrollRestoration = 'manual';
    addEventListener('hashchange', () => this.#follow());
    addEventListener('popstate', () => this.#follow());
    addEventListener('pagehide', () => this.#keepPlace());
    this.#follow();
  }

  /** Goes to a screen. */
  go(path: string, query: Record<string, string> = {}): void {
    location.hash = to(path, query);
  }

  /** Replaces the present screen's address without a new entry, its state kept (filters, search words). */
  replace(path: string, query: Record<string, string> = {}): void {
    history.replaceState(this.#entry, '', to(path, query));
    this.#hash = location.hash;
    const { path: now, query: words } = split(this.#hash);
    this.location = { ...this.location, ...match(this.#routes, now), path: now, query: words };
  }

  /** Back to where the reader came from; from a deep link, to the screen above. */
  back(above: string): void {
    if (this.#entry.depth > 0) history.back();
    else this.replaceScreen(above);
  }

  /** Shows another screen in place of this one. */
  replaceScreen(path: string): void {
    history.replaceState({ key: newKey(), depth: this.#entry.depth }, '', to(path));
    this.#follow();
  }

  /** Is there such a screen? */
  knows(path: string): boolean {
    return match(this.#routes, path).route !== undefined;
  }

  #keepPlace(): void {
    if (!this.#entry.key) return;
    scrolls.set(this.#entry.key, scrollY);
    const href = document.activeElement?.getAttribute('href');
    if (href) links.set(this.#entry.key, href);
  }

  #follow(): void {
    const state = history.state as Entry | null;
    const same = state?.key !== undefined && state.key === this.#entry.key;
    if (same && location.hash === this.#hash) return;
    this.#keepPlace();
    // A link followed while the page still loads takes the place of its entry, and in WebKit that entry's state with it.
    const known = state?.key && !same ? state : undefined;
    const entry = known ?? { key: newKey(), depth: !this.#entry.key ? 0 : same ? this.#entry.depth : this.#entry.depth + 1 };
    if (!known) history.replaceState(entry, '');
    this.#entry = entry;
    this.#hash = location.hash;
    const { path, query } = split(this.#hash);
    this.location = { ...match(this.#routes, path), path, query, key: entry.key };
  }
}

export const router = new Router();

/** Puts the focus where it belongs: on the link by which the reader had left this entry, else on the new screen's heading.
 * Waits for it while the content is on its way; what the reader focuses meanwhile wins. */
export function placeFocus(key: string): () => void {
  const href = links.get(key);
  const find = () =>
    href === undefined
      ? document.querySelector<HTMLElement>('h1[tabindex]')
      : [...document.querySelectorAll<HTMLElement>('main a[href]')].find((link) => link.getAttribute('href') === href);
  const place = () => {
    if (document.activeElement && document.activeElement !== document.body) return true;
    const found = find();
    found?.focus({ preventScroll: true });
    return found !== undefined && found !== null;
  };
  const watch = new MutationObserver(() => place() && stop());
  // The screen that is left is still there for a moment, with its focus.
  const begin = setTimeout(() => place() || watch.observe(document.body, { childList: true, subtree: true }));
  const end = setTimeout(() => stop(), 2000);
  const stop = () => {
    watch.disconnect();
    clearTimeout(begin);
    clearTimeout(end);
  };
  return stop;
}

/** State that a screen finds again when the reader comes back to this entry of the history. */
export function remembered<T>(name: string, first: () => T): { value: T } {
  const key = router.location.key;
  const memory = memories.get(key) ?? new Map<string, unknown>();
  memories.delete(key);
  memories.set(key, memory);
  for (const old of memories.keys()) {
    if (memories.size <= REMEMBERED) break;
    memories.delete(old);
  }
  if (!memory.has(name)) memory.set(name, first());
  return {
    get value() {
      return memory.get(name) as T;
    },
    set value(next: T) {
      memory.set(name, next);
    },
  };
}

/** Forgets what screens kept: it was another town's. */
export function forgetScreens(): void {
  memories.clear();
  scrolls.clear();
  links.clear();
}

/** Scrolls to where the reader was, as soon as the page is long enough; a touch or key of the reader ends the attempt. */
export function restoreScroll(key: string): () => void {
  const wanted = scrolls.get(key) ?? 0;
  const reach = () => {
    scrollTo(0, wanted);
    return Math.abs(scrollY - wanted) <= 1;
  };
  if (reach()) return () => undefined;
  const watch = new ResizeObserver(() => reach() && stop());
  const timer = setTimeout(() => stop(), 2000);
  const ends = ['wheel', 'touchstart', 'keydown'] as const;
  const stop = () => {
    watch.disconnect();
    clearTimeout(timer);
    ends.forEach((name) => removeEventListener(name, stop));
  };
  ends.forEach((name) => addEventListener(name, stop, { passive: true }));
  watch.observe(document.body);
  return stop;
}
