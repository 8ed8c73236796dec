import type { SessionDate } from '../../src/market/calendar.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';
import type { Span } from './eras.ts';
import { effectOf, type Fault } from './faults.ts';
import type { Scenario, SimulatedChannel } from './scenario.ts';

/**
 * What has to be told and what may be told, worked out from the true prices and the faults alone: nothing here asks the
 * bot's rules. Levels in basis points, prices in micro-units, times in epoch milliseconds.
 */

/** A rule of a channel for a symbol: falls from the highest of the last closes, or from the close before. */
export interface Track {
  readonly symbol: string;
  readonly kind: 'drawdown' | 'day';
  /** Sessions; absent for `day`. */
  readonly window?: number;
  readonly levels: readonly number[];
}

/** A price that holds from one instant to another, and how deep it lies below what the track compares it with. */
export interface Plateau {
  readonly session: SessionDate;
  readonly from: number;
  readonly to: number;
  readonly price: number;
  readonly reference: number;
  /** Whether it is the session's close. */
  readonly isClose: boolean;
}

const { rules: defaults } = loadWatchlist();
const DEFAULT_KINDS: readonly string[] = ['drawdown', 'day', 'figures', 'bill', 'digest'];

export const wants = ({ kinds = [] }: ChannelSettings, kind: string): boolean =>
  (kinds.length > 0 ? (kinds as readonly string[]) : DEFAULT_KINDS).includes(kind);

/** The sessions of a year. */
export const YEAR = 252;

/** Levels by window, in basis points. */
const fallsOf = (settings: ChannelSettings, symbol: string): ReadonlyMap<number, readonly number[]> => {
  const windows = new Map(defaultsOf(symbol).drawdown.map(({ window, levels }) => [window, levels]));
  for (const rules of [settings.rules?.['*'], settings.rules?.[symbol]])
    for (const [window, levels] of Object.entries(rules?.drawdown ?? {})) windows.set(Number(window), levels);
  return windows;
};

/** A channel's levels for a day's fall of a symbol. */
export const dayLevels = (settings: ChannelSettings, symbol: string): readonly number[] =>
  settings.rules?.[symbol]?.day ?? settings.rules?.['*']?.day ?? defaultsOf(symbol).day;

const defaultsOf = (symbol: string) => defaults[symbol === 'IXIC' ? 'index' : 'stock'];

/** The levels of a year, whether falls to them are told or only the recovery. */
export const yearLevels = (settings: ChannelSettings, symbol: string): readonly number[] =>
  fallsOf(settings, symbol).get(YEAR) ?? [];

/** The tracks of a channel's settings. */
export const tracksOf = ({ market }: Scenario, settings: ChannelSettings): Track[] =>
  market.symbols
    .filter((symbol) => !settings.without?.includes(symbol))
    .flatMap((symbol): Track[] => {
      const falls = [...fallsOf(settings, symbol)].map(
        ([window, levels]): Track => ({ symbol, kind: 'drawdown', window, levels }),
      );
      return [...falls, { symbol, kind: 'day' as const, levels: dayLevels(settings, symbol) }].filter(
        ({ kind, levels }) => levels.length > 0 && wants(settings, kind),
      );
    });

/** Whether a price lies at least this deep; exact for prices below nine billion micro-units. */
export const isDown = ({ price, reference }: Pick<Plateau, 'price' | 'reference'>, level: number): boolean =>
  BigInt(price) * 10_000n <= BigInt(reference) * BigInt(10_000 - level);

/** Whether a price is so near to its reference again that a level may be told anew. */
export const isBack = (plateau: Pick<Plateau, 'price' | 'reference'>, level: number): boolean =>
  !isDown({ price: 2 * plateau.price, reference: 2 * plateau.reference }, level / 2) || level === 0;

/** The deepest of a track's levels that a price has reached; 0 for none. */
export const depthOf = (plateau: Pick<Plateau, 'price' | 'reference'>, levels: readonly number[]): number =>
  levels.findLast((level) => isDown(plateau, level)) ?? 0;

/** All that a track's symbol truly did in the scenario, oldest first. */
export const plateausOf = (
  { market, calendar, sessions }: Scenario,
  { symbol, kind, window = 1 }: Omit<Track, 'levels'>,
): Plateau[] =>
  sessions.flatMap((session) => {
    const { open = 0, close = 0 } = calendar.hours(session) ?? {};
    const before = market.closes(symbol, open).map((it) => it.close);
    const referenceOf = (price: number, isClose: boolean): number =>
      kind === 'day' ? (before.at(-1) ?? price) : Math.max(price, ...before.slice(isClose ? -(window - 1) : -window));
    const steps = market.pricesIn(symbol, session);
    return steps.flatMap(({ at, price }, place): Plateau[] => {
      const next = steps[place + 1];
      const quoted = {
        session,
        from: at,
        to: next?.at ?? close,
        price,
        reference: referenceOf(price, false),
        isClose: false,
      };
      if (next) return [quoted];
      return [quoted, { session, from: close, to: close, price, reference: referenceOf(price, true), isClose: true }];
    });
  });

