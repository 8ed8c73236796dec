import { expect, it } from 'vitest';
import { type Counted, countCards } from './count.ts';
import { nameOf, type SeenFall } from './expected.ts';
import { soakChannels } from './places.ts';

const [channel] = soakChannels(1);
if (!channel) throw new RangeError('Expected a channel');

const MINUTE_MS = 60_000;

/** A fall of a symbol by 10.5%, or `to` another depth in basis points, at a price of its own. */
const fall = (symbol: string, minute: number, to = 1_050): SeenFall => {
  const seenAt = minute * MINUTE_MS;
  return { symbol, price: 100 - to / 100, from: 0, to, seenAt, storedAt: seenAt + 1_000 };
};
const [aapl, amzn, nvda] = [fall('AAPL', 0), fall('AMZN', 1), fall('NVDA', 2)];
const deeper = fall('AAPL', 3, 2_050);
const nameOfFall = ({ symbol, price }: SeenFall): string => nameOf(symbol, price);

/** The faults of these cards; each is listed by its falls. */
const faultsOf = (falls: readonly SeenFall[], ...cards: readonly (readonly SeenFall[])[]): Partial<Counted> => {
  const { delivered: _, ...faults } = countCards(
    channel,
    falls,
    cards.map((card) => card.map(nameOfFall)),
  );
  return Object.fromEntries(Object.entries(faults).filter(([, of]) => of.length > 0));
};

it.each<[what: string, cards: readonly (readonly SeenFall[])[]]>([
  ['each on a card', [[aapl], [amzn], [nvda]]],
  ['all on one', [[aapl, amzn, nvda]]],
  ['the first alone, the others gathered', [[aapl], [amzn, nvda]]],
])('three falls, %s: nothing is wrong', (_what, cards) => {
  expect(faultsOf([aapl, amzn, nvda], ...cards)).toEqual({});
});

it('a fall on no card is lost, unless a deeper one of its symbol that came soon after it tells of it', () => {
  expect(faultsOf([aapl, amzn], [amzn])).toEqual({ lost: [nameOfFall(aapl)] });
  expect(faultsOf([aapl, amzn, deeper], [amzn], [deeper])).toEqual({});
  expect(faultsOf([deeper, aapl], [aapl])).toEqual({ lost: [nameOfFall(deeper)] });
  const muchLater = fall('AAPL', 20, 2_050);
  expect(faultsOf([aapl, muchLater], [muchLater])).toEqual({ lost: [nameOfFall(aapl)] });
});

it('a fall on two cards is there twice, alone or with others', () => {
  expect(faultsOf([aapl, amzn], [aapl], [amzn], [aapl])).toMatchObject({ twice: [nameOfFall(aapl)] });
  expect(faultsOf([aapl, amzn, nvda], [aapl], [aapl, amzn, nvda])).toMatchObject({ twice: [nameOfFall(aapl)] });
});

it('a card after one of a later fall is out of order', () => {
  expect(faultsOf([aapl, amzn, nvda], [aapl], [nvda], [amzn])).toEqual({ outOfOrder: [nameOfFall(amzn)] });
});

it('a fall that the channel was not to be told of is named', () => {
  expect(faultsOf([aapl], [aapl], [fall('TSLA', 5, 10)])).toEqual({ unasked: [nameOfFall(fall('TSLA', 5, 10))] });
});
