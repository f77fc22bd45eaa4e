import { isMessage, marked } from './i18n.svelte';
import type { RunningAlert } from '../ipc/types';

const byLevel = (group: string, alert: RunningAlert): string => {
  const key = `${group}.${alert.level}`;
  return isMessage(key) ? marked(key) : alert.text.title;
};

/** What to do now, from the one fixed table by level. */
export const act = (alert: RunningAlert): string => byLevel('alert.act', alert);

/** The level's own name (避難指示). */
export const levelName = (alert: RunningAlert): string => byLevel('alert.name', alert);

/** The areas for which it holds, in the town's words. */
export const areaNames = (alert: RunningAlert): string =>
  alert.areas.map((area) => area.name).join('、');

/** The alert that takes the whole top of the screen: real, of level 3 or more. */
export const worst = (alerts: RunningAlert[]): RunningAlert | undefined => alerts.find((alert) => !alert.drill && alert.level >= 3);
