import { scaleLinear } from 'd3-scale';
import type { MultiplesChart } from '../stories/chart-spec.ts';
import { depthGradient } from './depth-gradient.ts';
import { type Box, baselineFor, FONT, MARGIN, WIDTH } from './layout.ts';
import { dot, horizontal, text } from './markup.ts';
import { levelLabel, percentLabel } from './number-label.ts';
import { fillPath, strokePath } from './paths.ts';
import type { Line } from './place-label.ts';
import { cutToWidth, textWidth } from './text-width.ts';
import { depthColour, type Theme } from './theme.ts';

const MOST_PANES = 8;
const COLUMNS = 4;
const GAP = 22;
/** Room for the scale's labels at the right. */
const AXIS_WIDTH = 66;
const ROWS = [
  { label: 46, top: 64, bottom: 254 },
  { label: 304, top: 322, bottom: 512 },
] as const;
/** From a pane's bottom to the baseline of the dates under it. */
const DATES_BELOW = 32;
const LABEL_SIZE = 24;
/** In percent: a pane never shows less than this, so that a calm year looks calm. */
const LEAST_DEPTH = 5;
const ROOM = 1.08;
const TICK_STEPS = [2, 5, 10, 20, 25, 50];
const MOST_TICKS = 4;

const COLUMN_WIDTH = (WIDTH - 2 * MARGIN - AXIS_WIDTH - (COLUMNS - 1) * GAP) / COLUMNS;

interface Pane {
  readonly symbol: string;
  readonly box: Box;
  readonly label: number;
  /** Place in `sessions` and percent below the peak, without those that have no close. */
  readonly points: readonly (readonly [at: number, percent: number])[];
}

const drawable = (depth: number | null | undefined): depth is number => Number.isFinite(depth) && (depth ?? 1) <= 0;

const panesOf = ({ panes, sessions }: MultiplesChart): Pane[] =>
  panes.slice(0, MOST_PANES).map(({ symbol, depths }, place) => {
    const row = ROWS[place < COLUMNS ? 0 : 1];
    const left = MARGIN + (place % COLUMNS) * (COLUMN_WIDTH + GAP);
    return {
      symbol,
      label: row.label,
      box: { left, top: row.top, right: left + COLUMN_WIDTH, bottom: row.bottom },
      points: sessions.flatMap((_, at) => {
        const depth = depths[at];
        return drawable(depth) ? [[at, depth] as const] : [];
      }),
    };
  });

/** The depth on the last session; undefined where that one has no close. */
const depthNow = ({ points }: Pane, count: number): number | undefined => {
  const last = points.at(-1);
  return last?.[0] === count - 1 ? last[1] : undefined;
};

/** What the picture says, in numbers: for its accessible name. */
export const multiplesSummary = (spec: MultiplesChart): string =>
  [
    ...panesOf(spec).flatMap((pane) => {
      const now = depthNow(pane, spec.sessions.length);
      return now === undefined ? [pane.symbol] : [`${pane.symbol} ${percentLabel(now)}`];
    }),
    spec.sessions.at(-1) ?? '',
  ]
    .join(' ')
    .trim();

const ticksDown = (bottom: number): number[] => {
  const step = TICK_STEPS.find((it) => bottom / it <= MOST_TICKS) ?? 50;
  return Array.from({ length: Math.floor(bottom / step) + 1 }, (_, index) => -index * step);
};

/** The months at both ends of the first column, which stand for the others; and the day of the newest close. */
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
 * A small pane for each symbol, four in a row, all on one scale, so that depths compare by eye. `id` is a prefix for
 * the picture's own ids.
 */
export const multiplesChart = (spec: MultiplesChart, theme: Theme, id: string): string => {
  const panes = panesOf(spec);
  const { sessions } = spec;
  const deepest = panes
    .flatMap(({ points }) => points.map(([, percent]) => percent))
    .reduce((a, b) => Math.min(a, b), 0);
  const bottom = Math.max(-deepest * ROOM, LEAST_DEPTH);
  const ticks = ticksDown(bottom);

  const gradients = ROWS.flatMap((row, at) => {
    const range = { top: row.top, bottom: row.bottom, percent: bottom };
    return [
      depthGradient(`${id}a${at}`, range, (offset) => 0.1 + 0.4 * offset, theme),
      depthGradient(`${id}b${at}`, range, () => 1, theme),
    ];
  });

  const drawn = panes.map((pane, place) => {
    const { box, points, label } = pane;
    const row = place < COLUMNS ? 0 : 1;
    const y = scaleLinear([0, -bottom], [box.top, box.bottom]);
    const x = scaleLinear([0, Math.max(sessions.length - 1, 1)], [box.left, box.right]);
    const track: Line = points.map(([at, percent]) => [x(at), y(percent)]);
    const now = depthNow(pane, sessions.length);
    const end = track.at(-1);
    const colour = now === undefined ? theme.muted : depthColour(theme, now);
    const depth = now === undefined ? '' : percentLabel(now);
    const room = COLUMN_WIDTH - textWidth(depth, LABEL_SIZE) - GAP / 2;
    return [
      ...ticks.map((tick) => horizontal(box.left, box.right, y(tick), theme.grid)),
      text(box.left, label, cutToWidth(pane.symbol, LABEL_SIZE, room), {
        size: LABEL_SIZE,
        fill: theme.ink,
        bold: true,
      }),
      text(box.right, label, depth, { size: LABEL_SIZE, fill: colour, bold: true, anchor: 'end' }),
      ...(track.length === 0
        ? []
        : [
            `<path d="${fillPath(track, box.top)}" fill="url(#${id}a${row})"/>`,
            `<path d="${strokePath(track)}" fill="none" stroke="url(#${id}b${row})" stroke-width="2.5" stroke-linejoin="round" stroke-linecap="round"/>`,
          ]),
      now === undefined || !end ? '' : dot(end[0], end[1], colour, theme.ground),
    ].join('');
  });

  const shownRows = ROWS.slice(0, Math.ceil(panes.length / COLUMNS));
  const axis = shownRows.flatMap(({ top, bottom: base }) => {
    const y = scaleLinear([0, -bottom], [top, base]);
    return ticks.map((tick) =>
      text(WIDTH - MARGIN, baselineFor(y(tick), FONT.axis), levelLabel(tick), {
        size: FONT.axis,
        fill: theme.muted,
        anchor: 'end',
      }),
    );
  });
  return [
    ...gradients,
    ...drawn,
    ...axis,
    ...dates(panes, spec, (shownRows.at(-1)?.bottom ?? 0) + DATES_BELOW, theme),
  ].join('');
};
