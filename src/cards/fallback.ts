import type { Card, Row, Section } from './card.ts';

const rowText = ({ label, text, aside }: Row): string => {
  const body = aside === undefined ? text : `${text}; ${aside}`;
  return label === '' ? body : `- ${label}: ${body}`;
};

const sectionText = ({ heading, hint, rows }: Section): string =>
  [hint === undefined ? heading : `${heading}: ${hint}`, ...rows.map(rowText)].join('\n');

/**
 * A card as plain text in reading order, for notifications and screen readers: no layout, no addresses. The picture
 * is left to its own alt text.
 */
export const cardText = (card: Card): string =>
  [[card.title, ...card.lead].join('\n'), ...card.sections.map(sectionText), card.footer.join(' ')]
    .filter((block) => block !== '')
    .join('\n\n');
