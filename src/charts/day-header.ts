import type { SessionDate } from '../market/calendar.ts';
import { MARGIN, WIDTH } from './layout.ts';
import { rect, TRIANGLE, text, triangle } from './markup.ts';
import { textWidth } from './text-width.ts';
import type { Theme } from './theme.ts';

/** Baseline and lengths in picture units. */
const BASELINE = 60;
const DATE_SIZE = 44;
const COUNT_SIZE = 36;
const WINDOW_SIZE = 28;
const PART_GAP = 32;
const TRIANGLE_GAP = 10;
const SWATCH_WIDTH = 48;

/** How many fell or rose: a triangle and a number. */
export interface DayCount {
  readonly way: 'down' | 'up';
  readonly label: string;
}

interface DayHeader {
  readonly session: SessionDate;
  readonly counts: readonly DayCount[];
  /** Whether bars need a key, because not all in the picture is of the day. */
  readonly key?: boolean;
}

/** Top row of a picture of one day: its date, how many fell and rose, and at the right what the percents cover. */
export const dayHeader = ({ session, counts, key = false }: DayHeader, theme: Theme): string => {
  const row = [text(MARGIN, BASELINE, session, { size: DATE_SIZE, fill: theme.ink, bold: true })];
  let x = MARGIN + textWidth(session, DATE_SIZE) + PART_GAP;
  for (const { way, label } of counts) {
    row.push(triangle(x, BASELINE, way === 'up' ? theme.rise.mark : theme.calm, way));
    x += TRIANGLE.width + TRIANGLE_GAP;
    row.push(text(x, BASELINE, label, { size: COUNT_SIZE, fill: theme.ink, bold: true }));
    x += textWidth(label, COUNT_SIZE) + PART_GAP;
  }
  const end = WIDTH - MARGIN;
  const swatchRight = end - textWidth('1D', WINDOW_SIZE) - 12;
  if (key)
    row.push(
      rect(
        { left: swatchRight - SWATCH_WIDTH, top: BASELINE - 16, right: swatchRight, bottom: BASELINE - 4 },
        theme.calm,
        4,
      ),
    );
  row.push(text(end, BASELINE, '1D', { size: WINDOW_SIZE, fill: theme.muted, anchor: 'end' }));
  return row.join('');
};
