import { scaleLinear } from 'd3-scale';
import type { MultiplesChart } from '../stories/chart-spec.ts';
import { toneOfLevel } from '../stories/tone.ts';
import { BILL_HEIGHT, billChart } from './bill-chart.ts';
import { filledArea, type Polyline, strokedLine } from './curve.ts';
import { type DayCount, dayHeader } from './day-header.ts';
import { depthGradients } from './depth-curve.ts';
import { type Box, baselineFor, clamp, MARGIN, WIDTH } from './layout.ts';
import { dot, horizontal, rect, SMALL_TRIANGLE, text, triangle, vertical } from './markup.ts';
import { levelLabel, NOT_KNOWN, percentLabel } from './number-label.ts';
import { cutToWidth, textWidth } from './text-width.ts';
import type { Theme } from './theme.ts';
import { dayInk } from './tone-colour.ts';

type Pane = MultiplesChart['panes'][number];

const MAX_PANES = 8;
const COLUMN_COUNT = 4;
/** A row shows at least this fall, in percent, so that a calm year looks calm. */
const MIN_DEPTH_PERCENT = 8;
/** Depth at the panes' bottom over the second deepest of the row. */
const BOTTOM_FACTOR = 1.06;
/** A deepest fall up to this many times the second deepest is shown whole. */
const WHOLE_UP_TO = 1.3;
/** The bars of the day span at least this much to either side, in percent. */
const MIN_DAY_PERCENT = 4;
/** Lengths and coordinates in picture units. */
const ROWS_TOP = 88;
const ROW_HEIGHT = 268;
const FOOT = 264;
const TILE_WIDTH = 223;
const TILE_GAP = 17;
const NAME_SIZE = 28;
const DAY_SIZE = 31;
const DEPTH_SIZE = 28;
/** From the top of a row. */
const NAME_CENTRE = 20;
const DAY_BAR = { top: 44, bottom: 56 };
const PANE = { top: 76, bottom: 208 };
const DEPTH_CENTRE = 232;
const MIN_BAR_LENGTH = 2;

/** Index of a session and percent below the peak; sessions without a close are left out. */
type Depths = readonly (readonly [at: number, percent: number])[];

interface Tile extends Omit<Pane, 'depths'> {
  readonly row: number;
  readonly left: number;
  readonly right: number;
  /** Top of its row. */
  readonly top: number;
  readonly points: Depths;
}

const isDepth = (depth: number | null | undefined): depth is number => Number.isFinite(depth) && (depth ?? 1) <= 0;

const tilesOf = ({ panes, sessions }: MultiplesChart): readonly Tile[] =>
  panes.slice(0, MAX_PANES).map(({ depths, ...pane }, index) => {
    const row = Math.floor(index / COLUMN_COUNT);
    const left = MARGIN + (index % COLUMN_COUNT) * (TILE_WIDTH + TILE_GAP);
    return {
      ...pane,
      row,
      left,
      right: left + TILE_WIDTH,
      top: ROWS_TOP + row * ROW_HEIGHT,
      points: sessions.flatMap((_, at) => {
        const depth = depths[at];
        return isDepth(depth) ? [[at, depth] as const] : [];
      }),
    };
  });

const rowCount = (spec: MultiplesChart): number =>
  Math.max(1, Math.ceil(Math.min(spec.panes.length, MAX_PANES) / COLUMN_COUNT));

const tilesHeight = (spec: MultiplesChart): number => ROWS_TOP + (rowCount(spec) - 1) * ROW_HEIGHT + FOOT;

/** As high as its rows, and the bill below them. */
export const multiplesHeight = (spec: MultiplesChart): number => tilesHeight(spec) + (spec.bill ? BILL_HEIGHT : 0);

/** The bill as a picture of its own, below the tiles. */
const billBelow = (spec: MultiplesChart, theme: Theme): string => {
  if (!spec.bill) return '';
  const top = tilesHeight(spec);
  return [
    horizontal(MARGIN, WIDTH - MARGIN, top, theme.rule, ' stroke-width="2"'),
    `<svg y="${top}" width="${WIDTH}" height="${BILL_HEIGHT}" viewBox="0 0 ${WIDTH} ${BILL_HEIGHT}">${billChart(spec.bill, theme)}</svg>`,
  ].join('');
};

const dayLabel = ({ day }: Pick<Pane, 'day'>): string => (day ? percentLabel(day.percent) : NOT_KNOWN);
const depthLabel = ({ latest }: Pick<Pane, 'latest'>): string => (latest ? percentLabel(latest.percent) : NOT_KNOWN);

/** The picture's numbers as its accessible name: the day's move, and the depth after a slash. */
export const multiplesSummary = (spec: MultiplesChart): string =>
  [spec.sessions.at(-1) ?? '', ...tilesOf(spec).map((tile) => `${tile.symbol} ${dayLabel(tile)} / ${depthLabel(tile)}`)]
    .join(' ')
    .trim();

