/** What a web view may say of its network (Network Information API: Android's does, others do not). */
interface Connection {
  type?: string;
  saveData?: boolean;
}

/** Does the network cost by the byte? Undefined where the web view does not say. */
export function metered(): boolean | undefined {
  const { type, saveData } = (navigator as { connection?: Connection }).connection ?? {};
  if (saveData) return true;
  if (/^(wifi|ethernet)$/.test(type ?? '')) return false;
  return /^(cellular|bluetooth|wimax)$/.test(type ?? '') ? true : undefined;
}
