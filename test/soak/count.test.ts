import { expect, it } from 'vitest';
import { countCards, countCardsEither } from './count.ts';

it.each<[string, string, Partial<Record<'delivered' | 'lost' | 'twice' | 'outOfOrder' | 'unasked', unknown>>]>([
  ['all there', 'abc', { delivered: 3, lost: [], twice: [], outOfOrder: [], unasked: [] }],
  ['one missing', 'ac', { delivered: 2, lost: ['b'], outOfOrder: [] }],
  ['one twice', 'abbc', { delivered: 3, twice: ['b'], outOfOrder: [] }],
  ['an early one twice, at the end', 'abca', { delivered: 3, twice: ['a'], outOfOrder: [] }],
  ['two in the wrong order', 'acb', { delivered: 3, lost: [], outOfOrder: ['b'] }],
  ['one that was not expected', 'abxc', { delivered: 3, unasked: ['x'] }],
])('of three cards, %s: the faults are listed', (_, actual, counted) => {
  expect(countCards(['a', 'b', 'c'], [...actual])).toMatchObject(counted);
});

it('cards that may come out in two ways have no fault in either, and have one in a mixture', () => {
  const outcomes = [
    ['ab', 'c'],
    ['a', 'bc'],
  ];
  const faults = { lost: [], twice: [], outOfOrder: [], unasked: [] };
  expect(countCardsEither(outcomes, ['ab', 'c'])).toMatchObject(faults);
  expect(countCardsEither(outcomes, ['a', 'bc'])).toMatchObject(faults);
  expect(countCardsEither(outcomes, ['a', 'c'])).toMatchObject({ lost: ['ab'], unasked: ['a'] });
});
