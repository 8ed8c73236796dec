import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCourier } from '../../../src/delivery/courier.ts';
import { loadWatchlist } from '../../../src/market/watchlist.ts';
import { enqueueForAll } from '../../../src/outbox/enqueue.ts';
import { createFanOutJob } from '../../../src/outbox/fan-out.ts';
import { countByState } from '../../../src/store/deliveries.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { plainCompose } from '../../delivery/delivery-fixture.ts';
import { recorder } from '../../delivery/recorder.ts';
import { addChannels } from '../inspect.ts';
import { openTestStore } from '../temporary.ts';
import { EMPTY, runOn, withDatabase } from './clone-database.ts';
import { makeServer } from './test-server.ts';

const CHANNELS = 600;
/** Posts after which the server dies. */
const KILLS = [100, 250, 400];

const server = makeServer();
beforeAll(() => server?.start());
afterAll(() => server?.remove());

test.runIf(server)(
  'a server that is killed and started again in the middle of the posting loses no card and doubles none',
  async () => {
    if (!server) return;
    await runOn(server.url, `create database restart ${EMPTY}`);
    const store = await openTestStore(withDatabase(server.url, 'restart'));
    const now = Date.now();
    const rows = Array.from({ length: CHANNELS }, (_, n) => ({
      ...{ platform: 'discord', address: `${n}`, language: 'en', createdAt: now },
    }));
    await addChannels(store.db, rows);
    const routing = { watchlist: loadWatchlist(), timeZone: 'America/New_York' };
    const story = { kind: 'test', symbol: '*', at: now } as const;
    await store.transaction((db) => enqueueForAll(db, routing, story, { now, dueAt: now }));
    await createFanOutJob({ store, ...routing }).run(now);

    const kills: Promise<void>[] = [];
    const discord = recorder('discord', async ({ key }, nth) => {
      if (KILLS.includes(nth)) kills.push(server.kill().then(server.start));
      return { kind: 'sent', messageId: key };
    });
    const parts = { store, instance: 'abc123', compose: plainCompose, clock: Date.now, log: silent };
    await createCourier({ ...parts, platforms: [discord] }).run(now);
    await Promise.all(kills);

    expect(kills).toHaveLength(KILLS.length);
    expect(discord.postings.map(({ channelId }) => Number(channelId)).toSorted((a, b) => a - b)).toEqual(
      rows.map((_, n) => n),
    );
    expect(await countByState(store.db)).toEqual({ sent: CHANNELS });
  },
);
