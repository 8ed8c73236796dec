import { scaleLinear } from 'd3-scale';
import type { BarsChart } from '../stories/chart-spec.ts';
import { toneBelow } from '../stories/tone.ts';
import { header } from './header.ts';
import { baselineFor, HEIGHT, MARGIN, WIDTH } from './layout.ts';
import { rect, text } from './markup.ts';
import { percentLabel } from './number-label.ts';
import { cutToWidth, widestOf } from './text-width.ts';
import type { Theme } from './theme.ts';

type Bar = BarsChart['bars'][number];

/** A roll-up has three to nine bars; more than this would be too thin to read. */
const MAX_BARS = 14;
/** The scale reaches at least this fall, in percent, so that small moves look small. */
const MIN_SCALE_PERCENT = 4;
/** Lengths and coordinates in picture units. */
const BARS_TOP = 100;
const BARS_BOTTOM = HEIGHT - 30;
const MAX_ROW_HEIGHT = 124;
const MAX_BAR_HEIGHT = 52;
/** Keeps a change near zero visible. */
const MIN_BAR_LENGTH = 3;
const MAX_NAME_WIDTH = 300;
const LABEL_GAP = 14;

const deepestFirst = (bars: readonly Bar[]): readonly Bar[] =>
  bars
    .filter((bar) => Number.isFinite(bar.percent))
    .toSorted((a, b) => a.percent - b.percent)
    .slice(0, MAX_BARS);

/** The picture's numbers as its accessible name. */
export const barsSummary = (spec: BarsChart): string =>
  [spec.session, ...deepestFirst(spec.bars).map((bar) => `${bar.symbol} ${percentLabel(bar.percent)}`)].join(' ');

/** Falls extend to the right from a common line, deepest on top; rises extend to the left of it. */
export const barsChart = (spec: BarsChart, theme: Theme): string => {
  const bars = deepestFirst(spec.bars);
  const rowHeight = Math.min((BARS_BOTTOM - BARS_TOP) / Math.max(bars.length, 1), MAX_ROW_HEIGHT);
  const top = (BARS_TOP + BARS_BOTTOM - rowHeight * bars.length) / 2;
  const size = rowHeight < 40 ? 20 : rowHeight < 60 ? 25 : 30;
  const names = bars.map((bar) => cutToWidth(bar.symbol, size, MAX_NAME_WIDTH));
  const labels = bars.map((bar) => percentLabel(bar.percent));

  const left = MARGIN + widestOf(names, size) + LABEL_GAP + 6;
  const right = WIDTH - MARGIN - widestOf(labels, size) - LABEL_GAP;
  const falls = bars.map((bar) => -bar.percent);
  const x = scaleLinear([Math.min(0, ...falls), Math.max(MIN_SCALE_PERCENT, ...falls)], [left, right]);
  const halfHeight = Math.min(rowHeight * 0.3, MAX_BAR_HEIGHT / 2);

  const rows = bars.map((bar, index) => {
    const centreY = top + rowHeight * (index + 0.5);
    const baseline = baselineFor(centreY, size);
    const fill = theme[toneBelow(bar.price, [bar.previous])];
    const [start, end] = bar.percent < 0 ? [x(0), x(-bar.percent)] : [x(-bar.percent), x(0)];
    const lane = { left, top: centreY - halfHeight, right, bottom: centreY + halfHeight };
    const box = { ...lane, left: start, right: Math.max(end, start + MIN_BAR_LENGTH) };
    return [
      text(MARGIN, baseline, names[index] ?? '', { size, fill: theme.ink, bold: true }),
      rect(lane, theme.lane, 6),
      rect(box, fill, 6),
      text(WIDTH - MARGIN, baseline, labels[index] ?? '', { size, fill, bold: true, anchor: 'end' }),
    ].join('');
  });
  return header(spec.session, [], '', theme) + rows.join('');
};
