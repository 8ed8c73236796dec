import { drawdownButton, rangeButtons } from '../src/cards/buttons.ts';
import { quoteCard } from '../src/cards/quote-card.ts';
import { relatedFigures } from '../src/facts/related-figures.ts';
import type { Command } from './command.ts';
import { answerForSymbol } from './read-symbol.ts';

/** Price, day's change, distance from the peaks, the year's range, the market's hours, and one line of the AI bill. */
export const quote: Command = {
  name: 'quote',
  options: [{ name: 'symbol', kind: 'symbol', required: true }],
  standalone: true,
  run: (question, context) =>
    answerForSymbol(question, context, question.options.symbol ?? '', ({ words, market, reading }) => {
      const { symbol } = reading.watched;
      const figures = relatedFigures(context.ledger(), context.companies, symbol, question.now);
      const actions = [...rangeButtons(words, symbol, 'price'), drawdownButton(words.say('drawdown.button'), symbol)];
      return { ...quoteCard(words, reading, figures, market.surroundings), actions };
    }),
};
