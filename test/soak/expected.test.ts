import { expect, it } from 'vitest';
import { cardsFor, nameOf } from './expected.ts';
import { soakChannels } from './places.ts';

const [channel] = soakChannels(1);
if (!channel) throw new RangeError('Expected a channel');

const falls = (['AAPL', 'AMZN', 'NVDA'] as const).map((symbol, index) => ({
  ...{ symbol, price: 90, from: 0, to: 1_050 },
  ...{ seenAt: index * 59_000, foundAt: index * 59_000 + 3_000 },
}));
const names = falls.map(({ symbol, price }) => nameOf(symbol, price));

it('three falls within two minutes are one card', () => {
  expect(cardsFor(channel, falls)).toEqual([names.join(' + ')]);
});

it('a fall that is stored when the card of the others may be out already may miss it', () => {
  expect(cardsFor(channel, falls, 'foundAt')).toEqual(names);
});
