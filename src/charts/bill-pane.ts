import type { SessionDate } from '../market/calendar.ts';
import type { ChartBill } from '../stories/chart-spec.ts';
import { type Box, GUTTER, MARGIN, TEXT, WIDTH } from './layout.ts';
import { rect, text } from './markup.ts';
import { cutToWidth, textWidth } from './text-width.ts';
import type { Theme } from './theme.ts';

/** Lengths in picture units. */
const COLUMN_GAP = 3;
const COLUMN_RADIUS = 3;
const LABEL_PADDING = 11;
const WORD_GAP = 7;
/** A column that is lower has no room for its figure. */
const MIN_LABELLED_HEIGHT = 32;
/** From the bottom of the columns to the baseline of what is in them. */
const LABEL_LIFT = 13;
const MIN_COLUMN_HEIGHT = 3;
/** Between the words of the line above the columns. */
const COVERAGE_GAP = 28;
const PLUS_GAP = 10;
/** What the columns are, and in what. */
const WHAT = 'CAPEX $B';
const GUTTER_ROOM = WIDTH - 4 - GUTTER.label;

interface BillPaneInput {
  readonly bill: ChartBill;
  /** The sessions of the picture, oldest first, at least one. */
  readonly sessions: readonly SessionDate[];
  /** x coordinate of the session with this index. */
  readonly x: (index: number) => number;
}

/** `GOOGL + MSFT + AMZN + META   4/4`, and what is counted at the right if there is room. */
const whoseLine = ({ companies, coverage }: ChartBill, baseline: number, right: number, theme: Theme): string => {
  const names = companies.map((label) => ({ label, fill: theme.bill.whose, weight: 600 as const, gap: PLUS_GAP }));
  const plus = { label: '+', fill: theme.muted, weight: 500 as const, gap: PLUS_GAP };
  const words = names.flatMap((name, at) => (at === 0 ? [name] : [plus, name]));
  let x = MARGIN;
  const drawn: string[] = [];
  for (const { label, fill, weight, gap } of [
    ...words,
    { label: coverage, fill: theme.muted, weight: 500 as const, gap: 0 },
  ]) {
    if (label === coverage) x += COVERAGE_GAP - PLUS_GAP;
    const end = x + textWidth(label, TEXT.mark);
    if (end > right) break;
    drawn.push(text(x, baseline, label, { size: TEXT.mark, fill, weight }));
    x = end + gap;
  }
  if (right - textWidth(WHAT, TEXT.mark) > x + COVERAGE_GAP)
    drawn.push(text(right, baseline, WHAT, { size: TEXT.mark, fill: theme.muted, anchor: 'end' }));
  return drawn.join('');
};

/** Columns of capex from zero, each from the session on which the last company told it until the next one was told. */
export const billPane = ({ bill, sessions, x }: BillPaneInput, pane: Box, baseline: number, theme: Theme): string => {
  const last = sessions.at(-1) ?? '';
  const known = bill.quarters.filter(({ from }) => from <= last);
  const largest = Math.max(1, ...known.map(({ millions }) => millions));
  const startOf = (from: SessionDate): number => {
    const index = sessions.findIndex((session) => session >= from);
    return index <= 0 ? pane.left : x(index);
  };
  const columns = known.map(({ from, quarter, amount, millions }, at) => {
    const next = known[at + 1];
    const left = startOf(from);
    const right = next ? startOf(next.from) - COLUMN_GAP : pane.right;
    if (right - left < 1) return '';
    const height = Math.max((millions / largest) * (pane.bottom - pane.top), MIN_COLUMN_HEIGHT);
    const [fill, words] = next ? [theme.bill.older, theme.bill.onOlder] : [theme.bill.newest.mark, theme.bill.onNewest];
    const column = rect({ left, top: pane.bottom - height, right, bottom: pane.bottom }, fill, COLUMN_RADIUS);
    const quarterWidth = textWidth(quarter, TEXT.mark) + WORD_GAP;
    const amountWidth = textWidth(amount, TEXT.mark);
    const room = right - left - 2 * LABEL_PADDING;
    if (height < MIN_LABELLED_HEIGHT || amountWidth > room) return column;
    const showsQuarter = quarterWidth + amountWidth <= room;
    const labelBaseline = pane.bottom - LABEL_LIFT;
    const start = left + LABEL_PADDING;
    const weight = next ? 600 : 700;
    return [
      column,
      showsQuarter ? text(start, labelBaseline, quarter, { size: TEXT.mark, fill: words.mark }) : '',
      text(start + (showsQuarter ? quarterWidth : 0), labelBaseline, amount, {
        size: TEXT.mark,
        fill: words.text,
        weight,
      }),
    ].join('');
  });
  const total = cutToWidth(bill.total, TEXT.mark, GUTTER_ROOM);
  const change = bill.change === undefined ? '' : cutToWidth(`1Y ${bill.change}`, TEXT.mark, GUTTER_ROOM);
  return [
    whoseLine(bill, baseline, pane.right, theme),
    ...columns,
    text(GUTTER.label, pane.bottom - 37.5, total, { size: TEXT.mark, fill: theme.bill.newest.text, bold: true }),
    change === '' ? '' : text(GUTTER.label, pane.bottom, change, { size: TEXT.mark, fill: theme.ink, weight: 600 }),
  ].join('');
};
