import { enqueueForAll } from '../outbox/enqueue.ts';
import { readMark, writeMark } from '../store/meta.ts';
import type { NoticeStory } from '../stories/channel-stories.ts';
import { MINUTE_MS } from '../util/durations.ts';
import type { WatchParts } from './watch-parts.ts';
import type { WatchState } from './watch-state.ts';

/** Trading time without a usable price of any symbol after which a data-gap notice is posted. */
export const DATA_GAP_MS = 5 * MINUTE_MS;

/** Times in epoch milliseconds. */
export interface DataGapInput {
  readonly now: number;
  /** When prices were first expected: the opening bell plus the source's delay. Undefined outside sessions. */
  readonly expectedFrom: number | undefined;
  /** When a price was last usable, or watching began. */
  readonly usableAt: number;
  /** Whether this poll brought a usable price. */
  readonly isUsable: boolean;
  /** Start of the gap that has been announced; undefined for none. */
  readonly announcedSince: number | undefined;
  /** At least DATA_GAP_MS; longer if polls are rare. */
  readonly patienceMs: number;
}

/** The notice to post, if any: one when a gap is long enough, one when it ends. None outside sessions. */
export const dataGapNotice = (input: DataGapInput): Pick<NoticeStory, 'notice' | 'since'> | undefined => {
  const { now, expectedFrom, usableAt, isUsable, announcedSince, patienceMs } = input;
  if (expectedFrom === undefined) return undefined;
  if (announcedSince !== undefined) return isUsable ? { notice: 'data-back', since: announcedSince } : undefined;
  const since = Math.max(expectedFrom, usableAt);
  return !isUsable && now - since >= patienceMs ? { notice: 'no-data', since } : undefined;
};

/** Key of the mark that holds the start of an announced gap, epoch milliseconds. */
const ANNOUNCED_MARK = 'no-data-since';

export interface DataGapMonitor {
  /** Takes the number of symbols with a usable quote after every poll; enqueues a notice when a gap is announced or ends. */
  note(usableQuotes: number, now: number): Promise<void>;
  /** Start of the announced gap, epoch milliseconds; undefined for none. */
  gapSince(): number | undefined;
}

/** Watches for data gaps across restarts: a notice and its mark are one transaction. */
export const createDataGapMonitor = async (
  parts: WatchParts,
  memory: WatchState,
  startedAt: number,
): Promise<DataGapMonitor> => {
  const { store, calendar, source, log } = parts;
  let announcedSince = await readMark(store.db, ANNOUNCED_MARK);
  let usableAt = startedAt;

  /** The opening bell of the session under way plus the shortest delay among the last quotes. */
  const expectedFrom = (now: number): number | undefined => {
    if (!calendar.isOpen(now)) return undefined;
    const open = calendar.hours(calendar.dayOf(now))?.open ?? now;
    const delays = [...memory.quotes.values()].map(({ delayMinutes }) => delayMinutes);
    return open + (delays.length > 0 ? Math.min(...delays) : 0) * MINUTE_MS;
  };

  return {
    gapSince: () => announcedSince,
    note: async (usableQuotes, now) => {
      const isUsable = usableQuotes > 0;
      // If the clock was set back, the gap is measured from now.
      if (isUsable || usableAt > now) usableAt = now;
      const patienceMs = Math.max(DATA_GAP_MS, 3 * parts.pollMs);
      const notice = dataGapNotice({
        ...{ now, usableAt, isUsable, announcedSince, patienceMs },
        expectedFrom: expectedFrom(now),
      });
      if (!notice) return;
      const mark = notice.notice === 'no-data' ? notice.since : undefined;
      const story: NoticeStory = { kind: 'notice', symbol: '*', ...notice, source: source.name, at: now };
      await store.transaction(async (db) => {
        await writeMark(db, ANNOUNCED_MARK, mark);
        await enqueueForAll(db, parts, story, { now, dueAt: now });
      });
      announcedSince = mark;
      const fields = { source: source.name, since: new Date(notice.since).toISOString() };
      if (mark === undefined) log.warn(fields, 'prices are back');
      else log.warn(fields, 'no usable price for several minutes');
    },
  };
};
