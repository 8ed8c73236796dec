import { expect, test } from 'vitest';
import { createCourier } from '../../src/delivery/courier.ts';
import { enqueueForAll } from '../../src/outbox/enqueue.ts';
import { createFanOutJob } from '../../src/outbox/fan-out.ts';
import { silent } from '../../src/telemetry/log.ts';
import { ZONE } from '../channels/open-channels.ts';
import { recorder } from '../delivery/recorder.ts';
import { addChannels, changeDeliveries, storedDeliveries, storedDigests, storedStories } from '../store/inspect.ts';
import { newDatabase, openTestStore } from '../store/temporary.ts';
import { watchlist } from './digests.ts';
import { openTestDigestJob, upTo } from './open-digest-job.ts';

const DAY = '2026-03-17';
const DUE = Date.parse('2026-03-17T20:15:00Z');
const parts = { watchlist, timeZone: ZONE };

/** Four settings whose digests are due in the same minute. */
const SETTINGS = [
  {},
  { timeZone: 'Asia/Seoul', digest: { at: '05:15' } },
  { timeZone: 'Europe/London', digest: { at: '20:15' } },
  { timeZone: 'Asia/Kolkata', digest: { at: '01:45', days: [1, 2, 3, 4, 5, 6] } },
];

/** Channels whose digests are due in one minute, in which an alert is raised as well, a moment later. */
const minuteOf = async (count: number) => {
  const url = await newDatabase({ often: true });
  const store = await openTestStore(url);
  const rows = Array.from({ length: count }, (_, n) => ({
    ...{ platform: 'discord', address: String(n), language: 'en', createdAt: 0 },
    settings: JSON.stringify(SETTINGS[n % SETTINGS.length]),
  }));
  await addChannels(store.db, rows);
  const { job, ...fixture } = await openTestDigestJob({ url, histories: upTo(() => DAY) });
  await job.run(DUE - 3_600_000);
  await job.run(DUE);
  const story = { kind: 'test', symbol: '*', at: DUE } as const;
  await fixture.store.transaction((db) => enqueueForAll(db, parts, story, { now: DUE + 1, dueAt: DUE + 1 }));
  await changeDeliveries(fixture.store.db, { priority: 0 }, { priority: 1 });
  await createFanOutJob({ store: fixture.store, ...parts }).run(DUE + 2);
  return { ...fixture, job };
};

test('5,000 channels due in one minute have one digest each, behind the alerts of that minute', async () => {
  const { store } = await minuteOf(5_000);
  const queued = await storedDeliveries(store.db);
  const [digests, alerts] = ['digest', 'test'].map((kind) => queued.filter((row) => row.kind === kind)) as [
    typeof queued,
    typeof queued,
  ];
  expect(new Set(digests.map((row) => row.channelId)).size).toBe(5_000);
  expect([digests.length, alerts.length]).toEqual([5_000, 5_000]);
  expect(digests.every(({ state }) => state === 'pending')).toBe(true);
  // The first few are written by the transaction that enqueues them; the others only after every alert.
  const later = digests.filter((row) => row.channelId > 500);
  expect(Math.min(...later.map(({ id }) => id))).toBeGreaterThan(Math.max(...alerts.map(({ id }) => id)));
  expect(await storedStories(store.db, 'digest')).toHaveLength(1);
  expect(new Set((await storedDigests(store.db)).map(({ day }) => day))).toEqual(new Set([DAY]));
});

test('the courier posts every alert of that minute before the first digest', async () => {
  const { store } = await minuteOf(40);
  const discord = recorder('discord');
  const courier = createCourier({
    store,
    platforms: [discord],
    instance: 'abc123',
    compose: async ([story]) => ({
      card: { kind: 'test', tone: 'calm', title: story?.kind ?? '', lead: [], sections: [], footer: [] },
    }),
    clock: () => DUE + 1_000,
    random: () => 0,
    log: silent,
  });
  await courier.run(DUE + 1_000);
  const kinds = discord.postings.map(({ card }) => card.title);
  expect(kinds.lastIndexOf('test')).toBeLessThan(kinds.indexOf('digest'));
  expect(kinds.filter((kind) => kind === 'digest')).toHaveLength(40);
});
