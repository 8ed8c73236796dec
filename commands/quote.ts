import { drawdownButton, rangeButtons } from '../src/cards/buttons.ts';
import { quoteCard } from '../src/cards/quote-card.ts';
import { relatedFigures } from '../src/facts/related-figures.ts';
import type { Command } from './command.ts';
import { readScene, readSymbol } from './read-symbol.ts';

/** Price, day, distance from the peaks, the year's range, the market's hours, and one line of the bill. */
export const quote: Command = {
  name: 'quote',
  options: [{ name: 'symbol', kind: 'symbol', required: true }],
  ownOnSlack: true,
  run: async (question, context) => {
    const { options, language, now } = question;
    const words = context.catalogue.in(language);
    const scene = await readScene(context, now);
    const read = readSymbol(context, scene, question, options.symbol ?? '');
    if (read.kind === 'problem') return read;
    const { symbol } = read.reading.watched;
    const beside = relatedFigures(context.ledger(), context.relations, symbol, now);
    const actions = [...rangeButtons(words, symbol, 'price'), drawdownButton(words.say('drawdown.button'), symbol)];
    return { kind: 'card', card: { ...quoteCard(words, read.reading, beside, scene.around), actions } };
  },
};
