import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { CompareChart } from '../stories/chart-spec.ts';
import { changeLabel } from './change-label.ts';
import { header } from './header.ts';
import { baselineFor, DATES_BASELINE, FONT, MARGIN, WHOLE_PANE, WIDTH } from './layout.ts';
import { coordinate, dot, horizontal, text } from './markup.ts';
import { sessionTicks } from './session-ticks.ts';
import { spread } from './spread.ts';
import { cutToWidth, textWidth } from './text-width.ts';
import { depthColour, type Theme } from './theme.ts';
import { valueScale } from './value-scale.ts';

const MOST_LINES = 8;
const WIDEST_NAME = 110;
const LABEL_SPACING = 34;
/** From a line's end to its name, and from its name to its change. */
const LEADER = 26;
const GAP = 12;
/** More points than this are finer than the picture. */
const MOST_POINTS = 420;

interface Drawn {
  readonly symbol: string;
  readonly values: readonly number[];
  readonly colour: string;
  readonly change: number;
}

const drawnLines = (spec: CompareChart, theme?: Theme): Drawn[] =>
  spec.lines
    .slice(0, MOST_LINES)
    .map(({ symbol, values }, at) => ({
      symbol,
      values,
      colour: theme?.lines[at] ?? '',
      change: (values.at(-1) ?? 100) - 100,
    }))
    .filter(
      ({ values }) => values.length === spec.sessions.length && values.every((value) => value > 0 && value < Infinity),
    );

/** What the picture says, in numbers, the best first: for its accessible name. */
export const compareSummary = (spec: CompareChart): string =>
  [
    spec.sessions[0] ?? '',
    spec.sessions.at(-1) ?? '',
    ...drawnLines(spec)
      .sort((a, b) => b.change - a.change)
      .map(({ symbol, change }) => `${symbol} ${changeLabel(change)}`),
  ]
    .join(' ')
    .trim();

/** Every so many-th place, the last always among them. */
const placesShown = (count: number): readonly number[] => {
  const step = Math.ceil(count / MOST_POINTS);
  return Array.from({ length: count }, (_, at) => at).filter((at) => (count - 1 - at) % step === 0 || at === 0);
};

/** One line a symbol, its name and change at its end; on a logarithmic scale where they lie far apart. */
export const compareChart = (spec: CompareChart, theme: Theme): string => {
  const { sessions, symbol } = spec;
  const lines = drawnLines(spec, theme);
  const last = sessions.length - 1;
  if (lines.length === 0 || last < 0) return header(symbol, [], '', theme);

  const widest = (labels: readonly string[], size: number): number =>
    Math.max(...labels.map((label) => textWidth(label, size)));
  const names = lines.map((it) => cutToWidth(it.symbol, FONT.axis, WIDEST_NAME));
  const changes = lines.map(({ change }) => changeLabel(change));
  const changeLeft = WIDTH - MARGIN - widest(changes, FONT.axis);
  const nameLeft = changeLeft - GAP - widest(names, FONT.axis);

  const values = lines.flatMap((it) => it.values);
  const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const { y, ticks } = valueScale(WHOLE_PANE, low, high);
  const axisWidth = Math.max(0, ...ticks.map(({ label }) => textWidth(label, FONT.axis)));
  const pane = { ...WHOLE_PANE, left: MARGIN + axisWidth + GAP, right: nameLeft - LEADER };
  const along = scaleLinear([0, Math.max(last, 1)], [pane.left, pane.right]);
  const x = (at: number): number => (last === 0 ? pane.right : along(at));

  const ends = lines.map((it) => y(it.values.at(-1) ?? 100));
  const labels = spread(ends, LABEL_SPACING, pane.top, pane.bottom);
  const places = placesShown(sessions.length);
  const drawn = lines.map((it, n) => {
    const chosen = it.symbol === symbol;
    const path = line<number>(x, (at) => y(it.values[at] ?? 100)).digits(1);
    const end = coordinate(ends[n] ?? 0);
    const to = coordinate(labels[n] ?? 0);
    const baseline = baselineFor(to, FONT.axis);
    const style = { size: FONT.axis, fill: it.colour, bold: true };
    const svg = [
      `<path d="${path([...places])}" fill="none" stroke="${it.colour}" stroke-width="${chosen ? 4.5 : 2.2}" stroke-opacity="${chosen ? 1 : 0.8}" stroke-linejoin="round" stroke-linecap="round"/>`,
      `<line x1="${coordinate(pane.right)}" y1="${end}" x2="${coordinate(nameLeft - 6)}" y2="${to}" stroke="${it.colour}" stroke-opacity="0.55" stroke-width="1.5"/>`,
      chosen ? dot(pane.right, end, it.colour, theme.ground) : '',
      text(nameLeft, baseline, names[n] ?? '', style),
      text(WIDTH - MARGIN, baseline, changes[n] ?? '', { ...style, anchor: 'end' }),
    ].join('');
    return { chosen, svg };
  });

  const own = lines.find((it) => it.symbol === symbol);
  const parts = own ? [{ label: changeLabel(own.change), fill: depthColour(theme, own.change) }] : [];
  return [
    header(symbol, parts, sessions[last] ?? '', theme),
    ...ticks.map((tick) => {
      const label = text(MARGIN, baselineFor(tick.y, FONT.axis), tick.label, { size: FONT.axis, fill: theme.muted });
      return horizontal(pane.left, pane.right, tick.y, theme.grid) + label;
    }),
    horizontal(pane.left, pane.right, y(100), theme.muted, ' stroke-dasharray="3 6"'),
    // The one that was asked for lies above the others.
    ...drawn.toSorted((a, b) => Number(a.chosen) - Number(b.chosen)).map(({ svg }) => svg),
    ...sessionTicks(sessions, x).map((tick) =>
      text(tick.x, DATES_BASELINE, tick.label, { size: FONT.axis, fill: theme.muted, anchor: 'middle' }),
    ),
  ].join('');
};
