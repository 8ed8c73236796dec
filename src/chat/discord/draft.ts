import type { Card, Row, Section, Table } from '../../cards/card.ts';
import { clip, escapeText } from './escape.ts';
import { maskedLink } from './link.ts';
import { tableLines } from './table.ts';

/** A card as markdown, in pieces that can be left out whole. */
export interface Draft {
  readonly title: string;
  readonly lead: Lines;
  readonly sections: readonly DraftSection[];
  readonly sectionsLeftOut: number;
  readonly footer: Lines;
}

export interface Lines {
  readonly lines: readonly string[];
  /** How many further lines were left out. */
  readonly leftOut: number;
}

export interface DraftSection extends Lines {
  readonly heading: string;
  /** Aligned, for a block of code; comes before the lines. */
  readonly table?: Lines & { readonly head: string };
}

/** Plain characters that one piece may hold; no honest card comes near. Escaping at most doubles them. */
const LIMITS = { title: 200, tag: 32, lead: 400, heading: 80, hint: 120, label: 80, text: 400, aside: 80, footer: 300 };

export const draftOf = (card: Card): Draft => ({
  title: titleOf(card),
  lead: whole(card.lead.map((line) => escapeText(clip(line, LIMITS.lead)))),
  sections: card.sections
    .map(sectionOf)
    .filter(({ heading, lines, table }) => heading !== '' || lines.length > 0 || table !== undefined),
  sectionsLeftOut: 0,
  footer: whole(
    card.footer
      .map((line) => escapeText(clip(line, LIMITS.footer)))
      .map((line, n) => (n === 0 && card.at !== undefined ? `${line} · ${ago(card.at)}` : line)),
  ),
});

/** How long ago, as Discord counts it for each reader in their own language. Source: its documentation, "Message Formatting". */
const ago = (at: number): string => `<t:${Math.floor(at / 1000)}:R>`;

const whole = (lines: readonly string[]): Lines => ({ lines: lines.filter((line) => line !== ''), leftOut: 0 });

const titleOf = ({ title, tag }: Card): string => {
  const headline = escapeText(clip(title, LIMITS.title)) || '…';
  const mark = tag === undefined || title.includes(tag) ? '' : escapeText(clip(tag, LIMITS.tag));
  return mark === '' ? headline : `${headline} · ${mark}`;
};

const sectionOf = ({ heading, hint, rows, table }: Section): DraftSection => {
  const head = bold(clip(heading, LIMITS.heading));
  const aside = escapeText(clip(hint ?? '', LIMITS.hint));
  return {
    heading: [head, aside].filter((part) => part !== '').join(' · '),
    ...(table === undefined || table.columns.length === 0 ? {} : { table: tableOf(table) }),
    ...whole(rows.map(rowOf)),
  };
};

const tableOf = (table: Table): Lines & { readonly head: string } => {
  const { head, rows } = tableLines(table);
  return { head, ...whole(rows) };
};

const rowOf = ({ label, text, aside, link }: Row): string => {
  const move = [bold(clip(label, LIMITS.label)), escapeText(clip(text, LIMITS.text))]
    .filter((part) => part !== '')
    .join(' ');
  const words = clip(aside ?? '', LIMITS.aside);
  const source = words === '' && link === undefined ? '' : maskedLink(words || '↗', link);
  return [move, source].filter((part) => part !== '').join(' · ');
};

const bold = (text: string): string => (text === '' ? '' : `**${escapeText(text)}**`);
