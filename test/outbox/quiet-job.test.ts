import { describe, expect, it } from 'vitest';
import { enqueueForAll } from '../../src/outbox/enqueue.ts';
import { createQuietJob } from '../../src/outbox/quiet-job.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import type { SummaryStory } from '../../src/stories/channel-stories.ts';
import type { RecoveryStory } from '../../src/stories/recovery-story.ts';
import type { Story } from '../../src/stories/story.ts';
import { drawdown, type Name, storyAt } from '../cards/stories.ts';
import { openTestChannels, type TestChannels } from '../channels/open-channels.ts';
import { changeChannels, storedDeliveries, storedStories } from '../store/inspect.ts';

const HOUR = 3_600_000;
const at = (time: string): number => Temporal.ZonedDateTime.from(`${time}[Asia/Seoul]`).epochMilliseconds;
const MIDNIGHT = at('2025-02-18T00:00');
const MORNING = at('2025-02-18T07:00');
const NIGHT: ChannelSettings = { timeZone: 'Asia/Seoul', quiet: { from: '22:00', to: '07:00' } };

const slide = (symbol: Name, percent: number): Story => {
  const peak = { price: 100, session: '2025-02-10', sessions: 5 };
  const close = { symbol, session: '2025-02-17', close: 100 - percent, previous: 100, peak };
  return storyAt(close, { alerts: [drawdown(close, 252, 10)] });
};

const recovery = (symbol: Name): RecoveryStory => ({
  ...(slide(symbol, 0) as Extract<Story, { kind: 'slide' }>),
  kind: 'recovery',
  level: 1_000,
  peak: { price: 90e6, session: '2025-01-10' },
  trough: { price: 70e6, session: '2025-01-20' },
  sessions: 25,
});

/** Channels with these settings, and the job that ends their quiet hours. */
const openQuiet = async (...settings: readonly ChannelSettings[]) => {
  const room = await openTestChannels();
  const ids: number[] = [];
  for (const [n, own] of settings.entries()) {
    const place = { platform: 'discord', address: String(n) };
    ids.push((await room.channels.open(place, { language: 'en', origin: 'setup', settings: own }, MIDNIGHT)).id);
  }
  const job = createQuietJob({ store: room.store, timeZone: 'America/New_York' });
  const enqueue = (story: Story, now: number) => {
    return room.store.transaction((db) =>
      enqueueForAll(db, { watchlist: room.watchlist, timeZone: 'America/New_York' }, story, { now, dueAt: now }),
    );
  };
  return { ...room, ids, enqueue, wake: (now: number) => job.run(now) };
};

const deliveries = async ({ store }: Pick<TestChannels, 'store'>) =>
  (await storedDeliveries(store.db)).map(({ channelId, kind, symbol, state, dueAt, expiresAt }) => ({
    ...{ channel: channelId, kind, symbol, state, due: dueAt },
    expires: (expiresAt - MORNING) / HOUR,
  }));

const summaries = ({ store }: Pick<TestChannels, 'store'>) => storedStories<SummaryStory>(store.db, 'summary');

