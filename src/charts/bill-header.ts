import type { BillChart } from '../stories/chart-spec.ts';
import { MARGIN, TEXT, WIDTH } from './layout.ts';
import { horizontal, rect, text } from './markup.ts';
import { percentLabel } from './number-label.ts';
import { cutToWidth, textWidth } from './text-width.ts';
import { companyInk, type Theme } from './theme.ts';

/** Baselines and lengths in picture units. */
const FIRST_BASELINE = 60;
const SECOND_BASELINE = 104;
const AMOUNT_SIZE = 50;
const CHANGE_SIZE = 42;
const MAX_NAME_WIDTH = 200;

/** Two columns: the key to the scale of the columns. */
const columnsGlyph = (x: number, theme: Theme): string =>
  rect({ left: x, top: FIRST_BASELINE - 22, right: x + 9, bottom: FIRST_BASELINE }, theme.calm, 2) +
  rect({ left: x + 12, top: FIRST_BASELINE - 36, right: x + 21, bottom: FIRST_BASELINE }, theme.calm, 2);
const COLUMNS_GLYPH_WIDTH = 21;

/** A line that ends in a dot: the key to the scale of the line. */
const lineGlyph = (right: number, theme: Theme): string => {
  const [x, y] = [right - 42, FIRST_BASELINE];
  return (
    `<path d="M${x},${y - 8}L${x + 18},${y - 14}L${x + 34},${y - 28}" fill="none" stroke="${theme.bill.share}" stroke-width="4.5" stroke-linejoin="round" stroke-linecap="round"/>` +
    `<circle cx="${x + 34}" cy="${y - 28}" r="7" fill="${theme.bill.share}"/>`
  );
};

/** A piece of the band: the key to the guidance. */
const BAND_WIDTH = 28;
const bandGlyph = (x: number, theme: Theme): string => {
  const box = { left: x, top: SECOND_BASELINE - 17, right: x + BAND_WIDTH, bottom: SECOND_BASELINE - 3 };
  const edge = ' stroke-width="2.5" stroke-dasharray="3 4"';
  return [
    `<rect x="${box.left}" y="${box.top}" width="${BAND_WIDTH}" height="14" fill="${theme.ink}" fill-opacity="0.22"/>`,
    horizontal(box.left, box.right, box.top, theme.ink, edge),
    horizontal(box.left, box.right, box.bottom, theme.ink, edge),
  ].join('');
};

/** What was spent and how that changed in a year; how much of the cash flow it was; and over which quarters. */
export const billHeader = (
  { symbols, unit = 'B', newest, guidance }: BillChart,
  quarters: BillChart['quarters'],
  theme: Theme,
): string => {
  const parts: string[] = [];
  let x = MARGIN;
  const [only] = symbols;
  if (symbols.length === 1 && only !== undefined) {
    const name = cutToWidth(only, TEXT.ticker, MAX_NAME_WIDTH);
    parts.push(text(x, FIRST_BASELINE, name, { size: TEXT.ticker, fill: companyInk(theme, only).text, bold: true }));
    x += textWidth(name, TEXT.ticker) + 26;
  }
  parts.push(columnsGlyph(x, theme));
  x += COLUMNS_GLYPH_WIDTH + 14;
  parts.push(text(x, FIRST_BASELINE, newest.amount, { size: AMOUNT_SIZE, fill: theme.ink, bold: true }));
  x += textWidth(newest.amount, AMOUNT_SIZE) + 24;
  if (newest.yoy !== undefined) {
    parts.push(text(x, FIRST_BASELINE, '1Y', { size: TEXT.mark, fill: theme.muted }));
    x += textWidth('1Y', TEXT.mark) + 10;
    const change = percentLabel(newest.yoy, 0);
    parts.push(text(x, FIRST_BASELINE, change, { size: CHANGE_SIZE, fill: theme.ink, weight: 600 }));
  }
  const end = WIDTH - MARGIN;
  const muted = { size: TEXT.mark, fill: theme.muted };
  if (newest.share !== undefined) {
    const share = `${newest.share}%`;
    parts.push(
      text(end, FIRST_BASELINE, share, { size: AMOUNT_SIZE, fill: theme.bill.share, bold: true, anchor: 'end' }),
      lineGlyph(end - textWidth(share, AMOUNT_SIZE) - 14, theme),
      text(end, SECOND_BASELINE, 'CAPEX / OCF', { ...muted, anchor: 'end' }),
    );
  }
  const [first, last] = [quarters[0]?.name, quarters.at(-1)?.name];
  const span = `$${unit} ${first === last ? (first ?? '') : `${first} → ${last}`}`;
  parts.push(text(MARGIN, SECOND_BASELINE, 'CAPEX', { ...muted, fill: theme.ink, weight: 600 }));
  const spanLeft = MARGIN + textWidth('CAPEX', TEXT.mark) + 12;
  parts.push(text(spanLeft, SECOND_BASELINE, span, muted));
  if (guidance) {
    const count = guidance.to - guidance.from + 1;
    const label = count > 1 ? `${guidance.amount} ÷ ${count}` : guidance.amount;
    const left = spanLeft + textWidth(span, TEXT.mark) + 28;
    if (left + BAND_WIDTH + 10 + textWidth(label, TEXT.mark) + 20 < end - textWidth('CAPEX / OCF', TEXT.mark))
      parts.push(
        bandGlyph(left, theme),
        text(left + BAND_WIDTH + 10, SECOND_BASELINE, label, { ...muted, fill: theme.ink }),
      );
  }
  return parts.join('');
};
