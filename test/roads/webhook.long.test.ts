import { expect, it, onTestFinished } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { type Platform, PlatformError } from '../../src/chat/platform.ts';
import type { Endpoint } from '../../src/chat/webhook/endpoint.ts';
import { eventSchema } from '../../src/chat/webhook/event.ts';
import { createWebhook } from '../../src/chat/webhook/webhook.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import { endpointAt } from '../chat/webhook/endpoints.ts';
import { recorder } from '../delivery/recorder.ts';
import { startWebhookDouble, type WebhookDouble, type WebhookFault } from '../doubles/webhook/index.ts';
import { eventually } from '../eventually.ts';
import { storedChannels } from '../store/inspect.ts';
import { newDatabase } from '../store/temporary.ts';
import { BEFORE, CARDS, plain, playCrash, sentTo } from './crash.ts';
import { at } from './market.ts';
import { type Stage, stage } from './stage.ts';

const [FRI, MON] = ['2025-05-30', '2025-06-02'] as const;

const receiverAt = async (world: Stage): Promise<WebhookDouble> => {
  const receiver = await startWebhookDouble({ now: world.clock });
  onTestFinished(() => receiver.close());
  return receiver;
};

interface Given {
  readonly endpoints: readonly Endpoint[];
  readonly settings?: ChannelSettings;
  readonly databaseUrl: string;
}

/** Starts a bot with these webhooks, as config/channels.yaml names them; `passed`: milliseconds of the clock that is never set. */
const startBot = (world: Stage, { endpoints, settings = {}, databaseUrl }: Given): Promise<App> => {
  const platform = createWebhook({ endpoints, now: world.clock, monotonic: world.clock });
  const channels = endpoints.map(({ name: address }) => ({ address, settings }));
  return world.start(undefined, '', { destinations: [{ platform, channels }], databaseUrl });
};

/** A fall of Tesla's at 10:31. */
const scene = async (settings?: ChannelSettings) => {
  const world = await stage(at(MON, '10:25'));
  world.market.past(FRI, 300);
  const receiver = await receiverAt(world);
  const given = { databaseUrl: await newDatabase(), ...(settings && { settings }) };
  const start = (endpoints: readonly Endpoint[] = [endpointAt(receiver)]) => startBot(world, { ...given, endpoints });
  const app = await start();
  await world.run(app, at(MON, '10:30'));
  world.market.move('TSLA', 0.88);
  return { world, receiver, start, app };
};

/** What an unkind world does to the tries of each event: two faults in the order of this list, then it is taken. */
const TROUBLES: readonly WebhookFault[] = [
  'drop',
  { status: 500 },
  'drop-early',
  { status: 503, headers: { 'retry-after': '30' } },
  { status: 429, headers: { 'retry-after': '90' } },
  { status: 400 },
  'endless',
  { status: 404 },
];

it('brings a crash from Yahoo to a webhook: the right cards, in order, each taken once, whatever the world does', async () => {
  const world = await stage(BEFORE);
  const receiver = await receiverAt(world);
  world.market.past(FRI, 300);
  receiver.fail((nth) => (nth % 3 === 2 ? undefined : TROUBLES[(nth - Math.floor(nth / 3)) % TROUBLES.length]));
  const databaseUrl = await newDatabase();
  const app = await startBot(world, { endpoints: [endpointAt(receiver)], databaseUrl });
  await playCrash(world, app);

  const posted = receiver.taken.filter(({ event }) => event.type === 'card.posted');
  expect(await sentTo(app, 'webhook')).toEqual(CARDS.map(({ headlines }) => headlines));
  expect(posted).toHaveLength(CARDS.length);
  for (const [place, { id, event }] of posted.entries()) {
    expect(eventSchema.parse(event)).toEqual(event);
    for (const words of CARDS[place]?.texts ?? []) expect(plain(event)).toContain(words);
    expect(event.data).toMatchObject({ channel: 'desk', card_id: id });
    expect(event.data.slides.map(({ symbol }) => symbol)).toEqual(
      CARDS[place]?.headlines.map((headline) => headline.split(' ')[0]),
    );
  }
  expect(receiver.received.length).toBeGreaterThan(posted.length);
  // A card has the same body on every try.
  const cards = receiver.received.filter(({ event }) => event.type === 'card.posted');
  for (const tries of Map.groupBy(cards, ({ id }) => id).values())
    expect(new Set(tries.map(({ event }) => JSON.stringify(event))).size).toBe(1);
  expect(receiver.refused).toEqual([]);
});

