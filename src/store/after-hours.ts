import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import type { DeeperAfterHours } from '../stories/after-hours-story.ts';
import type { Db } from './store.ts';

/** A fall after the bell of a session that was told. */
export interface ToldAfterHours {
  readonly symbol: string;
  readonly session: SessionDate;
  /** Id of the story that told it. */
  readonly story: number;
  readonly close: Micros;
  readonly price: Micros;
  /** Epoch milliseconds. */
  readonly tradeTime: number;
  /** Once it went so much deeper that the card was to say so. */
  readonly deeper?: DeeperAfterHours;
}

/** The falls after the bell of a session that were told, by symbol. */
export const readAfterHours = async (db: Db, session: SessionDate): Promise<Map<string, ToldAfterHours>> => {
  const rows = await db.selectFrom('after_hours').selectAll().where('session', '=', session).execute();
  return new Map(
    rows.map(({ symbol, story_id: story, close, price, trade_time: tradeTime, deeper }) => [
      symbol,
      {
        ...{ symbol, session, story, close, price, tradeTime },
        ...(deeper !== null && { deeper: JSON.parse(deeper) as DeeperAfterHours }),
      },
    ]),
  );
};

/** Notes that a fall is told; fails if that evening's of the symbol was told before. */
export const writeAfterHours = async (db: Db, told: Omit<ToldAfterHours, 'deeper'>): Promise<void> => {
  const { symbol, session, story, close, price, tradeTime } = told;
  await db
    .insertInto('after_hours')
    .values({ symbol, session, story_id: story, close, price, trade_time: tradeTime, deeper: null })
    .execute();
};

/** Notes how deep a fall that is told has gone. */
export const deepenAfterHours = async (
  db: Db,
  { symbol, session }: Pick<ToldAfterHours, 'symbol' | 'session'>,
  deeper: DeeperAfterHours,
): Promise<void> => {
  await db
    .updateTable('after_hours')
    .set({ deeper: JSON.stringify(deeper) })
    .where('symbol', '=', symbol)
    .where('session', '=', session)
    .execute();
};
