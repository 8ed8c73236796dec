import type { Calendar, SessionDate } from '../../src/market/calendar.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';
import type { Draw } from './draw.ts';

/** Where a bot may end: where it awaits a port, a statement or a commit; or only at the latter, or only at a post. */
export type Await = 'any' | 'post' | 'commit';

/** When and where something goes wrong. Times in epoch milliseconds. */
interface Drawn {
  readonly from: number;
  readonly to: number;
  /** Absent: all symbols. */
  readonly symbol?: string;
  /** Absent: both platforms. */
  readonly platform?: string;
  /** Absent: all channels of the platform. */
  readonly address?: string;
  readonly session?: SessionDate;
  /** Only of a crash. */
  readonly of?: Await;
  /** What it is depends on the kind. */
  readonly value?: number;
  /** Further instants, such as those at which the parts of a split arrive. */
  readonly times?: Readonly<Record<string, number>>;
}

/** One thing that goes wrong in a scenario. */
export interface Fault extends Drawn {
  readonly kind: FaultKind;
}

/** What a fault is drawn for. */
export interface Frame {
  readonly calendar: Calendar;
  /** The scenario's beginning and end. */
  readonly from: number;
  readonly to: number;
  /** The sessions in which something may go wrong. */
  readonly sessions: readonly SessionDate[];
  readonly symbols: readonly string[];
  readonly channels: readonly { readonly platform: string; readonly address: string }[];
  readonly pollMs: number;
  /** When there is something to tell: prices move, digests are due. Epoch milliseconds. */
  readonly moments: readonly number[];
  /** Symbols that have a split already. */
  readonly splits: Set<string>;
}

/** What a fault keeps from the bot or from a channel, and for how long after its end. */
interface Effect {
  /** The bot may miss quotes; of the fault's symbol, if it has one. */
  readonly quotes?: true;
  /** The bot may miss closes. */
  readonly closes?: true;
  /** Nothing may come to the fault's platform or channel. */
  readonly posts?: true;
  /** Milliseconds before its beginning and after its end. */
  readonly before?: number;
  readonly after?: number;
}

interface Kind extends Effect {
  /** How often it is drawn, compared with the others. */
  readonly weight: number;
  draw(draw: Draw, frame: Frame): Drawn | undefined;
}

const oneSession = (draw: Draw, { sessions, calendar }: Frame) => {
  const session = draw.one(sessions);
  const { open = 0, close = 0 } = calendar.hours(session) ?? {};
  return { session, open, close };
};

/** A time of a session, with the hour around it. */
const during = (draw: Draw, frame: Frame, least: number, most: number) => {
  const { open, close } = oneSession(draw, frame);
  const from = Math.round(draw.number(open - 20 * MINUTE_MS, close + 20 * MINUTE_MS));
  return { from, to: from + Math.round(draw.number(least, most)) };
};

/** A time that begins when something is to be told soon. */
const aroundCards = (draw: Draw, { moments, pollMs }: Frame, least: number, most: number) => {
  const from = Math.round(draw.one(moments) + draw.number(-least / 2, 2 * pollMs + 3 * MINUTE_MS));
  return { from, to: from + Math.round(draw.number(least, most)) };
};

const oneSymbol = (draw: Draw, { symbols }: Frame) => ({ symbol: draw.one(symbols) });

/** A channel, or all of a platform. */
const onePlace = (draw: Draw, { channels }: Frame) => {
  const { platform, address } = draw.one(channels);
  return draw.chance(0.5) ? { platform } : { platform, address };
};

/**
 * What no scenario has, although it happens, and why. Each is a decision of the bot's or a fault that is known; `false`
 * brings it back.
 */
const LEFT_OUT = {
  /** While a history is throttled, no quotes are asked for, of no symbol: a source that throttles is left alone. */
  historyThrottledAlone: true,
  /**
   * A whole history that follows a split is taken with a last row that the quote after the bell contradicts (seed 2198). To
   * leave that row out would not do: what quotes said is forgotten with the old unit, so it would be taken a little later.
   */
  wrongCloseWithSplit: true,
  /** Where nobody tells the time, a clock that was set is believed after five minutes. */
  clockSetWithoutSource: true,
};

