import type { Tone } from '../../app/segments';
import type { IconName } from '../../components/icons';
import { isMessage, marked } from '../../app/i18n.svelte';
import events from './event-words.json';
import type { ProgramRow, Verdict } from './types';

/** How a verdict looks; its words stand beside it. */
export const verdictLook: Record<Verdict, { icon: IconName; tone: Tone }> = {
  eligible: { icon: 'check_circle', tone: 'ok' },
  unknown: { icon: 'help', tone: 'caution' },
  'not-eligible': { icon: 'do_not_disturb_on', tone: 'plain' },
};

/** A life event in the reader's language; a town's own word as it is. */
export function eventName(word: string): string {
  const key = `benefits.event.${(events as Record<string, string>)[word] ?? ''}`;
  return isMessage(key) ? marked(key) : word;
}

const folded = (text: string) => text.normalize('NFKC').toLowerCase();

/** Rows whose title or summary has every word. */
export function found<R extends Pick<ProgramRow, 'title' | 'summary'>>(rows: readonly R[], search: string): R[] {
  const words = folded(search).split(/\s+/).filter(Boolean);
  return rows.filter(({ title, summary }) => words.every((word) => folded(`${title} ${summary ?? ''}`).includes(word)));
}

/** For whom of the household a program is, or may be. */
export const forWhom = ({ verdict, people }: ProgramRow): string[] => people.filter((one) => one.person !== null && one.verdict === verdict).map(({ name }) => name);

/** A question, and what is added to it: the first sentence is the heading. */
export function parted(question: string): { head: string; rest: string } {
  const [, head, mark = '', rest] = /^(.+?)(?:\u3002|(\?) )(.+)$/su.exec(question) ?? [];
  return head && rest ? { head: head + mark, rest } : { head: question, rest: '' };
}
