import { FONT, MARGIN, WIDTH } from './layout.ts';
import { text } from './markup.ts';
import { cutToWidth, textWidth } from './text-width.ts';
import type { Theme } from './theme.ts';

const BASELINE = 66;
const GAP = 26;
/** Wider than any ticker of ours; a wider one is cut so that the row keeps its room. */
const WIDEST_TICKER = 420;

export interface HeaderPart {
  readonly label: string;
  readonly fill: string;
}

/** Top row: what, then the numbers about it, and the session's date at the right where it has room. */
export const header = (name: string, parts: readonly HeaderPart[], session: string, theme: Theme): string => {
  const ticker = cutToWidth(name, FONT.ticker, WIDEST_TICKER);
  let x = MARGIN + textWidth(ticker, FONT.ticker) + GAP;
  const row = [text(MARGIN, BASELINE, ticker, { size: FONT.ticker, fill: theme.ink, bold: true })];
  for (const part of parts) {
    row.push(text(x, BASELINE, part.label, { size: FONT.header, fill: part.fill, bold: true }));
    x += textWidth(part.label, FONT.header) + GAP;
  }
  const dateLeft = WIDTH - MARGIN - textWidth(session, FONT.mark);
  if (session !== '' && dateLeft > x) {
    row.push(text(WIDTH - MARGIN, BASELINE, session, { size: FONT.mark, fill: theme.muted, anchor: 'end' }));
  }
  return row.join('');
};
