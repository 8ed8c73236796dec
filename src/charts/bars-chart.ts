import { scaleLinear } from 'd3-scale';
import type { BarsChart } from '../stories/chart-spec.ts';
import { header } from './header.ts';
import { baselineFor, HEIGHT, MARGIN, WIDTH } from './layout.ts';
import { rect, text } from './markup.ts';
import { percentLabel } from './number-label.ts';
import { cutToWidth, textWidth } from './text-width.ts';
import { depthColour, type Theme } from './theme.ts';

type Bar = BarsChart['bars'][number];

const TOP = 100;
const BOTTOM = HEIGHT - 30;
/** A roll-up has three to nine bars; more than this would be too thin to read. */
const MOST_BARS = 14;
const TALLEST_ROW = 124;
const THICKEST_BAR = 52;
/** A change of next to nothing still shows where its bar would start. */
const THINNEST_BAR = 3;
const WIDEST_NAME = 300;
/** In percent: the longest bar stands for at least this, so that small moves look small. */
const LEAST_SCALE = 4;
const GAP = 14;

const deepestFirst = (bars: readonly Bar[]): readonly Bar[] =>
  bars
    .filter((bar) => Number.isFinite(bar.percent))
    .toSorted((a, b) => a.percent - b.percent)
    .slice(0, MOST_BARS);

/** What the picture says, in numbers: for its accessible name. */
export const barsSummary = (spec: BarsChart): string =>
  [spec.session, ...deepestFirst(spec.bars).map((bar) => `${bar.symbol} ${percentLabel(bar.percent)}`)].join(' ');

/** Falls grow to the right from a common line, the deepest on top; a rise, should there be one, to the left of it. */
export const barsChart = (spec: BarsChart, theme: Theme): string => {
  const bars = deepestFirst(spec.bars);
  const row = Math.min((BOTTOM - TOP) / Math.max(bars.length, 1), TALLEST_ROW);
  const top = (TOP + BOTTOM - row * bars.length) / 2;
  const size = row < 40 ? 20 : row < 60 ? 25 : 30;
  const names = bars.map((bar) => cutToWidth(bar.symbol, size, WIDEST_NAME));
  const labels = bars.map((bar) => percentLabel(bar.percent));
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map((label) => textWidth(label, size)));

  const left = MARGIN + widest(names) + GAP + 6;
  const right = WIDTH - MARGIN - widest(labels) - GAP;
  const falls = bars.map((bar) => -bar.percent);
  const x = scaleLinear([Math.min(0, ...falls), Math.max(LEAST_SCALE, ...falls)], [left, right]);
  const half = Math.min(row * 0.3, THICKEST_BAR / 2);

  const rows = bars.map((bar, index) => {
    const centre = top + row * (index + 0.5);
    const baseline = baselineFor(centre, size);
    const fill = depthColour(theme, bar.percent);
    const [start, end] = bar.percent < 0 ? [x(0), x(-bar.percent)] : [x(-bar.percent), x(0)];
    const lane = { left, top: centre - half, right, bottom: centre + half };
    const box = { ...lane, left: start, right: Math.max(end, start + THINNEST_BAR) };
    return [
      text(MARGIN, baseline, names[index] ?? '', { size, fill: theme.ink, bold: true }),
      rect(lane, theme.lane, 6),
      rect(box, fill, 6),
      text(WIDTH - MARGIN, baseline, labels[index] ?? '', { size, fill, bold: true, anchor: 'end' }),
    ].join('');
  });
  return header(spec.session, [], '', theme) + rows.join('');
};
