import type { Translator } from '../i18n/catalogue.ts';
import type { Story } from '../stories/story.ts';
import { drawdownButton, muteButtons, rangeButtons } from './buttons.ts';
import { callButton } from './call.ts';
import type { Action } from './card.ts';
import { payerOf } from './related-figures-sections.ts';

/** The sources of the figures on a card: the company's own; without one, the bill of the four. */
const sourcesButton = (words: Translator, company?: string): Action =>
  callButton(
    words.say('answer.button.sources'),
    company === undefined ? { name: 'bill', options: {} } : { name: 'facts source', options: { company } },
  );

/** All watched symbols in one picture and in one table. */
const togetherButtons = (words: Translator): Action[] => [
  callButton(words.say('chart.button.compare'), { name: 'chart', options: { symbol: 'MAG7', kind: 'compare' } }),
  callButton(words.say('chart.button.underwater'), { name: 'drawdown', options: {} }),
];

const priceButtons = (words: Translator, symbol: string): Action[] => [
  ...rangeButtons(words, symbol, 'price'),
  drawdownButton(words.say('chart.button.underwater'), symbol),
];

/** The buttons of a posted card: other ranges, the drawdown, sources, mute. At most two rows of five. */
export const cardButtons = (stories: readonly Story[], words: Translator): Action[] => {
  const [first, ...others] = stories;
  if (!first) return [];
  if (others.length > 0) return [...togetherButtons(words), sourcesButton(words), ...muteButtons(words)];
  const commandButton = (label: string, name: string): Action =>
    callButton(words.say(`channel.button.${label}`), { name, options: {} });
  switch (first.kind) {
    case 'slide':
      return [
        ...priceButtons(words, first.symbol),
        sourcesButton(words, payerOf(first.beside, first.symbol) === 'four' ? undefined : first.symbol),
        ...muteButtons(words, first.symbol),
      ];
    case 'recovery':
      return priceButtons(words, first.symbol);
    case 'figures':
      return [sourcesButton(words, first.symbol)];
    case 'digest':
      return [...togetherButtons(words), commandButton('bill', 'bill')];
    case 'summary':
      return togetherButtons(words);
    case 'greeting':
      return [...(first.destination ? [] : [commandButton('setup', 'setup')]), commandButton('help', 'help')];
    case 'test':
      return [commandButton('show', 'alerts show')];
    case 'notice':
    case 'trouble':
      return [commandButton('status', 'status')];
  }
};
