/** South, west, north, east. */
export type Bounds = [number, number, number, number];
/** Longitude, latitude. */
export type LonLat = [number, number];

/** Is a point within a ring, by even-odd? */
export function within([x, y]: LonLat, ring: readonly LonLat[]): boolean {
  let inside = false;
  ring.forEach(([x1, y1], i) => {
    const [x2, y2] = ring[(i + ring.length - 1) % ring.length] ?? [x1, y1];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  });
  return inside;
}

/** Puts rings together as polygons: a ring that lies in an odd number of others is a hole of one of them. */
export function polygons(rings: readonly LonLat[][]): LonLat[][][] {
  const around = rings.map((ring, i) => rings.flatMap((other, j) => (i !== j && ring[0] && within(ring[0], other) ? [j] : [])));
  const outer = rings.flatMap((_, i) => ((around[i]?.length ?? 0) % 2 === 0 ? [i] : []));
  return outer.map((i) => {
    const depth = (around[i]?.length ?? 0) + 1;
    const holes = rings.filter((_, j) => around[j]?.length === depth && around[j]?.includes(i));
    return [rings[i] ?? [], ...holes].map(closed);
  });
}
const closed = (ring: LonLat[]): LonLat[] => (ring[0] ? [...ring, ring[0]] : ring);

/** What some points span; none where there is none. */
export function boundsOf(points: readonly LonLat[]): Bounds | undefined {
  if (points.length === 0) return undefined;
  const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)];
  const least = (of: number[]) => of.reduce((a, b) => Math.min(a, b));
  const most = (of: number[]) => of.reduce((a, b) => Math.max(a, b));
  return [least(lats), least(lons), most(lats), most(lons)];
}
