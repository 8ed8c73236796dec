import { expect, test } from 'vitest';
import { weekSpan } from '../../src/digest/spans.ts';
import { summer } from '../slides/samples.ts';
import { calendar, watchlist } from './digests.ts';

const watched = watchlist.symbols.get('NVDA');
if (!watched) throw new Error('the watchlist lacks NVDA');

/** The span of the week that ended on Friday, 26 July 2024. */
const weekWithout = (missing?: string) =>
  weekSpan(calendar, [{ watched, bars: summer('NVDA').filter(({ session }) => session !== missing) }], '2024-07-26');

test('a week is told from the last close of the week before, and not from an earlier one if that is missing', () => {
  expect(weekWithout()).toMatchObject({ from: '2024-07-19', to: '2024-07-26', changes: [{ symbol: 'NVDA' }] });
  expect(weekWithout('2024-07-19')).toBeUndefined();
  expect(weekWithout('2024-07-26')).toBeUndefined();
});