const SPLITS = [2, 3, 4, 5, 10, 20, 1 / 5, 1 / 10];

/**
 * All that can go wrong. To add a fault: its line here, and what it does in source.ts, platforms.ts or simulate.ts, where its
 * kind is asked for. Whatever the effect does not name has to come as if nothing had happened.
 */
export const FAULTS = {
  /** Every request fails; `value` chooses how. */
  'source down': {
    ...{ weight: 3, quotes: true, closes: true, after: 3 * MINUTE_MS },
    draw: (draw, frame) => ({ ...during(draw, frame, 2 * MINUTE_MS, 100 * MINUTE_MS), value: draw.whole(0, 3) }),
  },
  /** The history of one symbol cannot be had. Until it is asked for, that changes nothing. */
  'history down': {
    ...{ weight: 2, quotes: true, closes: true, after: 20 * MINUTE_MS },
    draw: (draw, frame) => {
      const { open, close } = oneSession(draw, frame);
      const from = draw.chance(0.5) ? open - 10 * MINUTE_MS : close + 5 * MINUTE_MS;
      return {
        from,
        to: from + draw.number(MINUTE_MS, 2 * HOUR_MS),
        ...oneSymbol(draw, frame),
        value: draw.one(LEFT_OUT.historyThrottledAlone ? [0, 2, 3] : [0, 1, 2, 3]),
      };
    },
  },
  /** One answer has a wrong price: `value` times the true one. */
  'wrong tick': {
    ...{ weight: 4, quotes: true, before: 0, after: 0 },
    draw: (draw, frame) => {
      const { open, close } = oneSession(draw, frame);
      const from = draw.number(open + MINUTE_MS, close);
      const value = draw.chance(0.7) ? draw.number(0.3, 0.97) : draw.number(1.03, 12);
      return { from, to: from + 2 * frame.pollMs, ...oneSymbol(draw, frame), value };
    },
  },
  /** Answers without one symbol (0), or with a price of null (1), of zero (2), or without a time (3). */
  'no quote': {
    ...{ weight: 2, quotes: true },
    draw: (draw, frame) => ({
      ...during(draw, frame, 2 * MINUTE_MS, HOUR_MS),
      ...oneSymbol(draw, frame),
      value: draw.whole(0, 3),
    }),
  },
  /** Trades are of hours later. */
  'time ahead': {
    ...{ weight: 2, quotes: true },
    draw: (draw, frame) => ({
      ...during(draw, frame, 2 * MINUTE_MS, HOUR_MS),
      ...oneSymbol(draw, frame),
      value: draw.whole(1, 10) * HOUR_MS,
    }),
  },
  /** Times in thousandths of what they should be in. */
  'time in milliseconds': {
    weight: 1,
    draw: (draw, frame) => ({ ...during(draw, frame, 2 * MINUTE_MS, HOUR_MS), ...oneSymbol(draw, frame) }),
  },
  /** The answer of the beginning again and again, time and all. */
  'stale price': {
    ...{ weight: 2, quotes: true },
    draw: (draw, frame) => ({ ...during(draw, frame, 5 * MINUTE_MS, 2 * HOUR_MS), ...oneSymbol(draw, frame) }),
  },
  /** Quotes without the previous close. */
  'no previous close': {
    weight: 1,
    draw: (draw, frame) => ({ ...during(draw, frame, 5 * MINUTE_MS, 7 * HOUR_MS), ...oneSymbol(draw, frame) }),
  },
  'slow source': {
    weight: 1,
    draw: (draw, frame) => ({ ...during(draw, frame, 5 * MINUTE_MS, HOUR_MS), value: draw.whole(1_000, 8_000) }),
  },
  /** The row of a session is not there before `to`. */
  'late close': {
    ...{ weight: 2, closes: true },
    draw: (draw, frame) => {
      const { session, close } = oneSession(draw, frame);
      return { session, from: close, to: close + draw.number(20 * MINUTE_MS, 16 * HOUR_MS), ...oneSymbol(draw, frame) };
    },
  },
  /** The row of a session is `value` times the true close until `to`. */
  'wrong close': {
    ...{ weight: 3, closes: true },
    draw: (draw, frame) => {
      const { session, close } = oneSession(draw, frame);
      const value = draw.one([0, 0.5, draw.number(0.6, 0.98), draw.number(1.02, 1.6)]);
      return {
        session,
        from: close,
        to: close + draw.number(20 * MINUTE_MS, 16 * HOUR_MS),
        ...oneSymbol(draw, frame),
        value,
      };
    },
  },
  /** A row that was there is missing for some hours. */
  'missing row': {
    weight: 1,
    draw: (draw, frame) => {
      const { session, close } = oneSession(draw, frame);
      const from = close + draw.number(0, 15 * HOUR_MS);
      return { session: frame.calendar.previous(session), from, to: from + 4 * HOUR_MS, ...oneSymbol(draw, frame) };
    },
  },
  /** `value` shares for one, from the opening bell on; the other parts of it arrive in any order. */
  split: {
    ...{ weight: 2, quotes: true, closes: true, after: 30 * MINUTE_MS },
    draw: (draw, frame) => {
      const { session, open, close } = oneSession(draw, frame);
      const symbol = draw.one(frame.symbols);
      if (frame.splits.has(symbol) || symbol === 'IXIC') return undefined;
      frame.splits.add(symbol);
      const before = frame.calendar.hours(frame.calendar.previous(session))?.close ?? open;
      const some = (): number =>
        draw.one([before + 3 * HOUR_MS, open - HOUR_MS, open, draw.number(open, close), close + HOUR_MS]);
      // A source of which nothing but the price has changed by the evening tells of a fall, and nobody can know better.
      const early = draw.one(['previousClose', 'rows', 'told']);
      const times = {
        previousClose: some(),
        rows: some(),
        told: some(),
        [early]: draw.one([before + 3 * HOUR_MS, open - HOUR_MS, open]),
      };
      return {
        session,
        symbol,
        from: before,
        to: Math.max(open, ...Object.values(times)),
        value: draw.one(SPLITS),
        times,
      };
    },
  },
  /** The platform wants no posts for a while; `value` is the wait that it names, in milliseconds, or 0. */
  refusal: {
    ...{ weight: 3, posts: true, after: 6 * MINUTE_MS },
    draw: (draw, frame) => ({
      ...aroundCards(draw, frame, MINUTE_MS, HOUR_MS),
      ...onePlace(draw, frame),
      value: draw.one([0, 1_000, 30_000]),
    }),
  },
  /** The answer is lost; with `value` 1 the card is there all the same, with 2 it comes half a minute later. */
  'lost reply': {
    ...{ weight: 7, posts: true, after: 6 * MINUTE_MS },
    draw: (draw, frame) => ({
      ...aroundCards(draw, frame, MINUTE_MS, HOUR_MS),
      ...onePlace(draw, frame),
      value: draw.whole(0, 2),
    }),
  },
  /** No answer at all; with `value` 1 the card is there. */
  'no reply': {
    ...{ weight: 1, posts: true, after: 8 * MINUTE_MS },
    draw: (draw, frame) => ({
      ...aroundCards(draw, frame, MINUTE_MS, 5 * MINUTE_MS),
      ...onePlace(draw, frame),
      value: draw.whole(0, 1),
    }),
  },
  /** The bot may not write in a channel for a while. */
  forbidden: {
    ...{ weight: 2, posts: true, after: 80 * MINUTE_MS },
    draw: (draw, frame) => {
      const { platform, address } = draw.one(frame.channels);
      return { ...aroundCards(draw, frame, 5 * MINUTE_MS, 2 * HOUR_MS), platform, address };
    },
  },
  'slow platform': {
    ...{ weight: 2, posts: true, after: 2 * MINUTE_MS },
    draw: (draw, frame) => ({
      ...aroundCards(draw, frame, 10 * MINUTE_MS, 2 * HOUR_MS),
      platform: draw.one(frame.channels).platform,
      value: draw.whole(1_000, 5_000),
    }),
  },
  /** From `from` on, the bot passes `value` awaits, ends at the next, and begins again after as long as from `from` to `to`. */
  crash: {
    ...{ weight: 9, quotes: true, closes: true, posts: true, after: 4 * MINUTE_MS },
    draw: (draw, frame) => {
      const { from } = draw.chance(0.3) ? during(draw, frame, 0, 1) : aroundCards(draw, frame, 0, 1);
      const of = draw.one<Await>(['any', 'post', 'commit']);
      const value = draw.chance(0.3) ? 0 : draw.whole(1, { any: 60, post: 6, commit: 20 }[of]);
      return { from, to: from + draw.one([1_000, 30_000, draw.number(MINUTE_MS, 3 * HOUR_MS)]), value, of };
    },
  },
  /** The bot is stopped as a person stops it, and begins again at `to`. */
  restart: {
    ...{ weight: 1, quotes: true, closes: true, posts: true, after: 4 * MINUTE_MS },
    draw: (draw, frame) => during(draw, frame, 10_000, 30 * MINUTE_MS),
  },
  /** The computer's clock is wrong by `value` milliseconds all the time: less than anybody minds. */
  'wrong clock': {
    weight: 1,
    draw: (draw) => ({ from: 0, to: Number.MAX_SAFE_INTEGER, value: draw.whole(-20_000, 20_000) }),
  },
  /**
   * The computer's clock is set `value` milliseconds forward or back, and right again at `to`. Sources and platforms go on to
   * tell the time, so nothing may come of it. Drawn by the scenario, which then polls often enough.
   */
  'clock set': {
    weight: 0,
    draw: (draw, frame) => {
      const anytime = { from: draw.number(frame.from + HOUR_MS, frame.to - DAY_MS) };
      const { from } = draw.one([anytime, during(draw, frame, 0, 1), aroundCards(draw, frame, 0, 1)]);
      const minutes = draw.one([draw.number(2, 9), draw.number(10, 700), draw.number(800, 4_320)]);
      const value = (draw.chance(0.7) ? 1 : -1) * minutes * MINUTE_MS;
      return { from, to: from + draw.one([draw.number(1, 90), 2_000]) * MINUTE_MS, value: Math.round(value) };
    },
  },
} as const satisfies Record<string, Kind>;

