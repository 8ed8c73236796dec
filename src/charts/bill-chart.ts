import { scaleLinear } from 'd3-scale';
import type { BillChart } from '../stories/chart-spec.ts';
import { billHeader } from './bill-header.ts';
import { columnParts, partNames } from './column-parts.ts';
import { type Polyline, strokedLine } from './curve.ts';
import { labelBox, placeLabel, spreadLabels } from './label-placement.ts';
import { type Box, baselineFor, GUTTER, MARGIN, TEXT, WIDTH } from './layout.ts';
import { coordinate, dot, horizontal, rect, SMALL_TRIANGLE, text, triangle } from './markup.ts';
import { textWidth, widestOf } from './text-width.ts';
import type { Theme } from './theme.ts';

export const BILL_HEIGHT = 560;

type Quarter = BillChart['quarters'][number];

/** More would be too thin to label. */
const MAX_COLUMNS = 14;
/** Lengths and coordinates in picture units. */
const PANE_TOP = 150;
const BASELINE = 502;
const YEARS_BASELINE = 536;
const MAX_PITCH = 162;
const MAX_COLUMN = 96;
const COLUMN_SHARE = 0.83;
const SUM_GAP = 12;
const SUM_HEIGHT = 38;
const SUM_SPACING = 2;
const AXIS_GAP = 8;
/** Quarters are named from this distance of the columns' middles on. */
const MIN_QUARTER_PITCH = 80;
/** Columns and line share a pane, in which columns take at most this much of the height. */
const MAX_COLUMNS_SHARE = 0.63;
/** If columns would get lower than this below the line, the line has a pane of its own above them. */
const MIN_COLUMNS_SHARE = 0.42;
const OWN_PANE_BOTTOM = 270;
const LINE_CLEARANCE = 16;
const LABEL_SPACING = 42;
const LABEL_HEIGHT = 32;
const TAG_HEIGHT = 38;
const WHOLE_PERCENT = 100;
/** A share above this, of a quarter with next to no cash flow, runs out of the pane. */
const MAX_PERCENT = 150;

/** A quarter in the picture, and where its column stands. */
interface Column extends Quarter {
  readonly left: number;
  readonly right: number;
  readonly middle: number;
  /** Millions of USD, over what was told. */
  readonly sum: number;
}

const isAmount = (value: number | null): value is number => value !== null && Number.isFinite(value) && value > 0;

const sumOf = ({ parts }: Quarter): number => parts.filter(isAmount).reduce((sum, value) => sum + value, 0);

/** How many quarters of the guidance are still to come. */
const quartersAhead = ({ guidance, quarters }: BillChart): number =>
  Math.max(0, (guidance?.to ?? 0) - quarters.length + 1);

/** The newest quarters, as many as there is room for their sums. */
const shownQuarters = (spec: BillChart): readonly Quarter[] => {
  const { quarters } = spec;
  const newest = quarters.slice(-MAX_COLUMNS);
  const widest = widestOf(
    newest.map(({ total = '' }) => total),
    TEXT.mark,
  );
  return newest.slice(-Math.max(1, Math.floor((GUTTER.plot - MARGIN) / (widest + SUM_SPACING)) - quartersAhead(spec)));
};

const columnsOf = (spec: BillChart): readonly Column[] => {
  const quarters = shownQuarters(spec);
  const count = Math.max(quarters.length + quartersAhead(spec), 1);
  const pitch = Math.min((GUTTER.plot - MARGIN) / count, MAX_PITCH);
  const half = Math.min(pitch * COLUMN_SHARE, MAX_COLUMN) / 2;
  const start = GUTTER.plot - pitch * count;
  return quarters.map((quarter, at) => {
    const middle = start + pitch * (at + 0.5);
    return { ...quarter, left: middle - half, right: middle + half, middle, sum: sumOf(quarter) };
  });
};

