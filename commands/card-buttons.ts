import type { Action } from '../src/cards/card.ts';
import type { Words } from '../src/cards/catalogue.ts';
import type { Story } from '../src/cards/story.ts';
import { SUBJECTS } from '../src/facts/fact.ts';
import { drawdownButton, rangeButtons } from './buttons.ts';
import { encodeCall } from './call.ts';

/** Where the figures beside a symbol come from: a company's own sources; beside an index the bill of the four. */
const sourcesButton = (words: Words, symbol: string): Action => ({
  label: words.say('answer.button.sources'),
  call: SUBJECTS.some((subject) => subject === symbol)
    ? encodeCall({ name: 'facts source', options: { company: symbol } })
    : encodeCall({ name: 'bill', options: {} }),
});

/** What a reader of a posted card may want next: the picture over other times, how deep, and where figures come from. */
export const cardButtons = (stories: readonly Story[], words: Words): Action[] => {
  const [first, ...others] = stories;
  if (!first) return [];
  if (others.length > 0)
    return [
      {
        label: words.say('chart.button.compare'),
        call: encodeCall({ name: 'chart', options: { symbol: 'MAG7', kind: 'compare' } }),
      },
      { label: words.say('chart.button.underwater'), call: encodeCall({ name: 'drawdown', options: {} }) },
      sourcesButton(words, 'MAG7'),
    ];
  const { symbol } = first;
  if (first.kind === 'greeting' || first.kind === 'test') return [];
  if (first.kind === 'figures') return [sourcesButton(words, symbol)];
  return [
    ...rangeButtons(words, symbol, 'price'),
    drawdownButton(words.say('chart.button.underwater'), symbol),
    sourcesButton(words, symbol),
  ];
};