const deepestOf = ({ points }: Tile): number => points.reduce((deepest, [, percent]) => Math.max(deepest, -percent), 0);

/**
 * The fall at the bottom of a row's panes, in percent. One that falls much deeper than the others runs into the floor,
 * so that it does not flatten theirs; today's depth is always above it.
 */
const bottomOf = (row: readonly Tile[]): number => {
  const [deepest = 0, second = deepest] = row.map(deepestOf).toSorted((a, b) => b - a);
  const scale = deepest <= second * WHOLE_UP_TO ? deepest : second;
  const today = row.map(({ points }) => -(points.at(-1)?.[1] ?? 0));
  return Math.max(scale, MIN_DEPTH_PERCENT, ...today) * BOTTOM_FACTOR;
};

/** The parts of a line above the height `floor`, cut where it crosses. */
const partsAbove = (track: Polyline, floor: number): readonly Polyline[] => {
  const parts: (readonly [number, number])[][] = [];
  let part: (readonly [number, number])[] | undefined;
  for (const [index, point] of track.entries()) {
    const before = track[index - 1];
    const isAbove = point[1] <= floor;
    if (before && isAbove !== before[1] <= floor) {
      const share = (floor - before[1]) / (point[1] - before[1]);
      const crossing = [before[0] + share * (point[0] - before[0]), floor] as const;
      if (isAbove) {
        part = [crossing];
        parts.push(part);
      } else {
        part?.push(crossing);
        part = undefined;
      }
    }
    if (!isAbove) continue;
    if (!part) {
      part = [];
      parts.push(part);
    }
    part.push(point);
  }
  return parts;
};

/** From where to where the longest stretch is that lies below the floor. */
const longestBelow = (track: Polyline, box: Box): readonly [left: number, right: number] => {
  let longest: readonly [number, number] = [box.left, box.left];
  let start: number | undefined;
  for (const [x, y] of [...track, [box.right, box.top] as const]) {
    if (y > box.bottom) start ??= x;
    else if (start !== undefined) {
      if (x - start > longest[1] - longest[0]) longest = [start, x];
      start = undefined;
    }
  }
  return longest;
};

/** The floor that a deeper fall runs into, with how deep it fell. */
const floorMark = (tile: Tile, box: Box, track: Polyline, now: number | undefined, theme: Theme): string => {
  const { deepest } = tile;
  const floor = horizontal(box.left, box.right, box.bottom, theme.muted, ' stroke-width="2" stroke-dasharray="2 5"');
  if (deepest === undefined) return floor;
  const label = levelLabel(deepest);
  const width = SMALL_TRIANGLE.width + 8 + textWidth(label, DEPTH_SIZE);
  const [from, to] = longestBelow(track, box);
  // The dot of today stands at the right end.
  const free = now !== undefined && now > box.bottom - 44 ? 22 : 4;
  const left = clamp((from + to - width) / 2, box.left + 4, box.right - width - free);
  const baseline = box.bottom - 14;
  const style = { size: DEPTH_SIZE, fill: theme.ink, weight: 600, halo: theme.ground } as const;
  return [
    floor,
    triangle(left, baseline, theme.text[toneOfLevel(-deepest * 100)], 'down', SMALL_TRIANGLE),
    text(left + SMALL_TRIANGLE.width + 8, baseline, label, style),
  ].join('');
};

interface Scales {
  /** x coordinate in a tile of a session, by its index. */
  readonly x: (tile: Tile, at: number) => number;
  readonly y: (tile: Tile, percent: number) => number;
  /** Length of a day's bar. */
  readonly dayLength: (percent: number) => number;
  /** The ids of a row's gradients. */
  readonly gradients: (row: number) => { readonly area: string; readonly line: string };
}

/** Name and move of the day, and its bar: falls to the left of the middle, rises to the right. */
const dayPart = (tile: Tile, { dayLength }: Scales, theme: Theme): string => {
  const { left, right, top, day } = tile;
  const label = dayLabel(tile);
  const middle = (left + right) / 2;
  const lane = { left, top: top + DAY_BAR.top, right, bottom: top + DAY_BAR.bottom };
  const length = day ? Math.max(dayLength(Math.abs(day.percent)), day.percent === 0 ? 0 : MIN_BAR_LENGTH) : 0;
  const fill = day ? dayInk(theme, day.tone) : { mark: theme.muted, text: theme.muted };
  const bar =
    (day?.percent ?? 0) > 0 ? { left: middle, right: middle + length } : { left: middle - length, right: middle };
  const name = cutToWidth(tile.symbol, NAME_SIZE, TILE_WIDTH - textWidth(label, DAY_SIZE) - 6);
  return [
    text(left, baselineFor(top + NAME_CENTRE, NAME_SIZE), name, { size: NAME_SIZE, fill: theme.ink, bold: true }),
    text(right, baselineFor(top + NAME_CENTRE, DAY_SIZE), label, {
      size: DAY_SIZE,
      fill: fill.text,
      bold: true,
      anchor: 'end',
    }),
    rect(lane, tile.reference ? theme.grid : theme.lane, 4),
    length > 0 ? rect({ ...lane, ...bar }, fill.mark, 4) : '',
    vertical(middle, lane.top - 4, lane.bottom + 4, theme.muted, ' stroke-width="2"'),
  ].join('');
};

