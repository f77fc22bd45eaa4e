/** What a message may be given: text as it is, numbers with the language's grouping. */
export type Params = Record<string, string | number>;

/** Made once for a language: they cost more than all the rest of a message. */
const made = <T>(make: (locale: string) => T) => {
  const kept = new Map<string, T>();
  return (locale: string): T => {
    const found = kept.get(locale) ?? make(locale);
    kept.set(locale, found);
    return found;
  };
};
const numbers = made((locale) => new Intl.NumberFormat(locale));
const plurals = made((locale) => new Intl.PluralRules(locale));

/** Fills a message: `{name}` and `{n, plural, one {# notice} other {# notices}}`. */
export function format(message: string, params: Params, locale: string): string {
  const text = (value: string | number) => (typeof value === 'number' ? numbers(locale).format(value) : value);
  const plural = /\{(\w+), plural,((?: (?:=\d+|zero|one|two|few|many|other) \{[^{}]*\})+)\}/g;
  return message
    .replace(plural, (_, name: string, cases: string) => {
      const n = Number(params[name] ?? 0);
      const chosen = new Map([...cases.matchAll(/ (=\d+|\w+) \{([^{}]*)\}/g)].map((m) => [m[1] ?? '', m[2] ?? '']));
      const words = chosen.get(`=${n}`) ?? chosen.get(plurals(locale).select(n)) ?? chosen.get('other') ?? '';
      return words.replaceAll('#', numbers(locale).format(n));
    })
    .replace(/\{(\w+)\}/g, (_, name: string) => text(params[name] ?? ''));
}

/** A piece of a message: words, or kanji with their reading. */
export type Piece = { text: string; reading?: string };

const ruby = /\[([^[\]|]+)\|([^[\]|]+)\]/g;

/** Takes words apart at each mark, whose first part is the kanji and whose second is their reading. */
export function split(words: string, mark: RegExp): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of words.matchAll(mark)) {
    if (match.index > at) found.push({ text: words.slice(at, match.index) });
    found.push({ text: match[1] ?? '', reading: match[2] ?? '' });
    at = match.index + match[0].length;
  }
  if (at < words.length) found.push({ text: words.slice(at) });
  return found;
}

/** Takes `[漢字|かんじ]` apart. */
export const pieces = (message: string): Piece[] => split(message, ruby);

/** A message without its readings. */
export function plain(message: string): string {
  return message.replace(ruby, '$1');
}
