import type { Bar } from '../market/bar.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import { type Histories, mergeBars } from '../market/history.ts';
import { overlapOf } from '../market/overlap.ts';
import { type History, type Listed, type Source, SourceError } from '../market/source.ts';
import { isSplitLike, SPLIT_HOLD_MS } from '../market/split-like.ts';

/** Minutes after the bell at which a source's bar of the session is taken for final. */
export const FINAL_AFTER_MINUTES = 15;
/** Before any of the exchanges' electronic records: all that a source has. */
const BEGINNING = '1970-01-01';
/** Sessions fetched again each time, to see splits and corrections. */
const OVERLAP = 10;

/** What a symbol's history becomes. `replaced` where the whole series was fetched anew. */
export interface HistoryUpdate {
  readonly symbol: string;
  readonly fresh: readonly Bar[];
  readonly all: readonly Bar[];
  readonly splits: History['splits'];
  readonly replaced: boolean;
  /** True where prices have changed their basis and no new split says why: the shares may be counted wrongly. */
  readonly unexplained: boolean;
}

/** The last session whose bar is final at `now`. */
export const lastFinalSession = (calendar: Calendar, now: number): SessionDate =>
  calendar.lastFinal(now - FINAL_AFTER_MINUTES * 60_000);

const known = (calendar: Calendar, session: SessionDate): boolean =>
  !calendar.covers(session) || calendar.isSession(session);

/** A whole history that lacks our last session, or a tenth of our sessions, is none to put in place of ours. */
const isCutShort = (ours: readonly Bar[], all: readonly Bar[]): boolean =>
  (all.at(-1)?.session ?? '') < (ours.at(-1)?.session ?? '') || all.length * 10 < ours.length * 9;

/** `fresh` up to a close of the last day that is a split away from the one before: the history will follow, or not. */
const believed = (last: Bar | undefined, fresh: readonly Bar[], calendar: Calendar, now: number): readonly Bar[] => {
  const doubtful = fresh.findIndex(({ session, close }, place) => {
    const previous = fresh[place - 1] ?? last;
    const age = now - (calendar.hours(session)?.close ?? 0);
    return previous !== undefined && age < SPLIT_HOLD_MS && isSplitLike(previous.close, close);
  });
  return doubtful < 0 ? fresh : fresh.slice(0, doubtful);
};

/**
 * Asks the source for the bars since the last ones known, and for all of them where a split or a change of basis
 * shows. Unfinished and holiday bars are left out. Writes nothing.
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
  const usable = (bars: readonly Bar[]) => bars.filter(({ session }) => session <= until && known(calendar, session));
  const ours = histories.bars(symbol);
  const splits = histories.splits(symbol);
  const whole = async (): Promise<HistoryUpdate> => {
    const answer = await source.history(listed, BEGINNING, now);
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

  const from = ours.at(-OVERLAP)?.session ?? ours[0]?.session;
  if (from === undefined) return whole();
  const answer = await source.history(listed, from, now);
  const bars = usable(answer.bars);
  if (overlapOf(ours, splits, { bars, splits: answer.splits }) === 'rebased') return whole();
  const before = new Map(ours.map((bar) => [bar.session, bar.close]));
  const corrected = bars.filter(({ session, close }) => before.get(session) !== close);
  const fresh = believed(ours.at(-1), corrected, calendar, now);
  return { symbol, fresh, all: mergeBars(ours, fresh), splits, replaced: false, unexplained: false };
};
