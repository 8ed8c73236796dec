/**
 * Measures how long it takes from a price to the card that tells of it, on virtual time: a day of panic, 1,000 channels with
 * varied rules, polls of 60, 15 and 1 s. The price's time is when it crosses the level for the last time before the quote
 * that is confirmed. A platform takes a card in a tenth of a second; its limits do not count. A card is one of a busiest
 * quarter of an hour where the channel has had four in so long. Most channels have their first card of a day in one pass, so
 * those are measured over the first hour of more days, too: half of them open where the day before has closed.
 * Exits with 1 if a bound is missed.
 */

import { loadConfig } from '../src/app/config.ts';
import type { Platform } from '../src/chat/platform.ts';
import { createBotClock } from '../src/clock/bot-clock.ts';
import type { Micros } from '../src/market/money.ts';
import { referencePrice } from '../src/slides/alert-kinds.ts';
import { openStore } from '../src/store/store.ts';
import type { Alert } from '../src/stories/alert.ts';
import type { ChannelSettings } from '../src/stories/channel.ts';
import type { SlideStory } from '../src/stories/slide-story.ts';
import { OPEN_WINDOW, shutWindow } from '../src/stories/slide-window.ts';
import { silent } from '../src/telemetry/log.ts';
import { HOUR_MS, MINUTE_MS } from '../src/util/durations.ts';
import { buildBot, shareDatabase } from '../test/simulation/bot.ts';
import { createVirtualTime, settled } from '../test/simulation/virtual-time.ts';
import { setInstance, storedDeliveries } from '../test/store/inspect.ts';
import { createCrashMarket } from './latency/crash-market.ts';

const SESSION = '2026-03-12';
const CHANNELS = 1_000;
const REPLY_MS = 100;
const INSTANCE = 'bench0';

interface DayOptions {
  readonly seed: number;
  readonly channels: number;
  /** Whether the day opens far below the close before. */
  readonly gap: boolean;
  /** Of its polls. */
  readonly phaseMs: number;
  /** How long it is watched after the opening bell. */
  readonly watchedMs: number;
}

const WHOLE_DAY: DayOptions = {
  ...{ seed: 1, channels: CHANNELS, gap: true, phaseMs: 0, watchedMs: 6.5 * HOUR_MS + 10 * MINUTE_MS },
};
/** When in a minute the polls of a morning begin: spread over a minute, and over a quarter of one. */
const PHASES_MS = [2_000, 20_000, 38_000, 56_000];
const MORNINGS = [true, false].flatMap((gap, n) =>
  PHASES_MS.map((phaseMs, nth): DayOptions => {
    return { seed: 2 + 4 * n + nth, channels: 100, gap, phaseMs, watchedMs: HOUR_MS };
  }),
);

/** Seconds: of a channel's first card at p50 and p95, and of all cards at p95, out of a busiest quarter of an hour and in it. */
const BOUNDS = new Map([
  [60, { first50: 50, first95: 75, all95: 140, busy95: 310 }],
  [15, { first50: 25, first95: 32, all95: 120, busy95: 310 }],
  [1, { first50: 8, first95: 15, all95: 105, busy95: 310 }],
]);

/** Half of the channels have the defaults, the others levels, symbols and kinds of their own. */
const settingsAt = (n: number): ChannelSettings => {
  if (n % 2 === 0) return {};
  const level = 1_000 + 50 * (n % 31);
  const day = 300 + 25 * (n % 23);
  return {
    ...(n % 5 === 0 && { without: ['TSLA', 'IXIC'] }),
    ...(n % 7 === 0 && { kinds: ['day'] }),
    rules: { [n % 3 === 0 ? 'NVDA' : '*']: { drawdown: { 252: [level, level + 700, 4_000] }, day: [day, 2 * day] } },
  };
};

/** The price at which an alert's level is reached. */
const levelPrice = (alert: Alert): Micros => {
  if (alert.kind === 'value') return alert.peak - alert.level * 1_000_000;
  return Math.floor((referencePrice(alert) * (10_000 - alert.level)) / 10_000);
};

interface TimedCard {
  readonly seconds: number;
  readonly isFirst: boolean;
  readonly isBusy: boolean;
}

