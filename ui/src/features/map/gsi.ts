import { gsiTile } from '../../ipc/tiles';

/** Where the survey says on which terms its tiles are used. */
export const GSI_ABOUT = 'https://maps.gsi.go.jp/development/ichiran.html';

/** So many tiles stay at hand: a screen's worth, in two layers. */
const AT_HAND = 64;
const held = new Map<string, Promise<Uint8Array>>();

/** A tile of the country's map. Its ground and its lines are two layers of the map, and one request. */
export function countryTile(z: number, x: number, y: number): Promise<Uint8Array> {
  const name = `${z}/${x}/${y}`;
  const found = held.get(name) ?? gsiTile(z, x, y);
  held.set(name, found);
  // What did not come is asked for anew the next time.
  found.catch(() => held.delete(name));
  for (const oldest of held.keys()) {
    if (held.size <= AT_HAND) break;
    held.delete(oldest);
  }
  return found;
}

/** What is drawn on the paper, without the paper: laid over white it is the tile again, and over a zone its streets and names stand
 * on the zone's colour. */
export async function linesOf(png: Uint8Array): Promise<ImageBitmap> {
  const picture = await createImageBitmap(new Blob([png as Uint8Array<ArrayBuffer>], { type: 'image/png' }));
  const canvas = document.createElement('canvas');
  canvas.width = picture.width;
  canvas.height = picture.height;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(picture, 0, 0);
  picture.close();
  const image = context.getImageData(0, 0, canvas.width, canvas.height);
  withoutPaper(image.data);
  return createImageBitmap(image);
}

/** The survey's paper is a little darker than white: so light a dot is paper. */
const PAPER = 240;

/** Takes the paper out of each dot (red, green, blue, how opaque), in place. */
export function withoutPaper(dots: Uint8ClampedArray): void {
  for (let at = 0; at + 3 < dots.length; at += 4) {
    const [red = 0, green = 0, blue = 0, opaque = 0] = [dots[at], dots[at + 1], dots[at + 2], dots[at + 3]];
    const white = Math.min(red, green, blue);
    const ink = (Math.max(0, PAPER - white) * 255) / PAPER;
    const clear = (value: number) => (ink === 0 ? 0 : ((value - white) * 255) / ink);
    dots[at] = clear(red);
    dots[at + 1] = clear(green);
    dots[at + 2] = clear(blue);
    dots[at + 3] = (ink * opaque) / 255;
  }
}
