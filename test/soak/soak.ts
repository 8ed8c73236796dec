import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { startDiscordDouble } from '../doubles/discord/double.ts';
import { seeded } from '../doubles/random.ts';
import { startSlackDouble } from '../doubles/slack/slack-double.ts';
import { startYahooDouble } from '../doubles/yahoo/index.ts';
import { at, playMarket } from '../roads/market.ts';
import { type Bot, startBot } from './bot.ts';
import { type FastClock, instantAt } from './clock.ts';
import { type Counted, countCards } from './count.ts';
import { cardsFor, headlineFor, type SeenFall } from './expected.ts';
import { makeFalls } from './falls.ts';
import { createLook, type Look } from './look.ts';
import { type SoakChannel, setUp, soakChannels } from './places.ts';
import { type Doubles, makeTrouble } from './troubles.ts';

export interface SoakOptions {
  readonly channels: number;
  readonly alerts: number;
  readonly kills: number;
  /** The same seed gives the same falls, troubles and moments; what meets what is the machine's. */
  readonly seed: number;
  /** Simulated seconds in a real one. */
  readonly speed: number;
  /** Between two falls, simulated milliseconds, at most. */
  readonly gapMs: number;
  /** Between two kills, real milliseconds, on average. */
  readonly killMs: number;
  readonly say: (line: string) => void;
}

export interface SoakResult {
  readonly delivered: number;
  readonly lost: number;
  readonly twice: number;
  readonly outOfOrder: number;
  readonly kills: number;
  /** Everything that is not as it should be, one line each. */
  readonly faults: readonly string[];
  /** What the bot wrote; kept where there are faults. */
  readonly logFile: string;
}

const SESSION = '2025-06-03';
const SESSIONS_BEFORE = 300;
/** Real milliseconds between two looks at how far things have come. */
const LOOK_MS = 50;
/** A bot that ends by itself more often will never get anywhere. */
const ENDINGS = 5;
/** Simulated milliseconds after which a state that has not come is a fault. */
const PATIENCE_MS = 60 * 60_000;

interface World extends Doubles {
  readonly options: SoakOptions;
  readonly now: () => number;
  readonly look: Look;
  readonly bot: Bot;
  readonly random: () => number;
}

/** Looks until it holds. @throws Error where that takes too long. */
const until = async ({ now, bot }: Pick<World, 'now' | 'bot'>, what: string, holds: () => boolean): Promise<void> => {
  const last = now() + PATIENCE_MS;
  while (!holds()) {
    if (bot.endedByItself() > ENDINGS) throw new Error('soak: the bot ends by itself over and over');
    if (now() > last) throw new Error(`soak: waited an hour of simulated time for ${what}`);
    await sleep(LOOK_MS);
  }
};

const time = (now: number): string =>
  Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO('America/New_York')
    .toPlainTime()
    .toString()
    .slice(0, 8);

/** Kills the bot at moments that come by chance: after some time, or with a request of its own under way. */
const killAtRandom = async ({ discord, slack, bot, random, now, options }: World): Promise<void> => {
  const { kills, killMs, say } = options;
  for (let kill = 1; kill <= kills; kill += 1) {
    const waitMs = Math.round(2 * killMs * random());
    const requests = 1 + Math.floor(random() * 5);
    const amid = random() < 0.5;
    await sleep(waitMs);
    const count = () => discord.requests.length + slack.requests.length;
    const after = count() + requests;
    const latest = Date.now() + killMs;
    if (amid) while (count() < after && Date.now() < latest) await sleep(1);
    say(`kill ${kill} at ${time(now())}, ${waitMs} ms after the last one${amid ? ` and ${requests} requests` : ''}`);
    await bot.kill();
  }
};

/** Lets prices fall step by step, each when the one before has been stored; says what fell, and when that was noted. */
const letFall = async (
  world: World,
  steps: ReturnType<typeof makeFalls>,
  move: (ticker: string, factor: number) => void,
) => {
  const { now, random, look, discord, slack, options } = world;
  const seen: SeenFall[] = [];
  for (const [index, { moves, falls }] of steps.entries()) {
    const since = now();
    for (const [ticker, factor] of moves) move(ticker, factor);
    if (random() < 0.2) discord.dropSockets();
    if (random() < 0.2) slack.dropSockets();
    const names = falls.map(({ symbol }) => symbol).join(' ');
    await until(world, names, () => falls.every(({ symbol }) => look.alertOf(symbol, since) !== undefined));
    for (const fall of falls) seen.push({ ...fall, seenAt: look.alertOf(fall.symbol, since) ?? 0 });
    options.say(
      `fall ${index + 1} of ${steps.length} at ${time(since)}, noted at ${time(seen.at(-1)?.seenAt ?? 0)}: ${names}`,
    );
    const next = now() + random() * options.gapMs;
    while (now() < next) await sleep(LOOK_MS);
  }
  return seen;
};

const batchOf = (key: unknown): number => Number.parseInt(String(key).split('-').at(-1) ?? '', 36);

