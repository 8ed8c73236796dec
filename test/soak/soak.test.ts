import { expect, test } from 'vitest';
import { seeded } from '../doubles/random.ts';
import { headlineFor } from './expected.ts';
import { makeFalls } from './falls.ts';
import { soakChannels } from './places.ts';
import { soak } from './soak.ts';

const SEED = 7;
const SIZE = { channels: 12, alerts: 4, kills: 3, speed: 30, gapMs: 20_000, killMs: 1_000 };

/** How many channels are told of any of the falls: however these meet, each of them is owed a card at least. */
const channelsTold = (): number => {
  const channels = soakChannels(SIZE.channels);
  const isTold = (channel: (typeof channels)[number], fall: Parameters<typeof headlineFor>[1]): boolean =>
    headlineFor(channel, fall) !== undefined;
  const steps = makeFalls(SIZE.alerts, seeded(SEED), (fall) => channels.some((it) => isTold(it, fall)));
  return channels.filter((it) => steps.some(({ falls }) => falls.some((fall) => isTold(it, fall)))).length;
};

test('a bot that is killed again and again, on platforms that fail a third of all requests, tells everything once and in order', async () => {
  const lines: string[] = [];
  const { delivered, ...result } = await soak({ ...SIZE, seed: SEED, say: (line) => void lines.push(line) });
  expect(result, lines.join('\n')).toMatchObject({ lost: 0, twice: 0, outOfOrder: 0, kills: 3, faults: [] });
  expect(channelsTold()).toBe(10);
  expect(delivered).toBeGreaterThanOrEqual(channelsTold());
}, 120_000);