const runDay = async (
  pollSeconds: number,
  { seed, channels: count, gap, phaseMs, watchedMs }: DayOptions,
): Promise<TimedCard[]> => {
  const config = loadConfig(Date.UTC(2026, 2, 12), silent);
  const { calendar, watchlist } = config;
  const open = calendar.hours(SESSION)?.open ?? 0;
  const time = createVirtualTime(open - 20 * MINUTE_MS);
  const wait = (ms: number): Promise<void> => new Promise((resolve) => time.at(time.now() + ms, () => resolve()));
  const database = shareDatabase();
  try {
    const store = await openStore(database.url);
    await setInstance(store.db, INSTANCE);
    for (let n = 0; n < count; n += 1) {
      const settings = settingsAt(n);
      await store.db
        .insertInto('channels')
        .values({
          ...{ platform: n % 4 < 2 ? 'discord' : 'slack', address: String(n), language: n % 3 === 0 ? 'ko' : 'en' },
          ...{
            created_at: 0,
            origin: 'setup',
            settings: Object.keys(settings).length === 0 ? null : JSON.stringify(settings),
          },
        })
        .execute();
    }
    await store.close();
    const market = createCrashMarket({ calendar, session: SESSION, watchlist, seed, gap, wait, now: time.now });
    const posted = new Map<string, number>();
    const platformOf = (name: string): Platform => ({
      name,
      start: async () => undefined,
      stop: async () => undefined,
      post: async ({ key }) => {
        await wait(REPLY_MS);
        posted.set(key, time.now());
        return { kind: 'sent', messageId: key };
      },
      edit: async () => {
        await wait(REPLY_MS);
        return { kind: 'edited' };
      },
    });
    const botClock = createBotClock({ wall: time.now });
    const bot = await buildBot({
      ...{ config, databaseUrl: database.url, source: market.source, pollMs: 1_000 * pollSeconds, log: silent },
      ...{ clock: time.now, botClock, random: () => 0.5, platforms: ['discord', 'slack'].map(platformOf) },
      beforeStatement: () => undefined,
      afterStatement: async () => undefined,
      afterCommit: async () => undefined,
    });
    const running = new Set<string>();
    const wake = async (): Promise<void> => {
      botClock.hear({ host: 'a double', time: time.now(), marginMs: 1_000 });
      for (const { name, run } of bot.jobs) {
        if (running.has(name)) continue;
        running.add(name);
        void run(time.now()).finally(() => running.delete(name));
      }
      await settled();
    };
    await wake();
    const from = open - 2 * MINUTE_MS + (phaseMs % (1_000 * pollSeconds));
    for (let at = from; at < open + watchedMs; at += 1_000) {
      await time.advance(at);
      await wake();
    }
    const deliveries = (await storedDeliveries(bot.db)).filter(
      ({ kind, state, platform }) => kind === 'slide' && state === 'sent' && platform !== 'board',
    );
    await bot.db.destroy();
    const channels = Map.groupBy(deliveries, ({ channelId }) => channelId);
    return [...channels.values()].flatMap((own) => {
      const cards = [...Map.groupBy(own, ({ batch }) => batch).values()].flatMap((of) => {
        const at = posted.get(`sw-${INSTANCE}-${Number(of[0]?.batch).toString(36)}`);
        return at === undefined ? [] : { at, of };
      });
      let window = OPEN_WINDOW;
      return cards
        .toSorted((a, b) => a.at - b.at)
        .flatMap(({ at, of }, place) => {
          const isBusy = window.busy;
          ({ window } = shutWindow(window, at));
          return of.map(({ body }): TimedCard => {
            const story = JSON.parse(body) as SlideStory;
            const [headline] = story.alerts;
            const crossed = headline
              ? market.crossedAt(headline.symbol, levelPrice(headline), story.observedAt)
              : story.observedAt;
            return { seconds: (at - crossed) / 1_000, isFirst: place === 0, isBusy };
          });
        });
    });
  } finally {
    time.release();
    database.close();
  }
};

const at = (cards: readonly TimedCard[], share: number): number => {
  const sorted = cards.map(({ seconds }) => seconds).toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
};

const missed: string[] = [];
console.log('  poll     cards   first p50 / p95      all p95   busiest p95      worst   took');
for (const [pollSeconds, bounds] of BOUNDS) {
  const begin = performance.now();
  const cards = await runDay(pollSeconds, WHOLE_DAY);
  const mornings: TimedCard[] = [];
  for (const morning of MORNINGS) mornings.push(...(await runDay(pollSeconds, morning)));
  const [first, usual, busy] = [
    mornings.filter(({ isFirst }) => isFirst),
    cards.filter(({ isBusy }) => !isBusy),
    cards.filter(({ isBusy }) => isBusy),
  ];
  const found = { first50: at(first, 0.5), first95: at(first, 0.95), all95: at(usual, 0.95), busy95: at(busy, 0.95) };
  const shown = (seconds: number): string => seconds.toFixed(1);
  console.log(
    `  ${pollSeconds} s  ${cards.length} (${busy.length} busy)  ${shown(found.first50)} / ${shown(found.first95)} s  ${shown(found.all95)} s  ${shown(found.busy95)} s  ${shown(at(cards, 1))} s  ${((performance.now() - begin) / 1_000).toFixed(0)} s`,
  );
  for (const [what, bound] of Object.entries(bounds))
    if (found[what as keyof typeof found] > bound) missed.push(`${what} at ${pollSeconds} s`);
  const channels = cards.filter(({ isFirst }) => isFirst).length;
  if (channels < 0.9 * CHANNELS) throw new Error(`expected cards in nearly every channel, got them in ${channels}`);
}
if (missed.length > 0) {
  console.error(`  bounds missed: ${missed.join(', ')}`);
  process.exitCode = 1;
}
