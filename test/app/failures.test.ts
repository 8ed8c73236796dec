import { expect, test } from 'vitest';
import { failuresOf } from '../../src/app/failures.ts';

const SINCE = Date.parse('2024-07-30T14:04:00Z');
const MINUTE = 60_000;

test('what has been wrong with a platform for ten minutes is a failure of the bot, and nothing shorter', () => {
  const platforms = [
    { name: 'slack', state: 'on', disconnected: { since: SINCE, reason: 'The socket is closed.' } },
    { name: 'discord', state: 'down', since: SINCE + MINUTE, detail: 'Refused.' },
    { name: 'board', state: 'on' },
  ] as const;
  const slack = { part: 'slack', since: SINCE, because: 'Nothing arrives from slack: The socket is closed.' };
  const discord = { part: 'discord', since: SINCE + MINUTE, because: 'No cards go to discord: Refused.' };
  expect(failuresOf({ platforms, now: SINCE + 10 * MINUTE - 1 })).toEqual([]);
  expect(failuresOf({ platforms, now: SINCE + 10 * MINUTE })).toEqual([slack]);
  expect(failuresOf({ platforms, now: SINCE + 11 * MINUTE })).toEqual([slack, discord]);
});

test('prices that have been missing for five minutes are a failure', () => {
  const prices = { because: 'Yahoo is rate limiting us', goodAt: SINCE };
  expect(failuresOf({ platforms: [], prices, now: SINCE + 5 * MINUTE - 1 })).toEqual([]);
  expect(failuresOf({ platforms: [], prices, now: SINCE + 5 * MINUTE })).toEqual([
    { part: 'prices', since: SINCE, because: 'Yahoo is rate limiting us' },
  ]);
});

test('a database that does not answer is a failure at once', () => {
  const database = { because: 'the database does not answer', since: SINCE };
  expect(failuresOf({ platforms: [], database, now: SINCE })).toEqual([{ part: 'database', ...database }]);
});
