import { FONT, MARGIN, WIDTH } from './layout.ts';
import { text } from './markup.ts';
import { cutToWidth, textWidth } from './text-width.ts';
import type { Theme } from './theme.ts';

/** Lengths and coordinates in picture units. */
const HEADER_BASELINE = 66;
const PART_GAP = 26;
/** Wider than any watched ticker; a wider one is cut. */
const MAX_TICKER_WIDTH = 420;

export interface HeaderPart {
  readonly label: string;
  readonly fill: string;
}

/** Top row: the name, numbers about it, and the session's date at the right if there is room. */
export const header = (name: string, parts: readonly HeaderPart[], session: string, theme: Theme): string => {
  const ticker = cutToWidth(name, FONT.ticker, MAX_TICKER_WIDTH);
  let x = MARGIN + textWidth(ticker, FONT.ticker) + PART_GAP;
  const row = [text(MARGIN, HEADER_BASELINE, ticker, { size: FONT.ticker, fill: theme.ink, bold: true })];
  for (const part of parts) {
    row.push(text(x, HEADER_BASELINE, part.label, { size: FONT.header, fill: part.fill, bold: true }));
    x += textWidth(part.label, FONT.header) + PART_GAP;
  }
  const dateLeft = WIDTH - MARGIN - textWidth(session, FONT.mark);
  if (session !== '' && dateLeft > x) {
    row.push(text(WIDTH - MARGIN, HEADER_BASELINE, session, { size: FONT.mark, fill: theme.muted, anchor: 'end' }));
  }
  return row.join('');
};
