import { expect, test } from 'vitest';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { enqueueDigests, enqueuePlan } from '../../src/outbox/enqueue.ts';
import { createFanOutJob } from '../../src/outbox/fan-out.ts';
import { readUntoldAlerts } from '../../src/outbox/untold-alerts.ts';
import { narrowStory } from '../../src/slides/narrow-story.ts';
import { openChannel, retireChannel, writeSettings } from '../../src/store/channels.ts';
import type { Fanout } from '../../src/store/fanouts.ts';
import { writeMute } from '../../src/store/mutes.ts';
import { readPastAlerts } from '../../src/store/past-alerts.ts';
import type { Store } from '../../src/store/store.ts';
import { writeStory } from '../../src/store/stories.ts';
import type { Alert } from '../../src/stories/alert.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import type { SlideStory } from '../../src/stories/slide-story.ts';
import { day, drawdown, rise, storyAt, within } from '../cards/stories.ts';
import { countStored, storedDeliveries, storedFanouts } from '../store/inspect.ts';
import { openTestStore } from '../store/temporary.ts';
import { closedDigest } from './closed-digest.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2024-07-30T20:00:00Z');
const parts = { watchlist: loadWatchlist(), timeZone: 'America/New_York' };
const peak = { price: 100, session: '2024-07-10', sessions: 14 };
const close = { symbol: 'NVDA', session: '2024-07-30', close: 79, previous: 85, peak } as const;
const alerts = [drawdown(close, 252, 20), day(close, 7)];

const levels = (...own: readonly number[]): ChannelSettings => ({
  rules: { NVDA: { drawdown: { 252: own, 20: [] }, day: [] } },
});

const addChannel = async ({ db }: Store, n: number, settings: ChannelSettings): Promise<number> => {
  const input = { platform: 'discord', address: String(n), language: 'en', settings: JSON.stringify(settings) };
  return (await openChannel(db, input, NOW)).id;
};

const withChannels = async (...all: readonly ChannelSettings[]) => {
  const store = await openTestStore();
  const ids: number[] = [];
  for (const [n, settings] of all.entries()) ids.push(await addChannel(store, n, settings));
  const done: Fanout[] = [];
  const job = createFanOutJob({ store, ...parts, onDone: (fanout) => void done.push(fanout) });
  return { store, ids, done, run: () => job.run(NOW) };
};

/** Enqueues the slide; channels from the 201st on are left to the job. */
const enqueueSlide = (store: Store, now = NOW, fired: readonly Alert[] = alerts) =>
  store.transaction(async (db) => {
    const draft = await writeStory(db, narrowStory(storyAt(close, { alerts: fired }), fired, 700), now);
    const drafts = { [close.session]: draft };
    await enqueuePlan(
      db,
      parts,
      { kind: 'slide', symbol: 'NVDA', alerts: fired, drafts, stories: {} },
      { now, dueAt: now },
    );
  });

const storiesByChannel = async ({ db }: Store): Promise<Record<number, SlideStory>> => {
  const deliveries = await storedDeliveries(db);
  return Object.fromEntries(deliveries.map(({ channelId, body }) => [channelId, JSON.parse(body)]));
};

