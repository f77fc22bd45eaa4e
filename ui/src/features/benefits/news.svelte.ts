import { language } from '../../app/i18n.svelte';
import { app } from '../../app/store.svelte';
import { call } from '../../ipc/client';
import type { BenefitNewsRow } from '../../ipc/types';
import { held } from './held.svelte';

/** What is new about programs, kept while the app runs: who comes back to the first screen finds it as they left it. */
class News {
  rows = $state.raw<BenefitNewsRow[]>([]);
  /** What was asked last, and its answer. */
  #of = '';
  #answer: Promise<void> = Promise.resolve();

  /** Asks, unless nothing it hangs on has changed. Ends with the answer to what was asked last. */
  async load(): Promise<void> {
    const of = `${app.revision} ${held.revision} ${language()} ${app.today?.now.date}`;
    if (of !== this.#of) {
      this.#of = of;
      this.#answer = this.#ask(of);
    }
    let answer: Promise<void>;
    do {
      answer = this.#answer;
      await answer;
    } while (answer !== this.#answer);
  }

  async #ask(of: string): Promise<void> {
    try {
      const { rows } = await call('benefit_news', { lang: language() });
      // An older question's answer must not overwrite a newer one's.
      if (of === this.#of) this.rows = rows;
    } catch {
      // The first screen stands without it, and asks again the next time.
      if (of === this.#of) this.#of = '';
    }
  }

  /** The reader has looked at a program's answer; without one, at all of them. */
  async seen(program: string | null = null): Promise<void> {
    try {
      this.rows = (await call('benefits_seen', { lang: language(), program })).rows;
    } catch {
      // It stays news until it could be noted.
    }
  }
}

export const news = new News();
