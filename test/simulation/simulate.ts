import { createHash } from 'node:crypto';
import type { Config } from '../../src/app/config.ts';
import type { EditOutcome, Outcome } from '../../src/chat/platform.ts';
import { createBotClock } from '../../src/clock/bot-clock.ts';
import { createMutableWatchlist } from '../../src/market/mutable-watchlist.ts';
import type { Logger } from '../../src/telemetry/log.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';
import { guidanceOf } from '../facts/guidance-of.ts';
import { nextDueAt, type StoredDelivery, storedDeliveries } from '../store/inspect.ts';
import { type Bot, buildBot, type SharedDatabase } from './bot.ts';
import { drawFrom } from './draw.ts';
import { EVENING_MS } from './evenings.ts';
import { digestDue } from './expected.ts';
import { type Await, effectOf, type Fault } from './faults.ts';

import type { GivenOrder, Order } from './orders.ts';
import { createPlatform, type MadeEdit, type Message, type Rooms, roomOf } from './platforms.ts';
import type { Scenario } from './scenario.ts';
import { createAnswers, createSource } from './source.ts';
import { createVirtualTime, settled } from './virtual-time.ts';

/** One line of what happened, for the story of a seed. */
export interface Event {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly text: string;
}

/** What came of a scenario. */
export interface Run {
  readonly events: readonly Event[];
  readonly rooms: Rooms;
  /** Oldest first. */
  readonly edits: readonly MadeEdit[];
  readonly deliveries: readonly StoredDelivery[];
  /** Of all events: equal for equal runs. */
  readonly hash: string;
  readonly wakes: number;
  /** When the bot was really ended or stopped, and until when. */
  readonly ends: readonly Fault[];
  readonly orders: readonly GivenOrder[];
}

const PLATFORMS = ['discord', 'slack'];
/** While nothing is due and the exchange is closed, the bot is woken this often. */
const IDLE_MS = 2 * HOUR_MS;
/** The bot sees a history or a digest due within this time of the bells. */
const BUSY_BEFORE_OPEN_MS = 10 * MINUTE_MS;
const BUSY_AFTER_CLOSE_MS = 40 * MINUTE_MS;
/** While a digest may wait for closes, the bot is woken more often. */
const DIGEST_REACH_MS = 75 * MINUTE_MS;
const DIGEST_LOOK_MS = 15 * MINUTE_MS;
/** What is due and waits for something else is looked at again after this time, and ever more rarely. */
const LOOK_AGAIN_MS = { least: 5_000, most: 2 * MINUTE_MS };

/** After the last move of an evening, a fall is told within this time. */
const EVENING_REACH_MS = 45 * MINUTE_MS;

/** What somebody wants of the bot has come to all its jobs by then, as on a computer, which wakes it every second. */
const ORDER_LOOK_MS = MINUTE_MS;

/** A crash that has waited so long for its await does not happen. */
const FUSE_MS = 2 * HOUR_MS;

/** A promise that is never settled: whoever awaits it has ended. */
const never = <T>(): Promise<T> => new Promise(() => undefined);

/** The bot's log as lines of the story. */
const noteLog = (say: (line: string) => void): Logger => {
  const write = (fields: unknown, message?: string): void => {
    const { err, ...others } = fields as { readonly err?: unknown };
    say(`${message ?? ''} ${JSON.stringify(others)}${err === undefined ? '' : ` ${String(err)}`}`);
  };
  const log = { debug: () => undefined, info: write, warn: write, error: write, child: () => log };
  return log as unknown as Logger;
};

