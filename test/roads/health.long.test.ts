import { expect, it, onTestFinished } from 'vitest';
import type { App } from '../../src/app/app.ts';
import type { Health } from '../../src/board/board-view.ts';
import { createWebhook } from '../../src/chat/webhook/webhook.ts';
import { openStore } from '../../src/store/store.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { endpointAt } from '../chat/webhook/endpoints.ts';
import { recorder } from '../delivery/recorder.ts';
import { startWebhookDouble } from '../doubles/webhook/index.ts';
import { at } from './market.ts';
import { stage } from './stage.ts';

const [FRI, MON] = ['2025-05-30', '2025-06-02'] as const;

const monday = async (time: string) => {
  const world = await stage(at(MON, time));
  world.market.past(FRI, 300);
  return world;
};

/** What `/health` answers: its status code, and what it says of failures and channels. */
const healthOf = async (app: App) => {
  const answer = await fetch(`${app.boardUrl}/health`);
  const { status, failures, silent } = (await answer.json()) as Health;
  return { code: answer.status, status, failures, ...(silent && { silent }) };
};

const WELL = { code: 200, status: 'ok', failures: [] };

it('is failing once prices have been missing for five minutes of a session, with since when and why, until they come', async () => {
  const world = await monday('10:00');
  const app = await world.start();
  await world.run(app, at(MON, '10:02'));
  expect(await healthOf(app)).toEqual(WELL);
  world.yahoo.fail({ fault: 'edge-429', times: Number.POSITIVE_INFINITY });
  await world.run(app, at(MON, '10:06'));
  expect(await healthOf(app)).toEqual(WELL);
  await world.run(app, at(MON, '10:09'));
  const prices = {
    part: 'prices',
    since: at(MON, '10:02'),
    because: expect.stringMatching(/^Yahoo is rate limiting us/),
  };
  expect(await healthOf(app)).toEqual({ code: 503, status: 'failing', failures: [prices] });
  world.set(at(MON, '16:01'));
  expect(await healthOf(app)).toEqual({ code: 200, status: 'ok', failures: [prices] });
});

it('is failing once nothing has arrived from a platform for ten minutes of a session, and well once it does', async () => {
  const world = await monday('09:40');
  let disconnected: { since: number; reason: string } | undefined;
  const app = await world.start({ ...recorder('slack'), connection: () => disconnected }, 'C1');
  disconnected = { since: world.clock(), reason: 'The socket is closed.' };
  await world.run(app, at(MON, '09:49'));
  expect(await healthOf(app)).toEqual(WELL);
  await world.run(app, at(MON, '09:50'));
  expect(await healthOf(app)).toEqual({
    code: 503,
    status: 'failing',
    failures: [
      { part: 'slack', since: at(MON, '09:40'), because: 'Nothing arrives from slack: The socket is closed.' },
    ],
  });
  disconnected = undefined;
  expect(await healthOf(app)).toEqual(WELL);
});

it('is failing at any hour while the database does not answer', async () => {
  const world = await monday('20:00');
  const app = await world.start();
  expect(await healthOf(app)).toEqual(WELL);
  const { db } = app.store;
  const ended = await openStore('sqlite::memory:');
  await ended.close();
  Object.assign(app.store, { db: ended.db });
  const since = world.clock();
  expect((await healthOf(app)).code).toBe(503);
  world.set(since + MINUTE_MS);
  expect(await healthOf(app)).toEqual({
    code: 503,
    status: 'failing',
    failures: [{ part: 'database', since, because: 'the database does not answer' }],
  });
  expect((await fetch(`${app.boardUrl}/readyz`)).status).toBe(503);
  expect((await fetch(`${app.boardUrl}/healthz`)).status).toBe(200);
  Object.assign(app.store, { db });
  expect(await healthOf(app)).toEqual(WELL);
  Object.assign(app.store, { db: ended.db });
  expect((await healthOf(app)).failures).toMatchObject([{ part: 'database', since: since + MINUTE_MS }]);
  Object.assign(app.store, { db });
});

it.each([
  [
    401,
    'paused',
    "The receiver refuses the bot (401). Check that DESK_SECRET is the receiver's secret and that its clock is right.",
  ],
  [410, 'ended', 'The receiver wants no more events (410).'],
] as const)('is well while a webhook is refused by %i, and names it with why', async (code, state, because) => {
  const world = await monday('10:25');
  const receiver = await startWebhookDouble({ now: world.clock });
  onTestFinished(() => receiver.close());
  const platform = createWebhook({ endpoints: [endpointAt(receiver)], now: world.clock, monotonic: world.clock });
  const destinations = [{ platform, channels: [{ address: 'desk', settings: {} }] }];
  const app = await world.start(undefined, '', { destinations });
  await world.run(app, at(MON, '10:30'));
  expect(await healthOf(app)).toEqual(WELL);
  receiver.fail(() => ({ status: code }));
  world.market.move('TSLA', 0.88);
  await world.run(app, at(MON, '10:34'));
  const { silent, ...rest } = await healthOf(app);
  expect(rest).toEqual(WELL);
  const since = state === 'paused' ? { since: expect.any(Number) } : {};
  expect(silent).toEqual([{ platform: 'webhook', channel: expect.any(Number), state, ...since, because }]);
});
