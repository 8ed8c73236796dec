import { enqueueForAll } from '../outbox/enqueue.ts';
import { readMark, writeMark } from '../store/meta.ts';
import type { NoticeStory } from '../stories/channel-stories.ts';
import { DATA_GAP_MS, dataGapNotice } from './data-gap.ts';
import type { WatchParts } from './watch-parts.ts';
import type { WatchState } from './watch-state.ts';

/** Where it is kept that a lack of prices was told: epoch milliseconds since when. */
const MARK = 'no-data-since';

export interface DataGapMonitor {
  /** Call it after every poll, with how many symbols had a usable quote. Tells a lack of prices, and its end. */
  note(used: number, now: number): Promise<void>;
  /** Since when there are no prices, epoch milliseconds, where that has been told. */
  gapSince(): number | undefined;
}

/** Listens for prices over restarts: the notice and the mark that it was told are one transaction. */
export const createDataGapMonitor = async (
  parts: WatchParts,
  memory: WatchState,
  startedAt: number,
): Promise<DataGapMonitor> => {
  const { store, calendar, source, log } = parts;
  let toldSince = await readMark(store.db, MARK);
  let heardAt = startedAt;

  /** The bell of the session under way, and the shortest delay of what is watched. */
  const expectedFrom = (now: number): number | undefined => {
    if (!calendar.isOpen(now)) return undefined;
    const open = calendar.hours(calendar.dayOf(now))?.open ?? now;
    const delays = [...memory.quotes.values()].map(({ delayMinutes }) => delayMinutes);
    return open + (delays.length > 0 ? Math.min(...delays) : 0) * 60_000;
  };

  return {
    gapSince: () => toldSince,
    note: async (used, now) => {
      // A clock that was set back begins anew.
      if (used > 0 || heardAt > now) heardAt = now;
      const patienceMs = Math.max(DATA_GAP_MS, 3 * parts.pollMs);
      const from = expectedFrom(now);
      const told = dataGapNotice({ now, from, heardAt, heard: used > 0, toldSince, patienceMs });
      if (!told) return;
      const mark = told.notice === 'no-data' ? told.since : undefined;
      const story: NoticeStory = { kind: 'notice', symbol: '*', ...told, source: source.name, at: now };
      await store.transaction(async (db) => {
        await writeMark(db, MARK, mark);
        await enqueueForAll(db, parts, story, { wanted: 'notice' }, { now, dueAt: now });
      });
      toldSince = mark;
      const fields = { source: source.name, since: new Date(told.since).toISOString() };
      if (mark === undefined) log.warn(fields, 'prices are back');
      else log.warn(fields, 'no usable price for several minutes');
    },
  };
};
