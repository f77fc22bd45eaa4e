import { handheld } from './handheld';

/** Does the network of the app's window cost by the byte? Android's web view tells its kind (Network Information API), and who asked to
 * save data is taken at the word. Where no kind is told, whoever sits at a desk has a line that costs nothing, and of a phone it is not known. */
export function metered(): boolean | undefined {
  const { type, saveData } = (navigator as { connection?: { type?: string; saveData?: boolean } }).connection ?? {};
  if (saveData) return true;
  if (!type) return handheld() ? undefined : false;
  if (/wifi|eth/.test(type)) return false;
  return type === 'cellular' ? true : undefined;
}
