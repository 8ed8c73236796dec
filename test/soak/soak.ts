import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { HOUR_MS } from '../../src/util/durations.ts';
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
import { type Doubles, injectFaults } from './troubles.ts';

export interface SoakOptions {
  readonly channels: number;
  readonly alerts: number;
  readonly kills: number;
  /** Determines the falls, faults and waiting times; how they coincide depends on the machine. */
  readonly seed: number;
  /** Simulated seconds per real second. */
  readonly speed: number;
  /** Maximum time between two falls, simulated milliseconds. */
  readonly gapMs: number;
  /** Average time between two kills, real milliseconds. */
  readonly killMs: number;
  readonly say: (line: string) => void;
}

export interface SoakResult {
  readonly delivered: number;
  readonly lost: number;
  readonly twice: number;
  readonly outOfOrder: number;
  readonly kills: number;
  /** All faults, one line each. */
  readonly faults: readonly string[];
  /** The bot's output; deleted if there are no faults. */
  readonly logFile: string;
}

const SESSION = '2025-06-03';
const SESSIONS_BEFORE = 300;
/** Real milliseconds between two checks of a condition. */
const CHECK_INTERVAL_MS = 50;
/** The soak is aborted if the bot exits more often without being killed. */
const MAX_UNEXPECTED_EXITS = 5;
/** How long to wait for a condition, simulated milliseconds. */
const TIMEOUT_MS = HOUR_MS;

interface World extends Doubles {
  readonly options: SoakOptions;
  readonly now: () => number;
  readonly look: Look;
  readonly bot: Bot;
  readonly random: () => number;
}

/** Waits until a condition holds. @throws Error after TIMEOUT_MS. */
const until = async ({ now, bot }: Pick<World, 'now' | 'bot'>, what: string, holds: () => boolean): Promise<void> => {
  const last = now() + TIMEOUT_MS;
  while (!holds()) {
    if (bot.unexpectedExits() > MAX_UNEXPECTED_EXITS) throw new Error('soak: the bot ends by itself over and over');
    if (now() > last) throw new Error(`soak: waited an hour of simulated time for ${what}`);
    await sleep(CHECK_INTERVAL_MS);
  }
};

const time = (now: number): string =>
  Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO('America/New_York')
    .toPlainTime()
    .toString()
    .slice(0, 8);

/** Kills the bot at random moments: after some time, or after some of its requests. */
const killAtRandom = async ({ discord, slack, bot, random, now, options }: World): Promise<void> => {
  const { kills, killMs, say } = options;
  for (let kill = 1; kill <= kills; kill += 1) {
    const waitMs = Math.round(2 * killMs * random());
    const requests = 1 + Math.floor(random() * 5);
    const afterRequests = random() < 0.5;
    await sleep(waitMs);
    const count = () => discord.requests.length + slack.requests.length;
    const after = count() + requests;
    const latest = Date.now() + killMs;
    if (afterRequests) while (count() < after && Date.now() < latest) await sleep(1);
    say(
      `kill ${kill} at ${time(now())}, ${waitMs} ms after the last one${afterRequests ? ` and ${requests} requests` : ''}`,
    );
    await bot.kill();
  }
};

/** Lets prices fall step by step, each once the last is stored. Returns the falls with the time they were stored. */
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
    while (now() < next) await sleep(CHECK_INTERVAL_MS);
  }
  return seen;
};

const batchOf = (key: unknown): number => Number.parseInt(String(key).split('-').at(-1) ?? '', 36);

const slackKey = (metadata: unknown): unknown =>
  (metadata as { readonly event_payload?: { readonly key?: unknown } } | undefined)?.event_payload?.key;

/** Returns a function that gives the names of the cards in a channel, oldest first. */
const cardsByChannel = ({ discord, slack, look }: Pick<World, 'discord' | 'slack' | 'look'>) => {
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
 * Runs the real bot against doubles of Discord, Slack and Yahoo that fail a third of the requests, kills it repeatedly,
 * and compares the cards of every channel with the expected ones.
 * @throws Error if a condition does not come about in time.
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
  const heal = injectFaults({ discord, slack, yahoo }, options.seed);
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

    const cardsIn = cardsByChannel(world);
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
    if (bot.unexpectedExits() > 0) faults.push(`the bot ended by itself ${bot.unexpectedExits()} times`);
    if (exit !== 0) faults.push(`the bot ended with ${String(exit)} when it was told to stop`);
    if (faults.length === 0) rmSync(folder, { recursive: true, force: true });
    return { ...sum, kills: options.kills, faults, logFile };
  } finally {
    await bot.stop();
    await Promise.all([discord.close(), slack.close(), yahoo.close()]);
  }
};
