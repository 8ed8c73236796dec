import { DAY_MS, HOUR_MS, MINUTE_MS } from '../util/durations.ts';
import type { Bar, Split } from './bar.ts';
import { isWithin, ONE_STEP, SAME_CLOSE } from './basis.ts';
import type { Calendar, SessionDate } from './calendar.ts';
import { isJump, isUnlikeASplit } from './judge-quote.ts';
import type { Micros } from './money.ts';
import type { CloseWords, PriceMemory } from './price-memory.ts';
import type { Quote } from './quote.ts';
import type { History } from './source.ts';

/** Why a close or a history is not taken yet. Fixed words, because they are logged and shown. */
export const HISTORY_WAITS = [
  'bar waits',
  'correction waits',
  'mixed bases',
  'split told, rows not divided',
  'history differs',
  'one wild close left out',
  'history in doubt',
] as const;

export type HistoryWait = (typeof HISTORY_WAITS)[number];

/** One session, or the history from that session on, that waits. */
export interface Waiting {
  readonly session: SessionDate;
  readonly because: HistoryWait;
}

/** What a history is judged by, apart from itself. */
export interface HistoryContext {
  /** Our final bars, oldest first, and the splits we know. */
  readonly ours: readonly Bar[];
  readonly splits: readonly Split[];
  readonly memory: PriceMemory;
  /** The last quote used. */
  readonly quote: Quote | undefined;
  readonly calendar: Calendar;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The rows of an answer that may be taken. */
export interface JudgedRows {
  /** New and corrected bars, oldest first. */
  readonly taken: readonly Bar[];
  /** The first session of a correction that has to be folded again. */
  readonly refoldFrom?: SessionDate;
  readonly candidates: Readonly<Record<string, number>>;
  readonly waiting: readonly Waiting[];
}

/** Relative; a source's row and the quote after the bell are the same number on good data. */
const BELL_AGREES = 0.005;
/** Relative; the last trades of a session and its close. */
export const LAST_TRADE_AGREES = 0.02;
/** Relative; a difference as small as this is rounding. */
const ROUNDING = 0.0005;
const SMALL_STEP = 0.07;
const SMALL_CORRECTION = 0.02;
/** Until a close without an independent word is asked for again, and believed if it is still the same. */
const SECOND_LOOK_MS = 30 * MINUTE_MS;
/** Until a correction of an old close is believed, if whole histories go on saying it. */
const OLD_CORRECTION_MS = 20 * HOUR_MS;
const CANDIDATES_KEPT_MS = 7 * DAY_MS;
/** A correction in these last sessions is folded again, and what it raises is told. */
const REFOLDED_SESSIONS = 3;
/** A quote says nothing about a close unless its trade is of the last half hour. */
const LAST_TRADES_MS = 30 * MINUTE_MS;

const isStepLarge = (before: Micros | undefined, close: Micros): boolean =>
  before !== undefined && isJump(before, close);

const keyOf = ({ session, close }: Bar): string => `${session}:${close}`;

/** The closes that wait, with the time they were first seen, epoch milliseconds. */
const createCandidates = (before: PriceMemory['candidates'], now: number) => {
  const kept = Object.entries(before ?? {}).filter(([, since]) => now - since < CANDIDATES_KEPT_MS);
  const seen = new Map(kept.map(([key, since]) => [key, Math.min(since, now)]));
  return {
    /** How long this close has waited, in milliseconds; 0 when it is seen first. */
    waited: (row: Bar): number => {
      const since = seen.get(keyOf(row)) ?? now;
      seen.set(keyOf(row), since);
      return now - since;
    },
    drop: (row: Bar): boolean => seen.delete(keyOf(row)),
    all: (): Readonly<Record<string, number>> => Object.fromEntries(seen),
  };
};

type Candidates = ReturnType<typeof createCandidates>;

/** A row that no exchange can have printed, or of a day without a session. */
export const isRowUsable = ({ session, high, low, close }: Bar, calendar: Calendar): boolean =>
  close > 0 &&
  low <= close * 1.001 &&
  high >= close * 0.999 &&
  (!calendar.covers(session) || calendar.isSession(session));

/** Whether a new close is believed, given what quotes have said of it. */
const isCloseBelieved = (
  row: Bar,
  before: Bar | undefined,
  words: CloseWords | undefined,
  { ours, quote, calendar, memory }: HistoryContext,
  candidates: Candidates,
): boolean => {
  const { session, close } = row;
  const isLarge = isStepLarge(before?.close, close);
  const bell = words?.bell?.price;
  const told = words?.previousClose?.price;
  const bellAt = calendar.hours(session)?.close ?? 0;
  const lastQuote = quote?.session === session && quote.tradeTime >= bellAt - LAST_TRADES_MS ? quote : undefined;
  const lastTrade = lastQuote !== undefined && isWithin(lastQuote.price, close, LAST_TRADE_AGREES);
  const agreesWithTold = told !== undefined && isWithin(told, close, SAME_CLOSE);
  const seenAgain = (afterMs: number) => candidates.waited(row) >= afterMs;

  if (bell !== undefined) {
    if (!isWithin(bell, close, BELL_AGREES)) return agreesWithTold && !isLarge;
    if (!isLarge || lastTrade) return true;
    // The day's own previous close says that it counts in our unit; the answer with this row tells no split.
    const opened = before && memory.words?.[before.session]?.previousClose?.price;
    if (before && opened !== undefined) return isWithin(opened, before.close, SMALL_CORRECTION);
    return seenAgain(before === undefined || isUnlikeASplit(close / before.close) ? SECOND_LOOK_MS : DAY_MS);
  }
  if (told !== undefined) {
    if (agreesWithTold && !isLarge) return true;
    return (agreesWithTold || !isLarge) && seenAgain(SECOND_LOOK_MS);
  }
  if (lastQuote) return lastTrade || (!isLarge && seenAgain(SECOND_LOOK_MS));
  if (before === undefined || isWithin(close, before.close, SMALL_STEP)) return true;
  // Nobody saw the session, and a fall in it is one that the close after it, which we have, has not taken back.
  const after = isLarge ? ours.find((bar) => bar.session === calendar.next(session)) : undefined;
  const isKept = after !== undefined && !isStepLarge(close, after.close);
  return (!isLarge || isKept) && seenAgain(SECOND_LOOK_MS);
};

/**
 * Whether a close of a session whose unit is in doubt is believed, that is, taken for one of our unit all the same: a day
 * later, if the rows before it are still ours and the next session's previous close says it.
 */
const isCloseInDoubtBelieved = (row: Bar, words: CloseWords | undefined, candidates: Candidates): boolean => {
  const told = words?.previousClose?.price;
  return candidates.waited(row) >= DAY_MS && told !== undefined && isWithin(told, row.close, SAME_CLOSE);
};

/** Whether another close in place of one that we have is believed. */
const isCorrectionBelieved = (
  row: Bar,
  own: Bar,
  before: Bar | undefined,
  words: CloseWords | undefined,
  isRecent: boolean,
  candidates: Candidates,
): boolean => {
  const { close } = row;
  if (own.origin === 'quote' && isWithin(close, own.close, BELL_AGREES)) return true;
  if (isWithin(close, own.close, ROUNDING)) return true;
  const told = words?.previousClose?.price;
  const bell = words?.bell?.price;
  if (told !== undefined && isWithin(told, close, SAME_CLOSE)) return !isStepLarge(before?.close, close);
  if (told !== undefined && isWithin(told, own.close, SAME_CLOSE)) return false;
  if (bell !== undefined && isWithin(bell, close, BELL_AGREES)) return !isStepLarge(before?.close, close);
  const waited = candidates.waited(row);
  if (isWithin(close, own.close, SMALL_CORRECTION)) return waited >= SECOND_LOOK_MS;
  // Only the comparison of whole histories changes an old close by more.
  return (
    isRecent && told === undefined && bell === undefined && !isStepLarge(before?.close, close) && waited >= HOUR_MS
  );
};

/**
 * Decides which rows of an answer are taken: a close is believed when an independent word of the source says the same
 * (the quote after the bell, or the next session's previous close), or after a second look; a correction of a close we
 * have, likewise. `isWhole`: the rows are the whole history, which may also correct an old close, a day later. Rows are
 * usable and of ended sessions, oldest first. Pure.
 */
export const judgeRows = (rows: readonly Bar[], context: HistoryContext, isWhole = false): JudgedRows => {
  const { ours, memory, calendar, now } = context;
  const own = new Map(ours.map((bar) => [bar.session, bar]));
  const merged = new Map(own);
  const candidates = createCandidates(memory.candidates, now);
  const taken: Bar[] = [];
  const waiting: Waiting[] = [];
  const recent = new Set(ours.slice(-REFOLDED_SESSIONS).map(({ session }) => session));
  let refoldFrom: SessionDate | undefined;
  for (const [at, row] of rows.entries()) {
    const { session, close } = row;
    const mine = own.get(session);
    if (mine && mine.close === close && mine.origin === undefined) continue;
    const before = merged.get(calendar.previous(session)) ?? latestBefore(ours, taken, session);
    const words = memory.words?.[session];
    const isInDoubt = memory.doubt?.factor !== undefined && session >= memory.doubt.session;
    const isKnown = mine !== undefined && mine.origin === undefined;
    const isBelieved =
      isInDoubt && !isKnown
        ? isCloseInDoubtBelieved(row, words, candidates)
        : mine
          ? isCorrectionBelieved(row, mine, before, words, recent.has(session), candidates) ||
            (isWhole && !isSpike(rows[at - 1], row, rows[at + 1]) && candidates.waited(row) >= OLD_CORRECTION_MS)
          : isCloseBelieved(row, before, words, context, candidates);
    if (!isBelieved) {
      candidates.waited(row);
      const unknown = isSpike(before, row, rows[at + 1]) ? 'one wild close left out' : 'bar waits';
      waiting.push({ session, because: mine ? 'correction waits' : unknown });
      continue;
    }
    candidates.drop(row);
    taken.push(row);
    merged.set(session, row);
    const isFilled = !mine && ours.length > 0 && session < (ours.at(-1)?.session ?? '');
    const isCorrected = mine !== undefined && !isWithin(close, mine.close, ROUNDING);
    if ((isFilled || isCorrected) && session >= (ours.at(-REFOLDED_SESSIONS)?.session ?? '')) refoldFrom ??= session;
  }
  return { taken, ...(refoldFrom !== undefined && { refoldFrom }), candidates: candidates.all(), waiting };
};

/** Whether a close is more than a quarter away from both of its neighbours. */
const isSpike = (before: Bar | undefined, { close }: Bar, after: Bar | undefined): boolean =>
  isStepLarge(before?.close, close) && isStepLarge(close, after?.close ?? close);

const MAX_CORRECTIONS = 3;

/** Compares a whole history with ours: `corrected` for a few closes that differ, `differs` for more. */
export const compareWhole = (rows: readonly Bar[], { ours }: HistoryContext): 'same' | 'corrected' | 'differs' => {
  const closes = new Map(rows.map(({ session, close }) => [session, close]));
  const different = ours.filter(({ session, close }) => {
    const theirs = closes.get(session);
    return theirs !== undefined && !isWithin(theirs, close, ROUNDING);
  });
  if (different.length === 0) return 'same';
  return different.length <= MAX_CORRECTIONS ? 'corrected' : 'differs';
};

const latestBefore = (ours: readonly Bar[], taken: readonly Bar[], session: SessionDate): Bar | undefined => {
  const mine = ours.findLast((bar) => bar.session < session);
  const fresh = taken.findLast((bar) => bar.session < session);
  return fresh && (!mine || fresh.session > mine.session) ? fresh : mine;
};

/** How an answer's rows compare with ours. */
export type OverlapKind =
  /** Of one basis, ours. */
  | 'same'
  /** Of one basis, another than ours: the whole history is needed. */
  | 'rebased'
  /** Of two bases: nothing of it is taken. */
  | 'mixed'
  /** A split is told that the rows before it do not follow. */
  | 'undivided';

/** Relative; two ratios of closes within it are one factor, since prices are rounded to cents. */
const ONE_FACTOR = 0.005;
/** A factor nearer to 1 is a correction, not a split: the smallest common split is 21 for 20. */
const MIN_SPLIT_CHANGE = 0.02;
const COMPARED_ROWS = 10;

/** The told splits that we do not know, after our oldest bar. */
export const newSplits = (ours: readonly Bar[], known: readonly Split[], told: readonly Split[]): Split[] => {
  const sessions = new Set(known.map(({ session }) => session));
  return told.filter(({ session }) => session > (ours[0]?.session ?? '') && !sessions.has(session));
};

/** Whether rows still step by a split's factor at its session, or end before it. */
export const isStepLeft = (
  rows: readonly Bar[],
  { session, factor }: { session: SessionDate; factor: number },
): boolean => {
  const at = rows.findIndex((row) => row.session >= session);
  if (at < 0) return true;
  const [before, after] = [rows[at - 1]?.close, rows[at]?.close];
  if (before === undefined || after === undefined) return false;
  const step = Math.log(after / before);
  return !isJump(Math.round(before * factor), after) && Math.abs(step - Math.log(factor)) < Math.abs(step);
};

/**
 * The first session whose row and quotes both count in the unit of a told split that the rows before it do not follow;
 * undefined for none. A split by less than a quarter cannot be told from a move of the price.
 */
export const shownSplit = (
  rows: readonly Bar[],
  { session: from, numerator, denominator }: Split,
  { words }: PriceMemory,
): SessionDate | undefined => {
  const factor = denominator / numerator;
  const row = rows.find(({ session }) => session >= from);
  if (!row || !isJump(numerator, denominator) || !isStepLeft(rows, { session: from, factor })) return undefined;
  const { bell, previousClose } = words?.[row.session] ?? {};
  const isSaid = [bell, previousClose].some((word) => word && isWithin(word.price, row.close, BELL_AGREES));
  return isSaid ? row.session : undefined;
};

/** Compares an answer's bars and splits with ours. */
export const overlapOf = (ours: readonly Bar[], known: readonly Split[], theirs: History): OverlapKind => {
  if (ours.length === 0) return 'same';
  // A close of quotes alone was counted in our unit, whichever the quotes had.
  const closes = new Map(ours.flatMap((bar) => (bar.origin === 'quote' ? [] : [[bar.session, bar.close]])));
  const common = theirs.bars
    .flatMap(({ session, close }) => {
      const own = closes.get(session);
      return own === undefined ? [] : [{ session, ratio: close / own }];
    })
    .slice(-COMPARED_ROWS);
  const isNear = (a: number, b: number): boolean => isWithin(a, b, ONE_FACTOR);
  const [split] = newSplits(ours, known, theirs.splits);
  if (split) {
    const { session } = split;
    const factor = split.denominator / split.numerator;
    const before = common.filter((row) => row.session < session);
    if (before.every(({ ratio }) => isWithin(ratio, factor, ONE_STEP))) return 'rebased';
    return isStepLeft(theirs.bars, { session, factor }) ? 'undivided' : 'rebased';
  }
  const moved = common.filter(({ ratio }) => !isNear(ratio, 1));
  const [first] = moved;
  if (!first || isWithin(first.ratio, 1, MIN_SPLIT_CHANGE)) return 'same';
  const isOneFactor = moved.every(({ ratio }) => isNear(ratio, first.ratio));
  if (isOneFactor && moved.length === common.length) return 'rebased';
  return moved.length > 1 ? 'mixed' : 'same';
};
