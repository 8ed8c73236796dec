import type { Answer, Command, Question } from '../../../commands/command.ts';
import type { Questions } from '../../../commands/questions.ts';
import { type Call, encodeCall } from '../../../src/cards/call.ts';
import type { Card } from '../../../src/cards/card.ts';
import type { SlackOptions, SlackPlatform } from '../../../src/chat/slack/slack.ts';
import { loadCatalogue } from '../../../src/i18n/catalogue.ts';
import type { Channel } from '../../../src/stories/channel.ts';
import type { PendingReplies, PendingReply } from '../../../src/stories/pending-reply.ts';
import type { SlackDouble } from '../../doubles/slack/double.ts';
import { CHANNEL, nvidia, platform, png } from './support.ts';

export const catalogue = loadCatalogue();

const command = (name: string, standalone: boolean, ...options: Command['options']): Command => ({
  name,
  options,
  standalone,
  run: () => Promise.reject(new Error('asked through Questions only')),
});

export const commands: readonly Command[] = [
  command('quote', true, { name: 'symbol', kind: 'symbol', required: true }),
  command(
    'chart',
    true,
    { name: 'symbol', kind: 'symbol', required: true },
    { name: 'range', kind: 'choice', choices: ['1m', '6m', '1y'] },
  ),
  command('facts list', false, { name: 'company', kind: 'company', required: true }),
  command('status', false),
  command('help', false),
];

const call = (name: string, options: Call['options']): string => encodeCall({ name, options });

/** An answer with a table and buttons, and no picture. */
export const quote: Card = {
  kind: 'quote',
  tone: 'red',
  title: 'Nvidia $103.73, −7.0% today',
  tag: 'NVDA',
  lead: ['23.5% below its peak of 135.58 on 18 Jun, 28 sessions ago.'],
  sections: [
    {
      heading: 'WHERE IT STANDS',
      table: {
        columns: [
          { title: 'Of', align: 'left' },
          { title: 'Peak', align: 'right' },
        ],
        rows: [
          ['252 sessions', '135.58'],
          ['All time', '135.58'],
        ],
      },
      rows: [{ label: 'The bill', text: '44.3 B USD cash capex' }],
    },
  ],
  footer: ['Price 30 Jul 2024 16:00 New York (Yahoo).'],
  actions: [
    { label: '1M', call: call('chart', { symbol: 'NVDA', range: '1m' }) },
    { label: 'Again', call: call('quote', { symbol: 'NVDA' }), chosen: true },
    { label: 'Gone', call: call('quote', { symbol: 'nvdia' }) },
  ],
};

/** An answer with a picture. */
export const chart: Card = {
  ...quote,
  kind: 'chart',
  title: 'Nvidia, one month',
  sections: [],
  ...(nvidia.picture && { picture: nvidia.picture }),
};

export const sentence = "No symbol 'nvdia'. Did you mean NVDA (Nvidia)?";

/** Answers by the command's name; `nvdia` is always a mistake. */
const answers: Readonly<Record<string, Answer>> = {
  quote: { kind: 'card', card: quote },
  chart: { kind: 'card', card: chart },
  status: { kind: 'card', card: { ...quote, title: 'All is well' }, forAsker: true },
};

export interface FakeQuestions extends Questions {
  readonly asked: (Omit<Question, 'now'> & { readonly name: string })[];
  /** What a page of settings shows. */
  readonly channelsOfPage: Channel[];
  /** From now on answers wait for `release`. */
  hold(): void;
  release(): void;
}

export const fakeQuestions = (over: Readonly<Record<string, Answer>> = {}): FakeQuestions => {
  const asked: FakeQuestions['asked'] = [];
  const places: Channel[] = [];
  let held: Promise<void> = Promise.resolve();
  let resume = (): void => undefined;
  return {
    asked,
    channelsOfPage: places,
    hold: () => {
      held = new Promise((resolve) => {
        resume = resolve;
      });
    },
    release: () => resume(),
    ask: async (name, question) => {
      asked.push({ name, ...question });
      await held;
      const mistake: Answer = { kind: 'problem', text: sentence };
      return question.options.symbol === 'nvdia' ? mistake : ({ ...answers, ...over }[name] ?? mistake);
    },
    complete: () => [],
    picture: async ({ card }) => (card.picture === undefined ? undefined : png),
    channels: async () => places,
    view: () => Promise.reject(new Error('App Home is tested with our own commands')),
    languageOf: (locale = 'en') => {
      const spoken = locale.slice(0, 2);
      return catalogue.isLanguage(spoken) ? spoken : 'en';
    },
  };
};

/** A channel of the double's workspace. */
export const channelOf = (over: Partial<Channel> = {}): Channel => ({
  id: 1,
  platform: 'slack',
  address: CHANNEL,
  workspace: 'T0000000001',
  language: 'en',
  origin: 'setup',
  settings: {},
  ...over,
});

/** Pending replies in memory, kept over restarts of the bot. */
export const memoryPendingReplies = (): PendingReplies & { readonly open: Map<string, PendingReply> } => {
  const open = new Map<string, PendingReply>();
  return {
    open,
    begin: async (answer) => void open.set(answer.id, answer),
    end: async (id) => void open.delete(id),
    left: async (name) => {
      const left = [...open.values()].filter(({ platform: of }) => of === name);
      for (const { id } of left) open.delete(id);
      return left;
    },
  };
};

/** A bot that takes questions from the double; started. */
export const startBot = async (
  slack: SlackDouble,
  questions: Questions = fakeQuestions(),
  over: Partial<SlackOptions> = {},
): Promise<SlackPlatform> => {
  const bot = platform(slack, { questions, commands, catalogue, ...over });
  await bot.start();
  return bot;
};
