import type { Card, Row, Section, Table } from './card.ts';
import { displayWidth, padToWidth, wrapToWidth } from './display-width.ts';
import { terminalColourOf } from './edge.ts';
import { alignedRows, spokenRows } from './table-text.ts';

export interface TerminalOptions {
  /** Columns to fill; at least 40. */
  readonly width: number;
  /** Whether to colour by tone, falls in the card's palette. */
  readonly colour: boolean;
}

const MIN_WIDTH = 40;
const MAX_WIDTH = 100;
const INDENT = '  ';
const GAP = 2;
/** A label wider than the box divided by this gets a line of its own. */
const LABEL_WIDTH_DIVISOR = 2.5;
const CORNERS = ['╭', '╮', '╰', '╯'] as const;

type Paint = (text: string) => string;

interface Brush {
  readonly tone: Paint;
  readonly bold: Paint;
  readonly dim: Paint;
}

const plain: Paint = (text) => text;

const brushOf = (card: Card, colour: boolean): Brush => {
  if (!colour) return { tone: plain, bold: plain, dim: plain };
  const paintWith =
    (code: string): Paint =>
    (text) =>
      text === '' ? '' : `\u001B[${code}m${text}\u001B[0m`;
  return { tone: paintWith(`38;5;${terminalColourOf(card)}`), bold: paintWith('1'), dim: paintWith('2') };
};

/** A line with a left part and a right-aligned part. Widths are measured before painting. */
interface Line {
  readonly left: string;
  readonly right?: string;
  readonly paint?: Paint;
  readonly paintRight?: Paint;
}

/** Text from outside must not control the terminal. */
const withoutControls = (text: string): string => text.replace(/\p{Control}/gu, '');

const drawLine = (line: Line, width: number): string => {
  const right = withoutControls(line.right ?? '');
  const filled = padToWidth(withoutControls(line.left), width - displayWidth(right));
  return (line.paint ?? plain)(filled) + (line.paintRight ?? plain)(right);
};

/** Label, wrapped text, and the aside at the right edge, on a line of its own if there is no room. */
const rowLines = (row: Row, labelWidth: number, width: number, mark: string, brush: Brush): Line[] => {
  const hanging = `${INDENT}${' '.repeat(labelWidth)}`;
  const room = width - displayWidth(hanging);
  const isLong = displayWidth(row.label) > labelWidth;
  const above = isLong ? wrapToWidth(row.label, width - displayWidth(INDENT)).map((line) => `${INDENT}${line}`) : [];
  const texts = wrapToWidth(row.text, room).map((text, index) =>
    index === 0 && !isLong ? `${INDENT}${padToWidth(row.label, labelWidth)}${text}` : `${hanging}${text}`,
  );
  const right = [row.asideInFull ?? row.aside, row.mark, mark]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
  const last = texts.at(-1) ?? '';
  const lines: Line[] = [...above, ...texts].map((left) => ({ left }));
  if (right === '') return lines;
  if (displayWidth(right) > width)
    return [...lines, ...wrapToWidth(right, room).map((text) => ({ left: `${hanging}${text}`, paint: brush.dim }))];
  if (displayWidth(last) + GAP + displayWidth(right) <= width) {
    lines[lines.length - 1] = { left: last, right, paintRight: brush.dim };
  } else {
    lines.push({ left: '', right, paintRight: brush.dim });
  }
  return lines;
};

/** Aligned columns, in brief if they are wider than the box; without a brief form, a line of words for each row. */
const tableLines = (table: Table, width: number, brush: Brush): Line[] => {
  const room = width - displayWidth(INDENT);
  const fits = (lines: readonly string[]): boolean => lines.every((line) => displayWidth(line) <= room);
  const brief = [...(table.narrow ? [table.narrow] : []), ...(table.further ? [table.further] : [])];
  const fitting = [[table], brief].map((grids) => grids.map(alignedRows)).find((grids) => grids.every(fits));
  if (fitting && fitting.length > 0)
    return fitting.flatMap(([titles = '', ...rows]) => [
      { left: INDENT + titles, paint: brush.dim },
      ...rows.map((line) => ({ left: INDENT + line })),
    ]);
  return spokenRows(table).flatMap((line) =>
    wrapToWidth(line, room - GAP).map((left, index) => ({
      left: INDENT + (index === 0 ? '' : ' '.repeat(GAP)) + left,
    })),
  );
};

