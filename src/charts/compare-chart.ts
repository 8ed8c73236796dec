import type { CompareChart } from '../stories/chart-spec.ts';
import type { Ink } from '../stories/tone.ts';
import { type Polyline, strokedLine } from './curve.ts';
import { heading } from './header.ts';
import { spreadLabels } from './label-placement.ts';
import { type Box, baselineFor, MARGIN, TEXT, WIDTH } from './layout.ts';
import { coordinate, dot, horizontal, text } from './markup.ts';
import { changeLabel } from './number-label.ts';
import { rebasedScale } from './rebased-scale.ts';
import { sessionAxis, sessionScale } from './session-axis.ts';
import { cutToWidth, widestOf } from './text-width.ts';
import { companyInk, type Theme } from './theme.ts';
import { extent } from './value-scale.ts';

export const COMPARE_HEIGHT = 620;

const MAX_LINES = 8;
/** Lengths and distances in picture units. */
const PANE_TOP = 128;
const PANE_BOTTOM = 556;
const DATES_BASELINE = 599;
const MAX_NAME_WIDTH = 120;
const LABEL_SPACING = 46;
const LEADER_LENGTH = 40;
const COLUMN_GAP = 16;
/** More points than this are finer than the picture. */
const MAX_POINTS = 420;

type Line = CompareChart['lines'][number];

/** The lines that have a positive value for each session, the best first. */
const drawableLines = ({ lines, sessions }: CompareChart): readonly Line[] =>
  lines
    .slice(0, MAX_LINES)
    .filter(({ values }) => values.length === sessions.length && values.every((value) => value > 0 && value < Infinity))
    .toSorted((a, b) => (b.values.at(-1) ?? 0) - (a.values.at(-1) ?? 0));

/** The picture's numbers as its accessible name, the best first. */
export const compareSummary = (spec: CompareChart): string =>
  [
    spec.sessions[0] ?? '',
    spec.sessions.at(-1) ?? '',
    ...drawableLines(spec).map(({ symbol, percent }) => `${symbol} ${changeLabel(percent)}`),
  ]
    .join(' ')
    .trim();

/** Evenly spaced indices of at most about MAX_POINTS sessions, the first and the last among them. */
const sampledIndices = (count: number): readonly number[] => {
  const step = Math.ceil(count / MAX_POINTS);
  return Array.from({ length: count }, (_, at) => at).filter((at) => (count - 1 - at) % step === 0 || at === 0);
};

/** From a line's end to its label, the last piece level. */
const leader = (from: readonly [x: number, y: number], to: readonly [x: number, y: number], colour: string): string => {
  const [x1, y1, x2, y2] = [...from, ...to].map(coordinate);
  return `<path d="M${x1},${y1}L${coordinate(to[0] - 12)},${y2}L${x2},${y2}" fill="none" stroke="${colour}" stroke-width="2.5" stroke-linejoin="round"/>`;
};

interface DrawnLine {
  readonly line: Line;
  readonly ink: Ink;
  readonly track: Polyline;
  /** Middle of its label. */
  readonly labelY: number;
}

/** A line per symbol, each 100 on the first day, with its name and its change beside its end. */
export const compareChart = (spec: CompareChart, theme: Theme): string => {
  const { sessions, symbol } = spec;
  const lines = drawableLines(spec);
  const own = lines.find((line) => line.symbol === symbol);
  const [first, last] = [sessions[0], sessions.at(-1)];
  const title = { name: symbol, nameFill: companyInk(theme, symbol).text };
  if (lines.length === 0 || first === undefined || last === undefined) return heading(title, theme);

  const changes = lines.map(({ percent }) => changeLabel(percent));
  const names = lines.map((line) => cutToWidth(line.symbol, TEXT.mark, MAX_NAME_WIDTH));
  const nameLeft = WIDTH - MARGIN - widestOf(changes, TEXT.mark) - COLUMN_GAP - widestOf(names, TEXT.mark);

  const pane = { top: PANE_TOP, bottom: PANE_BOTTOM };
  const { y, ticks } = rebasedScale(pane, ...extent(lines.flatMap(({ values }) => values)));
  const labelRight =
    MARGIN +
    widestOf(
      ticks.map(({ label }) => label),
      TEXT.mark,
    );
  const plot: Box = { ...pane, left: labelRight + COLUMN_GAP, right: nameLeft - LEADER_LENGTH };
  const x = sessionScale(sessions.length, plot);

  const ends = lines.map(({ values }) => y(values.at(-1) ?? 100));
  const labelHeights = spreadLabels(ends, LABEL_SPACING, plot.top + TEXT.mark / 2, plot.bottom - TEXT.mark / 2);
  const indices = sampledIndices(sessions.length);
  const drawn = lines.map(
    (line, n): DrawnLine => ({
      line,
      ink: companyInk(theme, line.symbol),
      track: indices.map((at) => [x(at), y(line.values[at] ?? 100)]),
      labelY: labelHeights[n] ?? 0,
    }),
  );
  // The chosen symbol is drawn last, above the others.
  const curves = drawn
    .toSorted((a, b) => Number(a.line === own) - Number(b.line === own))
    .map(({ line, ink, track }) => {
      const [width, halo] = line === own ? [5, 10] : [3.2, 6.5];
      return strokedLine(track, theme.ground, halo, ' stroke-opacity="0.85"') + strokedLine(track, ink.mark, width);
    });
  const labels = drawn.map(({ ink, labelY }, n) => {
    const baseline = baselineFor(labelY, TEXT.mark);
    const endY = ends[n] ?? 0;
    return [
      leader([plot.right + 9, endY], [nameLeft - 8, labelY], ink.mark),
      dot(plot.right, endY, ink.mark, theme.ground),
      text(nameLeft, baseline, names[n] ?? '', { size: TEXT.mark, fill: ink.text, bold: true }),
      text(WIDTH - MARGIN, baseline, changes[n] ?? '', {
        size: TEXT.mark,
        fill: theme.ink,
        weight: 600,
        anchor: 'end',
      }),
    ].join('');
  });
  return [
    heading(
      {
        ...title,
        ...(own && { numbers: [{ label: changeLabel(own.percent), fill: title.nameFill, bold: true }] }),
        session: last,
        // Equal heights are equal changes.
        left: [{ label: `${first} = 100` }, { label: 'LOG' }],
        ...(spec.range !== undefined && { right: [{ label: spec.range }] }),
      },
      theme,
    ),
    ...ticks.map(({ y: height, label, base }) =>
      [
        horizontal(
          plot.left,
          plot.right,
          height,
          base ? theme.muted : theme.grid,
          base ? ' stroke-width="2" stroke-dasharray="2 6"' : '',
        ),
        text(labelRight, baselineFor(height, TEXT.mark), label, {
          size: TEXT.mark,
          fill: base ? theme.ink : theme.muted,
          anchor: 'end',
        }),
      ].join(''),
    ),
    ...curves,
    ...labels,
    sessionAxis(sessions, x, theme, { baseline: DATES_BASELINE, size: TEXT.mark, bottom: plot.bottom }),
  ].join('');
};
