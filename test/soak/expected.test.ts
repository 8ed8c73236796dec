import { expect, it } from 'vitest';
import { nameOf, outcomesFor } from './expected.ts';
import { soakChannels } from './places.ts';

const [channel] = soakChannels(1);
if (!channel) throw new RangeError('Expected a channel');

const SECOND = 1_000;
/** Falls a minute apart, each stored so many milliseconds after it was seen. */
const falls = (symbols: readonly string[], lagMs: number) =>
  symbols.map((symbol, minute) => {
    const seenAt = minute * 59 * SECOND;
    return { symbol, price: 90, from: 0, to: 1_050, seenAt, storedAt: seenAt + lagMs };
  });
const name = (symbol: string) => nameOf(symbol, 90);
const [aapl, amzn, nvda] = ['AAPL', 'AMZN', 'NVDA'].map(name);

it('three falls within two minutes are one card', () => {
  expect(outcomesFor(channel, falls(['AAPL', 'AMZN', 'NVDA'], SECOND))).toEqual([[`${aapl} + ${amzn} + ${nvda}`]]);
});

it('a fall that is stored when the card of the others may be out already shares it or not', () => {
  expect(outcomesFor(channel, falls(['AAPL', 'AMZN', 'NVDA'], 3 * SECOND))).toEqual([
    [`${aapl} + ${amzn} + ${nvda}`],
    [aapl, amzn, nvda],
  ]);
});