it('tells a slide in numbers, and what became of it in an event of its own', async () => {
  const { world, receiver, app } = await scene();
  await world.run(app, at(MON, '10:50'));
  world.market.move('TSLA', 0.79);
  await world.run(app, at(MON, '11:20'));
  const [first, ...later] = receiver.taken;
  expect(first?.event).toMatchObject({
    type: 'card.posted',
    data: {
      kind: 'slide',
      symbols: ['TSLA'],
      slides: [
        {
          ...{ symbol: 'TSLA', price: 264, unit: 'usd', session: MON, final: false, late: false, previous_close: 300 },
          peak: { price: 300, session: '2025-05-30' },
          alerts: [
            { kind: 'drawdown', level_percent: 10, window_sessions: 252, from_price: 300 },
            { kind: 'day', level_percent: 10, from_price: 300 },
          ],
        },
      ],
    },
  });
  const deeper = later.find(({ event }) => event.type === 'card.posted');
  expect(deeper?.event.data.slides[0]?.alerts[0]).toMatchObject({ kind: 'drawdown', level_percent: 20 });
  const update = later.find(({ event }) => event.type === 'card.updated');
  expect(update?.event.data).toMatchObject({ card_id: first?.id, slides: first?.event.data.slides });
  expect(update?.event.data.card.updates?.join()).toMatch(/21/);
});

it('sends no updates where the file says so', async () => {
  const { world, receiver, app } = await scene({ edits: false });
  await world.run(app, at(MON, '10:50'));
  world.market.move('TSLA', 0.79);
  await world.run(app, at(MON, '11:20'));
  expect(receiver.taken.map(({ event }) => event.type)).toEqual(['card.posted', 'card.posted']);
});

it('a bot that is killed after a receiver has the event and before it answers sends it again with its id', async () => {
  const { world, receiver, start, app } = await scene();
  receiver.fail(() => 'hang');
  const rounds = world.run(app, at(MON, '10:36')).catch(() => undefined);
  await eventually(() => expect(receiver.received).toHaveLength(1));
  // The killed bot cannot write its result any more.
  await app.store.close();
  await app.stop().catch(() => undefined);
  await rounds;
  receiver.heal();
  world.set(at(MON, '10:40'));
  const revived = await start();
  await world.run(revived, at(MON, '10:45'));
  expect(receiver.received).toHaveLength(2);
  const [first, second] = receiver.received;
  expect(second).toMatchObject({ id: first?.id, event: first?.event });
  expect(receiver.taken).toHaveLength(1);
});

it('410 ends a webhook until the next start, and hurts no other', async () => {
  const { world, receiver, start, app: alone } = await scene();
  await alone.stop();
  const other = await receiverAt(world);
  const app = await start([endpointAt(receiver), endpointAt(other, { name: 'other' })]);
  receiver.fail(() => ({ status: 410 }));
  await world.run(app, at(MON, '10:40'));
  world.market.move('NVDA', 0.85);
  await world.run(app, at(MON, '10:50'));
  expect(receiver.requests()).toBe(1);
  expect(other.taken.map(({ event }) => event.data.symbols)).toEqual([['TSLA'], ['NVDA']]);
  expect((await storedChannels(app.store.db)).map(({ address, status }) => [address, status])).toContainEqual([
    'desk',
    'away',
  ]);

  await app.stop();
  receiver.heal();
  const again = await start();
  world.market.move('META', 0.85);
  await world.run(again, at(MON, '11:05'));
  expect(receiver.taken.map(({ event }) => event.data.symbols)).toContainEqual(['META']);
});

it('a webhook that has ended stays so when another platform starts after all', async () => {
  const { world, receiver, app: alone } = await scene();
  await alone.stop();
  let isGood = false;
  const discord = async (): Promise<Platform> => ({
    ...recorder('discord'),
    start: async () => {
      if (!isGood) throw new PlatformError('DISCORD_TOKEN is refused');
    },
  });
  const platform = createWebhook({ endpoints: [endpointAt(receiver)], now: world.clock, monotonic: world.clock });
  const app = await world.start(undefined, '', {
    destinations: [
      { platform, channels: [{ address: 'desk', settings: {} }] },
      { platform: await discord(), channelId: '1', again: discord },
    ],
    random: () => 0,
  });
  receiver.fail(() => ({ status: 410 }));
  const inUse = async () =>
    (await storedChannels(app.store.db)).flatMap(({ address, status }) => (status === 'in-use' ? [address] : []));
  await world.run(app, at(MON, '10:35'));
  world.market.move('NVDA', 0.85);
  await world.run(app, at(MON, '10:40'));
  expect(await inUse()).toEqual(['local']);
  isGood = true;
  await world.run(app, at(MON, '11:10'));
  expect((await inUse()).toSorted()).toEqual(['1', 'local']);
  expect(receiver.requests()).toBe(1);
});

it('a receiver with another secret pauses its channel, and has the card once that is mended and the bot restarted', async () => {
  const { world, receiver, start, app: alone } = await scene();
  await alone.stop();
  const wrong = endpointAt(receiver, { secrets: [Buffer.alloc(32)] });
  const app = await start([wrong]);
  await world.run(app, at(MON, '10:40'));
  expect(receiver.refused).toEqual(['another signature']);
  const [desk] = (await storedChannels(app.store.db)).filter(({ address }) => address === 'desk');
  expect(desk?.paused).toContain('DESK_SECRET');
  await app.stop();
  const mended = await start();
  await world.run(mended, at(MON, '10:42'));
  expect(receiver.taken).toHaveLength(1);
  expect((await storedChannels(mended.store.db)).map(({ paused }) => paused)).toEqual([null, null]);
});
