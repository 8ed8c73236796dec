import type { Bar } from '../market/bar.ts';
import { type Calendar, FINAL_AFTER_MINUTES, type SessionDate } from '../market/calendar.ts';
import { type Histories, mergeBars } from '../market/history.ts';
import { type History, type Listed, type Source, SourceError } from '../market/source.ts';
import { isSplitLike, overlapOf, SPLIT_HOLD_MS } from '../market/splits.ts';
import { MINUTE_MS } from '../util/durations.ts';

/** Earlier than any source's records. */
const FIRST_DAY = '1970-01-01';
/** Sessions fetched again each time, to detect splits and corrections. */
const OVERLAP_SESSIONS = 10;

/** The result of fetching one symbol's history. */
export interface HistoryUpdate {
  readonly symbol: string;
  /** New and corrected bars. */
  readonly fresh: readonly Bar[];
  /** The whole history, `fresh` included. */
  readonly all: readonly Bar[];
  readonly splits: History['splits'];
  /** Whether the whole series was fetched anew. */
  readonly replaced: boolean;
  /** Whether prices were rebased without a new split to explain it: the share count may be wrong. */
  readonly unexplained: boolean;
}

/** The last session whose bar is final at `now`. */
export const lastFinalSession = (calendar: Calendar, now: number): SessionDate =>
  calendar.lastFinal(now - FINAL_AFTER_MINUTES * MINUTE_MS);

const mayBeSession = (calendar: Calendar, session: SessionDate): boolean =>
  !calendar.covers(session) || calendar.isSession(session);

/** Whether a whole history lacks our last session or over a tenth of our sessions, so that it must not replace ours. */
const isCutShort = (ours: readonly Bar[], all: readonly Bar[]): boolean =>
  (all.at(-1)?.session ?? '') < (ours.at(-1)?.session ?? '') || all.length * 10 < ours.length * 9;

/** `fresh` up to the first close within a day that looks like a split: the source may not have adjusted its history yet. */
const withoutDoubtful = (
  last: Bar | undefined,
  fresh: readonly Bar[],
  calendar: Calendar,
  now: number,
): readonly Bar[] => {
  const doubtful = fresh.findIndex(({ session, close }, index) => {
    const previous = fresh[index - 1] ?? last;
    const age = now - (calendar.hours(session)?.close ?? 0);
    return previous !== undefined && age < SPLIT_HOLD_MS && isSplitLike(previous.close, close);
  });
  return doubtful < 0 ? fresh : fresh.slice(0, doubtful);
};

/**
 * Fetches the bars since the last known ones, or the whole history if those show a split or a rebase. Leaves out
 * unfinished and holiday bars. Writes nothing.
 * @throws SourceError
 */
export const fetchHistory = async (
  source: Source,
  listed: Listed,
  histories: Histories,
  calendar: Calendar,
  now: number,
): Promise<HistoryUpdate> => {
  const { symbol } = listed;
  const until = lastFinalSession(calendar, now);
  const usable = (bars: readonly Bar[]) =>
    bars.filter(({ session }) => session <= until && mayBeSession(calendar, session));
  const ours = histories.bars(symbol);
  const splits = histories.splits(symbol);
  const fetchWhole = async (): Promise<HistoryUpdate> => {
    const answer = await source.history(listed, FIRST_DAY, now);
    const all = usable(answer.bars);
    if (isCutShort(ours, all))
      throw new SourceError(
        source.name,
        'unreadable',
        `${source.name}'s history of ${symbol} is cut short; ours stays`,
      );
    const unexplained = ours.length > 0 && answer.splits.length === splits.length;
    return { symbol, fresh: all, all, splits: answer.splits, replaced: true, unexplained };
  };

  const from = ours.at(-OVERLAP_SESSIONS)?.session ?? ours[0]?.session;
  if (from === undefined) return fetchWhole();
  const answer = await source.history(listed, from, now);
  const bars = usable(answer.bars);
  if (overlapOf(ours, splits, { bars, splits: answer.splits }) === 'rebased') return fetchWhole();
  const before = new Map(ours.map((bar) => [bar.session, bar.close]));
  const corrected = bars.filter(({ session, close }) => before.get(session) !== close);
  const fresh = withoutDoubtful(ours.at(-1), corrected, calendar, now);
  return { symbol, fresh, all: mergeBars(ours, fresh), splits, replaced: false, unexplained: false };
};