describe('at the end of the quiet hours', () => {
  it('nothing is left to check for a channel that is gone', async () => {
    const room = await openQuiet(NIGHT);
    await room.enqueue(slide('NVDA', 20), MIDNIGHT);
    await room.channels.close({ platform: 'discord', address: '0' }, 'gone', MIDNIGHT + HOUR);
    expect(await storedDeliveries(room.store.db)).toMatchObject([{ state: 'gone', heldUntil: null }]);
  });

  it('a symbol muted in the meantime is held back, and counted by its mute', async () => {
    const room = await openQuiet(NIGHT);
    const [id = 0] = room.ids;
    await room.enqueue(slide('NVDA', 20), MIDNIGHT);
    await room.enqueue(slide('TSLA', 20), MIDNIGHT);
    await room.channels.mute(id, 'NVDA', MORNING + HOUR, 'U1', MIDNIGHT + HOUR);
    await room.wake(MORNING);
    expect(await deliveries(room)).toMatchObject([
      { symbol: 'NVDA', state: 'muted' },
      { symbol: 'TSLA', state: 'pending' },
    ]);
    expect(await room.channels.mutes(id, MORNING)).toMatchObject([{ symbol: 'NVDA', held: 1 }]);
  });

  it('nothing comes if everything is muted, and everything if that mute has ended', async () => {
    const room = await openQuiet(NIGHT, NIGHT);
    const [muted = 0, ended = 0] = room.ids;
    await room.enqueue(slide('NVDA', 20), MIDNIGHT);
    await room.enqueue(slide('TSLA', 20), MIDNIGHT);
    await room.channels.mute(muted, '*', MORNING + HOUR, 'U1', MIDNIGHT + HOUR);
    await room.channels.mute(ended, '*', MORNING - HOUR, 'U1', MIDNIGHT + HOUR);
    await room.wake(MORNING);
    expect((await deliveries(room)).map(({ channel, kind, state }) => [channel === muted, kind, state])).toEqual([
      [true, 'slide', 'muted'],
      [false, 'slide', 'summed'],
      [true, 'slide', 'muted'],
      [false, 'slide', 'summed'],
      [false, 'summary', 'pending'],
    ]);
    expect(await room.channels.mutes(muted, MORNING)).toMatchObject([{ symbol: '*', held: 2 }]);
  });

  it('a single alert is posted unchanged, and its lifetime starts then', async () => {
    const room = await openQuiet(NIGHT);
    await room.enqueue(slide('NVDA', 20), MIDNIGHT);
    await room.wake(MORNING - 1);
    expect(await deliveries(room)).toMatchObject([{ symbol: 'NVDA', state: 'quiet' }]);
    await room.wake(MORNING);
    expect(await deliveries(room)).toMatchObject([{ symbol: 'NVDA', state: 'pending', due: MORNING, expires: 12 }]);
  });

  it('several alerts and recoveries become one summary, oldest first; figures are posted unchanged', async () => {
    const room = await openQuiet({ ...NIGHT, kinds: ['drawdown', 'figures', 'recovery'] });
    await room.enqueue(slide('NVDA', 12), MIDNIGHT);
    await room.enqueue({ ...slide('MSFT', 0), kind: 'figures' } as Story, MIDNIGHT + HOUR);
    await room.enqueue(recovery('AAPL'), MIDNIGHT + 2 * HOUR);
    await room.enqueue(slide('NVDA', 20), MIDNIGHT + 3 * HOUR);
    await room.wake(MORNING);
    expect((await deliveries(room)).map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'slide summed',
      'figures pending',
      'recovery summed',
      'slide summed',
      'summary pending',
    ]);
    const [summary] = await summaries(room);
    expect(summary).toMatchObject({ from: MIDNIGHT, to: MORNING });
    expect(summary?.held.map(({ symbol, headline }) => `${symbol} ${headline.kind}`)).toEqual([
      'NVDA drawdown',
      'AAPL recovery',
      'NVDA drawdown',
    ]);
  });

  it('missed by a stopped bot, the lifetime of the summary still starts at that end', async () => {
    const room = await openQuiet(NIGHT);
    await room.enqueue(slide('NVDA', 12), MIDNIGHT);
    await room.enqueue(slide('TSLA', 12), MIDNIGHT);
    await room.wake(MORNING + 5 * HOUR);
    expect((await deliveries(room)).at(-1)).toMatchObject({ kind: 'summary', state: 'pending', expires: 12 });
    expect((await summaries(room))[0]?.to).toBe(MORNING);
  });

  it('channels that held the same stories share one summary, and each gets its own delivery', async () => {
    const room = await openQuiet(NIGHT, { ...NIGHT, kinds: ['drawdown'] }, {});
    await room.enqueue(slide('NVDA', 12), MIDNIGHT);
    await room.enqueue(slide('TSLA', 12), MIDNIGHT);
    await room.wake(MORNING);
    const summaryRows = (await deliveries(room)).filter(({ kind }) => kind === 'summary');
    expect(summaryRows.map(({ channel }) => channel)).toEqual(room.ids.slice(0, 2));
    expect(await summaries(room)).toHaveLength(1);
    await room.wake(MORNING + 1);
    expect((await deliveries(room)).filter(({ kind }) => kind === 'summary')).toHaveLength(2);
  });
});

describe('quiet hours that are changed while they are active', () => {
  it('and turned off release their deliveries at once', async () => {
    const room = await openQuiet(NIGHT);
    await room.enqueue(slide('NVDA', 20), MIDNIGHT);
    await room.channels.change(room.ids[0] ?? 0, () => ({}));
    await room.wake(MIDNIGHT + HOUR);
    expect(await deliveries(room)).toMatchObject([{ state: 'pending', due: MIDNIGHT + HOUR, expires: 12 - 6 }]);
  });

  it('and extended hold their deliveries until the new end', async () => {
    const room = await openQuiet(NIGHT);
    await room.enqueue(slide('NVDA', 20), MIDNIGHT);
    await room.channels.change(room.ids[0] ?? 0, (own) => ({ ...own, quiet: { from: '22:00', to: '09:00' } }));
    await room.wake(MORNING + HOUR);
    expect(await deliveries(room)).toMatchObject([{ state: 'quiet' }]);
    await room.wake(MORNING + 2 * HOUR);
    expect(await deliveries(room)).toMatchObject([{ state: 'pending', expires: 14 }]);
  });

  it('in another setting hold their deliveries as before', async () => {
    const room = await openQuiet(NIGHT);
    await room.enqueue(slide('NVDA', 20), MIDNIGHT);
    await room.channels.change(room.ids[0] ?? 0, (own) => ({ ...own, kinds: ['drawdown'] }));
    await room.wake(MIDNIGHT + HOUR);
    await room.wake(MORNING - 1);
    expect(await deliveries(room)).toMatchObject([{ state: 'quiet' }]);
    await room.wake(MORNING);
    expect(await deliveries(room)).toMatchObject([{ state: 'pending', expires: 12 }]);
  });
});

it('a channel that is gone by the morning gets nothing', async () => {
  const room = await openQuiet(NIGHT);
  await room.enqueue(slide('NVDA', 20), MIDNIGHT);
  await changeChannels(room.store.db, { status: 'retired', statusReason: 'unknown channel' });
  await room.wake(MORNING);
  expect(await deliveries(room)).toMatchObject([{ state: 'gone' }]);
});
