import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance, nearest } from '../../commands/nearest.ts';

test.each([
  ['', '', 0],
  ['nvda', 'nvda', 0],
  ['nvdia', 'nvidia', 1],
  ['nvad', 'nvda', 1],
  ['aple', 'apple', 1],
  ['엔비디', '엔비디아', 1],
  ['abc', 'xyz', 3],
])('the distance of %j and %j is %d edits', (a, b, edits) => {
  expect(editDistance(a, b)).toBe(edits);
});

test('the distance is symmetric and at most the length of the longer text', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 12 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const distance = editDistance(a, b);
      expect(editDistance(b, a)).toBe(distance);
      expect(distance).toBeLessThanOrEqual(Math.max([...a].length, [...b].length));
      expect(distance === 0).toBe(a === b);
    }),
  );
});

const known = [
  { id: 'NVDA', names: ['NVDA', 'Nvidia', '엔비디아'] },
  { id: 'META', names: ['META', 'Meta'] },
  { id: 'TSLA', names: ['TSLA', 'Tesla'] },
  { id: 'MAG7', names: ['MAG7', 'The Magnificent Seven'] },
];

const idsOf = (typed: string) => ({
  ids: nearest(typed, known).found.map(({ id }) => id),
  likely: nearest(typed, known).likely,
});

test('a close name is likely', () => {
  expect(idsOf('nvdia')).toEqual({ ids: ['NVDA'], likely: true });
  expect(idsOf('TESLAA')).toEqual({ ids: ['TSLA'], likely: true });
  expect(idsOf('엔비댜')).toEqual({ ids: ['NVDA'], likely: true });
});

test('one word of a longer name is enough', () => {
  expect(idsOf('magnificient').ids[0]).toBe('MAG7');
});

test('a short word of a longer name, such as an article, is not enough', () => {
  expect(idsOf('teh')).toMatchObject({ likely: false });
});

test('the whole of a name is nearer than one word of a longer name', () => {
  const both = [
    { id: 'MAG7', names: ['The Magnificent Seven'] },
    { id: 'SVN', names: ['Seven'] },
  ];
  expect(nearest('sevn', both).found.map(({ id }) => id)).toEqual(['SVN', 'MAG7']);
});

test('without a close name, the three nearest are returned as unlikely', () => {
  const { ids, likely } = idsOf('qqqqqqqqqqq');
  expect(ids).toHaveLength(3);
  expect(likely).toBe(false);
});

test('a very long text is cut before it is compared', () => {
  expect(nearest('x'.repeat(100_000), known).likely).toBe(false);
});
