import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestKey } from '../../src/channels/digest-profile.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { enqueueDigests, enqueueForAll } from '../../src/outbox/enqueue.ts';
import { createFanOutJob } from '../../src/outbox/fan-out.ts';
import { openChannel, retireChannel } from '../../src/store/channels.ts';
import type { Store } from '../../src/store/store.ts';
import type { TestStory } from '../../src/stories/channel-stories.ts';
import { changeFanouts, storedDeliveries, storedDigests, storedFanouts } from '../store/inspect.ts';
import { openTestStore } from '../store/temporary.ts';
import { closedDigest } from './closed-digest.ts';

const NOW = Date.parse('2025-02-17T15:00:00Z');
const parts = { watchlist: loadWatchlist(), timeZone: 'America/New_York' };
const story: TestStory = { kind: 'test', symbol: '*', at: NOW };
const usual = new Map([[digestKey({ timeZone: parts.timeZone }), closedDigest]]);
const times = { now: NOW, dueAt: NOW + 5_000 };

const withChannels = async (count: number): Promise<Store> => {
  const store = await openTestStore();
  await store.transaction(async (db) => {
    for (let n = 0; n < count; n += 1)
      await openChannel(db, { platform: 'discord', address: String(n), language: 'en' }, NOW);
  });
  return store;
};

/** All deliveries, by channel. */
const deliveries = async ({ db }: Store) =>
  (await storedDeliveries(db)).toSorted((a, b) => a.channelId - b.channelId || a.id - b.id);

const enqueueEverywhere = (store: Store) => store.transaction((db) => enqueueForAll(db, parts, story, times));

describe('a plan', () => {
  it('for few channels becomes deliveries in the transaction that enqueues it', async () => {
    const store = await withChannels(20);
    await enqueueEverywhere(store);
    const rows = await deliveries(store);
    expect(rows.map((row) => row.channelId)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    await createFanOutJob({ store, ...parts }).run(NOW + 1);
    expect(await deliveries(store)).toEqual(rows);
    expect(await storedFanouts(store.db)).toMatchObject([{ doneAt: NOW + 1 }]);
  });

  it('whose transaction fails leaves no deliveries', async () => {
    const store = await withChannels(20);
    const failing = store.transaction(async (db) => {
      await enqueueForAll(db, parts, story, times);
      throw new Error('the power is gone');
    });
    await expect(failing).rejects.toThrow('the power is gone');
    await createFanOutJob({ store, ...parts }).run(NOW);
    expect(await deliveries(store)).toEqual([]);
  });

  it('reaches the other channels by the job, all with the times of the plan', async () => {
    const store = await withChannels(450);
    await enqueueEverywhere(store);
    expect((await deliveries(store)).length).toBeLessThan(450);
    await createFanOutJob({ store, ...parts }).run(NOW + 60_000);
    const rows = await deliveries(store);
    expect(rows).toHaveLength(450);
    expect(new Set(rows.map((row) => [row.createdAt, row.dueAt, row.expiresAt].join()))).toEqual(
      new Set([[NOW, NOW + 5_000, NOW + 3_600_000].join()]),
    );
  });

  it('skips channels that are newer, and channels that were retired in the meantime', async () => {
    const store = await withChannels(400);
    await enqueueEverywhere(store);
    await openChannel(store.db, { platform: 'slack', address: 'late', language: 'en' }, NOW);
    await retireChannel(store.db, 399, { status: 'retired', reason: 'gone' });
    await createFanOutJob({ store, ...parts }).run(NOW);
    const receivers = (await deliveries(store)).map((row) => row.channelId);
    expect(receivers).toEqual([...Array.from({ length: 398 }, (_, n) => n + 1), 400]);
  });

  it('that is interrupted at any moment neither loses a delivery nor doubles one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 6 }), async (cuts) => {
        const store = await withChannels(600);
        await enqueueEverywhere(store);
        for (const afterCommit of cuts) {
          // The process dies within a transaction or just after it; this job ends with both.
          const dying: Store = {
            ...store,
            transaction: async (work) => {
              const done = await store.transaction(async (db) => {
                const result = await work(db);
                if (!afterCommit) throw new Error('killed');
                return result;
              });
              if (afterCommit) throw new Error('killed');
              return done;
            },
          };
          await createFanOutJob({ store: dying, ...parts })
            .run(NOW)
            .catch(() => undefined);
        }
        await createFanOutJob({ store, ...parts }).run(NOW);
        const receivers = (await deliveries(store)).map((row) => row.channelId);
        expect(receivers).toEqual(Array.from({ length: 600 }, (_, n) => n + 1));
      }),
      { numRuns: 12 },
    );
  });

  it('of a digest waits for the fan-out of alerts', async () => {
    const store = await withChannels(500);
    await store.transaction((db) => enqueueDigests(db, parts, closedDigest.day, usual, times));
    await enqueueEverywhere(store);
    await createFanOutJob({ store, ...parts }).run(NOW);
    const later = (await deliveries(store)).filter((row) => row.channelId > 250);
    const idsOf = (kind: string) => later.filter((row) => row.kind === kind).map(({ id }) => id);
    const [alerts, digests] = [idsOf('test'), idsOf('digest')];
    expect([alerts.length, digests.length]).toEqual([250, 250]);
    expect(Math.max(...alerts)).toBeLessThan(Math.min(...digests));
  });
});

describe('a digest', () => {
  it('that is enqueued twice, or fanned out by two jobs, comes once', async () => {
    const store = await withChannels(300);
    await store.transaction((db) => enqueueDigests(db, parts, closedDigest.day, usual, times));
    await store.transaction((db) => enqueueDigests(db, parts, closedDigest.day, usual, { ...times, now: NOW + 1 }));
    const jobs = [createFanOutJob({ store, ...parts }), createFanOutJob({ store, ...parts })];
    await Promise.all(jobs.map((job) => job.run(NOW)));
    const rows = await deliveries(store);
    expect(rows.map((row) => row.channelId)).toEqual(Array.from({ length: 300 }, (_, n) => n + 1));
    expect(await storedDigests(store.db)).toHaveLength(300);
  });

  it('that is fanned out again from its beginning gives no channel a second delivery', async () => {
    const store = await withChannels(20);
    await enqueueEverywhere(store);
    const before = await deliveries(store);
    await changeFanouts(store.db, { cursor: 0, doneAt: null });
    await createFanOutJob({ store, ...parts }).run(NOW);
    expect(await deliveries(store)).toEqual(before);
  });

  it('goes to the channels with its digest key, even in their quiet hours', async () => {
    const store = await withChannels(1);
    const settings = [
      { quiet: { from: '00:00', to: '23:59' } },
      { digest: { at: '07:00' } },
      { timeZone: 'Asia/Seoul' },
      { kinds: ['day'] },
    ];
    for (const [n, own] of settings.entries())
      await openChannel(
        store.db,
        { platform: 'slack', address: String(n), language: 'en', settings: JSON.stringify(own) },
        NOW,
      );
    await store.transaction((db) => enqueueDigests(db, parts, closedDigest.day, usual, times));
    expect((await deliveries(store)).map((row) => [row.channelId, row.state])).toEqual([
      [1, 'pending'],
      [2, 'pending'],
    ]);
  });
});
