import { type Html, html } from './html.ts';

/** Between the entries of a roll-up's list, which stand on one line. */
const WIDE_GAP = '   ';

/** A line of the lead; a list breaks between its entries only. */
export const leadLine = (line: string): Html => {
  const entries = line.split(WIDE_GAP);
  if (entries.length === 1) return html`${line}`;
  return html`${entries.map((entry, index) => html`${index > 0 && WIDE_GAP}<span class="entry">${entry}</span>`)}`;
};