const sectionLines = (section: Section, width: number, links: readonly string[], brush: Brush): Line[] => {
  const labels = section.rows.map(({ label }) => displayWidth(label));
  const widest = Math.max(0, ...labels.filter((label) => label <= width / LABEL_WIDTH_DIVISOR));
  const labelWidth = widest === 0 ? 0 : widest + GAP;
  const hint = section.hint === undefined ? '' : `   ${section.hint}`;
  const heading =
    section.heading === '' && hint === ''
      ? []
      : wrapToWidth(`${section.heading}${hint}`, width).map((left) => ({ left, paint: brush.bold }));
  const rows = section.rows.flatMap((row) => {
    const mark = row.link === undefined ? '' : `[${links.indexOf(row.link) + 1}]`;
    return rowLines(row, labelWidth, width, mark, brush);
  });
  const table = section.table ? tableLines(section.table, width, brush) : [];
  const note = section.note === undefined ? [] : wrapToWidth(section.note, width - displayWidth(INDENT));
  return [
    { left: '' },
    ...heading,
    ...table,
    ...note.map((line) => ({ left: INDENT + line, paint: brush.dim })),
    ...rows,
  ];
};

const titleLines = (card: Card, width: number, brush: Brush): Line[] => {
  const tag = card.tag ?? '';
  const paint: Paint = (text) => brush.bold(brush.tone(text));
  const texts = wrapToWidth(card.title, width - (tag === '' ? 0 : displayWidth(tag) + GAP));
  return texts.map((left, index) =>
    index === 0 ? { left, right: tag, paint, paintRight: brush.dim } : { left, paint },
  );
};

/** The sources of rows and of the line of sources, each once. */
const linksOf = ({ sections, published }: Card): string[] => [
  ...new Set([
    ...sections.flatMap(({ rows }) => rows.flatMap(({ link }) => link ?? [])),
    ...(published?.sources ?? []).map(({ link }) => link),
  ]),
];

/** "Published Alphabet 23 Jul [1] · Meta 31 Jul [2]". */
const publishedText = ({ published }: Card, links: readonly string[]): string[] => {
  if (!published) return [];
  const sources = published.sources.map(({ text, link }) => `${text} [${links.indexOf(link) + 1}]`);
  return [`${published.label} ${sources.join(' · ')}`];
};

/**
 * A card for a terminal: a box of `width` columns (40 to 100) and below it the numbered URLs of the sources, unbroken so
 * that a terminal can open them. Without buttons and without a final line break.
 */
export const cardTerminal = (card: Card, options: TerminalOptions): string => {
  const outer = Math.min(Math.max(options.width, MIN_WIDTH), MAX_WIDTH);
  const width = outer - 4;
  const brush = brushOf(card, options.colour);
  const links = linksOf(card);
  const body: Line[] = [
    ...titleLines(card, width, brush),
    ...card.lead.flatMap((text) => wrapToWidth(text, width)).map((left) => ({ left })),
    ...(card.quiet === undefined ? [] : wrapToWidth(card.quiet, width)).map((left) => ({ left, paint: brush.dim })),
    ...card.sections.flatMap((section) => sectionLines(section, width, links, brush)),
    { left: '' },
    ...publishedText(card, links)
      .flatMap((text) => wrapToWidth(text, width))
      .map((left) => ({ left, paint: brush.dim })),
    ...card.footer.flatMap((text) => wrapToWidth(text, width)).map((left) => ({ left, paint: brush.dim })),
  ];
  const edge = brush.tone('│');
  const [topLeft, topRight, bottomLeft, bottomRight] = CORNERS;
  return [
    brush.tone(`${topLeft}${'─'.repeat(outer - 2)}${topRight}`),
    ...body.map((line) => `${edge} ${drawLine(line, width)} ${edge}`),
    brush.tone(`${bottomLeft}${'─'.repeat(outer - 2)}${bottomRight}`),
    ...links.map((link, index) => brush.dim(`${INDENT}[${index + 1}] ${link}`)),
  ].join('\n');
};