/** The picture's numbers as its accessible name. */
export const billSummary = (spec: BillChart): string =>
  [
    ...spec.symbols,
    ...shownQuarters(spec).map(({ name, total, share }) =>
      `${name} ${total ?? '–'}${share === undefined ? '' : ` ${share}%`}`.trim(),
    ),
  ].join(' ');

/** Heights of the percents, and of the columns above the baseline. */
interface Scales {
  readonly percent: (percent: number) => number;
  readonly height: (millions: number) => number;
}

const scalesOf = (columns: readonly Column[], spec: BillChart): Scales => {
  const shares = columns.flatMap(({ share }) => share ?? []);
  const topPercent = Math.min(MAX_PERCENT, Math.max(WHOLE_PERCENT, ...shares));
  const bound = Math.max(spec.guidance?.high ?? 0, spec.guidance?.low ?? 0);
  const largest = Math.max(1, bound, ...columns.map(({ sum }) => sum));
  const inOnePane = scaleLinear([0, topPercent], [BASELINE, PANE_TOP]).clamp(true);
  const room = BASELINE - PANE_TOP;
  // The line of a column, and of its neighbours, which runs over its sum.
  const isGuided = (at: number): boolean => {
    const index = at + spec.quarters.length - columns.length;
    return spec.guidance !== undefined && index >= spec.guidance.from && index <= spec.guidance.to;
  };
  const fitting = columns.map(({ sum: told }, at) => {
    const sum = isGuided(at) ? Math.max(told, bound) : told;
    const near = columns.slice(Math.max(0, at - 1), at + 2).flatMap(({ share }) => share ?? []);
    const lineY = near.length === 0 ? PANE_TOP : Math.max(...near.map((share) => inOnePane(share)));
    return ((BASELINE - lineY - SUM_HEIGHT - LINE_CLEARANCE) / room) * (largest / Math.max(sum, 1));
  });
  const columnsShare = Math.min(MAX_COLUMNS_SHARE, ...fitting);
  if (shares.length === 0 || columnsShare >= MIN_COLUMNS_SHARE) {
    const top = BASELINE - room * (shares.length === 0 ? 0.85 : columnsShare);
    return { percent: inOnePane, height: scaleLinear([0, largest], [0, BASELINE - top]) };
  }
  const columnsTop = OWN_PANE_BOTTOM + SUM_HEIGHT + LINE_CLEARANCE;
  return {
    percent: scaleLinear([0, topPercent], [OWN_PANE_BOTTOM, PANE_TOP]).clamp(true),
    height: scaleLinear([0, largest], [0, BASELINE - columnsTop]),
  };
};

/** Left and right end of a label under the columns, with the distance to the next. */
interface AxisLabel {
  readonly label: string;
  readonly left: number;
  readonly right: number;
}

const axisLabel = (label: string, left: number): AxisLabel => ({
  label,
  left,
  right: left + textWidth(label, TEXT.mark) + AXIS_GAP,
});

/**
 * The years, each under its first finished quarter, and which quarter an unfinished column is; the other quarters where
 * the columns are wide. Years give way, an incomplete first one to the next.
 */
const axisLabels = (columns: readonly Column[], theme: Theme): string => {
  const placed: AxisLabel[] = [];
  const place = (wanted: AxisLabel): void => {
    if (placed.every(({ left, right }) => wanted.right <= left || right <= wanted.left)) placed.push(wanted);
  };
  const quarterLabel = ({ name, middle }: Column): AxisLabel => {
    const label = name.split(/[ -]/).at(-1) ?? '';
    return axisLabel(label, middle - textWidth(label, TEXT.mark) / 2);
  };
  for (const column of columns.toReversed())
    if (column.total === undefined && column.sum > 0) place(quarterLabel(column));
  const finished = columns.filter(({ total }) => total !== undefined);
  const starts = finished.filter(({ name }, at) => name.slice(0, 4) !== finished[at - 1]?.name.slice(0, 4));
  for (const { name, left } of [...starts.slice(1), ...starts.slice(0, 1)]) place(axisLabel(name.slice(0, 4), left));
  // Between the years all of them or none: a few would read as if the others were missing.
  const others = finished.filter((column) => !starts.includes(column));
  const [first, second] = columns;
  const pitch = first && second ? second.middle - first.middle : 0;
  if (pitch >= MIN_QUARTER_PITCH) for (const column of others) place(quarterLabel(column));
  return placed
    .map(({ label, left }) => text(left, YEARS_BASELINE, label, { size: TEXT.mark, fill: theme.muted }))
    .join('');
};

