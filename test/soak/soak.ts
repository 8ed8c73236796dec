import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadFacts } from '../../src/facts/fact-files.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { HOUR_MS } from '../../src/util/durations.ts';
import { startDiscordDouble } from '../doubles/discord/double.ts';
import { schemaFaults } from '../doubles/discord/schema.ts';
import { startEdgarDouble } from '../doubles/edgar/index.ts';
import { seeded } from '../doubles/random.ts';
import { startSlackDouble } from '../doubles/slack/slack-double.ts';
import { startYahooDouble } from '../doubles/yahoo/index.ts';
import { guidanceOf } from '../facts/guidance-of.ts';
import { at, playMarket, START_PRICES } from '../roads/market.ts';
import { type Bot, startBot } from './bot.ts';
import { createCast } from './cast.ts';
import { type FastClock, instantAt } from './clock.ts';
import { type DatabaseKind, makeDatabase, type SoakDatabase } from './database.ts';
import { createJournal, disturb, type Journal } from './disturb.ts';
import { playEvening, tradeAfterHours } from './evening.ts';
import { headlineFor, type SeenFall } from './expected.ts';
import { makeFalls } from './falls.ts';
import { cardsByChannel, judgeChannel } from './judge.ts';
import { judgeOthers } from './judge-others.ts';
import { judgePings } from './judge-pings.ts';
import { createLook, type Look } from './look.ts';
import { confirmGuidance, muteByHand, type SoakMute, symbolToMute } from './people.ts';
import { type SoakChannel, setUp, soakChannels, soakSubscribers } from './places.ts';
import { discordPlaceSpells, discordSpells, slackPlaceSpells, slackSpells } from './spells.ts';
import { type Casts, type Doubles, injectFaults } from './troubles.ts';

export interface SoakOptions {
  readonly database: DatabaseKind;
  readonly channels: number;
  readonly alerts: number;
  readonly kills: number;
  /** Kills of the database's server, if it has one. */
  readonly serverKills: number;
  /** Determines the falls, faults and waiting times; how they coincide depends on the machine. */
  readonly seed: number;
  /** Simulated seconds per real second. */
  readonly speed: number;
  /** The same in the evening, of which little is worth waiting for. */
  readonly eveningSpeed: number;
  /** Maximum time between two falls, simulated milliseconds. */
  readonly gapMs: number;
  /** Average time between two kills, real milliseconds. */
  readonly killMs: number;
  /** Average time between two kills of the server, real milliseconds. */
  readonly serverKillMs: number;
  /** Longest time between two refusals that last, of a platform and of each channel, and how long they do, simulated milliseconds. */
  readonly spellGapMs: number;
  readonly spellMs: number;
  readonly say: (line: string) => void;
}

export interface SoakResult {
  readonly delivered: number;
  readonly lost: number;
  readonly twice: number;
  readonly outOfOrder: number;
  readonly kills: number;
  readonly serverKills: number;
  /** Cards that a channel was owed when it was taken out of use, and falls that it was owed none for then. */
  readonly goneWithChannel: number;
  /** Refusals that lasted and were met, with how often, by platform and kind. */
  readonly met: ReadonlyMap<string, number>;
  /** All faults, one line each. */
  readonly faults: readonly string[];
  /** Folder of the bot's output and of what became of the deliveries; deleted if there are no faults. */
  readonly folder: string;
}

const SESSION = '2025-06-03';
/** The channel that the threads are in, and the doubles' workspace. */
const PARENT = '699999999999999999';
const TEAM = 'T0000000001';
const SESSIONS_BEFORE = 300;
/** Real milliseconds between two checks of a condition. */
const CHECK_INTERVAL_MS = 50;
/** The soak is aborted if the bot exits more often without being killed. */
const MAX_UNEXPECTED_EXITS = 5;
/** Quote requests that half of the kills wait for, and for how long at most, real milliseconds. */
const POLLS_OF_A_LIFE = 6;
const MAX_START_MS = 30_000;
/** How long to wait for a condition, simulated milliseconds. */
const TIMEOUT_MS = 2 * HOUR_MS;

interface World extends Doubles {
  readonly options: SoakOptions;
  readonly database: SoakDatabase;
  readonly now: () => number;
  readonly look: Look;
  readonly bot: Bot;
  readonly random: () => number;
}

