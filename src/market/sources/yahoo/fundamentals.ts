import { DAY_MS } from '../../../util/durations.ts';
import type { FundamentalsQuarter } from '../../source.ts';
import { createYahooConnection, type YahooOptions } from './connection.ts';
import { unreadable, YAHOO } from './failure.ts';
import { statementsSchema } from './fundamentals-schema.ts';

export interface YahooFundamentals {
  /** The quarters of the last two years, oldest first. Rejects only with SourceError. */
  quarters(ticker: string, now: number): Promise<readonly FundamentalsQuarter[]>;
}

const TWO_YEARS_MS = 730 * DAY_MS;

/**
 * A company's quarterly figures at Yahoo, to check ours against. They name no filing and no publication day, so they
 * never become facts. Pass the connection of a quotes source to share the pause after throttling.
 */
export const createYahooFundamentals = (
  options: YahooOptions,
  { ask } = createYahooConnection(options),
): YahooFundamentals => ({
  async quarters(ticker, now) {
    const from = now - TWO_YEARS_MS;
    const answers = await ask(now, 'figures', async (client, fetch) => [
      await client.quarterly(ticker, 'cash-flow', from, now, fetch),
      await client.quarterly(ticker, 'financials', from, now, fetch),
    ]);
    const statements = statementsSchema.safeParse(answers);
    if (!statements.success) {
      const where = statements.error.issues[0]?.path.slice(1).join('.') || 'its very start';
      throw unreadable(`quarters for ${ticker}`, where);
    }
    const { quarters, oddCells } = statements.data;
    if (oddCells > 0) options.log.info({ source: YAHOO, ticker, oddCells }, 'Unreadable fundamentals dropped');
    return quarters;
  },
});
