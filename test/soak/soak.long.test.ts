import { expect, inject, test } from 'vitest';
import { seeded } from '../doubles/random.ts';
import type { DatabaseKind } from './database.ts';
import { headlineFor } from './expected.ts';
import { makeFalls } from './falls.ts';
import { soakChannels } from './places.ts';
import { soak } from './soak.ts';

const SEED = 6;
const database: DatabaseKind = inject('postgres') ? 'postgres' : 'sqlite';
const SIZE = {
  ...{ channels: 12, alerts: 7, kills: 5, speed: 20, eveningSpeed: 60, gapMs: 120_000, killMs: 2_000 },
  ...{ database, serverKills: 1, serverKillMs: 2_000, spellGapMs: 20_000, spellMs: 20_000 },
};

/** Number of channels with an alert of any fall: each gets at least one card, however the falls are grouped. */
const channelsWithAlert = (): number => {
  const channels = soakChannels(SIZE.channels);
  const hasAlert = (channel: (typeof channels)[number], fall: Parameters<typeof headlineFor>[1]): boolean =>
    headlineFor(channel, fall) !== undefined;
  const steps = makeFalls(SIZE.alerts, seeded(SEED), (fall) => channels.some((it) => hasAlert(it, fall)));
  return channels.filter((it) => steps.some(({ falls }) => falls.some((fall) => hasAlert(it, fall)))).length;
};

test('a bot killed repeatedly, on platforms that fail a third of all requests and refuse it for a while, posts every card once and in order', async ({
  skip,
}) => {
  const lines: string[] = [];
  const found = await soak({ ...SIZE, seed: SEED, say: (line) => void lines.push(line) });
  if (!found) return skip('no PostgreSQL on this machine that may be killed');
  const { delivered, goneWithChannel, met, ...result } = found;
  const all = lines.join('\n');
  expect(result, all).toMatchObject({ lost: 0, twice: 0, outOfOrder: 0, kills: 8, faults: [] });
  expect(channelsWithAlert()).toBe(12);
  expect(delivered + goneWithChannel, all).toBeGreaterThanOrEqual(channelsWithAlert());
  for (const platform of ['discord', 'slack'])
    expect([...met.keys()].filter((kind) => kind.startsWith(platform)).length, all).toBeGreaterThan(2);
});
