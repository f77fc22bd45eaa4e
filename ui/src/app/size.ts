import { marked } from './i18n.svelte';

/** Bytes as one says them: 340KB, 1.2MB. */
export const size = (bytes: number): string =>
  bytes < 1_000_000 ? marked('size.kb', { n: Math.max(1, Math.round(bytes / 1000)) }) : marked('size.mb', { n: Math.round(bytes / 100_000) / 10 });
