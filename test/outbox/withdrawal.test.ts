import { expect, test } from 'vitest';
import { toMicros } from '../../src/market/money.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { enqueuePlan } from '../../src/outbox/enqueue.ts';
import { narrowStory } from '../../src/slides/narrow-story.ts';
import { alertsOf, readToldAlerts, writeAlerts } from '../../src/store/alerts.ts';
import { openChannel } from '../../src/store/channels.ts';
import { openFanouts } from '../../src/store/fanouts.ts';
import { writeMute } from '../../src/store/mutes.ts';
import { readPastAlerts } from '../../src/store/past-alerts.ts';
import { writeStory } from '../../src/store/stories.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import { enqueueWithdrawal } from '../../src/watch/enqueue-withdrawal.ts';
import type { WatchParts } from '../../src/watch/watch-parts.ts';
import { day, drawdown, storyAt } from '../cards/stories.ts';
import { changeDeliveries, storedDeliveries } from '../store/inspect.ts';
import { openTestStore } from '../store/temporary.ts';

const NOW = Date.parse('2024-07-30T20:00:00Z');
const LATER = NOW + 86_400_000;
const watchlist = loadWatchlist();
const parts = { watchlist, timeZone: 'America/New_York' };
const peak = { price: 100, session: '2024-07-10', sessions: 14 };
const close = { symbol: 'NVDA', session: '2024-07-30', close: 79, previous: 85, peak } as const;
const alerts = [drawdown(close, 252, 20), day(close, 7)];
const trueClose = { price: toMicros(84), previous: toMicros(85) };

/** A slide in these channels, in the state given for each; then its alerts of these kinds are withdrawn. */
const withdrawn = async (kinds: readonly string[], ...channels: readonly ChannelSettings[]) => {
  const store = await openTestStore();
  const { db } = store;
  const ids: number[] = [];
  for (const [n, settings] of channels.entries()) {
    const input = { platform: 'discord', address: String(n), language: 'en', settings: JSON.stringify(settings) };
    ids.push((await openChannel(db, input, NOW)).id);
  }
  await store.transaction(async (tx) => {
    const draft = await writeStory(tx, narrowStory(storyAt(close, { alerts }), alerts, 700), NOW);
    await writeAlerts(tx, draft, alerts, NOW);
    const plan = { kind: 'slide', symbol: 'NVDA', alerts, drafts: { [close.session]: draft }, stories: {} } as const;
    await enqueuePlan(tx, parts, plan, { now: NOW, dueAt: NOW });
  });
  return {
    ...{ db, ids },
    withdraw: async () => {
      const told = (await readToldAlerts(db, ['NVDA'], close.session)).filter(({ alert }) =>
        kinds.includes(alert.kind),
      );
      const watched = watchlist.symbols.get('NVDA');
      if (!watched) throw new Error('NVDA is not watched');
      await store.transaction((tx) =>
        enqueueWithdrawal(
          tx,
          { ...parts, source: { name: 'yahoo' } } as WatchParts,
          { watched, session: close.session, cause: 'unit', close: trueClose, told },
          LATER,
        ),
      );
    },
  };
};

const both = ['drawdown', 'day'];

test('the message knows what the close is now', async () => {
  const { db, withdraw } = await withdrawn(both, {});
  await changeDeliveries(db, { state: 'sent' });
  await withdraw();
  const stories = (await storedDeliveries(db)).map(({ body }) => JSON.parse(body));
  expect(stories.find(({ kind }) => kind === 'withdrawal')).toMatchObject({ close: trueClose });
});

test('a channel that got the alert is told, though it has muted the symbol since; one that did not get it is not', async () => {
  const { db, ids, withdraw } = await withdrawn(both, {}, { kinds: ['digest'] }, {});
  await changeDeliveries(db, { state: 'sent' });
  await writeMute(db, { channelId: ids[2] ?? 0, symbol: 'NVDA', until: LATER + 1, by: 'someone' }, NOW);
  await withdraw();
  const told = (await storedDeliveries(db)).filter(({ body }) => JSON.parse(body).kind === 'withdrawal');
  expect(told.map(({ channelId, state }) => [channelId, state])).toEqual([
    [ids[0], 'pending'],
    [ids[2], 'pending'],
  ]);
});

test('a card that is not posted yet never is, and its channel is not told of it', async () => {
  const { db, withdraw } = await withdrawn(both, {});
  await withdraw();
  expect((await storedDeliveries(db)).map(({ state }) => state)).toEqual(['withdrawn']);
});

test('a card that tells of something true, too, is posted', async () => {
  const { db, withdraw } = await withdrawn(['day'], {});
  await withdraw();
  expect((await storedDeliveries(db)).map(({ state }) => state)).toEqual(['pending']);
});

test('a fan-out under way stops', async () => {
  const { db, withdraw } = await withdrawn(both, {});
  await withdraw();
  expect((await openFanouts(db)).map(({ plan }) => plan.kind)).toEqual(['withdrawal']);
});

test('withdrawn alerts are not told any more: not in the digest, not as fired levels; the history says so', async () => {
  const { db, ids, withdraw } = await withdrawn(both, {});
  await changeDeliveries(db, { state: 'sent' });
  await withdraw();
  expect(await alertsOf(db, close.session)).toEqual([]);
  expect(await readToldAlerts(db, ['NVDA'], close.session)).toEqual([]);
  expect(await readPastAlerts(db, ids[0] ?? 0, 5)).toMatchObject([{ symbol: 'NVDA', state: 'withdrawn' }]);
});
