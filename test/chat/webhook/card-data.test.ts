import { expect, test } from 'vitest';
import type { Card } from '../../../src/cards/card.ts';
import { cardData } from '../../../src/chat/webhook/card-data.ts';

test('a card has the documents of its figures, and what it said before it was withdrawn', () => {
  const sources = [{ text: 'Microsoft 30 Jul', link: 'https://example.com/8-k' }];
  const card: Card = {
    ...{ kind: 'figures', tone: 'calm', title: 'T', lead: [], sections: [], footer: [], struck: ['▼ Nvidia fell'] },
    published: { label: 'Published', sources },
  };
  expect(cardData(card)).toMatchObject({ struck: ['▼ Nvidia fell'], sources });
});
