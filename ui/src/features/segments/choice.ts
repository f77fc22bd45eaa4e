import type { SegmentChoice } from '../../ipc/types';

/** A segment and its sub-segments, in the core's order. */
export interface Branch {
  top: SegmentChoice;
  parts: SegmentChoice[];
}

/** Emergency matters are never left out. */
export const ALWAYS = 'safety';

/** The list as branches. */
export function branches(choices: readonly SegmentChoice[]): Branch[] {
  return choices
    .filter((choice) => !choice.parent)
    .map((top) => ({ top, parts: choices.filter((choice) => choice.parent === top.code) }));
}

/** Every code that is received: a segment brings its parts, and where none is chosen all are received. */
export function received(choices: readonly SegmentChoice[]): Set<string> {
  const none = choices.every((choice) => !choice.chosen);
  const set = new Set<string>();
  for (const { top, parts } of branches(choices)) {
    const whole = none || top.chosen || top.code === ALWAYS;
    if (whole) set.add(top.code);
    for (const part of parts) if (whole || part.chosen) set.add(part.code);
  }
  return set;
}

/** The set after one switch; a whole branch goes with its top, and a top with the last of its parts. */
export function switched(choices: readonly SegmentChoice[], set: ReadonlySet<string>, code: string, on: boolean): Set<string> {
  const next = new Set(set);
  const change = (one: string) => (on ? next.add(one) : next.delete(one));
  change(code);
  for (const { top, parts } of branches(choices)) {
    if (top.code === code) parts.forEach((part) => change(part.code));
    else if (parts.some((part) => part.code === code)) {
      if (parts.every((part) => next.has(part.code))) next.add(top.code);
      else next.delete(top.code);
    }
  }
  return next;
}

/** The shortest codes that say the same; none means all. */
export function codes(choices: readonly SegmentChoice[], set: ReadonlySet<string>): string[] {
  const tree = branches(choices);
  if (tree.every(({ top }) => set.has(top.code))) return [];
  return tree.flatMap(({ top, parts }) =>
    set.has(top.code) ? [top.code] : parts.filter((part) => set.has(part.code)).map((part) => part.code),
  );
}