test('every channel is counted once under what was decided for it, and that is said once, when all are decided', async () => {
  const { store, ids, done, run } = await withChannels(
    {},
    { without: ['NVDA'] },
    { kinds: ['digest'] },
    levels(3_000),
    {},
    { quiet: { from: '15:00', to: '17:00' } },
    {},
    ...Array.from({ length: 300 }, () => levels(4_000)),
  );
  await writeMute(store.db, { channelId: ids[4] ?? 0, symbol: '*', until: NOW + HOUR, by: 'u' }, NOW - HOUR);
  await retireChannel(store.db, ids[6] ?? 0, { status: 'retired', reason: 'gone' });
  await enqueueSlide(store);
  expect(done).toEqual([]);
  await run();
  await run();
  const counts = { told: 1, 'not-watched': 1, kind: 1, level: 301, muted: 1, 'quiet-hours': 1, 'not-in-use': 1 };
  expect(done.map((fanout) => fanout.counts)).toEqual([counts]);
  const stored = await storedFanouts(store.db);
  expect(stored).toMatchObject([{ symbol: 'NVDA', doneAt: NOW }]);
  expect(stored.map((row) => JSON.parse(row.counts))).toEqual([counts]);
  const deliveries = await storedDeliveries(store.db);
  const states = deliveries.map(({ channelId, state }) => [ids.indexOf(channelId), state] as const);
  expect(states.toSorted(([a], [b]) => a - b)).toEqual([
    [0, 'pending'],
    [4, 'muted'],
    [5, 'quiet'],
  ]);
});

test('a second digest of a day is counted as one that the channel has already', async () => {
  const { store, done, run } = await withChannels({}, { kinds: ['day'] });
  const stories = new Map([['America/New_York|||', closedDigest]]);
  for (let n = 0; n < 2; n += 1)
    await store.transaction((db) => enqueueDigests(db, parts, closedDigest.day, stories, { now: NOW, dueAt: NOW }));
  await run();
  expect(done.map(({ counts }) => counts)).toEqual([
    { told: 1, kind: 1 },
    { 'has-digest': 1, kind: 1 },
  ]);
});

test('each channel gets the story of its own levels, also of those that it has set after the alert fired', async () => {
  const { store, ids, run } = await withChannels(
    {},
    levels(1_000),
    { kinds: ['day'] },
    ...Array.from({ length: 200 }, () => ({ kinds: [] })),
    {},
    levels(3_000),
  );
  await enqueueSlide(store);
  await writeSettings(store.db, ids.at(-1) ?? 0, JSON.stringify(levels(1_500, 3_000)));
  await run();
  const stories = await storiesByChannel(store);
  const told = Object.entries(stories).map(([id, story]) => [
    ids.indexOf(Number(id)),
    story.alerts.map(({ kind, level }) => [kind, level]),
    story.chart.level,
  ]);
  const both = [
    ['drawdown', 2_000],
    ['day', 700],
  ];
  expect(told).toEqual([
    [0, both, 20],
    [1, [['drawdown', 1_000]], 10],
    [2, [['day', 700]], undefined],
    [203, both, 20],
    [204, [['drawdown', 1_500]], 15],
  ]);
  // The draft is the story of all alerts; two channels share it.
  expect(await countStored(store.db, 'stories')).toBe(4);
});

test('a channel reads which alerts about its symbols it did not get, and why', async () => {
  const { store, ids, run } = await withChannels({}, { without: ['NVDA'] }, { kinds: ['digest'] }, levels(3_000), {});
  const untold = async (n: number, settings: ChannelSettings = {}) =>
    (await readUntoldAlerts(store.db, parts, { id: ids[n] ?? 0, settings })).map(({ why }) => why);
  await enqueueSlide(store);
  const newcomer = await addChannel(store, 99, levels(3_000));
  await run();
  const told = { symbol: 'NVDA', kind: 'drawdown', level: 2_000, window: 252, at: NOW, state: 'untold' };
  expect(await readUntoldAlerts(store.db, parts, { id: ids[3] ?? 0, settings: levels(3_000) })).toEqual([
    { ...told, why: { reason: 'level', next: 3_000 } },
  ]);
  expect(await untold(0)).toEqual([]);
  expect(await untold(1, { without: ['NVDA'] })).toEqual([]);
  expect(await untold(2, { kinds: ['digest'] })).toEqual([{ reason: 'kind', kinds: ['drawdown', 'day'] }]);
  expect(await untold(1)).toEqual([{ reason: 'changed' }]);
  expect(await readUntoldAlerts(store.db, parts, { id: newcomer, settings: levels(3_000) })).toEqual([]);
});