const box = (column: Column, top: number, bottom: number): Box => ({
  left: column.left,
  top,
  right: column.right,
  bottom,
});

/** How many of the companies have told a quarter, for one that is unfinished. */
const toldLabel = ({ parts }: Quarter): string => `${parts.filter(isAmount).length}/${parts.length}`;

const sumLabel = (column: Column): string => column.total ?? (column.sum > 0 ? toldLabel(column) : '');

/** Where the sum of a column stands: over it, or over the guidance's band if that is in the way. */
const sumBaseline = (column: Column, top: number, band: Box | undefined): number => {
  const over = top - SUM_GAP;
  const isCovered =
    band !== undefined &&
    column.middle > band.left &&
    column.middle < band.right &&
    over > band.top &&
    over - 24 < band.bottom;
  return isCovered ? band.top - SUM_GAP : over;
};

const drawnColumn = (
  column: Column,
  { height }: Scales,
  spec: BillChart,
  { isNewest, band }: { readonly isNewest: boolean; readonly band: Box | undefined },
  theme: Theme,
): string => {
  const isFinished = column.total !== undefined;
  const top = BASELINE - height(column.sum);
  const outline = box(column, top, BASELINE);
  const label = sumLabel(column);
  return [
    columnParts({ box: outline, parts: column.parts, symbols: spec.symbols, opacity: isFinished ? 1 : 0.4 }, theme),
    isFinished || column.sum === 0
      ? ''
      : `<rect x="${coordinate(outline.left)}" y="${coordinate(top)}" width="${coordinate(outline.right - outline.left)}" height="${coordinate(BASELINE - top)}" rx="3" fill="none" stroke="${theme.muted}" stroke-width="2" stroke-dasharray="6 5"/>`,
    label === ''
      ? ''
      : text(column.middle, sumBaseline(column, top, band), label, {
          size: TEXT.mark,
          fill: isNewest ? theme.ink : theme.muted,
          weight: isNewest ? 700 : 500,
          anchor: 'middle',
          halo: theme.ground,
        }),
  ].join('');
};

/** A dot, or an arrow where the share is out of the pane. */
const sharePoint = ({ middle }: Column, share: number, isNewest: boolean, { percent }: Scales, theme: Theme): string =>
  share > MAX_PERCENT
    ? triangle(middle - SMALL_TRIANGLE.width / 2, percent(share) + 4, theme.bill.share, 'up', SMALL_TRIANGLE)
    : dot(middle, percent(share), theme.bill.share, theme.ground, isNewest ? 9 : 5.5);

/** Runs of columns whose share is known: the line has gaps where it is not. */
const lineParts = (columns: readonly Column[], { percent }: Scales): readonly Polyline[] => {
  const runs: (readonly [number, number])[][] = [[]];
  for (const { share, middle } of columns) {
    if (share === undefined) runs.push([]);
    else runs.at(-1)?.push([middle, percent(share)]);
  }
  return runs.filter((run) => run.length > 0);
};