/** Waits for a value; a database that cannot be read is asked again. @throws Error after TIMEOUT_MS. */
const until = async <T>(
  { now, bot }: Pick<World, 'now' | 'bot'>,
  what: string,
  find: () => Promise<T | undefined>,
): Promise<T> => {
  const last = now() + TIMEOUT_MS;
  for (let cause: unknown; ; await sleep(CHECK_INTERVAL_MS)) {
    try {
      const found = await find();
      if (found !== undefined) return found;
    } catch (error) {
      cause = error;
    }
    if (bot.unexpectedExits() > MAX_UNEXPECTED_EXITS) throw new Error('soak: the bot ends by itself over and over');
    if (now() > last) throw new Error(`soak: waited two hours of simulated time for ${what}`, { cause });
  }
};

const time = (now: number): string =>
  Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO('America/New_York')
    .toPlainTime()
    .toString()
    .slice(0, 8);

/**
 * Kills the bot at random moments: after some time, or after some of its requests. Half of the kills wait until it has
 * asked for prices some times: on a busy machine, it would otherwise never get so far.
 */
const killAtRandom = async ({ discord, slack, yahoo, bot, random, now, options }: World): Promise<void> => {
  const { kills, killMs, say } = options;
  let startsAt = 0;
  const polls = () => yahoo.requests.slice(startsAt).filter(({ endpoint }) => endpoint === 'quote').length;
  for (let kill = 1; kill <= kills; kill += 1) {
    const waitMs = Math.round(2 * killMs * random());
    const requests = 1 + Math.floor(random() * 5);
    const afterRequests = random() < 0.5;
    await sleep(waitMs);
    const count = () => discord.requests.length + slack.requests.length;
    const after = count() + requests;
    const latest = Date.now() + (afterRequests ? killMs : MAX_START_MS);
    while ((afterRequests ? count() < after : polls() < POLLS_OF_A_LIFE) && Date.now() < latest) await sleep(1);
    say(
      `kill ${kill} at ${time(now())}, ${waitMs} ms after the last one${afterRequests ? ` and ${requests} requests` : ''}`,
    );
    await bot.kill();
    startsAt = yahoo.requests.length;
  }
};

/** Kills the database's server at random moments, and starts it again. */
const killServerAtRandom = async ({ database, random, now, options }: World): Promise<number> => {
  const { serverKills, serverKillMs, say } = options;
  if (!database.restart) return 0;
  for (let kill = 1; kill <= serverKills; kill += 1) {
    await sleep(2 * serverKillMs * random());
    const at = now();
    await database.restart();
    say(`kill ${kill} of the server at ${time(at)}, back at ${time(now())}`);
  }
  return serverKills;
};

/** Lets prices fall step by step, each once the last is stored. Returns the falls with the time they were stored. */
const letFall = async (
  world: World,
  steps: ReturnType<typeof makeFalls>,
  move: (ticker: string, factor: number) => void,
  /** Called after each step, with the number of those that are over. */
  afterStep: (done: number) => Promise<void>,
) => {
  const { now, random, look, discord, slack, options } = world;
  const seen: SeenFall[] = [];
  for (const [index, { moves, falls }] of steps.entries()) {
    const since = now();
    for (const [ticker, factor] of moves) move(ticker, factor);
    if (random() < 0.2) discord.dropSockets();
    if (random() < 0.2) slack.dropSockets();
    const names = falls.map(({ symbol }) => symbol).join(' ');
    const found: Omit<SeenFall, 'storedAt'>[] = [];
    for (const fall of falls)
      found.push({ ...fall, seenAt: await until(world, names, () => look.alertOf(fall.symbol, since)) });
    await until(world, `the deliveries of ${names}`, async () => (await look.fanOuts()) === 0 || undefined);
    const storedAt = now();
    for (const fall of found) seen.push({ ...fall, storedAt });
    options.say(
      `fall ${index + 1} of ${steps.length} at ${time(since)}, noted at ${time(seen.at(-1)?.seenAt ?? 0)}: ${names}`,
    );
    await afterStep(index + 1);
    const next = now() + random() * options.gapMs;
    while (now() < next) await sleep(CHECK_INTERVAL_MS);
  }
  return seen.toSorted((a, b) => a.seenAt - b.seenAt);
};

