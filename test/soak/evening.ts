import { setTimeout as sleep } from 'node:timers/promises';
import { MINUTE_MS } from '../../src/util/durations.ts';
import type { YahooDouble } from '../doubles/yahoo/index.ts';
import { type Market, START_PRICES } from '../roads/market.ts';
import type { Bot } from './bot.ts';
import type { Look } from './look.ts';
import type { Doubles } from './troubles.ts';

/** Falls after the bell as a fraction of the close: first, and later. Those of less than 7% are not told. */
export const EVENING_FALLS: Readonly<Record<string, readonly [first: number, later: number]>> = {
  META: [0.91, 0.83],
  TSLA: [0.88, 0.86],
  AMZN: [0.9, 0.81],
  MSFT: [0.955, 0.955],
};
/** Those that are told, and those whose cards are edited because they went much deeper. */
export const TOLD = ['META', 'TSLA', 'AMZN'];
export const DEEPENED = ['META', 'AMZN'];

/** Lets Yahoo's double give the trades after the bell, each a new one. `stage` 1: after the falls have gone on. */
export const tradeAfterHours = (
  yahoo: YahooDouble,
  market: Market,
  { now, bell, stage }: { readonly now: number; readonly bell: number; readonly stage: 0 | 1 },
): void => {
  for (const ticker of Object.keys(START_PRICES)) {
    const price = Math.round(market.priceOf(ticker) * 100) / 100;
    const factor = EVENING_FALLS[ticker]?.[stage] ?? 1;
    yahoo.setQuote(ticker, {
      ...{ price, time: bell + 1_000, marketState: 'POST' },
      postMarket: { price: Math.round(price * factor * 100) / 100, time: now - 2_000 },
    });
  }
};

interface EveningParts extends Pick<Doubles, 'discord' | 'slack'> {
  readonly bot: Bot;
  readonly look: Look;
  readonly now: () => number;
  readonly random: () => number;
  readonly session: string;
  readonly say: (line: string) => void;
  /** Waits for a value; throws if it does not come in time. */
  readonly until: <T>(what: string, find: () => Promise<T | undefined>) => Promise<T>;
  /** The falls go on. */
  readonly deepen: () => void;
}

/** How much later than its card a fall is called deeper, and some more. */
const LATER_MS = 16 * MINUTE_MS;

/**
 * Plays an evening: falls that are told, and go on. The bot is killed whenever something of it is owed: when the first cards
 * are, in the midst of them, and when their edits are. Returns the number of kills.
 */
export const playEvening = async (parts: EveningParts): Promise<number> => {
  const { discord, slack, bot, look, now, random, session, say, until, deepen } = parts;
  let kills = 0;
  /** Kills the bot after some more requests to platforms, or after a while. */
  const kill = async (what: string): Promise<void> => {
    const count = () => discord.requests.length + slack.requests.length;
    const after = count() + Math.floor(random() * 12);
    const latest = Date.now() + 400;
    while (count() < after && Date.now() < latest) await sleep(1);
    kills += 1;
    say(`a kill of the evening, ${what}`);
    await bot.kill();
  };
  const rows = () => look.afterHours(session);
  const areTold = async (symbols: readonly string[]): Promise<true | undefined> => {
    const found = (await rows()).map(({ symbol }) => symbol);
    return symbols.every((symbol) => found.includes(symbol)) || undefined;
  };
  const areDeeper = async (): Promise<true | undefined> => {
    const found = (await rows()).flatMap(({ symbol, isDeeper }) => (isDeeper ? symbol : []));
    return DEEPENED.every((symbol) => found.includes(symbol)) || undefined;
  };

  await until('a fall after the bell', async () => (await rows()).length > 0 || undefined);
  await kill('with the first cards owed');
  await until('all falls after the bell', () => areTold(TOLD));
  await kill('with the last cards owed');
  const told = now();
  deepen();
  while (now() < told + LATER_MS) await sleep(50);
  await until('that the falls have gone on', areDeeper);
  await kill('with edits owed');
  return kills;
};