/** Runs the bot through a scenario. Same scenario, same run. */
export const simulate = async (scenario: Scenario, config: Config, database: SharedDatabase): Promise<Run> => {
  const { start, end, calendar, pollMs, channels, faults, market, orders, evenings } = scenario;
  const time = createVirtualTime(start);
  const events: Event[] = [];
  const note = (text: string): void => void events.push({ at: time.now(), text });
  const people = orders.flatMap(({ platform, what }) =>
    what.kind === 'ping' ? { platform, address: what.person } : [],
  );
  const rooms: Rooms = new Map([...channels, ...people].map((place) => [roomOf(place), [] as Message[]]));
  const edits: MadeEdit[] = [];
  const answers = createAnswers(scenario);
  const random = drawFrom(scenario.seed + 1_000_003);
  const clockError = faults.find(({ kind }) => kind === 'wrong clock')?.value ?? 0;
  const sets = faults.filter(({ kind }) => kind === 'clock set');
  /** The computer's clock. */
  const wall = (): number =>
    sets.reduce(
      (at, { from, to, value = 0 }) => at + (from <= time.now() && time.now() < to ? value : 0),
      time.now() + clockError,
    );
  const createClock = () =>
    createBotClock({
      wall,
      onSet: (aheadMs) => note(`the clock is set by ${Math.round(aheadMs)} ms`),
      onOff: (off) => note(`the clock is ${off === undefined ? 'right' : `${off.aheadMs} ms ahead`}`),
    });
  let botClock = createClock();
  const clock = (): number => botClock.now();
  /** The bot hears the time that an answer bears, in whole seconds. */
  const tell = (host: string): void =>
    botClock.hear({ host, time: 1_000 * Math.floor(time.now() / 1_000), marginMs: 1_000 });
  const watchlist = {
    ...config.watchlist,
    symbols: new Map(
      market.symbols.flatMap((symbol) => {
        const it = config.watchlist.symbols.get(symbol);
        return it ? [[symbol, it] as const] : [];
      }),
    ),
  };

  let wakes = 0;
  let lookAgainMs = LOOK_AGAIN_MS.least;
  let bot: Bot | undefined;
  let life = 0;
  let startedAt = start;
  /** Awaits left before the bot ends; undefined while it is not to. */
  let fuse: { left: number; readonly of: Await; readonly crash: Fault } | undefined;
  let ended: Fault | undefined;
  const ends: Fault[] = [];
  const running = new Set<string>();

  /** Ends the bot at one of its awaits, if its time has come. */
  const mayEnd = (where: string, what: Await = 'any'): boolean => {
    if (fuse && time.now() > fuse.crash.from + FUSE_MS) fuse = undefined;
    if (!fuse || ended || (fuse.of !== 'any' && fuse.of !== what)) return false;
    fuse.left -= 1;
    if (fuse.left >= 0) return false;
    const { crash } = fuse;
    ended = { ...crash, from: time.now(), to: time.now() + Math.max(1_000, crash.to - crash.from) };
    ends.push(ended);
    fuse = undefined;
    note(`the bot ends at ${where}`);
    life += 1;
    return true;
  };

  const startBot = async (): Promise<void> => {
    const own = life;
    const isAlive = (): boolean => own === life;
    botClock = createClock();
    startedAt = time.now();
    const call = <T>(what: string, answer: () => T): Promise<T> => {
      if (!isAlive() || mayEnd(what)) return never();
      const ms = answers.latencyMs(time.now());
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      const give = (): void => {
        if (!isAlive()) return;
        try {
          resolve(answer());
          tell('the source');
          note(`${what}: answered`);
        } catch (error) {
          note(`${what}: ${(error as Error).message}`);
          reject(error);
        }
      };
      if (ms === 0) give();
      else time.at(time.now() + ms, give);
      return promise.then((value) => (isAlive() ? value : never<T>()));
    };
    const replyOf =
      (platform: string) =>
      <Came extends Outcome | EditOutcome>(ms: number, outcome: () => Came): Promise<Came> => {
        if (!isAlive() || mayEnd('a post', 'post')) return never();
        return new Promise((resolve) => {
          time.at(time.now() + ms, () => {
            if (!isAlive()) return;
            const came = outcome();
            if (came.kind !== 'unknown') tell(platform);
            resolve(came);
          });
        });
      };
    // The source knows the true time; the bot's clock may be wrong.
    const source = createSource(
      {
        ...answers,
        quotes: (symbols) => answers.quotes(symbols, time.now()),
        history: (symbol, from) => answers.history(symbol, from, time.now()),
        afterHours: (symbols) => answers.afterHours(symbols, time.now()),
        reportDay: (company) => answers.reportDay(company, time.now()),
      },
      call,
    );
    bot = await buildBot({
      ...{ databaseUrl: database.url, source, pollMs, clock, botClock },
      config: { ...config, watchlist: createMutableWatchlist(watchlist) },
      platforms: PLATFORMS.map((name) =>
        createPlatform(name, scenario, time, rooms, note, replyOf(name), (edit) => void edits.push(edit)),
      ),
      random: () => random.number(0, 1),
      log: noteLog((line) => isAlive() && note(line)),
      beforeStatement: () => {
        if (!isAlive()) throw new Error('this bot has ended');
      },
      afterCommit: () => (!isAlive() || mayEnd('a commit', 'commit') ? never() : Promise.resolve()),
      afterStatement: () => (!isAlive() || mayEnd('a statement') ? never() : Promise.resolve()),
    });
    note('the bot has started');
  };

  /** What a process leaves behind when it ends: its timers and its connection are gone. */
  const bury = async (): Promise<void> => {
    await settled();
    time.forgetTimers();
    running.clear();
    await bot?.db.destroy();
    bot = undefined;
  };

  const wake = async (): Promise<void> => {
    wakes += 1;
    const own = life;
    // As cli/start.ts does: nothing else runs before an answer has told the time, for a minute at most.
    const mayRun = (name: string): boolean =>
      name === 'poll' || botClock.hasHeard() || time.now() - startedAt > MINUTE_MS;
    for (const { name, run } of bot?.jobs ?? []) {
      if (running.has(name) || !mayRun(name)) continue;
      running.add(name);
      run(clock()).then(
        () => own === life && running.delete(name),
        (error: unknown) => {
          if (own !== life) return;
          running.delete(name);
          note(`${name} failed: ${String(error)}`);
        },
      );
    }
    await settled();
  };

  const allSettings = [
    ...channels.map(({ settings }) => settings),
    ...orders.flatMap(({ what }) => (what.kind === 'settings' ? what.settings : [])),
  ];
  const digests = [calendar.previous(scenario.sessions[0] ?? ''), ...scenario.sessions]
    .flatMap((session) => allSettings.map((settings) => digestDue(scenario, settings, session) - clockError))
    .toSorted((a, b) => a - b);

  /** While something happens after a bell, the bot is woken as often as it can ask. */
  const looks = evenings.map(({ bell, steps, symbol }) => {
    const calmAt = faults
      .filter((it) => effectOf(it).quotes && (it.symbol === undefined || it.symbol === symbol) && it.to > bell)
      .reduce((at, { from, to }) => (from <= at + EVENING_REACH_MS ? Math.max(at, to) : at), steps.at(-1)?.at ?? bell);
    return { from: bell + MINUTE_MS, to: calmAt + EVENING_REACH_MS, last: bell + EVENING_MS };
  });

  /** When the bot is polled for the market's sake after `now`. */
  const nextPoll = (now: number): number => {
    const isOn = looks.some(
      ({ from, to, last }) => from <= now && now <= last && now < Math.max(to, startedAt + EVENING_REACH_MS),
    );
    const look = isOn ? now + MINUTE_MS : end;
    return Math.min(look, ...looks.flatMap(({ from }) => (from > now ? from : [])), nextQuotes(now));
  };

  const nextQuotes = (now: number): number => {
    const next = now - ((now - start) % pollMs) + pollMs;
    const today = calendar.dayOf(now);
    const sessions = [today, calendar.next(today)].flatMap((day) => calendar.hours(day) ?? []);
    const busy = sessions.find(({ close }) => next < close + BUSY_AFTER_CLOSE_MS);
    const begins = (busy?.open ?? end) - BUSY_BEFORE_OPEN_MS;
    if (next >= begins) return next;
    // It stays owed while there are no closes at all.
    const isDigestOpen = digests.some((at) => {
      const outages = faults.filter(({ kind, from }) => kind === 'source down' && from < at + DIGEST_REACH_MS);
      return at <= now && now < Math.max(at, startedAt, ...outages.map(({ to }) => to)) + DIGEST_REACH_MS;
    });
    return Math.min(now + (isDigestOpen ? DIGEST_LOOK_MS : IDLE_MS), begins);
  };

  const given: { order: Order; askedAt: number; askedIn: number; doneAt: number }[] = [];

  /** The next moment at which the bot is woken. */
  const nextWake = async (): Promise<number> => {
    const now = time.now();
    const isDoubtful = bot !== undefined && (botClock.isInDoubt() || !botClock.hasHeard());
    const idle = Math.min(nextPoll(now), end, isDoubtful ? now + MINUTE_MS : end);
    const due = bot && (await nextDueAt(bot.db));
    if (due === undefined || due > clock()) lookAgainMs = LOOK_AGAIN_MS.least;
    else lookAgainMs = Math.min(2 * lookAgainMs, LOOK_AGAIN_MS.most);
    const digest = digests.find((at) => at > now) ?? end;
    const ordered = given.findLast(({ doneAt }) => doneAt + ORDER_LOOK_MS > now && Number.isFinite(doneAt))?.doneAt;
    const look = ordered === undefined ? end : ordered + ORDER_LOOK_MS;
    const wanted = due === undefined ? idle : Math.max(due - (clock() - now), now + lookAgainMs);
    return Math.min(idle, digest, look, Math.ceil(wanted / 1_000) * 1_000);
  };

  /** Does for the bot's channels what an order says. */
  const obey = async (
    { channels: of, subscriptions, confirm }: Bot,
    { at, platform, address, what }: Order,
  ): Promise<void> => {
    const channel = await of.at({ platform, address });
    if (!channel) throw new RangeError(`Expected a channel at ${address}`);
    const { id } = channel;
    switch (what.kind) {
      case 'settings':
        return void (await of.change(id, () => what.settings));
      case 'mute': {
        const messageId = rooms.get(roomOf(channel))?.at(-1)?.key;
        const press = what.by === undefined ? {} : { name: what.by, ...(messageId !== undefined && { messageId }) };
        return of.mute(id, what.symbol, clock() + what.ms, 'somebody', clock(), press);
      }
      case 'unmute':
        return void (await of.unmute(id, what.symbol, clock()));
      case 'ping':
        return void (await subscriptions.begin(channel, { ...what, language: 'en' }, clock()));
      case 'no-ping':
        return void (await subscriptions.end({ platform, person: what.person }, what.symbol));
      case 'guidance':
        return confirm(guidanceOf(config.facts, what, calendar.dayOf(at)), clock());
    }
  };

  /** Gives the running bot the orders that are due, and again those during which an earlier one ended. */
  const giveOrders = async (): Promise<void> => {
    while (given.length < orders.length && (orders[given.length]?.at ?? end) <= time.now()) {
      const order = orders[given.length];
      if (order) given.push({ order, askedAt: time.now(), askedIn: -1, doneAt: Number.POSITIVE_INFINITY });
    }
    for (const it of given) {
      if (it.doneAt <= time.now()) continue;
      // What comes later waits, so that orders keep their sequence.
      if (!bot || it.askedIn === life) break;
      it.askedIn = life;
      const { platform, address, what } = it.order;
      note(`${platform} ${address}: ${JSON.stringify(what)}`);
      obey(bot, it.order).then(
        () => {
          it.doneAt = time.now();
        },
        (error: unknown) => note(`an order failed: ${String(error)}`),
      );
      await settled();
      if (it.doneAt > time.now()) break;
    }
  };

  const interruptions = faults
    .filter(({ kind }) => kind === 'crash' || kind === 'restart')
    .toSorted((a, b) => a.from - b.from);

  try {
    await startBot();
    for (const { platform, address, language, settings } of channels)
      await bot?.channels.open({ platform, address }, { language, settings, origin: 'setup' }, clock());
    await wake();
    let until = 0;
    let next = 0;
    while (time.now() < end) {
      const at = bot ? await nextWake() : until;
      const interruption = interruptions[next];
      const begins = interruption && bot && !fuse ? interruption.from : Number.POSITIVE_INFINITY;
      const event = time.next() ?? Number.POSITIVE_INFINITY;
      const order = (bot && orders[given.length]?.at) ?? Number.POSITIVE_INFINITY;
      const moment = Math.max(time.now(), Math.min(at, begins, event, order, end));
      await time.advance(moment);
      await giveOrders();
      if (bot && begins <= moment && interruption) {
        next += 1;
        if (interruption.kind === 'restart') {
          note('the bot is stopped');
          const stopping = bot.stop().then(() => {
            bot = undefined;
          });
          until = Math.max(interruption.to, moment + 1_000);
          ends.push({ ...interruption, from: moment, to: until });
          while (bot) {
            await settled();
            const soon = time.next();
            if (bot && soon !== undefined) await time.advance(soon);
          }
          await stopping;
          life += 1;
          running.clear();
        } else {
          const { value = 0, of = 'any' } = interruption;
          fuse = { left: value, of, crash: interruption };
        }
      }
      if (bot && moment >= at) await wake();
      if (ended) {
        until = ended.to;
        ended = undefined;
        await bury();
      }
      if (!bot && time.now() >= until) {
        await startBot();
        await wake();
      }
    }
    const deliveries = bot ? await storedDeliveries(bot.db) : [];
    const hash = createHash('sha256')
      .update(events.map(({ at, text }) => `${at} ${text}\n`).join(''))
      .digest('hex');
    const done = given.map(({ order, askedAt, doneAt }): GivenOrder => ({ ...order, askedAt, doneAt }));
    return { events, rooms, edits, deliveries, hash, wakes, ends, orders: done };
  } finally {
    life += 1;
    time.forgetTimers();
    time.release();
    await bot?.db.destroy();
  }
};
