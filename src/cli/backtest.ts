import { backtestCard } from '../cards/answers/backtest-card.ts';
import { cardTerminal } from '../cards/terminal.ts';
import { loadCatalogue } from '../i18n/catalogue.ts';
import type { Watchlist } from '../market/watchlist.ts';
import type { Played } from '../slides/backtest.ts';
import { playBacktest } from '../slides/backtest-summary.ts';
import { inSlices } from '../util/in-slices.ts';
import { checkLanguage } from './check-language.ts';
import { terminalStyle } from './terminal-style.ts';

interface BacktestOptions {
  readonly watchlist: Watchlist;
  readonly language: string;
  readonly rules: 'own' | 'typed';
  readonly hasUnplayed: boolean;
  /** Id of where the closes come from. */
  readonly source: 'files' | 'store';
}

/** The card of `/alerts backtest` for a terminal. Expects one symbol at least. @throws UsageError for an unknown language. */
export const backtestText = async (
  symbols: readonly Played[],
  { watchlist, language, ...options }: BacktestOptions,
): Promise<string> => {
  const catalogue = loadCatalogue();
  checkLanguage(language, catalogue);
  const played = await inSlices(playBacktest(symbols));
  const reading = { ...played, watched: watchlist.symbols, without: [], ...options };
  const words = catalogue.in(language);
  const { width, escapes } = terminalStyle(process.stdout);
  return `${cardTerminal({ ...backtestCard(words, reading), falls: words.falls }, { width, colour: escapes })}\n`;
};