/** Spans in which faults disturb something, with what comes before and after them. */
const disturbed = (faults: readonly Fault[], pollMs: number): Span[] =>
  faults.map((fault) => {
    const { before = pollMs, after = pollMs } = effectOf(fault);
    return { from: fault.from - before, to: fault.to + after };
  });

/** The first instant from `from` on after which nothing is disturbed for `ms`. */
const firstCalm = (spans: readonly Span[], from: number, ms: number): number => {
  let at = from;
  for (;;) {
    const over = spans.find((span) => span.from < at + ms && span.to > at);
    if (!over) return at;
    at = over.to;
  }
};

/** Polls that surely confirm a price: a jump needs several. */
const SURE_POLLS = 4;
const SURE_MARGIN_MS = 3 * MINUTE_MS;
/** From the moment a platform works again until everything due is posted: the longest wait between two tries, and more. */
export const POSTED_WITHIN_MS = 14 * MINUTE_MS;
/** Slides of a busy channel are gathered for so long. */
const GATHERED_MS = 5 * MINUTE_MS;

/** A digest waits so long for its session's closes, half an hour, and a look at it. */
const CLOSES_AWAITED_MS = 47 * MINUTE_MS;

/** A price so far below the close before may wait for the evening: it looks like a split. */
const LIKE_A_SPLIT = 0.56;
/** And so may one that is nearer to the close divided by a split's `value` than to the close: only the price may be divided. */
const halfDone = ({ value = 1 }: Fault): number => (value > 1 ? 1.01 / Math.sqrt(value) : 0);
/** Before the opening bell, closes that are missing are asked for this early. */
const CLOSES_ASKED_MS = 10 * MINUTE_MS;
/** After the bell, quotes are asked for so long. */
const BELL_HEARD_MS = 30 * MINUTE_MS;

type Place = Pick<SimulatedChannel, 'platform' | 'address'>;

/** What a scenario's faults leave. */
export interface Outlook {
  /** When the bot has surely seen a price that holds during `span`; undefined if it may miss it. */
  seenBy(symbol: string, span: Span): number | undefined;
  /** Whether nothing disturbs a symbol's quotes in the last polls of a span. */
  isSeenAtEnd(symbol: string, span: Span): boolean;
  /** Whether nothing disturbs a symbol's quotes for some polls of a span. */
  isCalmIn(symbol: string, span: Span): boolean;
  /** When the bot has surely seen a price of every symbol since an instant. */
  allCalmFrom(at: number): number;
  /** The end of the first `ms` from an instant on in which nothing disturbs a symbol's quotes and the running bot. */
  seenFor(symbol: string, from: number, ms: number): number;
  /** The end of the first `ms` from an instant on in which nothing disturbs posts to a channel or a person. */
  reachedFor(place: Place, from: number, ms: number): number;
  /** When a card that is enqueued at `at`, while the channel has these settings, is surely there. */
  postedBy(channel: SimulatedChannel, settings: ChannelSettings, at: number): number;
  /**
   * When a session's digest that is due at `at` is surely enqueued: it waits for closes, without end while there are none at
   * all, and a bot that starts waits anew.
   */
  digestBy(at: number, session: SessionDate): number;
  /** Whether the bot surely knows the closes before a session when that begins. */
  hasCloses(symbol: string, session: SessionDate): boolean;
  /** Whether a symbol's closes and quotes are counted in two units for a while. */
  hasSplit(symbol: string): boolean;
  /** Whether the times of a symbol's trades say little about when they were seen. */
  hasStaleTrades(symbol: string): boolean;
  /** Whether a card of a true level may show another price: the quote that confirms it may be a wrong one. */
  hasOtherPrice(symbol: string, session: SessionDate): boolean;
  /**
   * Whether a wrong close of the session or of the one before may be believed: the bot has perhaps not seen the quotes after
   * that bell, and there is no other word.
   */
  mayBelieveWrongClose(symbol: string, session: SessionDate): boolean;
}

