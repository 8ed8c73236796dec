import type { CompareChart } from '../stories/chart-spec.ts';
import { toneBelow } from '../stories/tone.ts';
import { type Polyline, strokedLine } from './curve.ts';
import { header } from './header.ts';
import { spreadLabels } from './label-placement.ts';
import { baselineFor, FONT, MARGIN, WHOLE_PANE, WIDTH } from './layout.ts';
import { coordinate, dot, horizontal, text } from './markup.ts';
import { changeLabel } from './number-label.ts';
import { sessionAxis, sessionScale } from './session-axis.ts';
import { cutToWidth, widestOf } from './text-width.ts';
import type { Theme } from './theme.ts';
import { extent, valueScale } from './value-scale.ts';

const MAX_LINES = 8;
/** Lengths and distances in picture units. */
const MAX_NAME_WIDTH = 110;
const LABEL_SPACING = 34;
const LEADER_LENGTH = 26;
const COLUMN_GAP = 12;
/** More points than this are finer than the picture. */
const MAX_POINTS = 420;

type Line = CompareChart['lines'][number];

interface ComparedLine extends Line {
  readonly colour: string;
  /** In percent. */
  readonly change: number;
}

/** The lines that have a positive value for each session. */
const drawableLines = (spec: CompareChart, theme?: Theme): ComparedLine[] =>
  spec.lines
    .slice(0, MAX_LINES)
    .map((line, at) => ({
      ...line,
      colour: theme?.lines[at] ?? '',
      change: (line.values.at(-1) ?? 100) - 100,
    }))
    .filter(
      ({ values }) => values.length === spec.sessions.length && values.every((value) => value > 0 && value < Infinity),
    );

/** The picture's numbers as its accessible name, the best first. */
export const compareSummary = (spec: CompareChart): string =>
  [
    spec.sessions[0] ?? '',
    spec.sessions.at(-1) ?? '',
    ...drawableLines(spec)
      .sort((a, b) => b.change - a.change)
      .map(({ symbol, change }) => `${symbol} ${changeLabel(change)}`),
  ]
    .join(' ')
    .trim();

/** Evenly spaced indices of at most about MAX_POINTS sessions, the first and the last among them. */
const sampledIndices = (count: number): readonly number[] => {
  const step = Math.ceil(count / MAX_POINTS);
  return Array.from({ length: count }, (_, at) => at).filter((at) => (count - 1 - at) % step === 0 || at === 0);
};

/** One line per symbol, with its name and change at its end. */
export const compareChart = (spec: CompareChart, theme: Theme): string => {
  const { sessions, symbol } = spec;
  const lines = drawableLines(spec, theme);
  if (lines.length === 0 || sessions.length === 0) return header(symbol, [], '', theme);

  const names = lines.map((line) => cutToWidth(line.symbol, FONT.axis, MAX_NAME_WIDTH));
  const changes = lines.map(({ change }) => changeLabel(change));
  const changeLeft = WIDTH - MARGIN - widestOf(changes, FONT.axis);
  const nameLeft = changeLeft - COLUMN_GAP - widestOf(names, FONT.axis);

  const { y, ticks } = valueScale(WHOLE_PANE, ...extent(lines.flatMap(({ values }) => values)));
  const axisWidth = widestOf(
    ticks.map(({ label }) => label),
    FONT.axis,
  );
  const pane = { ...WHOLE_PANE, left: MARGIN + axisWidth + COLUMN_GAP, right: nameLeft - LEADER_LENGTH };
  const x = sessionScale(sessions.length, pane);

  const ends = lines.map(({ values }) => y(values.at(-1) ?? 100));
  const labels = spreadLabels(ends, LABEL_SPACING, pane.top, pane.bottom);
  const indices = sampledIndices(sessions.length);
  const drawn = lines.map(({ symbol: name, values, colour }, n) => {
    const chosen = name === symbol;
    const track: Polyline = indices.map((at) => [x(at), y(values[at] ?? 100)]);
    const endY = coordinate(ends[n] ?? 0);
    const labelY = coordinate(labels[n] ?? 0);
    const baseline = baselineFor(labelY, FONT.axis);
    const style = { size: FONT.axis, fill: colour, bold: true };
    const svg = [
      strokedLine(track, colour, chosen ? 4.5 : 2.2, ` stroke-opacity="${chosen ? 1 : 0.8}"`),
      `<line x1="${coordinate(pane.right)}" y1="${endY}" x2="${coordinate(nameLeft - 6)}" y2="${labelY}" stroke="${colour}" stroke-opacity="0.55" stroke-width="1.5"/>`,
      chosen ? dot(pane.right, endY, colour, theme.ground) : '',
      text(nameLeft, baseline, names[n] ?? '', style),
      text(WIDTH - MARGIN, baseline, changes[n] ?? '', { ...style, anchor: 'end' }),
    ].join('');
    return { chosen, svg };
  });

  const own = lines.find((line) => line.symbol === symbol);
  const parts = own ? [{ label: changeLabel(own.change), fill: theme[toneBelow(own.price, [own.base])] }] : [];
  return [
    header(symbol, parts, sessions.at(-1) ?? '', theme),
    ...ticks.map((tick) => {
      const label = text(MARGIN, baselineFor(tick.y, FONT.axis), tick.label, { size: FONT.axis, fill: theme.muted });
      return horizontal(pane.left, pane.right, tick.y, theme.grid) + label;
    }),
    horizontal(pane.left, pane.right, y(100), theme.muted, ' stroke-dasharray="3 6"'),
    // The chosen symbol is drawn last, above the others.
    ...drawn.toSorted((a, b) => Number(a.chosen) - Number(b.chosen)).map(({ svg }) => svg),
    sessionAxis(sessions, x, theme),
  ].join('');
};
