import { plain } from '../../app/format';
import { t } from '../../app/i18n.svelte';
import { groups, layersOf } from '../map/groups';
import type { HazardCard } from '../../ipc/types';
import { besides, groupName, hazardsWords, headline, meaningWords, sourceWords, wayWords } from '../map/words';
import { outline, type IconName } from '../../components/icons';
import { nameOf } from './roles';
import { cardRows, sitesOf, unknownOf } from './card';

const WIDTH = 1080;
const MARGIN = 72;
const FONT = "'Noto Sans JP', 'Noto Sans CJK JP', 'Hiragino Sans', sans-serif";
// Always as on paper: a picture that is sent is looked at by others.
const INK = '#1a1a1a';
const SOFT = '#58544e';
const PAPER = '#f7f5f0';
const WHITE = '#ffffff';
const DANGER = '#ce0000';
const OK = '#e6f5ec';

/** One thing after another down the page; drawn twice, first to learn how high it is. */
class Page {
  y = MARGIN;
  constructor(
    readonly context: CanvasRenderingContext2D,
    private real: boolean,
  ) {}

  /** Breaks words into lines that fit; between any two letters, as Japanese may. */
  lines(words: string, font: string, width: number): string[] {
    this.context.font = font;
    const found: string[] = [];
    let line = '';
    for (const part of words.split(/(?<=\s)/)) {
      const whole = this.context.measureText(line + part).width <= width;
      for (const piece of whole || this.context.measureText(part).width <= width ? [part] : [...part]) {
        if (line && this.context.measureText((line + piece).trimEnd()).width > width) {
          found.push(line.trimEnd());
          line = '';
        }
        line += piece;
      }
    }
    return line.trim() ? [...found, line.trimEnd()] : found;
  }

  text(words: string, size: number, { bold = false, color = INK, x = MARGIN, width = WIDTH - 2 * MARGIN } = {}): void {
    const font = `${bold ? 700 : 400} ${size}px ${FONT}`;
    for (const line of this.lines(words, font, width)) {
      if (this.real) {
        this.context.font = font;
        this.context.fillStyle = color;
        this.context.fillText(line, x, this.y + size);
      }
      this.y += size * 1.5;
    }
  }

  /** A card with an icon on its left, as high as what `inner` writes into it. */
  box(color: string, edge: string | undefined, icon: IconName, inner: (x: number, width: number) => void): void {
    const { real, context, y: top } = this;
    const write = (): number => {
      this.y = top + 32;
      inner(MARGIN + 120, WIDTH - 2 * MARGIN - 160);
      return this.y + 28;
    };
    this.real = false;
    const bottom = write();
    this.real = real;
    if (real) {
      context.fillStyle = color;
      context.beginPath();
      roundRect(context, MARGIN, top, WIDTH - 2 * MARGIN, bottom - top, 28);
      context.fill();
      context.fillStyle = edge ?? SOFT;
      context.save();
      context.clip();
      if (edge) context.fillRect(MARGIN, top, 12, bottom - top);
      context.restore();
      context.save();
      context.translate(MARGIN + 36, top + 88);
      context.scale(56 / 960, 56 / 960);
      context.fill(new Path2D(outline(icon)));
      context.restore();
      write();
    }
    this.y = bottom + 24;
  }
}

/** `roundRect` is younger than the web views that this runs in. */
function roundRect(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number, radius: number): void {
  context.moveTo(x + radius, y);
  context.arcTo(x + width, y, x + width, y + height, radius);
  context.arcTo(x + width, y + height, x, y + height, radius);
  context.arcTo(x, y + height, x, y, radius);
  context.arcTo(x, y, x + width, y, radius);
}

function compose(page: Page, card: HazardCard, made: string): void {
  page.text(t('map.card.title', { name: nameOf(card.place) }), 60, { bold: true });
  if (card.at.spot.block) page.text(card.at.spot.block.name, 34, { color: SOFT });
  page.y += 24;
  for (const { group, lead } of cardRows(card)) {
    const inside = lead.state === 'inside';
    page.box(WHITE, inside ? DANGER : undefined, groups[group].icon, (x, width) => {
      page.text(plain(groupName(group)), 32, { color: SOFT, x, width });
      page.text(plain(headline(lead)), 42, { bold: true, x, width });
      const more = besides(layersOf(card.at.layers, group), lead);
      if (inside) for (const sentence of new Set([...meaningWords(lead.means), ...more])) page.text(plain(sentence), 32, { x, width });
      page.text(plain(sourceWords(lead.source, lead.scenario)), 26, { color: SOFT, x, width });
    });
  }
  for (const group of unknownOf(card)) {
    page.box(WHITE, undefined, groups[group].icon, (x, width) => {
      page.text(plain(groupName(group)), 32, { color: SOFT, x, width });
      page.text(t('map.unknown'), 42, { bold: true, x, width });
    });
  }
  page.text(t('map.outside.careful'), 30, { color: SOFT });
  page.y += 24;
  page.text(t('map.card.sites'), 44, { bold: true });
  page.y += 12;
  for (const { hazards, site } of sitesOf(card)) {
    page.box(OK, '#115a36', 'directions_run_fill', (x, width) => {
      page.text(plain(hazardsWords(hazards)), 32, { x, width });
      page.text(site.name, 42, { bold: true, x, width });
      page.text(plain(wayWords(site)), 34, { x, width });
      if (site.inside) page.text(t('map.site.inside'), 32, { bold: true, color: DANGER, x, width });
    });
  }
  if (made) page.text(plain(made), 28, { color: SOFT });
  page.y += MARGIN - 24;
}

/** The card as a picture (PNG), as wide as a phone's and as long as it must be. */
export async function drawCard(card: HazardCard, made: string): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = 10;
  const measure = canvas.getContext('2d');
  if (!measure) throw new Error('no canvas');
  const first = new Page(measure, false);
  compose(first, card, made);
  canvas.height = Math.ceil(first.y);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = PAPER;
  context.fillRect(0, 0, canvas.width, canvas.height);
  compose(new Page(context, true), card, made);
  return new Promise((done, refuse) => canvas.toBlob((blob) => (blob ? done(blob) : refuse(new Error('no picture'))), 'image/png'));
}
