import { scaleLinear } from 'd3-scale';
import type { BarsChart } from '../stories/chart-spec.ts';
import { dayHeader } from './day-header.ts';
import { baselineFor, clamp, MARGIN, WIDTH } from './layout.ts';
import { horizontal, rect, text, vertical } from './markup.ts';
import { levelLabel, percentLabel } from './number-label.ts';
import { cutToWidth, textWidth, widestOf } from './text-width.ts';
import type { Theme } from './theme.ts';
import { dayInk } from './tone-colour.ts';

type Bar = BarsChart['companies'][number];

/** Companies, and indexes and sums below them: more would not be read. */
const MAX_COMPANIES = 12;
const MAX_REFERENCES = 3;
/** The scale spans at least this much, in percent, so that small moves look small. */
const MIN_SPAN_PERCENT = 4;
/** Steps of the axis in percent, and how many may fit into the span. */
const STEPS_PERCENT = [2, 4, 5, 10, 20, 25, 50, 100, 200, 500];
const MAX_STEPS = 4.5;

/** Lengths and coordinates in picture units. */
const ROWS_TOP = 88;
const ROW_HEIGHT = 48;
const BAR_HEIGHT = 30;
const REFERENCES_GAP = 26;
/** Of the line that says how many companies are left out. */
const OMITTED_HEIGHT = 40;
const FOOT = 60;
const ROW_SIZE = 30;
const AXIS_SIZE = 28;
const MAX_NAME_WIDTH = 240;
const LABEL_GAP = 13;
/** The longest fall ends here or further right. */
const MIN_BARS_LEFT = 274;
/** Zero, if nothing rises. */
const ZERO_AT_RIGHT = WIDTH - 40;
/** Keeps a change near zero visible. */
const MIN_BAR_LENGTH = 3;

const drawable = (bars: readonly Bar[]): readonly Bar[] => bars.filter(({ percent }) => Number.isFinite(percent));

const shown = ({ companies, references }: BarsChart) => ({
  companies: drawable(companies).slice(0, MAX_COMPANIES),
  references: drawable(references).slice(0, MAX_REFERENCES),
  omitted: Math.max(0, drawable(companies).length - MAX_COMPANIES),
});

const rowsHeight = (spec: BarsChart): number => {
  const { companies, references, omitted } = shown(spec);
  const gap = companies.length > 0 && references.length > 0 ? REFERENCES_GAP : 0;
  return (companies.length + references.length) * ROW_HEIGHT + gap + (omitted > 0 ? OMITTED_HEIGHT : 0);
};

/** As high as its rows: bars do not grow. */
export const barsHeight = (spec: BarsChart): number => ROWS_TOP + rowsHeight(spec) + FOOT;

/** The picture's numbers as its accessible name. */
export const barsSummary = (spec: BarsChart): string => {
  const { companies, references } = shown(spec);
  return [
    spec.session,
    ...[...companies, ...references].map((bar) => `${bar.symbol} ${percentLabel(bar.percent)}`),
  ].join(' ');
};

/** A percent for each grid line from `low` to `high`, zero among them. */
const gridPercents = (low: number, high: number): readonly number[] => {
  const step = STEPS_PERCENT.find((it) => (high - low) / it <= MAX_STEPS) ?? 1000;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, index) => (first + index) * step);
};

/**
 * Falls extend to the left of the line of zero, rises to the right of it, the worst on top; references below a rule. How
 * many moved is left out where none did.
 */
