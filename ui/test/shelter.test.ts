import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import ShelterLine from '../src/components/ShelterLine.svelte';
import type { ShelterStatus } from '../src/ipc/types';
import { moment } from './fake/moments';

let shown: Record<string, unknown> | undefined;
afterEach(async () => {
  if (shown) await unmount(shown);
  shown = undefined;
  document.body.innerHTML = '';
});

const told: ShelterStatus = { open: true, people: 123, capacity: 191, crowding: 'room', as_of: moment(0, 6), current: true };

/** What stands there, and in which colour. */
function line(more: Partial<ShelterStatus>): { words: string; classes: string } {
  if (shown) void unmount(shown);
  document.body.innerHTML = '';
  shown = mount(ShelterLine, { target: document.body, props: { status: { ...told, ...more } } });
  flushSync();
  const at = document.querySelector('p');
  return { words: at?.textContent?.trim() ?? '', classes: at?.className ?? '' };
}

describe('what the town says of a shelter', () => {
  it('is whether it is open, how many are in it, as of when, and whether there is room', () => {
    const { words, classes } = line({});
    expect(words).toBe('開いています・123人（けさ6時）・まだ入れます');
    expect(classes).toContain('ok');
    expect(line({ crowding: 'filling' }).words).toContain('混んできています');
    expect(line({ crowding: 'full' }).words).toContain('いっぱいです');
    expect(line({ people: null, crowding: 'unknown' }).words).toBe('開いています（けさ6時）');
    expect(line({ open: false, crowding: 'unknown' }).words).toBe('閉まっています（けさ6時）');
  });
  it('is green only where it says that there is room', () => {
    for (const more of [{ crowding: 'filling' }, { crowding: 'full' }, { crowding: 'unknown' }, { open: false }, { current: false }] as Partial<ShelterStatus>[]) {
      expect(line(more).classes, JSON.stringify(more)).not.toMatch(/\bok\b/);
    }
  });
  it('says of what is old that it is old, and nothing of how full it is', () => {
    const { words } = line({ current: false, crowding: 'unknown', as_of: moment(-3, 18) });
    expect(words).toContain('古い知らせ');
    expect(words).not.toMatch(/123|まだ入れます/);
    expect(line({ current: false, open: false }).words).toContain('閉まっていました');
  });
});
