import { target } from '../../app/links';

/** What a resident typed or pasted: the address of a town, or why it is none. */
export type Typed = { address: string; fingerprint?: string } | { why: 'missing' | 'code' | 'name' | 'bad-address' | 'insecure-address' };

/** Reads an address, a link `madoguchi://join?…`, or an address without its beginning. Only forms are looked at here; the
 * core decides. */
export function read(typed: string): Typed {
  const words = typed.normalize('NFKC').trim();
  if (words === '') return { why: 'missing' };
  if (/^madoguchi:/i.test(words)) {
    const { address, root } = target(words, () => false)?.query ?? {};
    return address ? { address, ...(root ? { fingerprint: root } : {}) } : { why: 'bad-address' };
  }
  // Towns have numbers, but nothing here knows yet which town lies where.
  if (/^\d{5,6}$/.test(words)) return { why: 'code' };
  if (/^https:\/\/\S+$/i.test(words)) return { address: words };
  if (/^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/i.test(words)) return { address: words };
  if (/^http:/i.test(words)) return { why: 'insecure-address' };
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(\/\S*)?$/i.test(words)) return { address: `https://${words}` };
  return { why: /[^\x20-\x7e]/.test(words) ? 'name' : 'bad-address' };
}
