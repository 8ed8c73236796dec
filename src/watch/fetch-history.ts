import type { Bar, Split } from '../market/bar.ts';
import { isWithin, ONE_STEP } from '../market/basis.ts';
import { type Calendar, FINAL_AFTER_MINUTES, type SessionDate } from '../market/calendar.ts';
import { closesFromQuotes } from '../market/closes-from-quotes.ts';
import { type Histories, mergeBars } from '../market/history.ts';
import { firstHole } from '../market/holes.ts';
import {
  compareWhole,
  type HistoryContext,
  isRowUsable,
  judgeRows,
  newSplits,
  overlapOf,
  shownSplit,
  type Waiting,
} from '../market/judge-history.ts';
import { divideBars, judgeFirstHistory, judgeWholeHistory, keyOfHistory } from '../market/judge-whole-history.ts';
import { type Doubt, type PriceMemory, without } from '../market/price-memory.ts';
import type { Quote } from '../market/quote.ts';
import { type History, type Listed, type Source, SourceError } from '../market/source.ts';
import { DAY_MS, MINUTE_MS } from '../util/durations.ts';

/** Earlier than any source's records. */
const FIRST_DAY = '1970-01-01';
/** Sessions fetched again each time, to detect splits and corrections. */
const OVERLAP_SESSIONS = 10;
/** A first history in doubt is asked for again after this time; what it says then is believed. */
const FIRST_HISTORY_RETRY_MS = DAY_MS;

/** The result of fetching one symbol's history. */
export interface HistoryUpdate {
  readonly symbol: string;
  /** New and corrected bars. */
  readonly fresh: readonly Bar[];
  /** The whole history, `fresh` included. */
  readonly all: readonly Bar[];
  readonly splits: readonly Split[];
  /** Whether the whole series was fetched anew or is in another unit now. */
  readonly replaced: boolean;
  /** Whether prices were rebased without a new split to explain it: the share count may be wrong. */
  readonly unexplained: boolean;
  /** The first session whose close has to be folded again, so that what it raises is told. */
  readonly refoldFrom?: SessionDate;
  readonly memory: PriceMemory;
  /** What was not taken, and why. */
  readonly waiting: readonly Waiting[];
}

/** What is known of a symbol before its history is fetched. */
export interface FetchContext {
  readonly histories: Histories;
  readonly memory: PriceMemory;
  /** The last quote used. */
  readonly quote: Quote | undefined;
  readonly calendar: Calendar;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Compares the whole history with ours. */
  readonly whole?: boolean;
}

/** The last session whose bar is final at `now`. */
export const lastFinalSession = (calendar: Calendar, now: number): SessionDate =>
  calendar.lastFinal(now - FINAL_AFTER_MINUTES * MINUTE_MS);

/** Whether a whole history lacks our last session or over a tenth of our sessions, so that it must not replace ours. */
const isCutShort = (ours: readonly Bar[], all: readonly Bar[]): boolean => {
  const last = ours.findLast(({ origin }) => origin === undefined)?.session ?? '';
  return (all.at(-1)?.session ?? '') < last || all.length * 10 < ours.length * 9;
};

/** Notes since when a candidate has been given, without the candidates of its kind before it. */
const withCandidate = (memory: PriceMemory, key: string, now: number): PriceMemory => {
  const kind = `${key.split(':')[0]}:`;
  const others = Object.entries(memory.candidates ?? {}).filter(([other]) => !other.startsWith(kind));
  return { ...memory, candidates: { ...Object.fromEntries(others), [key]: memory.candidates?.[key] ?? now } };
};

/** The memory after a whole history has been taken: what quotes said before may be in another unit. */
const settled = (now: number): PriceMemory => ({ comparedAt: now });

/** The doubt about the unit since a split is told that not everything the source says follows. */
const doubtOfTold = ({ session, numerator, denominator }: Split, since: number): Doubt => ({
  ...{ reason: 'split told', session, since, factor: denominator / numerator, explained: true },
});

