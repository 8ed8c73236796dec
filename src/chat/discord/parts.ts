import { MESSAGE_PARTS, type MessagePart, type OptionalPart } from '../../stories/lacks.ts';
import type { Posting } from '../platform.ts';

type Parts = Pick<Posting, 'card' | 'png' | 'ping'>;

const HAS: Readonly<Record<MessagePart, (parts: Parts) => boolean>> = {
  picture: ({ card, png }) => card.picture !== undefined && png !== undefined,
  ping: ({ ping }) => ping !== undefined,
  buttons: ({ card }) => (card.actions ?? []).length > 0,
  links: ({ card }) =>
    card.published !== undefined || card.sections.some(({ rows }) => rows.some(({ link }) => link !== undefined)),
};

/** The optional parts that a posting's message has. */
export const partsOf = (posting: Parts): readonly MessagePart[] => MESSAGE_PARTS.filter((part) => HAS[part](posting));

const WITHOUT: Readonly<Record<OptionalPart, (posting: Posting) => Posting>> = {
  picture: ({ png: _, ...rest }) => rest,
  ping: ({ ping: _, ...rest }) => rest,
  buttons: (posting) => ({ ...posting, card: { ...posting.card, actions: [] } }),
  crosspost: ({ forFollowers: _, ...rest }) => rest,
  links: ({ card: { published: _, ...card }, ...posting }) => ({
    ...posting,
    card: {
      ...card,
      sections: card.sections.map((section) => ({
        ...section,
        rows: section.rows.map(({ link: _, ...row }) => row),
      })),
    },
  }),
};

/** The posting without some of its parts. */
export const withoutParts = (posting: Posting, parts: Iterable<OptionalPart>): Posting =>
  [...parts].reduce((rest, part) => WITHOUT[part](rest), posting);