export const barsChart = (spec: BarsChart, theme: Theme): string => {
  const { companies, references, omitted } = shown(spec);
  const bars = [...companies, ...references];
  const name = (bar: Bar): string => cutToWidth(bar.symbol, ROW_SIZE, MAX_NAME_WIDTH);
  const labelsWhere = (applies: (percent: number) => boolean): readonly string[] =>
    bars.filter(({ percent }) => applies(percent)).map(({ percent }) => percentLabel(percent));

  const percents = bars.map(({ percent }) => percent);
  const rises = labelsWhere((percent) => percent > 0);
  const falls = labelsWhere((percent) => percent <= 0);
  const high = Math.max(0, ...percents);
  const lowest = Math.min(0, ...percents);
  const low = falls.length > 0 || rises.length === 0 ? Math.min(lowest, high - MIN_SPAN_PERCENT) : lowest;
  const top = Math.max(high, low + MIN_SPAN_PERCENT);
  const left = Math.max(
    MIN_BARS_LEFT,
    MARGIN + widestOf(bars.map(name), ROW_SIZE) + 2 * LABEL_GAP + widestOf(falls, ROW_SIZE),
  );
  const right = rises.length > 0 ? WIDTH - MARGIN - LABEL_GAP - widestOf(rises, ROW_SIZE) : ZERO_AT_RIGHT;
  const x = scaleLinear([low, rises.length > 0 ? top : 0], [left, right]);
  const zero = x(0);

  const bottom = ROWS_TOP + rowsHeight(spec);
  const referencesGap = REFERENCES_GAP + (omitted > 0 ? OMITTED_HEIGHT : 0);
  const rowTop = (index: number): number =>
    ROWS_TOP + index * ROW_HEIGHT + (companies.length > 0 && index >= companies.length ? referencesGap : 0);
  const rows = bars.map((bar, index) => {
    const centreY = rowTop(index) + ROW_HEIGHT / 2;
    const baseline = baselineFor(centreY, ROW_SIZE);
    const fill = dayInk(theme, bar.tone);
    const length = Math.max(Math.abs(x(bar.percent) - zero), bar.percent === 0 ? 0 : MIN_BAR_LENGTH);
    const isRise = bar.percent > 0;
    const [start, end] = isRise ? [zero, zero + length] : [zero - length, zero];
    const box = { left: start, top: centreY - BAR_HEIGHT / 2, right: end, bottom: centreY + BAR_HEIGHT / 2 };
    return [
      text(MARGIN, baseline, name(bar), {
        size: ROW_SIZE,
        fill: index < companies.length ? theme.ink : theme.muted,
        bold: true,
      }),
      length > 0 ? rect(box, fill.mark, 4) : '',
      text(isRise ? end + LABEL_GAP : start - LABEL_GAP, baseline, percentLabel(bar.percent), {
        size: ROW_SIZE,
        fill: fill.text,
        bold: true,
        anchor: isRise ? 'start' : 'end',
      }),
    ].join('');
  });

  const axis = gridPercents(x.domain()[0] ?? 0, x.domain()[1] ?? 0).map((percent) => {
    const label = levelLabel(percent);
    const half = textWidth(label, AXIS_SIZE) / 2;
    const middle = clamp(x(percent), MARGIN + half, WIDTH - MARGIN - half);
    return [
      percent === 0 ? '' : vertical(x(percent), ROWS_TOP + 2, bottom, theme.grid),
      text(middle, baselineFor(bottom + 26, AXIS_SIZE), label, {
        size: AXIS_SIZE,
        fill: theme.muted,
        anchor: 'middle',
      }),
    ].join('');
  });
  const ruleY = rowTop(companies.length) - REFERENCES_GAP / 2;
  const hasRule = companies.length > 0 && references.length > 0;
  const omittedY = baselineFor(ROWS_TOP + companies.length * ROW_HEIGHT + OMITTED_HEIGHT / 2, AXIS_SIZE);
  const { way, count, of } = spec.moved;
  return [
    dayHeader({ session: spec.session, counts: count > 0 ? [{ way, label: `${count}/${of}` }] : [] }, theme),
    ...axis,
    ...rows,
    omitted > 0 ? text(MARGIN, omittedY, `+${omitted}`, { size: AXIS_SIZE, fill: theme.muted }) : '',
    hasRule ? horizontal(MARGIN, WIDTH - MARGIN, ruleY, theme.rule, ' stroke-width="2"') : '',
    vertical(zero, ROWS_TOP, bottom, theme.muted, ' stroke-width="2"'),
  ].join('');
};
