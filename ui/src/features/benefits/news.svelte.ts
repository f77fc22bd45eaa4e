import { language } from '../../app/i18n.svelte';
import { app } from '../../app/store.svelte';
import { call } from '../../ipc/client';
import type { BenefitNewsRow } from '../../ipc/types';
import { held } from './held.svelte';

/** What is new about programs, kept while the app runs: who comes back to the first screen finds it as they left it. */
class News {
  rows = $state.raw<BenefitNewsRow[]>([]);
  /** What the rows answer to. */
  #of = '';

  /** Asks, unless nothing it hangs on has changed. */
  async load(): Promise<void> {
    const of = `${app.revision} ${held.revision} ${language()} ${app.today?.now.date}`;
    if (of === this.#of) return;
    this.rows = (await call('benefit_news', { lang: language() })).rows;
    this.#of = of;
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
