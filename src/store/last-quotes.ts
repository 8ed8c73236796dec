import type { MarketState, ReceivedQuote } from '../market/quote.ts';
import type { Db } from './store.ts';

/** The last quote of each symbol. */
export const readLastQuotes = async (db: Db): Promise<Map<string, ReceivedQuote>> => {
  const rows = await db.selectFrom('last_quotes').selectAll().execute();
  return new Map(
    rows.map((row) => [
      row.symbol,
      {
        symbol: row.symbol,
        price: row.price,
        tradeTime: row.trade_time,
        session: row.session,
        marketState: row.market_state as MarketState,
        delayMinutes: row.delay_minutes,
        source: row.source,
        seenAt: row.seen_at,
        afterGap: row.after_gap === 1,
      },
    ]),
  );
};

export const writeLastQuote = async (db: Db, quote: ReceivedQuote) => {
  const row = {
    price: quote.price,
    trade_time: quote.tradeTime,
    session: quote.session,
    market_state: quote.marketState,
    delay_minutes: quote.delayMinutes,
    source: quote.source,
    seen_at: quote.seenAt,
    after_gap: quote.afterGap ? 1 : 0,
  };
  await db
    .insertInto('last_quotes')
    .values({ symbol: quote.symbol, ...row })
    .onConflict((on) => on.column('symbol').doUpdateSet(row))
    .execute();
};

/** Deletes a quote whose price is on another basis, such as after a split. */
export const deleteLastQuote = async (db: Db, symbol: string) => {
  await db.deleteFrom('last_quotes').where('symbol', '=', symbol).execute();
};