export const outlookOf = ({ faults, pollMs, calendar, market }: Scenario): Outlook => {
  const quotesOf = (symbol: string): Span[] =>
    disturbed(
      faults.filter((it) => effectOf(it).quotes && (it.symbol === undefined || it.symbol === symbol)),
      pollMs,
    );
  const splitOf = (symbol: string): Fault | undefined =>
    faults.find((it) => it.kind === 'split' && it.symbol === symbol);
  const sureMs = SURE_POLLS * pollMs + SURE_MARGIN_MS;
  const postsTo = ({ platform, address }: Place): Span[] =>
    disturbed(
      faults.filter(
        (it) =>
          effectOf(it).posts &&
          (it.platform === undefined || it.platform === platform) &&
          (it.address === undefined || it.address === address),
      ),
      0,
    );
  return {
    seenBy: (symbol, { from, to }) => {
      const before = market.closeOf(symbol, calendar.previous(calendar.sessionOf(from)));
      const split = splitOf(symbol);
      const waitsBelow = Math.max(LIKE_A_SPLIT, split ? halfDone(split) : 0);
      if (market.priceAt(symbol, from) < waitsBelow * before) return undefined;
      const calm = firstCalm(quotesOf(symbol), from, sureMs);
      return calm + sureMs <= to ? calm + sureMs : undefined;
    },
    isSeenAtEnd: (symbol, { from, to }) =>
      firstCalm(quotesOf(symbol), Math.max(from, to - sureMs), sureMs) + sureMs <= to,
    isCalmIn: (symbol, { from, to }) => firstCalm(quotesOf(symbol), from, sureMs) + sureMs <= to,
    seenFor: (symbol, from, ms) => firstCalm(quotesOf(symbol), from, ms) + ms,
    reachedFor: (place, from, ms) => firstCalm(postsTo(place), from, ms) + ms,
    allCalmFrom: (at) => firstCalm(market.symbols.flatMap(quotesOf), at, sureMs) + sureMs,
    postedBy: (channel, settings, at) => {
      const ready = Math.max(at, quietSpan(settings, at)?.to ?? at);
      return firstCalm(postsTo(channel), ready + GATHERED_MS, POSTED_WITHIN_MS) + POSTED_WITHIN_MS;
    },
    digestBy: (at, session) => {
      const closes = market.symbols.map((symbol) =>
        faults.filter(
          (it) =>
            (it.kind === 'late close' || it.kind === 'wrong close') && it.symbol === symbol && it.session === session,
        ),
      );
      // The first symbol whose close is there, and true.
      const firstClose = Math.min(...closes.map((of) => Math.max(at, ...of.map(({ to }) => to))));
      return faults
        .filter(({ kind }) => kind === 'crash' || kind === 'restart' || kind === 'source down')
        .toSorted((a, b) => a.from - b.from)
        .reduce(
          (by, { from, to }) => (from <= by ? Math.max(by, to + CLOSES_AWAITED_MS) : by),
          firstClose + CLOSES_AWAITED_MS,
        );
    },
    hasCloses: (symbol, session) => {
      const open = calendar.hours(session)?.open ?? 0;
      return !faults.some(
        (it) =>
          effectOf(it).closes &&
          (it.symbol === undefined || it.symbol === symbol) &&
          it.from < open &&
          it.to > open - CLOSES_ASKED_MS,
      );
    },
    hasSplit: (symbol) => splitOf(symbol) !== undefined,
    hasStaleTrades: (symbol) => faults.some((it) => it.kind === 'stale price' && it.symbol === symbol),
    hasOtherPrice: (symbol, session) =>
      faults.some(
        (it) =>
          it.symbol === symbol &&
          (it.kind === 'split' || (it.kind === 'wrong tick' && calendar.sessionOf(it.from) === session)),
      ),
    mayBelieveWrongClose: (symbol, session) =>
      faults.some(
        (it) =>
          it.kind === 'wrong close' &&
          it.symbol === symbol &&
          (it.session === session || calendar.next(it.session ?? '') === session) &&
          quotesOf(symbol).some((span) => span.from < it.from + BELL_HEARD_MS && span.to > it.from),
      ),
  };
};

/** The instant of a local time of a day in a time zone. */
const localAt = (day: Temporal.PlainDate, timeZone: string, plainTime: string): number =>
  day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;

const localDay = (instant: number, timeZone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate();

/** The quiet hours that a channel has at an instant; undefined if it has none then. */
export const quietSpan = (
  { quiet, timeZone = 'America/New_York' }: ChannelSettings,
  instant: number,
): Span | undefined => {
  if (!quiet) return undefined;
  for (const days of [-1, 0]) {
    const day = localDay(instant, timeZone).add({ days });
    const from = localAt(day, timeZone, quiet.from);
    const to = localAt(quiet.to < quiet.from ? day.add({ days: 1 }) : day, timeZone, quiet.to);
    if (from <= instant && instant < to) return { from, to };
  }
  return undefined;
};

/** When a channel's digest of a session is due: fifteen minutes after the bell, or at its own time after that. */
export const digestDue = (
  { calendar }: Scenario,
  { digest, timeZone = 'America/New_York' }: ChannelSettings,
  session: SessionDate,
): number => {
  const final = (calendar.hours(session)?.close ?? 0) + 15 * MINUTE_MS;
  if (digest?.at === undefined) return final;
  const day = localDay(final - HOUR_MS, timeZone);
  const [today, tomorrow] = [day, day.add({ days: 1 })].map((it) => localAt(it, timeZone, digest.at ?? '')) as [
    number,
    number,
  ];
  return Math.max(final, today >= final - HOUR_MS ? today : tomorrow);
};
