import { afterEach, describe, expect, it, vi } from 'vitest';
import { Pages } from '../src/features/notices/pages.svelte';
import { useCarrier } from '../src/ipc/client';
import type { NoticeRow } from '../src/ipc/types';
import { fakeCarrier } from './fake';

/** The fake phone, whose answers to `notices` are held back until they are let go. */
function held() {
  const phone = fakeCarrier({});
  const waiting: (() => void)[] = [];
  let asked = 0;
  useCarrier({
    ...phone,
    async call(command, args) {
      const answer = await phone.call(command, args);
      if (command !== 'notices') return answer;
      asked += 1;
      await new Promise<void>((go) => waiting.push(go));
      return answer;
    },
  });
  const letGo = async () => {
    await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(0));
    waiting.splice(0).forEach((go) => go());
  };
  return { letGo, asked: () => asked };
}
const saved = (pages: Pages) => pages.list?.rows.find((row) => row.id === 'n3')?.saved;

afterEach(() => vi.restoreAllMocks());

describe('a list of notices', () => {
  it('does not lose a mark to an answer that was on its way', async () => {
    const phone = held();
    const pages = new Pages();
    const first = pages.ask({}, false);
    await phone.letGo();
    await first;
    expect(saved(pages)).toBe(false);
    // The list is read again, and before its answer is there a notice is saved.
    const again = pages.ask({}, true);
    await vi.waitFor(() => expect(phone.asked()).toBe(2));
    await pages.save(pages.list?.rows.find((row) => row.id === 'n3') as NoticeRow);
    await phone.letGo();
    expect(saved(pages)).toBe(true);
    await phone.letGo();
    await again;
    expect(phone.asked()).toBe(3);
    expect(saved(pages)).toBe(true);
  });
  it('takes a mark back that the phone refused', async () => {
    const phone = fakeCarrier({});
    useCarrier({ ...phone, call: async (command, args) => (command === 'mark' ? Promise.reject({ code: 'private', message: 'x' }) : phone.call(command, args)) });
    const pages = new Pages();
    await pages.ask({}, false);
    await pages.save(pages.list?.rows.find((row) => row.id === 'n3') as NoticeRow);
    expect(saved(pages)).toBe(false);
    expect(pages.error?.code).toBe('private');
  });
});
