import { beforeEach, expect, test } from 'vitest';
import { createAsking } from '../../../commands/ask.ts';
import { commands } from '../../../commands/index.ts';
import { chartPng } from '../../../src/charts/png.ts';
import type { Questions } from '../../../src/chat/questions.ts';
import { silent } from '../../../src/log.ts';
import { evening, marketDesk } from '../../commands/market-desk.ts';
import type { SlackDouble } from '../../doubles/slack/double.ts';
import { catalogue } from './asking.ts';
import { CHANNEL, double, platform } from './support.ts';

let slack: SlackDouble;

/** The evening of 30 July 2024, from the recorded closes. */
const ask = async (language: string, line: string): Promise<void> => {
  const desk = marketDesk({ until: '2024-07-30' });
  const questions: Questions = {
    ...createAsking({ desk, commands, now: () => evening('2024-07-30'), log: silent }),
    picture: async ({ card }) => card.picture && chartPng(card.picture.chart),
  };
  await platform(slack, { questions, commands, catalogue, language }).start();
  await slack.slashCommand({ command: '/slidewatch', text: line });
};

beforeEach(async () => {
  slack = await double();
});

const shown = () => slack.messages(CHANNEL)[0];

const lines = [
  'quote nvda',
  'drawdown nvda',
  'drawdown',
  'drawdown nvda 20',
  'chart nvda 6m',
  'chart meta 1y underwater',
  'capex',
  'capex microsoft',
  'ai-revenue',
  'ai-revenue openai',
  'bill',
  'bill as-of=2024-05-01',
  'facts list nvda',
  'facts source alphabet',
  'status',
  'help',
];

test.each(catalogue.languages.flatMap((language) => lines.map((line) => [language, line] as const)))(
  'in %s Slack takes the answer to "%s"',
  async (language, line) => {
    await ask(language, line);
    await slack.until(() => shown() !== undefined || slack.ephemerals.length > 0);
    const answers = [...slack.messages(CHANNEL), ...slack.ephemerals];
    // A card begins with its title; a problem is one sentence.
    expect(answers).toMatchObject([{ blocks: expect.arrayContaining([expect.objectContaining({ type: 'header' })]) }]);
    expect([slack.invalid, slack.mentions]).toEqual([[], []]);
  },
);

test('a picture of an answer is shown with it, and its buttons bring the next one', async () => {
  await ask('en', 'chart nvda 6m');
  await slack.until(() => shown() !== undefined);
  expect(shown()?.image).toMatchObject({ processed: true, alt: expect.stringContaining('Nvidia') });
  await slack.press({ messageId: shown()?.ts ?? '', label: '1M' });
  await slack.until(() => shown()?.edits === 1);
  expect(shown()?.image?.processed).toBe(true);
  expect(slack.invalid).toEqual([]);
});

test('a symbol that nobody watches is a sentence with the nearest ones, for the asker alone', async () => {
  await ask('en', 'quote nvdia');
  await slack.until(() => slack.ephemerals.length === 1);
  expect(slack.ephemerals).toMatchObject([{ text: "No symbol 'nvdia'. Did you mean NVDA (Nvidia)?" }]);
});
