/** What must be loaded before the first notices stand on the screen. */
export function firstLoad(dist: string): { bytes: number; files: { file: string; bytes: number }[] };
