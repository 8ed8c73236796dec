import { SUBJECTS } from '../facts/fact.ts';
import type { Translator } from '../i18n/catalogue.ts';
import type { Story } from '../stories/story.ts';
import { drawdownButton, rangeButtons } from './buttons.ts';
import { encodeCall } from './call.ts';
import type { Action } from './card.ts';
import { muteButtons } from './mute-buttons.ts';

/** Where the figures beside a symbol come from: a company's own sources; beside an index the bill of the four. */
const sourcesButton = (words: Translator, symbol: string): Action => ({
  label: words.say('answer.button.sources'),
  call: SUBJECTS.some((subject) => subject === symbol)
    ? encodeCall({ name: 'facts source', options: { company: symbol } })
    : encodeCall({ name: 'bill', options: {} }),
});

/** Everything that is watched, together. */
const togetherButtons = (words: Translator): Action[] => [
  {
    label: words.say('chart.button.compare'),
    call: encodeCall({ name: 'chart', options: { symbol: 'MAG7', kind: 'compare' } }),
  },
  { label: words.say('chart.button.underwater'), call: encodeCall({ name: 'drawdown', options: {} }) },
];

/**
 * What a reader of a posted card may want next: the picture over other times, how deep, where figures come from, and
 * silence. At most two rows of five.
 */
export const cardButtons = (stories: readonly Story[], words: Translator): Action[] => {
  const [first, ...others] = stories;
  if (!first) return [];
  if (others.length > 0) return [...togetherButtons(words), sourcesButton(words, 'MAG7'), ...muteButtons(words)];
  switch (first.kind) {
    case 'slide':
      return [
        ...rangeButtons(words, first.symbol, 'price'),
        drawdownButton(words.say('chart.button.underwater'), first.symbol),
        sourcesButton(words, first.symbol),
        ...muteButtons(words, first.symbol),
      ];
    case 'recovery':
      return [
        ...rangeButtons(words, first.symbol, 'price'),
        drawdownButton(words.say('chart.button.underwater'), first.symbol),
      ];
    case 'figures':
      return [sourcesButton(words, first.symbol)];
    case 'digest':
      return [
        ...togetherButtons(words),
        { label: words.say('channel.button.bill'), call: encodeCall({ name: 'bill', options: {} }) },
      ];
    case 'summary':
      return togetherButtons(words);
    case 'greeting':
      return [
        ...(first.destination
          ? []
          : [{ label: words.say('channel.button.setup'), call: encodeCall({ name: 'setup', options: {} }) }]),
        { label: words.say('channel.button.help'), call: encodeCall({ name: 'help', options: {} }) },
      ];
    case 'test':
      return [{ label: words.say('channel.button.show'), call: encodeCall({ name: 'alerts show', options: {} }) }];
    case 'notice':
    case 'trouble':
      return [{ label: words.say('channel.button.status'), call: encodeCall({ name: 'status', options: {} }) }];
  }
};
