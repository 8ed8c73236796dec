import { EXAMPLES } from '../../commands/examples.ts';
import { commands } from '../../commands/index.ts';
import { parseLine } from '../../commands/parse-line.ts';
import type { Card } from '../../src/cards/card.ts';
import { personalPingCard } from '../../src/cards/personal-ping-card.ts';
import { buildCard, cardButtons } from '../../src/cards/story-cards.ts';
import type { Story } from '../../src/stories/story.ts';
import { recordedBars } from '../../src/watch/recorded-slide.ts';
import { EVERY_STORY } from '../cards/every-story.ts';
import { nvidia } from '../cards/golden-stories.ts';
import { catalogue } from '../cards/stories.ts';
import { askingAt } from '../commands/asking.ts';
import { marketContext } from '../commands/market-context.ts';
import { digestFor, watchlist } from '../digest/digests.ts';
import { slideOn, slidesOn } from './recorded.ts';

/** Stories of days that look different, beside those of every kind. */
const RECORDED: Readonly<Record<string, readonly Story[]>> = {
  'slide with the bill': [slideOn('NVDA', '2024-07-30')],
  'slide of 20 sessions': [slideOn('NVDA', '2024-07-24')],
  'slide of the index': [slideOn('IXIC', '2024-08-02')],
  'rise above a low': [slideOn('META', '2023-02-02', true)],
  'rise of a day': [slideOn('NVDA', '2022-11-10', true)],
  'roll-up of falls': slidesOn('2024-08-05'),
  'roll-up of a mixed day': slidesOn('2022-10-26'),
  'roll-up of rises': slidesOn('2022-11-10', true),
  'digest of a quiet day': [digestFor('2023-12-22')],
  'digest of a crash': [digestFor('2024-08-05')],
  'digest of a rally': [digestFor('2022-11-10')],
  'digest with the bill': [digestFor('2024-07-01')],
};

/** Asked beside the examples of the help. */
const LINES = [
  'chart nvda 1y',
  'chart ixic 1y underwater',
  'chart ixic 5y underwater',
  'chart ixic all underwater',
  'chart nvda all',
  'chart mag7 1y compare',
  'capex nvidia',
  'quote nvda,aapl,msft,googl,amzn,meta,tsla,ixic,mag7',
];

export interface NamedCard {
  readonly name: string;
  readonly card: Card;
}

const cardOfStories = (stories: readonly Story[], language: string): Card => ({
  ...buildCard(stories, language, catalogue),
  actions: cardButtons(stories, catalogue.in(language)),
});

const storyCards = (language: string): readonly NamedCard[] => [
  ...Object.entries(RECORDED).map(([name, stories]) => ({ name, card: cardOfStories(stories, language) })),
  ...Object.entries(EVERY_STORY).flatMap(([kind, all]) =>
    all.map((stories, at) => ({ name: `${kind} ${at + 1}`, card: cardOfStories(stories, language) })),
  ),
];

const pingCard = (language: string): readonly NamedCard[] => {
  const ping = { symbol: 'NVDA', story: nvidia, until: Date.parse('2025-01-30T00:00:00Z') };
  const card = personalPingCard(catalogue.in(language), ping);
  return card ? [{ name: 'ping', card }] : [];
};

const bars = Object.fromEntries(
  [...watchlist.symbols.values()].flatMap(({ symbol, sumOf }) => (sumOf ? [] : [[symbol, recordedBars(symbol)]])),
);

/** The answers to the examples of the help and to some more; a question whose answer is no card has none. */
const answerCards = async (language: string): Promise<readonly NamedCard[]> => {
  const asking = askingAt({ language, context: marketContext({ until: '2024-08-30', bars }) });
  const calls = [...EXAMPLES, ...LINES.map((line) => parseLine(line, commands, catalogue))];
  const answers: NamedCard[] = [];
  for (const { name, options } of calls) {
    const answer = await asking.question(name, { ...options });
    if (answer.kind === 'card') answers.push({ name: [name, ...Object.values(options)].join(' '), card: answer.card });
  }
  return answers;
};

/** Every kind of card in a language. */
export const everyCard = async (language: string): Promise<readonly NamedCard[]> => [
  ...storyCards(language),
  ...pingCard(language),
  ...(await answerCards(language)),
];