/** Where somebody mutes: a channel of each platform. */
const mutedChannels = (channels: readonly SoakChannel[]): SoakChannel[] =>
  ['discord', 'slack'].flatMap((platform) => channels.filter((it) => it.platform === platform)[1] ?? []);

/** Refuses what the bot asks for, of a platform as a whole and of each channel, until `over`. */
const disturbAll = async (
  world: World,
  channels: readonly SoakChannel[],
  { casts, guest, journal, over }: { casts: Casts; guest: string; journal: Journal; over: AbortSignal },
): Promise<void> => {
  const { discord, slack, look, now, options } = world;
  const common = { journal, look, now, gapMs: options.spellGapMs, holdMs: options.spellMs, over };
  const of = (platform: string) => channels.filter((it) => it.platform === platform);
  const firstGuest = channels.find(({ home }) => home === 'guest');
  let next = options.seed + 10;
  const random = () => {
    next += 1;
    return seeded(next);
  };
  await Promise.all([
    disturb({
      ...{ ...common, cast: casts.discord, random: random() },
      ...{ platform: 'discord', channels: of('discord'), spells: discordSpells(discord) },
    }),
    disturb({
      ...{ ...common, cast: casts.slack, random: random() },
      ...{ platform: 'slack', channels: of('slack'), spells: slackSpells(slack) },
    }),
    ...of('discord').map((channel, place) => {
      const spells = discordPlaceSpells(discord, channel, channel === firstGuest ? guest : undefined);
      const from = Math.floor(place / 3) % spells.length;
      return disturb({
        ...{ ...common, cast: casts.discord, random: random() },
        ...{ platform: 'discord', channels: [channel], spells: [...spells.slice(from), ...spells.slice(0, from)] },
      });
    }),
    ...of('slack').map((channel, place) => {
      const spells = slackPlaceSpells(slack, channel);
      const from = place % spells.length;
      return disturb({
        ...{ ...common, cast: casts.slack, random: random() },
        ...{ platform: 'slack', channels: [channel], spells: [...spells.slice(from), ...spells.slice(0, from)] },
      });
    }),
  ]);
};

/**
 * Runs the real bot against doubles of Discord, Slack and Yahoo that fail a third of the requests, kills it repeatedly,
 * and compares the cards of every channel with the expected ones. Undefined if this machine lacks the database.
 * @throws Error if a condition does not come about in time.
 */
