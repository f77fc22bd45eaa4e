/** A language's name in itself, as its readers look for it. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** The languages of a text: the town's own, easy Japanese beside it, then the others as the town has them. */
export const inOrder = ([own, ...others]: readonly string[]): string[] =>
  own === undefined ? [] : [own, ...others.filter((tag) => tag === 'ja-easy'), ...others.filter((tag) => tag !== 'ja-easy')];