/** The year's depths below the peak, and today's. */
const depthPart = (tile: Tile, { x, y, gradients }: Scales, theme: Theme): string => {
  const box = { left: tile.left, top: tile.top + PANE.top, right: tile.right, bottom: tile.top + PANE.bottom };
  const track: Polyline = tile.points.map(([at, percent]) => [x(tile, at), y(tile, percent)]);
  const isFloored = track.some(([, height]) => height > box.bottom);
  const { area, line } = gradients(tile.row);
  const floored: Polyline = track.map(([at, height]) => [at, Math.min(height, box.bottom)]);
  const now = tile.latest && track.at(-1);
  const colour = tile.latest ? theme[tile.latest.tone] : theme.muted;
  const centre = tile.top + DEPTH_CENTRE;
  return [
    horizontal(box.left, box.right, box.top, theme.grid, ' stroke-width="2"'),
    track.length === 0 ? '' : filledArea(floored, box.top, area),
    ...partsAbove(track, box.bottom).map((part) => strokedLine(part, `url(#${line})`, 2.5)),
    isFloored ? floorMark(tile, box, track, now?.[1], theme) : '',
    now ? dot(now[0], now[1], colour, theme.ground) : '',
    text(box.left, baselineFor(centre, DEPTH_SIZE), '252D', { size: DEPTH_SIZE, fill: theme.muted }),
    text(box.right, baselineFor(centre, DEPTH_SIZE), depthLabel(tile), {
      size: DEPTH_SIZE,
      fill: tile.latest ? theme.text[tile.latest.tone] : theme.muted,
      weight: 600,
      anchor: 'end',
    }),
  ].join('');
};

/** How many fell and how many rose; where all went one way that alone, with of how many. */
const countsOf = ({ breadth }: MultiplesChart): readonly DayCount[] => {
  if (!breadth) return [];
  const { fell, rose, of } = breadth;
  if (of > 0 && fell === of) return [{ way: 'down', label: `${fell}/${of}` }];
  if (of > 0 && rose === of) return [{ way: 'up', label: `${rose}/${of}` }];
  return [
    { way: 'down', label: `${fell}` },
    { way: 'up', label: `${rose}` },
  ];
};

/**
 * A tile per symbol, four in a row: the move of the day first, then the depth below the peak over a year. One scale for
 * the moves of all, one for the depths of a row. `id` is a prefix for the picture's own ids.
 */
export const multiplesChart = (spec: MultiplesChart, theme: Theme, id: string): string => {
  const tiles = tilesOf(spec);
  const last = Math.max(spec.sessions.length - 1, 1);
  const largest = Math.max(MIN_DAY_PERCENT, ...tiles.map(({ day }) => Math.abs(day?.percent ?? 0)));
  const bottoms = Array.from({ length: rowCount(spec) }, (_, row) =>
    bottomOf(tiles.filter((tile) => tile.row === row)),
  );
  const scales: Scales = {
    x: ({ left, right }, at) => scaleLinear([0, last], [left, right])(at),
    y: ({ row, top }, percent) => scaleLinear([0, -(bottoms[row] ?? 1)], [top + PANE.top, top + PANE.bottom])(percent),
    dayLength: scaleLinear([0, largest], [0, TILE_WIDTH / 2]),
    gradients: (row) => ({ area: `${id}a${row}`, line: `${id}b${row}` }),
  };
  return [
    ...bottoms.flatMap((percent, row) => {
      const top = ROWS_TOP + row * ROW_HEIGHT;
      return depthGradients(scales.gradients(row), { top: top + PANE.top, bottom: top + PANE.bottom, percent }, theme);
    }),
    dayHeader({ session: spec.sessions.at(-1) ?? '', counts: countsOf(spec), key: true }, theme),
    ...tiles.map((tile) => {
      const ground = { left: tile.left - 8, top: tile.top - 8, right: tile.right + 14, bottom: tile.top + FOOT - 10 };
      return [
        tile.reference ? rect(ground, theme.raised, 10, ` stroke="${theme.grid}" stroke-width="2"`) : '',
        dayPart(tile, scales, theme),
        depthPart(tile, scales, theme),
      ].join('');
    }),
    billBelow(spec, theme),
  ].join('');
};
