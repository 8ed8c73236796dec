import type { Answer, Command, Question } from '../../../commands/command.ts';
import type { Questions } from '../../../commands/questions.ts';
import type { Card } from '../../../src/cards/card.ts';
import { createDiscord, type DiscordOptions } from '../../../src/chat/discord/discord.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import { loadCatalogue } from '../../../src/i18n/catalogue.ts';
import { silent } from '../../../src/telemetry/log.ts';
import type { Asked, Shown } from '../../doubles/discord/asked.ts';
import type { DiscordDouble } from '../../doubles/discord/double.ts';
import { PNG, slideCard } from './samples.ts';

export const catalogue = loadCatalogue();

/** A command for platforms, which only need its shape. */
export const commandShape = (name: string, rest: Partial<Command> = {}): Command => ({
  name,
  options: [],
  standalone: false,
  run: () => Promise.reject(new Error('Platforms ask through Questions')),
  ...rest,
});

/** Some of the real commands' shapes, with every kind of option. */
export const commands: readonly Command[] = [
  commandShape('quote', { options: [{ name: 'symbol', kind: 'symbol', required: true }] }),
  commandShape('chart', {
    slow: true,
    options: [
      { name: 'range', kind: 'choice', choices: ['1m', '6m'] },
      { name: 'symbol', kind: 'symbol', required: true },
    ],
  }),
  commandShape('bill', { options: [{ name: 'as-of', kind: 'day' }] }),
  commandShape('facts list', { options: [{ name: 'company', kind: 'company' }] }),
  commandShape('facts source', { options: [{ name: 'metric', kind: 'text', suggestions: ['capex_cash'] }] }),
];

export const answerCard: Card = {
  ...slideCard,
  kind: 'quote',
  title: 'Nvidia $103.73',
  sections: [
    {
      heading: 'THE EIGHT',
      rows: [{ label: 'Source', text: 'Yahoo' }],
      table: {
        columns: [
          { title: 'Symbol', align: 'left' },
          { title: 'From peak', align: 'right' },
        ],
        rows: [
          ['엔비디아', '−23.5%'],
          ['Meta', '−5%'],
        ],
      },
    },
  ],
  actions: [
    { label: '1M', call: 'ask?symbol=NVDA&range=1m&name=chart' },
    { label: '6M', call: 'ask?symbol=NVDA&range=6m&name=chart', chosen: true },
  ],
};

export const asCard = (changes: Partial<Card> = {}, forAsker = false): Answer => ({
  kind: 'card',
  card: { ...answerCard, ...changes },
  forAsker,
});

export interface FakeQuestions extends Questions {
  /** Every question so far. */
  readonly asked: (Omit<Question, 'now'> & { readonly name: string })[];
}

/** Answers every question by `answer`, by default with a card. */
export const fakeQuestions = (answer: (name: string) => Answer | Promise<Answer> = () => asCard()): FakeQuestions => {
  const asked: FakeQuestions['asked'] = [];
  return {
    asked,
    ask: async (name, question) => {
      asked.push({ ...question, name });
      return answer(name);
    },
    complete: (_name, _option, typed, language) => [{ value: 'NVDA', label: `${typed} ${language}: Nvidia (NVDA)` }],
    picture: async () => PNG,
    channels: async () => [],
    view: () => Promise.reject(new Error('Discord has no page of settings')),
    languageOf: (locale) => (locale?.startsWith('ko') ? 'ko' : 'en'),
  };
};

export const createDiscordWithQuestions = (
  double: DiscordDouble,
  questions: Questions,
  options: Partial<DiscordOptions> = {},
): Platform =>
  createDiscord({
    ...{ token: double.token, apiUrl: double.apiUrl, log: silent, retryMs: 20 },
    ...{ questions, commands, catalogue, ...options },
  });

/** All texts of a message, joined by line ends. */
export const textOf = ({ payload }: Shown): string =>
  payload.content === undefined
    ? [...JSON.stringify(payload).matchAll(/"content":"((?:[^"\\]|\\.)*)"/g)]
        .map(([, text]) => JSON.parse(`"${text}"`))
        .join('\n')
    : String(payload.content);

export const isAnswered = ({ shown }: Asked): boolean => shown.length > 0 && shown.every(({ thinking }) => !thinking);
