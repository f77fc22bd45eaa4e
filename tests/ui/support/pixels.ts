import { inflateSync } from 'node:zlib';

/** How often each colour stands in a picture (PNG of 8-bit RGB or RGBA, as Chromium takes them), by `#rrggbb`. */
export function colours(png: Buffer): Map<string, number> {
  const parts: Buffer[] = [];
  let [width, height, channels] = [0, 0, 0];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const kind = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (kind === 'IHDR') {
      [width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)];
      channels = data[9] === 6 ? 4 : 3;
      if (data[8] !== 8 || (data[9] !== 2 && data[9] !== 6)) throw new Error('another kind of PNG');
    }
    if (kind === 'IDAT') parts.push(data);
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(parts));
  const line = width * channels;
  const found = new Map<string, number>();
  let above = Buffer.alloc(line);
  for (let row = 0; row < height; row += 1) {
    const start = row * (line + 1);
    const filter = raw[start] ?? 0;
    const now = Buffer.from(raw.subarray(start + 1, start + 1 + line));
    for (let i = 0; i < line; i += 1) {
      const [a, b, c] = [i < channels ? 0 : (now[i - channels] ?? 0), above[i] ?? 0, i < channels ? 0 : (above[i - channels] ?? 0)];
      now[i] = (now[i] ?? 0) + predicted(filter, a, b, c);
    }
    for (let x = 0; x < width; x += 1) {
      const colour = `#${now.toString('hex', x * channels, x * channels + 3)}`;
      found.set(colour, (found.get(colour) ?? 0) + 1);
    }
    above = now;
  }
  return found;
}

/** What a pixel's byte is counted from (PNG, 9.2): left, above, and left of that. */
function predicted(filter: number, a: number, b: number, c: number): number {
  if (filter === 1) return a;
  if (filter === 2) return b;
  if (filter === 3) return (a + b) >> 1;
  if (filter !== 4) return 0;
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}
