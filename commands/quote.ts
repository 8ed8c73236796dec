import { drawdownButton, rangeButtons } from '../src/cards/buttons.ts';
import { quoteCard } from '../src/cards/quote-card.ts';
import { besideOf } from '../src/facts/beside.ts';
import type { Command } from './command.ts';
import { readScene, readSymbol } from './read-symbol.ts';

/** Price, day, distance from the peaks, the year's range, the market's hours, and one line of the bill. */
export const quote: Command = {
  name: 'quote',
  options: [{ name: 'symbol', kind: 'symbol', required: true }],
  ownOnSlack: true,
  run: async (question, desk) => {
    const { options, language, now } = question;
    const words = desk.catalogue.in(language);
    const scene = await readScene(desk, now);
    const read = readSymbol(desk, scene, question, options.symbol ?? '');
    if (read.kind === 'problem') return read;
    const { symbol } = read.reading.watched;
    const beside = besideOf(desk.ledger(), desk.relations, symbol, now);
    const actions = [...rangeButtons(words, symbol, 'price'), drawdownButton(words.say('drawdown.button'), symbol)];
    return { kind: 'card', card: { ...quoteCard(words, read.reading, beside, scene.around), actions } };
  },
};
