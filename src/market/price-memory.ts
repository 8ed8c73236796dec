import { MINUTE_MS } from '../util/durations.ts';
import type { SessionDate } from './calendar.ts';
import type { Micros } from './money.ts';

/** A price more than 25% away from the last believed one, waiting for confirmation. Times in epoch milliseconds. */
export interface Jump {
  /** The price that it began with. */
  readonly first: Micros;
  /** The last price that agreed with it, and its trade. */
  readonly price: Micros;
  readonly tradeTime: number;
  /** When it was first seen, and its trade at that time. */
  readonly since: number;
  readonly firstTrade: number;
  /** Number of trades that agree, the first included. */
  readonly seen: number;
}

/** Why it is not known in which unit a symbol is counted. */
export type DoubtReason = 'previous close' | 'split told' | 'first history';

/** The source seems to count a symbol in another unit than we do. */
export interface Doubt {
  readonly reason: DoubtReason;
  /** The first session in doubt. */
  readonly session: SessionDate;
  /** Epoch milliseconds. */
  readonly since: number;
  /** Source's unit / ours: 0.1 after a split of ten for one. Absent where only the history is in doubt. */
  readonly factor?: number;
  /** Whether a split of that factor is told, or the factor is one that only a split gives. */
  readonly explained?: boolean;
}

/** One price that a quote has said of a session's close. */
export interface Word {
  readonly price: Micros;
  /** Epoch milliseconds. */
  readonly since: number;
  /** Whether it was said again ten minutes later or more. */
  readonly repeated: boolean;
}

/** What quotes have said of a session's close: the quote after the bell, and the previous close of the next session's quotes. */
export interface CloseWords {
  readonly bell?: Word;
  readonly previousClose?: Word;
}

/** What is not settled about the prices of one symbol. Plain data, stored as JSON. */
export interface PriceMemory {
  readonly jump?: Jump;
  readonly doubt?: Doubt;
  /** Of the newest sessions. */
  readonly words?: Readonly<Record<SessionDate, CloseWords>>;
  /** Closes and whole histories that were seen and are not believed yet, with the time they were first seen. */
  readonly candidates?: Readonly<Record<string, number>>;
  /** When the whole history was last compared, epoch milliseconds. */
  readonly comparedAt?: number;
}

const REPEATED_AFTER_MS = 10 * MINUTE_MS;
const SESSIONS_KEPT = 5;

const hear = (before: Word | undefined, price: Micros, now: number): Word => {
  if (before?.price !== price) return { price, since: now, repeated: false };
  return before.repeated || now - before.since < REPEATED_AFTER_MS ? before : { ...before, repeated: true };
};

/** Notes what a quote says of a session's close; the same object if that is known. */
export const noteWord = (
  memory: PriceMemory,
  session: SessionDate,
  kind: keyof CloseWords,
  price: Micros,
  now: number,
): PriceMemory => {
  const before = memory.words?.[session]?.[kind];
  const word = hear(before, price, now);
  if (word === before) return memory;
  const words = { ...memory.words, [session]: { ...memory.words?.[session], [kind]: word } };
  const newest = Object.entries(words)
    .toSorted(([a], [b]) => (a < b ? 1 : -1))
    .slice(0, SESSIONS_KEPT);
  return { ...memory, words: Object.fromEntries(newest) };
};

/** The memory without one of its parts; the same object if that part is absent. */
export const without = (memory: PriceMemory, part: keyof PriceMemory): PriceMemory => {
  if (memory[part] === undefined) return memory;
  const { [part]: _, ...rest } = memory;
  return rest;
};
