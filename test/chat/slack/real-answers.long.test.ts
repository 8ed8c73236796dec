import { describe, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import type { Limit } from '../../../commands/limiter.ts';
import { memoryChannels } from '../../commands/memory-channels.ts';
import type { SlackDouble } from '../../doubles/slack/double.ts';
import { COMMAND_LINES, type CommandLines } from './command-lines.ts';
import { catalogue } from './fake-questions.ts';
import { NOW, realBot } from './real-bot.ts';
import { CHANNEL, double } from './support.ts';

const GUEST = 'U0000000003';
const OTHER = 'C0000000003';

type Transport = 'Socket Mode' | 'HTTP';

/** Who asks for the command of that number. Only one of them may not change the channel. */
const person = (n: number): string => `U00000001${String(n).padStart(2, '0')}`;

/** A workspace that speaks one language, with a destination and people. */
const workspace = async (transport: Transport, language: string, limit?: Limit): Promise<SlackDouble> => {
  const slack = await double({ locale: language, channels: [CHANNEL, OTHER] });
  for (const n of commands.keys()) slack.setPerson(person(n), { admin: true });
  slack.setPerson(GUEST, {});
  const channels = memoryChannels();
  await channels.open({ platform: 'slack', address: CHANNEL }, { language, origin: 'setup' }, NOW);
  await realBot(slack, { channels, http: transport === 'HTTP', ...(limit && { limit }) });
  return slack;
};

interface Shown {
  readonly text: string;
  readonly blocks: readonly unknown[];
}

/** The next message that anybody sees. */
const next = async (slack: SlackDouble, ask: () => Promise<unknown>): Promise<Shown> => {
  const all = () => [...slack.messages(CHANNEL), ...slack.messages(OTHER), ...slack.ephemerals];
  const before = new Set(all().map(({ ts }) => ts));
  await ask();
  await slack.until(() => all().length > before.size);
  const found = all().find(({ ts }) => !before.has(ts));
  if (found === undefined) throw new Error('expected an answer');
  return found;
};

const linesOf = (name: string): CommandLines => {
  const lines = COMMAND_LINES[name];
  if (lines === undefined) throw new Error(`expected lines for ${name}`);
  return lines;
};

const isCard = ({ blocks }: Shown): boolean => blocks.some((block) => Object(block).type === 'header');

/** Everything that Slack would find wrong, would turn into a mention, or was left waiting for. */
const faults = ({ invalid, mentions, late }: SlackDouble): unknown => [invalid, mentions, late];

test('every command has a line', () => {
  expect(Object.keys(COMMAND_LINES).toSorted()).toEqual(commands.map(({ name }) => name).toSorted());
});

describe.each(['Socket Mode', 'HTTP'] as const)('over %s', (transport) => {
  describe.each(catalogue.languages)('in %s', (language) => {
    test('every command is answered by /slidewatch, by mention and under its own name', async () => {
      const slack = await workspace(transport, language);
      for (const [n, { name, standalone }] of commands.entries()) {
        const { good, again = good } = linesOf(name);
        const userId = person(n);
        const text = good.slice(name.length).trim();
        const ways = [
          () => slack.slashCommand({ command: '/slidewatch', text: good, userId }),
          () => slack.mention({ text: again, userId }),
          ...(standalone ? [() => slack.slashCommand({ command: `/${name}`, text, userId })] : []),
        ];
        for (const way of ways) {
          const answer = await next(slack, way);
          expect(isCard(answer), `${name}: ${answer.text}`).toBe(true);
        }
      }
      expect(faults(slack)).toEqual([[], [], []]);
    });

    test('a mistake with any command is one sentence for the asker alone', async () => {
      const slack = await workspace(transport, language, { count: 1, perMs: 60_000 });
      for (const [n, { name }] of commands.entries()) {
        const { good, wrong } = linesOf(name);
        const asker = wrong === 'no right' ? GUEST : person(n);
        const channelId = wrong === 'elsewhere' ? OTHER : CHANNEL;
        const text = typeof wrong === 'object' ? wrong.line : good;
        const ask = () =>
          next(slack, () => slack.slashCommand({ command: '/slidewatch', text, userId: asker, channelId }));
        if (wrong === 'too often') await ask();
        const before = slack.ephemerals.length;
        const answer = await ask();
        expect(isCard(answer), `${name}: ${answer.text}`).toBe(false);
        expect(slack.ephemerals.slice(before)).toMatchObject([{ userId: asker, text: answer.text }]);
        expect(/[가-힣]/.test(answer.text.replace('한국어', '')), answer.text).toBe(language === 'ko');
      }
      expect(faults(slack)).toEqual([[], [], []]);
    });
  });
});

test('an answer is shown with its picture, and its buttons lead to the next one', async () => {
  const slack = await double();
  await realBot(slack, { draws: true });
  const shown = () => slack.messages(CHANNEL)[0];
  await slack.slashCommand({ command: '/slidewatch', text: 'chart nvda 6m' });
  await slack.until(() => shown() !== undefined);
  expect(shown()?.image).toMatchObject({ processed: true, alt: expect.stringContaining('Nvidia') });
  await slack.press({ messageId: shown()?.ts ?? '', label: '1M' });
  await slack.until(() => shown()?.edits === 1);
  expect(shown()?.image?.processed).toBe(true);
  expect(slack.invalid).toEqual([]);
});

test.each(['drawdown', 'capex', 'ai-revenue', 'bill', 'chart meta 1y underwater'])(
  'Slack takes the longer answer to "%s" in every language',
  async (line) => {
    for (const language of catalogue.languages) {
      const slack = await workspace('Socket Mode', language);
      const answer = await next(slack, () => slack.slashCommand({ command: '/slidewatch', text: line }));
      expect([isCard(answer), ...(faults(slack) as unknown[])]).toEqual([true, [], [], []]);
    }
  },
);
