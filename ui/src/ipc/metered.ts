import { handheld } from './handheld';

/** Does the network of the app's window cost by the byte? Android's web view tells its kind (Network Information API); where none is told,
 * whoever sits at a desk has a line that costs nothing, and of a phone it is not known. */
export function metered(): boolean | undefined {
  const { type } = (navigator as { connection?: { type?: string } }).connection ?? {};
  if (!type) return handheld() ? undefined : false;
  if (/wifi|eth/.test(type)) return false;
  return type === 'cellular' ? true : undefined;
}
