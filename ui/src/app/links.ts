/** A screen that a link from outside leads to. */
export interface Target {
  path: string;
  query: Record<string, string>;
}

// By hand: older web views do not take the address of a scheme of one's own apart.
const SHAPE = /^madoguchi:\/\/([a-z]+)(\/[^?#]*)?(?:\?([^#]*))?(?:#.*)?$/i;
const LONGEST = 4000;

/** Where a link leads: `madoguchi://join?url=…&root=…` to the welcome screen with the address filled in,
 * `madoguchi://open/notices/ID` to that screen when there is one. Anything else leads nowhere. */
export function target(link: string, known: (path: string) => boolean): Target | undefined {
  const [, what = '', path = '', query = ''] = (link.length <= LONGEST && SHAPE.exec(link)) || [];
  if (what.toLowerCase() === 'join') {
    // In an address a plus is a plus.
    const words = new URLSearchParams(query.replaceAll('+', '%2B'));
    const address = words.get('url') ?? '';
    const root = words.get('root') ?? '';
    if (!/^https?:\/\/[^\s]+$/i.test(address) || path.length > 1) return undefined;
    return { path: '/welcome', query: { address, ...(root ? { root } : {}) } };
  }
  if (what.toLowerCase() !== 'open') return undefined;
  const screen = path === '' ? '/' : path;
  // Where a town is joined or left, only the reader's own hand leads.
  if (screen === '/welcome' || !known(screen)) return undefined;
  return { path: screen, query: Object.fromEntries(new URLSearchParams(query)) };
}