test('of a session’s deeper and deeper levels of others, a channel reads the deepest alone', async () => {
  const { store, ids, run } = await withChannels(levels(5_000));
  for (const [n, level] of [20, 22, 25].entries())
    await store.transaction(async (db) => {
      const fired = [drawdown(close, 252, level)];
      const draft = await writeStory(db, storyAt(close, { alerts: fired }), NOW + n);
      const plan = { kind: 'slide', symbol: 'NVDA', alerts: fired, drafts: { [close.session]: draft }, stories: {} };
      await enqueuePlan(db, parts, plan as Fanout['plan'], { now: NOW + n, dueAt: NOW + n });
    });
  await run();
  const untold = await readUntoldAlerts(store.db, parts, { id: ids[0] ?? 0, settings: levels(5_000) });
  expect(untold.map(({ level, at }) => [level, at])).toEqual([[2_500, NOW + 2]]);
});

test('a muted alert is kept with the end of the mute that held it back', async () => {
  const { store, ids, run } = await withChannels({}, {});
  const [both = 0, all = 0] = ids;
  await writeMute(store.db, { channelId: both, symbol: '*', until: NOW + HOUR, by: 'u' }, NOW - HOUR);
  await writeMute(store.db, { channelId: both, symbol: 'NVDA', until: NOW + 2 * HOUR, by: 'u' }, NOW - HOUR);
  await writeMute(store.db, { channelId: all, symbol: '*', until: NOW + 3 * HOUR, by: 'u' }, NOW - HOUR);
  await enqueueSlide(store);
  await run();
  const why = async (id: number) => (await readPastAlerts(store.db, id, 9)).map((alert) => [alert.state, alert.why]);
  expect(await why(both)).toEqual([['muted', { reason: 'muted', until: NOW + 2 * HOUR }]]);
  expect(await why(all)).toEqual([['muted', { reason: 'muted', until: NOW + 3 * HOUR }]]);
  expect(await readUntoldAlerts(store.db, parts, { id: all, settings: {} })).toEqual([]);
});

test('falls within minutes that others have set are listed only for channels with a deeper level of their own', async () => {
  const deeper = { rules: { NVDA: { within: { 30: [600] } } } };
  const { store, ids, run } = await withChannels({ rules: { NVDA: { within: { 30: [400] } } } }, deeper, {});
  await enqueueSlide(store, NOW, [within(close, 30, 4, 82.5, 60)]);
  await run();
  const untold = (n: number, settings: ChannelSettings) =>
    readUntoldAlerts(store.db, parts, { id: ids[n] ?? 0, settings });
  const told = { symbol: 'NVDA', kind: 'within', level: 400, minutes: 30, at: NOW };
  expect(await readPastAlerts(store.db, ids[0] ?? 0, 9)).toMatchObject([{ ...told, at: expect.any(Number) }]);
  expect(await untold(1, deeper)).toEqual([{ ...told, state: 'untold', why: { reason: 'level', next: 600 } }]);
  expect(await untold(2, {})).toEqual([]);
});

test('rises that others have asked for are listed only for channels with a higher level of their own', async () => {
  const { store, ids, run } = await withChannels(
    { rules: { NVDA: { rise: [2_000] } } },
    { rules: { NVDA: { rise: [3_000] } } },
    {},
  );
  await enqueueSlide(store, NOW, [rise(close, 20, 60)]);
  await run();
  const line = { symbol: 'NVDA', kind: 'rise', level: 2_000, window: 252, at: NOW };
  const listed = (n: number, settings: ChannelSettings) =>
    readUntoldAlerts(store.db, parts, { id: ids[n] ?? 0, settings });
  expect(await listed(0, { rules: { NVDA: { rise: [2_000] } } })).toEqual([]);
  expect(await listed(1, { rules: { NVDA: { rise: [3_000] } } })).toEqual([
    { ...line, state: 'untold', why: { reason: 'level', next: 3_000 } },
  ]);
  expect(await listed(2, {})).toEqual([]);
});