export type FaultKind = keyof typeof FAULTS;

const KINDS = Object.entries(FAULTS) as [FaultKind, Kind][];

/** Whether two faults of one scenario are known to be too much. */
const isLeftOut = (one: Fault, other: Fault): boolean =>
  (LEFT_OUT.wrongCloseWithSplit &&
    one.kind === 'split' &&
    other.kind === 'wrong close' &&
    one.symbol === other.symbol) ||
  (LEFT_OUT.clockSetWithoutSource && one.kind === 'clock set' && other.kind === 'source down');

/** The faults of a scenario without those that are left out beside others. */
export const possibleFaults = (faults: readonly Fault[]): Fault[] =>
  faults.filter((fault) => !faults.some((other) => isLeftOut(other, fault)));

export const effectOf = ({ kind }: Fault): Effect => (FAULTS as Readonly<Record<string, Kind>>)[kind] ?? {};

/** Draws a fault of a kind; undefined if that does not fit. */
export const drawFaultOf = (kind: FaultKind, draw: Draw, frame: Frame): Fault | undefined => {
  const drawn = (FAULTS as Readonly<Record<FaultKind, Kind>>)[kind].draw(draw, frame);
  return drawn && { kind, ...drawn, from: Math.round(drawn.from), to: Math.round(drawn.to) };
};

/** Draws one fault; undefined if the kind that was drawn does not fit. */
export const drawFault = (draw: Draw, frame: Frame): Fault | undefined => {
  let place = draw.number(
    0,
    KINDS.reduce((sum, [, { weight }]) => sum + weight, 0),
  );
  const found = KINDS.find(([, { weight }]) => {
    place -= weight;
    return place < 0;
  });
  return drawFaultOf(found?.[0] ?? 'source down', draw, frame);
};
