import type { Card } from '../../../src/cards/card.ts';
import type { Posting } from '../../../src/chat/platform.ts';
import { barsOf, move } from '../../charts/specs.ts';

export const CHANNEL = '112233445566778899';

/** One grey pixel. */
export const PNG = new Uint8Array(
  Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', 'base64'),
);

export const slideCard: Card = {
  kind: 'slide',
  tone: 'red',
  title: '▼ Nvidia is 23.5% below its peak',
  tag: 'NVDA',
  lead: ['$103.73, −7.0% today: its worst day since 19 Apr 2024', 'Peak 135.58 on 18 Jun, 28 sessions ago.'],
  picture: {
    name: 'slide-nvda',
    alt: 'NVDA fell from 135.58 on 2024-06-18 to 103.73 on 2024-07-30.',
    chart: barsOf([move('NVDA', -23.5)], [], '2024-07-30'),
  },
  sections: [
    {
      heading: 'THE BILL',
      hint: 'what its customers are spending',
      rows: [
        {
          label: 'Alphabet',
          text: '$13.2B capex, Apr–Jun 2024, +91%',
          aside: 'reported 23 Jul',
          link: 'https://abc.xyz/investor/',
        },
        { label: 'The four', text: '$44.3B cash capex, Jan–Mar 2024, 4 of 4 reported' },
      ],
    },
    { heading: 'NEXT', rows: [{ label: 'Microsoft', text: 'reports today after the close' }] },
  ],
  footer: ['Price 30 Jul 2024 16:00 New York (Yahoo).', 'The figures are context; they do not explain the move.'],
};

export const posting = (changes: Partial<Posting> = {}): Posting => ({
  channelId: CHANNEL,
  card: slideCard,
  png: PNG,
  key: 'nvda-252-20-1',
  maybePosted: false,
  ...changes,
});
