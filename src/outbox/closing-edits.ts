import type { Calendar, SessionDate } from '../market/calendar.ts';
import { createAdaptiveBatchSize } from '../schedule/adaptive-batch-size.ts';
import { createPiecewiseJob, type PiecewiseJob } from '../schedule/piecewise-job.ts';
import { runPiece } from '../schedule/run-piece.ts';
import { cardsOfStory, enqueueEditsOf, slideStoriesSince } from '../store/edits.ts';
import { readMark, writeMark } from '../store/meta.ts';
import type { Store } from '../store/store.ts';
import type { DayEndOf } from '../stories/day-end.ts';
import { isDueAgain } from '../util/due-again.ts';
import { HOUR_MS, MINUTE_MS } from '../util/durations.ts';

const LIFE_MS = 12 * HOUR_MS;
/** Closes that are not there so long after the bell are not waited for. */
const AWAITED_MS = 3 * HOUR_MS;
const LOOK_EVERY_MS = MINUTE_MS;

/** Marks in the store: the session whose cards are done, as epoch milliseconds of its open; and how far the one under way is. */
const MARKS = { session: 'closings.session', story: 'closings.story', channel: 'closings.channel' } as const;

interface ClosingEditsParts {
  readonly store: Store;
  readonly calendar: Calendar;
  readonly dayEnd: DayEndOf;
}

/**
 * Owes every posted slide of a session an edit once its closes are final: it says how the day ended. Works in pieces, each
 * of which saves how far it is. The first session that it sees is not edited: its cards are of an earlier version.
 */
export const createClosingEditsJob = ({ store, calendar, dayEnd }: ClosingEditsParts): PiecewiseJob => {
  const batchSize = createAdaptiveBatchSize({ targetMs: 7, min: 50, max: 1_000 });
  let lookedAt: number | undefined;

  const isReady = (session: SessionDate, symbols: readonly string[], now: number): boolean =>
    symbols.every((symbol) => dayEnd(symbol, session) !== undefined) ||
    now >= (calendar.hours(session)?.close ?? 0) + AWAITED_MS;

  return createPiecewiseJob('closing edits', async (now, stopping) => {
    if (stopping() || !isDueAgain(lookedAt, LOOK_EVERY_MS, now)) return;
    lookedAt = now;
    const session = calendar.lastFinal(now);
    const open = calendar.hours(session)?.open;
    const done = await readMark(store.db, MARKS.session);
    if (open === undefined || (done !== undefined && done >= open)) return;
    if (done === undefined) return writeMark(store.db, MARKS.session, open);
    const stories = await slideStoriesSince(store.db, open);
    if (!isReady(session, [...new Set(stories.map(({ symbol }) => symbol))], now)) return;
    for (const { id } of stories) {
      if (id < ((await readMark(store.db, MARKS.story)) ?? 0)) continue;
      for (let more = true; more; ) {
        if (stopping()) return;
        more = await runPiece(store, batchSize, async (db, size) => {
          const isUnderWay = (await readMark(db, MARKS.story)) === id;
          const cursor = isUnderWay ? ((await readMark(db, MARKS.channel)) ?? 0) : 0;
          const cards = await cardsOfStory(db, id, cursor, size);
          await enqueueEditsOf(db, cards, { now, lifeMs: LIFE_MS });
          await writeMark(db, MARKS.story, id);
          await writeMark(db, MARKS.channel, cards.at(-1)?.channelId ?? cursor);
          return cards.length === size;
        });
      }
    }
    await store.transaction(async (db) => {
      await writeMark(db, MARKS.session, open);
      await writeMark(db, MARKS.story, undefined);
      await writeMark(db, MARKS.channel, undefined);
    });
  });
};