/** The shares that are labelled: one out of the pane, the first, that of a year before the newest, and the lowest. */
const labelled = (columns: readonly Column[], newest: Column | undefined): readonly Column[] => {
  const known = columns.filter((column) => column.share !== undefined && column !== newest);
  const lowest = known.toSorted((a, b) => (a.share ?? 0) - (b.share ?? 0))[0];
  const yearBefore = newest && columns[columns.indexOf(newest) - 4];
  const beyond = known
    .toSorted((a, b) => (b.share ?? 0) - (a.share ?? 0))
    .filter(({ share = 0 }) => share > MAX_PERCENT);
  const chosen = [beyond[0], known[0], yearBefore?.share === undefined ? undefined : yearBefore, lowest];
  return [...new Set(chosen.flatMap((column) => column ?? []))];
};

/** Labels over or under the line, where nothing is in their way; a label that would cover something is left out. */
const shareLabels = (
  columns: readonly Column[],
  { newest, band }: { readonly newest: Column | undefined; readonly band: Box | undefined },
  scales: Scales,
  theme: Theme,
): string => {
  const lines = lineParts(columns, scales);
  const taken: Box[] = columns.map((column) => {
    const width = textWidth(sumLabel(column), TEXT.mark);
    const baseline = sumBaseline(column, BASELINE - scales.height(column.sum), band);
    return labelBox(column.middle - width / 2, baseline - 10, width, LABEL_HEIGHT);
  });
  const hundred = scales.percent(WHOLE_PERCENT);
  return labelled(columns, newest)
    .map(({ share = 0, middle }) => {
      const label = `${share}%`;
      const width = textWidth(label, TEXT.mark);
      const y = scales.percent(share);
      const left = Math.min(Math.max(middle - width / 2, MARGIN), GUTTER.plot - width);
      const boxes = [
        labelBox(left, y - 30, width, LABEL_HEIGHT),
        labelBox(left, y + 32, width, LABEL_HEIGHT),
        labelBox(middle + 16, y, width, LABEL_HEIGHT),
        labelBox(middle - 16 - width, y, width, LABEL_HEIGHT),
      ];
      const free = boxes.filter(
        (it) =>
          it.left >= MARGIN &&
          it.right <= GUTTER.plot &&
          it.top > PANE_TOP - 20 &&
          it.bottom < BASELINE &&
          (it.bottom < hundred || it.top > hundred) &&
          !taken.some(
            (other) => it.left < other.right && other.left < it.right && it.top < other.bottom && other.top < it.bottom,
          ),
      );
      if (free.length === 0) return '';
      const chosen = placeLabel(free, taken, lines);
      taken.push(chosen);
      return text(chosen.left, baselineFor((chosen.top + chosen.bottom) / 2, TEXT.mark), label, {
        size: TEXT.mark,
        fill: theme.bill.share,
        weight: 600,
        halo: theme.ground,
      });
    })
    .join('');
};

/** 100 % of the cash flow, and the newest share as a tag, apart from each other and from the companies' names. */
const shareAxis = (newest: Column | undefined, scales: Scales, lowest: number, theme: Theme): string => {
  const hundred = scales.percent(WHOLE_PERCENT);
  const share = newest?.share;
  const above = share !== undefined && share > WHOLE_PERCENT;
  const wanted = [hundred + (above ? 8 : -8), ...(share === undefined ? [] : [scales.percent(share)])];
  const [hundredY = hundred, tagY = hundred] = spreadLabels(wanted, LABEL_SPACING, PANE_TOP - 10, lowest);
  const parts = [
    horizontal(
      MARGIN,
      GUTTER.plot,
      hundred,
      theme.bill.share,
      ' stroke-width="2" stroke-dasharray="9 7" stroke-opacity="0.75"',
    ),
    text(GUTTER.label, baselineFor(hundredY, TEXT.mark), `${WHOLE_PERCENT}%`, {
      size: TEXT.mark,
      fill: theme.bill.share,
    }),
  ];
  if (newest && share !== undefined) {
    const label = `${share}%`;
    const right = Math.min(GUTTER.label + textWidth(label, TEXT.mark) + 10, WIDTH - 8);
    const tag = { left: GUTTER.tag, top: tagY - TAG_HEIGHT / 2, right, bottom: tagY + TAG_HEIGHT / 2 };
    const [x1, y1, x2, y2] = [newest.middle, scales.percent(share), GUTTER.tag, tagY].map(coordinate);
    parts.push(
      `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${theme.bill.share}" stroke-width="2"/>`,
      rect(tag, theme.bill.share, 7),
      text(GUTTER.label, baselineFor(tagY, TEXT.mark), label, { size: TEXT.mark, fill: theme.onTag, bold: true }),
    );
  }
  return parts.join('');
};

