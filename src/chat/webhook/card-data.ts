import type { Card, Row, Section } from '../../cards/card.ts';
import type { CardData } from './event.ts';

const rowData = ({ label, text, aside, asideInFull = aside, mark, link }: Row) => ({
  label,
  text,
  ...(asideInFull !== undefined && { aside: asideInFull }),
  ...(mark !== undefined && { mark }),
  ...(link !== undefined && { link }),
});

const sectionData = ({ heading, hint, table, note, rows }: Section): CardData['sections'][number] => ({
  heading,
  ...(hint !== undefined && { hint }),
  ...(table && {
    table: {
      columns: table.columns.map(({ title, align }) => ({ title, align })),
      rows: table.rows.map((row) => [...row]),
    },
  }),
  ...(note !== undefined && { note }),
  rows: rows.map(rowData),
});

/** A card without what is for chats alone: buttons, colours and the picture, of which the words remain. */
export const cardData = (card: Card): CardData => {
  const { tone, title, tag, lead, quiet, updates = [], earlier, picture, sections, footer, at } = card;
  const { struck, published } = card;
  return {
    ...{ tone, title, lead: [...lead], sections: sections.map(sectionData), footer: [...footer] },
    ...(tag !== undefined && { tag }),
    ...(quiet !== undefined && { quiet }),
    ...(struck && { struck: [...struck] }),
    ...(published && { sources: published.sources.map(({ text, link }) => ({ text, link })) }),
    ...(updates.length > 0 && { updates: updates.map(({ text }) => text) }),
    ...(earlier && { earlier: earlier.text }),
    ...(picture && { picture: picture.alt }),
    ...(at !== undefined && { at: new Date(at).toISOString() }),
  };
};
