import { scaleLinear } from 'd3-scale';
import type { MultiplesChart } from '../stories/chart-spec.ts';
import { toneBelow } from '../stories/tone.ts';
import type { Polyline } from './curve.ts';
import { depthCurve, depthGradients, depthTicks, MIN_SHOWN_DEPTH_PERCENT } from './depth-curve.ts';
import { type Box, baselineFor, FONT, MARGIN, WIDTH } from './layout.ts';
import { dot, horizontal, text } from './markup.ts';
import { levelLabel, percentLabel } from './number-label.ts';
import { cutToWidth, textWidth } from './text-width.ts';
import type { Theme } from './theme.ts';

const MAX_PANES = 8;
const COLUMN_COUNT = 4;
/** Depth at the panes' bottom over the deepest one shown. */
const BOTTOM_FACTOR = 1.08;
const MAX_TICK_INTERVALS = 4;
/** Lengths and coordinates in picture units. */
const PANE_ROWS = [
  { labelBaseline: 46, top: 64, bottom: 254 },
  { labelBaseline: 304, top: 322, bottom: 512 },
] as const;
const COLUMN_GAP = 22;
const AXIS_WIDTH = 66;
const COLUMN_WIDTH = (WIDTH - 2 * MARGIN - AXIS_WIDTH - (COLUMN_COUNT - 1) * COLUMN_GAP) / COLUMN_COUNT;
/** From a pane's bottom to the baseline of the dates. */
const DATES_OFFSET = 32;
const LABEL_SIZE = 24;

interface Pane extends Pick<MultiplesChart['panes'][number], 'symbol' | 'latest'> {
  readonly row: 0 | 1;
  readonly box: Box;
  /** Index of a session and percent below the peak; sessions without a close are left out. */
  readonly points: readonly (readonly [at: number, percent: number])[];
}

const isDepth = (depth: number | null | undefined): depth is number => Number.isFinite(depth) && (depth ?? 1) <= 0;

const panesOf = ({ panes, sessions }: MultiplesChart): Pane[] =>
  panes.slice(0, MAX_PANES).map(({ symbol, depths, latest }, index) => {
    const row = index < COLUMN_COUNT ? 0 : 1;
    const left = MARGIN + (index % COLUMN_COUNT) * (COLUMN_WIDTH + COLUMN_GAP);
    return {
      symbol,
      ...(latest && { latest }),
      row,
      box: { left, top: PANE_ROWS[row].top, right: left + COLUMN_WIDTH, bottom: PANE_ROWS[row].bottom },
      points: sessions.flatMap((_, at) => {
        const depth = depths[at];
        return isDepth(depth) ? [[at, depth] as const] : [];
      }),
    };
  });

/** Percent below the peak on the last of `count` sessions; undefined if that one has no close. */
const latestDepth = ({ points }: Pane, count: number): number | undefined => {
  const last = points.at(-1);
  return last?.[0] === count - 1 ? last[1] : undefined;
};

/** The picture's numbers as its accessible name. */
export const multiplesSummary = (spec: MultiplesChart): string =>
  [
    ...panesOf(spec).flatMap((pane) => {
      const now = latestDepth(pane, spec.sessions.length);
      return now === undefined ? [pane.symbol] : [`${pane.symbol} ${percentLabel(now)}`];
    }),
    spec.sessions.at(-1) ?? '',
  ]
    .join(' ')
    .trim();

/** First and last month under the first column, for all columns, and the last session at the right. */
const dates = (panes: readonly Pane[], { sessions }: MultiplesChart, baseline: number, theme: Theme): string[] => {
  const [first, last] = [sessions[0], sessions.at(-1)];
  const box = panes[0]?.box;
  if (first === undefined || last === undefined || !box) return [];
  const style = { size: FONT.axis, fill: theme.muted };
  const day = text(WIDTH - MARGIN, baseline, last, { ...style, anchor: 'end' });
  if (first.slice(0, 7) === last.slice(0, 7)) return [day];
  return [
    text(box.left, baseline, first.slice(0, 7), style),
    text(box.right, baseline, last.slice(0, 7), { ...style, anchor: 'end' }),
    day,
  ];
};

/**
 * A small pane per symbol, four in a row, all on one scale, so that depths compare by eye. `id` is a prefix for the
 * picture's own ids.
 */
export const multiplesChart = (spec: MultiplesChart, theme: Theme, id: string): string => {
  const panes = panesOf(spec);
  const { sessions } = spec;
  const deepest = panes
    .flatMap(({ points }) => points.map(([, percent]) => percent))
    .reduce((a, b) => Math.min(a, b), 0);
  const bottom = Math.max(-deepest * BOTTOM_FACTOR, MIN_SHOWN_DEPTH_PERCENT);
  const ticks = depthTicks(bottom, (step) => bottom / step <= MAX_TICK_INTERVALS);
  const depthScale = (box: Pick<Box, 'top' | 'bottom'>) => scaleLinear([0, -bottom], [box.top, box.bottom]);
  const gradientsOf = (row: number) => ({ area: `${id}a${row}`, line: `${id}b${row}` });

  const drawn = panes.map((pane) => {
    const { box, points, row } = pane;
    const y = depthScale(box);
    const x = scaleLinear([0, Math.max(sessions.length - 1, 1)], [box.left, box.right]);
    const track: Polyline = points.map(([at, percent]) => [x(at), y(percent)]);
    const now = latestDepth(pane, sessions.length);
    const end = track.at(-1);
    const colour = pane.latest ? theme[toneBelow(pane.latest.price, [pane.latest.peak])] : theme.muted;
    const depth = now === undefined ? '' : percentLabel(now);
    const nameWidth = COLUMN_WIDTH - textWidth(depth, LABEL_SIZE) - COLUMN_GAP / 2;
    const baseline = PANE_ROWS[row].labelBaseline;
    const style = { size: LABEL_SIZE, bold: true };
    return [
      ...ticks.map((tick) => horizontal(box.left, box.right, y(tick), theme.grid)),
      text(box.left, baseline, cutToWidth(pane.symbol, LABEL_SIZE, nameWidth), { ...style, fill: theme.ink }),
      text(box.right, baseline, depth, { ...style, fill: colour, anchor: 'end' }),
      track.length === 0 ? '' : depthCurve(track, box.top, gradientsOf(row)),
      now === undefined || !end ? '' : dot(end[0], end[1], colour, theme.ground),
    ].join('');
  });

  const shownRows = PANE_ROWS.slice(0, Math.ceil(panes.length / COLUMN_COUNT));
  const axis = shownRows.flatMap((row) => {
    const y = depthScale(row);
    const style = { size: FONT.axis, fill: theme.muted, anchor: 'end' } as const;
    return ticks.map((tick) => text(WIDTH - MARGIN, baselineFor(y(tick), FONT.axis), levelLabel(tick), style));
  });
  return [
    ...PANE_ROWS.flatMap(({ top, bottom: end }, row) =>
      depthGradients(gradientsOf(row), { top, bottom: end, percent: bottom }, theme),
    ),
    ...drawn,
    ...axis,
    ...dates(panes, spec, (shownRows.at(-1)?.bottom ?? 0) + DATES_OFFSET, theme),
  ].join('');
};
