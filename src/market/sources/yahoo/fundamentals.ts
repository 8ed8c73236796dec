import { DAY_MS } from '../../../util/durations.ts';
import type { FundamentalsQuarter } from '../../source.ts';
import { createYahooConnection, type YahooOptions } from './connection.ts';
import { YAHOO, YahooFailure } from './failure.ts';
import { statementsSchema } from './fundamentals-schema.ts';

export interface YahooFundamentals {
  /** The quarters that Yahoo has of the last two years, oldest first. Rejects with SourceError and nothing else. */
  quarters(ticker: string, now: number): Promise<readonly FundamentalsQuarter[]>;
}

const TWO_YEARS_MS = 730 * DAY_MS;

/**
 * Quarterly figures of a company as Yahoo passes them on, to check ours against: they name no filing and no day of
 * publication, so that none of them ever becomes a fact. Give it the connection of a quotes source to share the pause
 * after Yahoo throttled either.
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
      const message = `Yahoo's quarters for ${ticker} could not be read (at ${where}); its API may have changed`;
      throw new YahooFailure('unreadable', message);
    }
    const { quarters, oddCells } = statements.data;
    if (oddCells > 0) options.log.info({ source: YAHOO, ticker, oddCells }, 'Unreadable fundamentals dropped');
    return quarters;
  },
});