/** The range that was guided to, spread evenly over its quarters; undefined for none in the picture. */
const guidanceBox = (columns: readonly Column[], spec: BillChart, { height }: Scales): Box | undefined => {
  const { guidance } = spec;
  const [first, second] = columns;
  const low = guidance?.low ?? guidance?.high ?? 0;
  const high = guidance?.high ?? low;
  if (!guidance || !first || !second || !(high > 0)) return undefined;
  const skipped = spec.quarters.length - columns.length;
  const pitch = second.middle - first.middle;
  const middleOf = (index: number): number => first.middle + (index - skipped) * pitch;
  const left = Math.max(middleOf(guidance.from) - pitch / 2, MARGIN);
  const right = Math.min(middleOf(guidance.to) + pitch / 2, GUTTER.plot);
  return right > left ? { left, top: BASELINE - height(high), right, bottom: BASELINE - height(low) } : undefined;
};

const guidanceBand = ({ left, top, right, bottom }: Box, theme: Theme): string => {
  const colour = theme.ink;
  const edge = ' stroke-width="2.5" stroke-dasharray="3 4"';
  return [
    `<rect x="${coordinate(left)}" y="${coordinate(top)}" width="${coordinate(right - left)}" height="${coordinate(Math.max(bottom - top, 1))}" fill="${colour}" fill-opacity="0.22"/>`,
    horizontal(left, right, top, colour, edge),
    top === bottom ? '' : horizontal(left, right, bottom, colour, edge),
  ].join('');
};

/**
 * A column a quarter, stacked by company, with its sum; the share of operating cash flow as a line to 100 %. One company
 * alone has its guidance as a band.
 */
export const billChart = (spec: BillChart, theme: Theme): string => {
  const columns = columnsOf(spec);
  const scales = scalesOf(columns, spec);
  const newest = columns.findLast(({ total }) => total !== undefined);
  const lines = lineParts(columns, scales);
  const names =
    newest && spec.symbols.length > 1
      ? partNames(
          {
            box: box(newest, BASELINE - scales.height(newest.sum), BASELINE),
            parts: newest.parts,
            symbols: spec.symbols,
          },
          theme,
        )
      : { drawn: '', top: BASELINE };
  const half = scales.percent(WHOLE_PERCENT / 2);
  const band = guidanceBox(columns, spec, scales);
  return [
    billHeader(
      spec,
      columns.filter(({ total }) => total !== undefined),
      theme,
    ),
    horizontal(MARGIN, GUTTER.plot, half, theme.grid),
    horizontal(MARGIN, GUTTER.plot, BASELINE, theme.grid),
    ...columns.map((column) => drawnColumn(column, scales, spec, { isNewest: column === newest, band }, theme)),
    band ? guidanceBand(band, theme) : '',
    axisLabels(columns, theme),
    names.drawn,
    newest?.share === undefined && lines.length === 0
      ? ''
      : shareAxis(newest, scales, names.top - LABEL_SPACING, theme),
    ...lines.flatMap((line) => [strokedLine(line, theme.ground, 11), strokedLine(line, theme.bill.share, 4.5)]),
    ...columns.flatMap((column) =>
      column.share === undefined ? [] : [sharePoint(column, column.share, column === newest, scales, theme)],
    ),
    shareLabels(columns, { newest, band }, scales, theme),
  ].join('');
};
