import { outline, type IconName } from '../../components/icons';
import type { Palette, Pattern } from './colours';
import { drawPattern } from './patterns';

/** Images of the style are drawn when the map asks for them by name:
 * `pattern:<pattern>:<ink>`, `arch:<icon>:<colour>`, `round:<icon>`, `pin`. */
export function draw(id: string, palette: Palette, ratio: number, scale = 1): ImageData | undefined {
  const [kind, first = '', second = ''] = id.split(':');
  if (kind === 'pattern') return drawPattern(first as Pattern, palette(second), ratio);
  const size = Math.min(scale, 1.5) * ratio;
  if (kind === 'arch') return arch(first as IconName, palette(second), palette('--surface'), size);
  if (kind === 'round') return round(first as IconName, palette('--key'), palette('--surface'), palette('--on-key'), size);
  if (kind === 'pin') return pin(palette('--key'), palette('--surface'), palette('--on-key'), size);
  return undefined;
}

function canvas(width: number, height: number, ratio: number): CanvasRenderingContext2D {
  const made = document.createElement('canvas');
  made.width = Math.round(width * ratio);
  made.height = Math.round(height * ratio);
  const context = made.getContext('2d')!;
  context.scale(ratio, ratio);
  return context;
}
const taken = (context: CanvasRenderingContext2D) => context.getImageData(0, 0, context.canvas.width, context.canvas.height);

/** An icon of the app within a square, its left upper corner at `x`, `y`. */
function icon(context: CanvasRenderingContext2D, name: IconName, x: number, y: number, edge: number, color: string): void {
  context.save();
  context.translate(x, y + edge);
  context.scale(edge / 960, edge / 960);
  context.fillStyle = color;
  context.fill(new Path2D(outline(name)));
  context.restore();
}

/** A place to flee to: our window, its foot on the spot. */
function arch(name: IconName, color: string, edge: string, ratio: number): ImageData {
  const context = canvas(38, 48, ratio);
  context.fillStyle = color;
  context.strokeStyle = edge;
  context.lineWidth = 2.5;
  const shape = new Path2D('M3 46V19a16 16 0 0 1 32 0v21a6 6 0 0 1-6 6Z');
  context.fill(shape);
  context.stroke(shape);
  icon(context, name, 7, 12, 24, edge);
  return taken(context);
}

/** One of my places. */
function round(name: IconName, color: string, edge: string, on: string, ratio: number): ImageData {
  const context = canvas(42, 42, ratio);
  context.fillStyle = color;
  context.strokeStyle = edge;
  context.lineWidth = 2.5;
  context.beginPath();
  context.arc(21, 21, 18.5, 0, 7);
  context.fill();
  context.stroke();
  icon(context, name, 9, 9, 24, on);
  return taken(context);
}

/** The spot that the answer is about. */
function pin(color: string, edge: string, on: string, ratio: number): ImageData {
  const context = canvas(36, 46, ratio);
  context.fillStyle = color;
  context.strokeStyle = edge;
  context.lineWidth = 2.5;
  const shape = new Path2D('M18 44C14 38 3 29 3 18a15 15 0 0 1 30 0c0 11-11 20-15 26Z');
  context.fill(shape);
  context.stroke(shape);
  context.fillStyle = on;
  context.beginPath();
  context.arc(18, 18, 5.5, 0, 7);
  context.fill();
  return taken(context);
}
