import type { Card, Row, Section } from '../../src/cards/card.ts';
import { alignedRows } from '../../src/cards/table-text.ts';

const rowText = ({ label, text, aside }: Row): string => {
  const body = aside === undefined ? text : `${text}${text.endsWith(',') ? '' : ';'} ${aside}`;
  return label === '' ? body : `- ${label}: ${body}`;
};

const sectionText = ({ heading, hint, table, rows }: Section): string =>
  [
    hint === undefined ? heading : `${heading}: ${hint}`,
    ...(table ? alignedRows(table) : []),
    ...rows.map(rowText),
  ].join('\n');

/**
 * A card as plain text in reading order, for notifications and screen readers: no layout but for tables, no addresses, no
 * buttons. The picture is left to its own alt text.
 */
export const cardText = (card: Card): string =>
  [[card.title, ...card.lead].join('\n'), ...card.sections.map(sectionText), card.footer.join(' ')]
    .filter((block) => block !== '')
    .join('\n\n');
