import { expect, test } from 'vitest';
import { platformTroubles } from '../../src/app/platform-troubles.ts';

const SINCE = Date.parse('2024-07-30T14:04:00Z');
const MINUTE = 60_000;

test('what has been wrong with a platform for ten minutes is a trouble of the bot, and nothing shorter', () => {
  const platforms = [
    { name: 'slack', state: 'on', disconnected: { since: SINCE, reason: 'The socket is closed.' } },
    { name: 'discord', state: 'down', since: SINCE + MINUTE, detail: 'Refused.' },
    { name: 'board', state: 'on' },
  ] as const;
  expect(platformTroubles(platforms, SINCE + 10 * MINUTE - 1)).toEqual([]);
  expect(platformTroubles(platforms, SINCE + 10 * MINUTE)).toEqual([
    'Nothing arrives from slack: The socket is closed.',
  ]);
  expect(platformTroubles(platforms, SINCE + 11 * MINUTE)).toEqual([
    'Nothing arrives from slack: The socket is closed.',
    'No cards go to discord: Refused.',
  ]);
});