const slackKey = (metadata: unknown): unknown =>
  (metadata as { readonly event_payload?: { readonly key?: unknown } } | undefined)?.event_payload?.key;

/** The cards that stand in a channel, oldest first. */
const standing = ({ discord, slack, look }: Pick<World, 'discord' | 'slack' | 'look'>) => {
  const cards = look.cards();
  const name = (key: unknown): string => cards.get(batchOf(key)) ?? `an unknown card ${String(key)}`;
  return ({ platform, address }: SoakChannel): string[] =>
    platform === 'discord'
      ? discord.messages(address).map(({ nonce }) => name(nonce))
      : slack.messages(address).map(({ metadata }) => name(slackKey(metadata)));
};

const faultsOf = ({ platform, address }: SoakChannel, counted: Counted): string[] =>
  (['lost', 'twice', 'outOfOrder', 'unasked'] as const).flatMap((what) =>
    counted[what].map((card) => `${what} in ${platform} ${address}: ${card}`),
  );

/**
 * Runs the real bot against doubles of Discord, Slack and Yahoo that fail a third of the requests, kills it over and
 * over, and counts in the end what every channel has.
 * @throws Error where something never came to its end.
 */
export const soak = async (options: SoakOptions): Promise<SoakResult> => {
  const random = seeded(options.seed);
  const channels = soakChannels(options.channels);
  const steps = makeFalls(options.alerts, random, (fall) => channels.some((it) => headlineFor(it, fall) !== undefined));
  const folder = mkdtempSync(join(tmpdir(), 'slidewatch-soak-'));
  const databasePath = join(folder, 'slidewatch.db');
  const logFile = join(folder, 'bot.log');
  const clock: FastClock = { real: Date.now(), simulated: at(SESSION, '09:28'), speed: options.speed };
  const now = () => instantAt(clock, Date.now());

  const discord = await startDiscordDouble({ now });
  const ofSlack = channels.flatMap(({ platform, address }) => (platform === 'slack' ? address : []));
  const slack = await startSlackDouble({ now, channels: ofSlack });
  const yahoo = await startYahooDouble();
  for (const { platform, address } of channels) if (platform === 'discord') discord.addChannel(address);
  const calendar = loadCalendar();
  const market = playMarket(yahoo, calendar);
  market.past(calendar.previous(SESSION), SESSIONS_BEFORE);
  yahoo.fail(({ endpoint }) => {
    if (endpoint === 'quote') market.trade(now());
    return undefined;
  });
  const heal = makeTrouble({ discord, slack, yahoo }, options.seed);
  const databaseUrl = `sqlite:${databasePath}`;
  await setUp({ databaseUrl, yahooUrl: yahoo.url }, channels, now());

  const bot = startBot({
    env: {
      DATABASE_URL: databaseUrl,
      POLL_SECONDS: '1',
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      YAHOO_URL: yahoo.url,
    },
    clock,
    logFile,
  });
  const look = createLook(databasePath);
  const world: World = { discord, slack, yahoo, options, now, look, bot, random };
  let exit: number | NodeJS.Signals | null = null;
  try {
    await until(world, 'the first quotes', () => look.quoted(SESSION) === 9);
    const [seen] = await Promise.all([
      letFall(world, steps, market.move),
      killAtRandom({ ...world, random: seeded(options.seed + 3) }),
    ]);
    heal();
    options.say(`healthy from ${time(now())} on; open: ${look.open()}`);
    await until(world, 'everything due to be delivered', () => look.open() === 0);
    options.say(`everything is at its end at ${time(now())}`);
    exit = await bot.stop();

    const cardsIn = standing(world);
    const faults: string[] = [];
    const sum = { delivered: 0, lost: 0, twice: 0, outOfOrder: 0 };
    for (const channel of channels) {
      const counted = countCards(cardsFor(channel, seen), cardsIn(channel));
      sum.delivered += counted.delivered;
      for (const what of ['lost', 'twice', 'outOfOrder'] as const) sum[what] += counted[what].length;
      faults.push(...faultsOf(channel, counted));
    }
    const { sent = 0, merged = 0, ...others } = look.states();
    options.say(`deliveries: ${sent} sent, ${merged} told by another card`);
    for (const [state, count] of Object.entries(others)) faults.push(`${count} deliveries ended as ${state}`);
    const invalid = discord.invalid.length + slack.invalid.length;
    if (invalid > 0) faults.push(`${invalid} messages were refused for their form`);
    if (bot.endedByItself() > 0) faults.push(`the bot ended by itself ${bot.endedByItself()} times`);
    if (exit !== 0) faults.push(`the bot ended with ${String(exit)} when it was told to stop`);
    if (faults.length === 0) rmSync(folder, { recursive: true, force: true });
    return { ...sum, kills: options.kills, faults, logFile };
  } finally {
    await bot.stop();
    await Promise.all([discord.close(), slack.close(), yahoo.close()]);
  }
};