/** Rows of a source that has not divided them for a split that we have: divided as ours are. */
const divided = (rows: readonly Bar[], ours: readonly Bar[], splits: readonly Split[]): readonly Bar[] => {
  const closes = new Map(ours.map(({ session, close }) => [session, close]));
  return splits.reduce<readonly Bar[]>((bars, split) => {
    const before = bars.filter(({ session }) => session < split.session && closes.has(session));
    const factor = split.numerator / split.denominator;
    const isUndivided =
      factor !== 1 &&
      before.length > 0 &&
      before.every(({ session, close }) => isWithin(close / (closes.get(session) ?? 1), factor, ONE_STEP));
    return isUndivided ? divideBars(bars, split) : bars;
  }, rows);
};

/**
 * Fetches the bars since the last known ones, or the whole history if those show a split or a rebase, and judges them.
 * Leaves out unfinished and holiday bars. Writes nothing.
 * @throws SourceError
 */
export const fetchHistory = async (source: Source, listed: Listed, context: FetchContext): Promise<HistoryUpdate> => {
  const { symbol } = listed;
  const { histories, calendar, now, quote } = context;
  const until = lastFinalSession(calendar, now);
  const ours = histories.bars(symbol);
  const splits = histories.splits(symbol);
  const judged: HistoryContext = { ours, splits, memory: context.memory, quote, calendar, now };
  const nothing = (memory: PriceMemory, waiting: readonly Waiting[]): HistoryUpdate => ({
    ...{ symbol, fresh: [], all: ours, splits, replaced: false, unexplained: false, memory, waiting },
  });
  const usable = (bars: readonly Bar[]) => bars.filter((bar) => bar.session <= until && isRowUsable(bar, calendar));

  const fetchFirst = async (): Promise<HistoryUpdate> => {
    const answer = await source.history(listed, FIRST_DAY, now);
    const bars = usable(answer.bars);
    const verdict = judgeFirstHistory(bars, answer.splits, listed.splits);
    if (verdict.kind === 'waits')
      return nothing(withCandidate(context.memory, keyOfHistory(bars), now), verdict.waiting);
    const session = verdict.waiting[0]?.session ?? until;
    const memory: PriceMemory =
      verdict.kind === 'doubtful' && !isFirstAgain
        ? { doubt: { reason: 'first history', session, since: now } }
        : settled(now);
    const all = verdict.bars;
    return {
      ...{ symbol, fresh: all, all, splits: answer.splits, replaced: true, unexplained: false, memory },
      waiting: verdict.waiting,
    };
  };

  const fetchWhole = async (): Promise<HistoryUpdate> => {
    const answer = await source.history(listed, FIRST_DAY, now);
    const bars = usable(answer.bars);
    if (isCutShort(ours, bars))
      throw new SourceError(
        source.name,
        'unreadable',
        `${source.name}'s history of ${symbol} is cut short; ours stays`,
      );
    const key = keyOfHistory(bars);
    const since = context.memory.candidates?.[key] ?? now;
    const verdict = judgeWholeHistory(bars, answer, now - since, judged);
    const { doubt } = context.memory;
    if (verdict.kind === 'waits') {
      // Quotes that do not follow a told split yet may do so in the middle of a session.
      const [split] = newSplits(ours, splits, answer.splits);
      const waiting = withCandidate(context.memory, key, now);
      const open = split && doubt === undefined ? { ...waiting, doubt: doubtOfTold(split, now) } : waiting;
      return nothing(open, verdict.waiting);
    }
    return {
      ...{ symbol, fresh: bars, all: bars, splits: answer.splits, replaced: true, waiting: verdict.waiting },
      unexplained: answer.splits.length === splits.length,
      memory: settled(now),
      ...(doubt?.factor !== undefined && { refoldFrom: doubt.session }),
    };
  };

  /** A split is told and the rows before it are not divided: ours are, as soon as quotes count in the new unit. */
  const divideOurs = (told: History): HistoryUpdate => {
    const [split] = newSplits(ours, splits, told.splits);
    if (!split) return nothing(context.memory, []);
    const factor = split.denominator / split.numerator;
    const { doubt } = context.memory;
    const waiting: Waiting[] = [{ session: split.session, because: 'split told, rows not divided' }];
    if (doubt?.reason === 'first history') return nothing(context.memory, waiting);
    const isQuoted =
      doubt?.factor !== undefined && doubt.reason !== 'split told' && isWithin(doubt.factor, factor, 0.02);
    const since = isQuoted ? doubt.session : shownSplit(told.bars, split, context.memory);
    if (since === undefined) {
      const before = doubt?.reason === 'split told' ? doubt.since : now;
      return nothing({ ...context.memory, doubt: doubtOfTold(split, before) }, waiting);
    }
    const all = divideBars(ours, split);
    return {
      ...{ symbol, fresh: all, all, splits: [...splits, split], replaced: true, unexplained: false, waiting: [] },
      memory: without(context.memory, 'doubt'),
      refoldFrom: since,
    };
  };

  const { doubt } = context.memory;
  const isFirstAgain = doubt?.reason === 'first history' && now - doubt.since >= FIRST_HISTORY_RETRY_MS;
  if (ours.length === 0 || isFirstAgain) return fetchFirst();
  const hole = firstHole(ours, calendar);
  const overlap = ours.at(-OVERLAP_SESSIONS)?.session ?? ours[0]?.session ?? FIRST_DAY;
  const from = context.whole ? FIRST_DAY : hole !== undefined && hole < overlap ? hole : overlap;
  const answer = await source.history(listed, from, now);
  // Sources round and repair old closes in ways of their own: only the one that gave ours is compared with them.
  if (context.whole && answer.standIn !== undefined) return nothing(context.memory, []);
  const rows = divided(usable(answer.bars), ours, splits);
  const theirs = { bars: rows, splits: answer.splits };
  const kind = overlapOf(ours, splits, theirs);
  if (kind === 'rebased') return fetchWhole();
  if (kind === 'undivided') return divideOurs(theirs);
  // The weekly comparison takes a series of which only a part has changed, if the next one is the same.
  if (kind === 'mixed' && !context.whole)
    return filled(
      nothing(context.memory, [{ session: rows.at(-1)?.session ?? until, because: 'mixed bases' }]),
      judged,
    );
  const whole = context.whole ? compareWhole(rows, judged) : undefined;
  if (whole === 'differs' || kind === 'mixed') return fetchWhole();
  const { taken, refoldFrom, candidates, waiting } = judgeRows(rows, judged, context.whole === true);
  const memory: PriceMemory = {
    ...without(context.memory, 'candidates'),
    ...(Object.keys(candidates).length > 0 && { candidates }),
    ...(whole === 'same' && { comparedAt: now }),
  };
  const update: HistoryUpdate = {
    ...{ symbol, fresh: taken, all: mergeBars(ours, taken), splits, replaced: false, unexplained: false, memory },
    ...(refoldFrom !== undefined && { refoldFrom }),
    waiting,
  };
  return filled(update, judged);
};

/** The update with the closes that only quotes have said, for sessions that the source's history lacks. */
const filled = (update: HistoryUpdate, context: HistoryContext): HistoryUpdate => {
  const found = closesFromQuotes(update.all, context);
  if (found.length === 0) return update;
  const sessions = new Set(found.map(({ session }) => session));
  const [first] = found;
  const isHole = first && first.session < (context.ours.at(-1)?.session ?? '');
  return {
    ...update,
    fresh: [...update.fresh, ...found],
    all: mergeBars(update.all, found),
    waiting: update.waiting.filter(({ session }) => !sessions.has(session)),
    ...(isHole && { refoldFrom: update.refoldFrom ?? first.session }),
  };
};
