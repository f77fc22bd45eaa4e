import { areaNames, levelName } from '../../app/alerts';
import { when } from '../../app/dates';
import { isMessage, marked, t, type MessageKey } from '../../app/i18n.svelte';
import { plain } from '../../app/format';
import type { Hazard, RunningAlert } from '../../ipc/types';

/** Whom an alert concerns, from the fixed table by level; without areas it is the whole town. */
export function whom(alert: RunningAlert, town: string): string {
  const key = `alert.who.${alert.level}`;
  const areas = areaNames(alert) || town;
  return isMessage(key) ? marked(key, { areas }) : marked('alert.areas', { areas });
}

const LIVES: Partial<Record<Hazard, MessageKey>> = {
  flood: 'alert.life.water',
  'inland-flood': 'alert.life.water',
  'storm-surge': 'alert.life.water',
  landslide: 'alert.life.landslide',
  tsunami: 'alert.life.tsunami',
};

/** On the highest level: the one thing that still protects life from this danger, and what not to do. */
export function life(hazard: Hazard | undefined): { now: MessageKey; not: MessageKey } {
  const now = (hazard && LIVES[hazard]) ?? 'alert.life.other';
  const not = `${now}.not`;
  return { now, not: isMessage(not) ? not : 'alert.life.other.not' };
}

/** A ready text for one's family: what, where, when, and the site if one is known. */
export function forFamily(alert: RunningAlert, town: string, site?: string): string {
  const known = { town, name: plain(levelName(alert)), level: alert.level, areas: areaNames(alert) || town, when: plain(when(alert.issued)) };
  return [t('alert.share.text', known), site ? t('alert.share.site', { site }) : '', alert.link ?? ''].filter(Boolean).join('\n');
}
