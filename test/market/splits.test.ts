import { expect, it } from 'vitest';
import type { Bar, Split } from '../../src/market/bar.ts';
import { overlapOf } from '../../src/market/splits.ts';
import { closing, sessionAt } from '../slides/samples.ts';

const ours = closing(100, 101, 99, 98, 102, 103);
const split = (n: number, numerator = 10, denominator = 1): Split => ({
  session: sessionAt(n),
  numerator,
  denominator,
});
const times = (factor: number, bars: readonly Bar[] = ours): Bar[] =>
  bars.map((bar) => ({ ...bar, close: Math.round(bar.close * factor) }));
const at = (n: number, factor: number): Bar[] =>
  ours.map((bar, index) => (index === n ? (times(factor, [bar])[0] ?? bar) : bar));

it.each<[string, readonly Bar[], readonly Split[], string]>([
  ['the same closes are the same', ours, [], 'same'],
  ['the same closes and new ones are the same', [...ours, ...closing(1, 2, 3, 4, 5, 6, 104).slice(6)], [], 'same'],
  ['a split forward rebases', times(0.1), [split(6)], 'rebased'],
  ['a reverse split rebases', times(8), [split(6, 1, 8)], 'rebased'],
  ['a factor rebases without a reported split', times(0.1), [], 'rebased'],
  [
    'a factor that ends at the session of the split rebases',
    [...times(0.1).slice(0, 4), ...ours.slice(4)],
    [],
    'rebased',
  ],
  ['a reported split rebases without a factor', ours, [split(6)], 'rebased'],
  ['a split that was reported late rebases', ours, [split(3)], 'rebased'],
  ['a split that is known does not rebase', ours, [split(2)], 'same'],
  ['a factor with cents rounded rebases', times(1 / 3), [], 'rebased'],
  ['the smallest common split, 21 for 20, rebases', times(20 / 21), [], 'rebased'],
  ['one close that differs is a correction', at(5, 1.01), [], 'corrected'],
  ['one close that differs by half is a correction', at(5, 0.5), [], 'corrected'],
  ['closes that all differ by 0.1 % are corrections', times(1.001), [], 'corrected'],
  ['without a common session nothing differs', closing(1, 2, 3, 4, 5, 6, 50).slice(6), [], 'same'],
])('%s', (_name, bars, splits, expected) => {
  expect(overlapOf(ours, [split(2)], { bars, splits })).toBe(expected);
});

it('without bars of ours nothing differs', () => {
  expect(overlapOf([], [], { bars: ours, splits: [split(3)] })).toBe('same');
});
