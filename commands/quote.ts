import { drawdownButton, pingButton, rangeButtons } from '../src/cards/buttons.ts';
import { quoteCard } from '../src/cards/quote-card.ts';
import { quotesCard } from '../src/cards/quotes-card.ts';
import { watches } from '../src/channels/channel-rules.ts';
import { relatedFigures } from '../src/facts/related-figures.ts';
import type { Answer, Command, Question } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { answerForSymbol, readMarket, readSome } from './read-symbol.ts';
import { placeOf } from './this-channel.ts';

/** Whether alerts about a symbol are posted in the channel of a question. */
const isAlertedHere = async (question: Question, { channels, watchlist }: CommandContext, symbol: string) => {
  const channel = await channels.at(placeOf(question));
  return channel !== undefined && watches(channel.settings, watchlist, symbol);
};

const answerForOne = async (question: Question, context: CommandContext, symbol: string): Promise<Answer> => {
  const isAlerted = await isAlertedHere(question, context, symbol);
  return answerForSymbol(question, context, symbol, ({ words, market, reading }) => {
    const figures = relatedFigures(context.ledger(), context.companies, symbol, question.now);
    const actions = [
      ...rangeButtons(words, symbol, 'price'),
      drawdownButton(words.say('drawdown.button'), symbol),
      ...(isAlerted ? [pingButton(words, symbol)] : []),
    ];
    return { ...quoteCard(words, reading, figures, market.surroundings), actions };
  });
};

const answerForSeveral = async (
  question: Question,
  context: CommandContext,
  symbols: readonly string[],
): Promise<Answer> => {
  const market = await readMarket(context, question.now);
  const watched = symbols.flatMap((symbol) => context.watchlist.symbols.get(symbol) ?? []);
  const read = readSome(context, market, question, watched);
  if (read.kind === 'problem') return read;
  const unknown = symbols.filter((symbol) => !context.watchlist.symbols.has(symbol));
  const words = context.catalogue.in(question.language);
  return { kind: 'card', card: quotesCard(words, read.readings, { ...read, unknown }, market.surroundings) };
};

/**
 * Price, day's change, distance from the peaks, the year's range, the market's hours, and one line of the AI bill; of
 * several symbols, a row each.
 */
export const quote: Command = {
  name: 'quote',
  options: [{ name: 'symbol', kind: 'symbols', required: true, anyTicker: true }],
  standalone: true,
  run: (question, context) => {
    const symbols = (question.options.symbol ?? '').split(',');
    const [first = '', ...others] = symbols;
    return others.length === 0 ? answerForOne(question, context, first) : answerForSeveral(question, context, symbols);
  },
};
