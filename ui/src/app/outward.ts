/** A link of the town's that may leave the app: https, tel and mailto; of anything else nothing is made. */
export const outward = (href: string | null | undefined): string | undefined =>
  href && /^(https:\/\/|tel:|mailto:)/i.test(href) ? href : undefined;

/** A number that can be dialled, or nothing. */
export function dial(phone: string | null | undefined): string | undefined {
  const number = (phone ?? '').normalize('NFKC').replace(/[^\d+]/g, '');
  return number.length >= 3 ? `tel:${number}` : undefined;
}