export const soak = async (options: SoakOptions): Promise<SoakResult | undefined> => {
  const random = seeded(options.seed);
  const channels = soakChannels(options.channels);
  const steps = makeFalls(options.alerts, random, (fall) => channels.some((it) => headlineFor(it, fall) !== undefined));
  const folder = mkdtempSync(join(tmpdir(), 'slidewatch-soak-'));
  const database = await makeDatabase(options.database, join(folder, 'slidewatch.db'));
  if (!database) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  let clock: FastClock = { real: Date.now(), simulated: at(SESSION, '09:28'), speed: options.speed };
  const now = () => instantAt(clock, Date.now());

  // The schemas are compiled with the first message, which takes a while: not in the time of the bot.
  schemaFaults({});
  const discord = await startDiscordDouble({ now });
  const ofSlack = channels.flatMap(({ platform, address }) => (platform === 'slack' ? address : []));
  const slack = await startSlackDouble({ now, channels: ofSlack });
  const yahoo = await startYahooDouble({ now });
  const ofDiscord = channels.filter(({ platform }) => platform === 'discord');
  const guests = ofDiscord.filter(({ home }) => home === 'guest').map(({ address }) => [address, {}] as const);
  const guest = discord.joinGuild({ channels: Object.fromEntries(guests) });
  discord.addChannel(PARENT);
  for (const { address, home } of ofDiscord)
    if (home === 'text') discord.addChannel(address);
    else if (home === 'thread') discord.addThread(address, PARENT);
  const workspaceOf = ({ platform, home }: SoakChannel): string =>
    platform === 'slack' ? TEAM : home === 'guest' ? guest : discord.guildId;
  const calendar = loadCalendar();
  const market = playMarket(yahoo, calendar);
  market.past(calendar.previous(SESSION), SESSIONS_BEFORE);
  let trade = (): void => market.trade(now());
  yahoo.fail(({ endpoint }) => {
    if (endpoint === 'quote') trade();
    return undefined;
  });
  const edgar = await startEdgarDouble({ clock: now });
  const casts: Casts = { discord: createCast(), slack: createCast() };
  const inject = (seed: number) =>
    injectFaults({ discord, slack, yahoo }, casts, { seed, tickers: Object.keys(START_PRICES).length });
  const heal = inject(options.seed);
  const subscribers = soakSubscribers(channels);
  const places = channels.map((channel) => ({ ...channel, workspace: workspaceOf(channel) }));
  await setUp({ databaseUrl: database.url, yahooUrl: yahoo.url }, places, subscribers, now());

  const bot = startBot({
    env: {
      DATABASE_URL: database.url,
      POLL_SECONDS: '1',
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      YAHOO_URL: yahoo.url,
      EDGAR_CONTACT: 'Ada Test ada@example.com',
      EDGAR_URL: edgar.url,
    },
    clock: () => clock,
    logFile: join(folder, 'bot.log'),
    mayEnd: () => casts.discord.refusedStart() && casts.slack.refusedStart(),
  });
  // A long one, on a busy machine, is a long silence in simulated time.
  const stalls = monitorEventLoopDelay();
  stalls.enable();
  const look = createLook(database);
  const world: World = { discord, slack, yahoo, options, database, now, look, bot, random };
  let exit: number | NodeJS.Signals | null = null;
  try {
    await until(world, 'the first quotes', async () => (await look.quoted(SESSION)) === 9 || undefined);
    const journal = createJournal();
    const mutes: SoakMute[] = [];
    const guided: { symbol: string; from: number }[] = [];
    const facts = loadFacts();
    /** Somebody confirms guidance that is above or below all that the company has said. */
    const guide = async (symbol: string, millions: number): Promise<void> => {
      guided.push({ symbol, from: now() });
      await confirmGuidance(database, guidanceOf(facts, { symbol, millions }, SESSION), now);
    };
    const muteAt = Math.max(1, Math.floor(steps.length / 3));
    const afterStep = async (done: number): Promise<void> => {
      if (done !== muteAt) return;
      await guide('META', 90_000);
      for (const channel of mutedChannels(channels)) {
        const symbol = symbolToMute(channel, steps.slice(done));
        if (symbol !== undefined) mutes.push(await muteByHand({ discord, slack, look, now }, channel, symbol));
      }
      options.say(`muted at ${time(now())}: ${mutes.map(({ symbol }) => symbol).join(' ')}`);
    };
    /** Waits until all is at its end, with nothing that refuses any more. */
    const settle = async (): Promise<void> => {
      options.say(`healthy from ${time(now())} on; open: ${await until(world, 'the deliveries', look.open)}`);
      await until(world, 'everything due to be delivered', async () => (await look.open()) === 0 || undefined);
      await until(world, 'messages to people and edits', async () => (await look.aside()) === 0 || undefined);
      options.say(`everything is at its end at ${time(now())}`);
    };
    const calm = new AbortController();
    const disturbed = disturbAll(world, channels, { casts, guest, journal, over: calm.signal });
    const [seen, serverKills] = await Promise.all([
      letFall(world, steps, market.move, afterStep),
      killServerAtRandom({ ...world, random: seeded(options.seed + 4) }),
      killAtRandom({ ...world, random: seeded(options.seed + 3) }),
    ]);
    heal();
    calm.abort();
    await disturbed;
    await settle();

    const bell = calendar.hours(SESSION)?.close ?? 0;
    let stage: 0 | 1 = 0;
    const wellAgain = new AbortController();
    await bot.kill(() => {
      clock = { real: Date.now(), simulated: bell + 30_000, speed: options.eveningSpeed };
      trade = () => tradeAfterHours(yahoo, market, { now: now(), bell, stage });
      trade();
      market.close(SESSION);
    });
    options.say(`the evening begins at ${time(now())}`);
    const healEvening = inject(options.seed + 20);
    const disturbedToo = disturbAll(world, channels, { casts, guest, journal, over: wellAgain.signal });
    const [eveningKills] = await Promise.all([
      playEvening({
        ...{ discord, slack, bot, look, now, random: seeded(options.seed + 5), session: SESSION, say: options.say },
        until: (what, find) => until(world, what, find),
        deepen: () => {
          stage = 1;
        },
      }),
      guide('GOOGL', 20_000),
    ]);
    healEvening();
    wellAgain.abort();
    await disturbedToo;
    await settle();
    exit = await bot.stop();

    options.say(`the platforms stood still for at most ${Math.round(stalls.max / 1e6)} ms`);
    const judge = await judgeChannel({ discord, slack, look, journal, seen, mutes, time });
    const cardsIn = await cardsByChannel({ discord, slack, look, mutes });
    const judgeOther = judgeOthers({ journal, seen, mutes, guided, bell });
    const judged = channels.map(judge);
    const others = channels.map((channel) => judgeOther(channel, cardsIn(channel)));
    const faults = [...judged, ...others].flatMap((each) => each.faults);
    const total = (what: 'delivered' | 'lost' | 'twice' | 'outOfOrder' | 'goneWithChannel' | 'notices' | 'edited') =>
      judged.reduce((sum, each) => sum + each[what], 0);
    const ofOthers = (what: 'delivered' | 'lost' | 'twice' | 'goneWithChannel' | 'deepened' | 'named') =>
      others.reduce((sum, each) => sum + each[what], 0);
    options.say(`cards that say that their fall went on: ${total('edited')}`);
    options.say(
      `of the evening, of the bill and of ends of mutes: ${ofOthers('delivered')} delivered, ${ofOthers('lost')} lost, ${ofOthers('twice')} twice, ${ofOthers('goneWithChannel')} not owed; ${ofOthers('deepened')} say how deep it went, ${ofOthers('named')} who has muted`,
    );
    for (const platform of ['discord', 'slack']) {
      const own = subscribers.filter((it) => it.platform === platform);
      const place = channels.find((it) => it.platform === platform);
      const { owed, delivered, lost, twice } = judgePings({ discord, slack }, own, () => (place ? cardsIn(place) : []));
      options.say(`direct messages on ${platform}: ${owed} owed, ${delivered} delivered, ${lost} lost, ${twice} twice`);
      if (twice > 0) faults.push(`${twice} direct messages on ${platform} came twice`);
      // Slack shows a bot no direct messages: one whose answer was lost is given up.
      if (lost > 0 && platform === 'discord') faults.push(`${lost} direct messages on ${platform} were lost`);
    }
    const states = await look.states();
    for (const { state, slide, count } of states) {
      options.say(`deliveries of ${slide ? 'slides' : 'notices'}: ${count} ${state}`);
      const isExplained = slide ? ['sent', 'merged', 'muted', 'gone'] : ['sent', 'expired', 'muted', 'gone'];
      if (!isExplained.includes(state)) faults.push(`${count} deliveries ended as ${state}`);
    }
    const goneWithChannel = total('goneWithChannel');
    options.say(`owed to channels while they were taken out of use: ${goneWithChannel}; notices: ${total('notices')}`);
    for (const [kind, count] of journal.met) options.say(`met ${count} times: ${kind}`);
    const invalid = discord.invalid.length + slack.invalid.length;
    if (invalid > 0) faults.push(`${invalid} messages were refused for their form`);
    if (bot.unexpectedExits() > 0) faults.push(`the bot ended by itself ${bot.unexpectedExits()} times`);
    if (exit !== 0) faults.push(`the bot ended with ${String(exit)} when it was told to stop`);
    if (faults.length === 0) rmSync(folder, { recursive: true, force: true });
    else writeFileSync(join(folder, 'deliveries.json'), JSON.stringify(await look.deliveries(), undefined, 1));
    return {
      ...{ delivered: total('delivered') + ofOthers('delivered'), lost: total('lost') + ofOthers('lost') },
      ...{ twice: total('twice') + ofOthers('twice'), outOfOrder: total('outOfOrder') },
      ...{ goneWithChannel, met: journal.met, kills: options.kills + eveningKills, serverKills, faults, folder },
    };
  } finally {
    stalls.disable();
    await bot.stop();
    await Promise.all([discord.close(), slack.close(), yahoo.close(), edgar.close(), database.close()]);
  }
};
