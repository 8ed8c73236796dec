import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../commands/command.ts';
import { commands } from '../../commands/index.ts';
import { parseLine } from '../../commands/parse-line.ts';
import { decodeCall } from '../../src/cards/call.ts';
import { cardTerminal } from '../../src/cards/terminal.ts';
import { checkedSettings } from '../../src/channels/settings-schema.ts';
import { render } from '../../src/chat/discord/render.ts';
import { renderCard } from '../../src/chat/slack/render.ts';
import { cardText } from '../cards/card-text.ts';
import { mentions } from '../doubles/slack/check-message.ts';
import { askingAt, context, oneChannel } from './asking.ts';
import { AT, NOW, openChannelScene } from './real-channels.ts';

const HOSTILE_TEXTS = [
  '',
  ' ',
  'x'.repeat(2000),
  '🦀'.repeat(500),
  '\u202Eadivn\u202C',
  'مرحبا',
  '@everyone',
  '<!channel>',
  '<@123>',
  '[a](javascript:alert(1))',
  '$t(ask.failed)',
  '{{names}}',
  '__proto__',
  'constructor',
  'nvda\u0000',
  '\uD800',
  '-1',
  '2024-07-31',
  'nvda',
  "'; DROP TABLE channels; --",
  '<@&112233445566778899>',
  '<!subteam^S0123ABCD>',
  '1h',
  '99999999999h',
  'session',
  '07:00',
  '24:00',
  '10,20,30',
  '1e3',
  'off',
  'default',
  'Seoul',
  'Asia/Seoul',
  '../../etc/passwd',
  'mon-fri',
  '22:00-07:00',
  'ko',
  'AMD',
  'all',
];

/** Runs by the number of options: with few of them, there is less to vary. */
const RUNS_BY_OPTION_COUNT: readonly number[] = [1, 25];

const hostile = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 2000 }) },
);

const FAILURE_TEXTS = context.catalogue.languages.map((language) => context.catalogue.in(language).say('ask.failed'));

/** Expects that quoted text pings nobody on either platform. */
const expectNoMention = ({ card }: Extract<Answer, { kind: 'card' }>): void => {
  const { body } = render({ card, key: 'k' });
  expect(body.allowed_mentions).toEqual({ parse: [] });
  expect(mentions({ text: '', blocks: renderCard(card).blocks(), metadata: undefined })).toEqual([]);
};

/** Expects an answer that every platform can show and that is not a failure. */
const expectSound = (answer: Answer): void => {
  if (answer.kind === 'problem') {
    expect(FAILURE_TEXTS).not.toContain(answer.text);
    expect(answer.text.length).toBeGreaterThan(0);
    expect(answer.text.length).toBeLessThanOrEqual(400);
    expect(answer.text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    return;
  }
  expectNoMention(answer);
  const { card } = answer;
  expect(card.title).not.toBe('');
  expect(cardText(card)).not.toBe('');
  expect(cardTerminal(card, { width: 40, colour: false })).not.toBe('');
  for (const { table } of card.sections)
    for (const row of table?.rows ?? []) expect(row).toHaveLength(table?.columns.length ?? 0);
  const calls = (card.actions ?? []).map(({ call }) => call);
  expect(calls.length).toBeLessThanOrEqual(25);
  expect(new Set(calls).size).toBe(calls.length);
  for (const { label } of card.actions ?? []) expect(label.length).toBeLessThanOrEqual(75);
};

describe.each(commands.map((command) => [command.name, command] as const))('/%s', (name, command) => {
  const typed = fc.record(Object.fromEntries(command.options.map((option) => [option.name, hostile])), {
    requiredKeys: [],
  });

  test('answers any text in every language, and changes a channel completely or not at all', async () => {
    for (const language of context.catalogue.languages) {
      const channels = oneChannel();
      const { question } = askingAt({ language, channels });
      await fc.assert(
        fc.asyncProperty(typed, async (options) => {
          const before = channels.dump();
          const answer = await question(name, options as Record<string, string>);
          expectSound(answer);
          if (answer.kind === 'problem' || !command.changes) expect(channels.dump()).toBe(before);
          for (const { settings, language: current } of await channels.of('discord')) {
            expect(() => checkedSettings(settings)).not.toThrow();
            expect(context.catalogue.isLanguage(current)).toBe(true);
          }
        }),
        { numRuns: RUNS_BY_OPTION_COUNT[command.options.length] ?? 40 },
      );
    }
  });

  test('answers values that are not text', async () => {
    for (const value of [undefined, null, 5, {}, [], () => 'x']) {
      const options = Object.fromEntries(command.options.map((option) => [option.name, value]));
      expectSound(await askingAt({}).question(name, options as Record<string, string>));
    }
  });
});

test('a name or a language that is not text is answered', async () => {
  const { ask } = askingAt({});
  for (const value of [undefined, null, 5, {}, []] as unknown as string[]) {
    const given = { options: {}, language: value, platform: 'discord', channel: 'c', asker: 'a' };
    await expect(ask(value, given)).resolves.toMatchObject({ kind: 'problem' });
    await expect(ask('help', given)).resolves.toMatchObject({ kind: 'card' });
  }
});

test('any line gets an answer', async () => {
  const { question } = askingAt({});
  await fc.assert(
    fc.asyncProperty(hostile, hostile, async (first, second) => {
      const call = parseLine(`${first} ${second}`, commands, context.catalogue);
      expectSound(await question(call.name, { ...call.options }));
    }),
    { numRuns: 200 },
  );
});

const CHANNEL_LINES = ['setup', 'alerts show', 'mute nvda', 'digest'];

test('the buttons of every card lead to another card', async () => {
  const { question } = askingAt({});
  for (const line of [
    ...CHANNEL_LINES,
    'capex',
    'capex msft',
    'ai-revenue',
    'ai-revenue amzn',
    'bill',
    'facts list meta',
    'drawdown',
  ]) {
    const { name, options } = parseLine(line, commands, context.catalogue);
    const answer = await question(name, { ...options });
    if (answer.kind !== 'card') throw new Error(`expected a card for ${line}`);
    for (const { call } of answer.card.actions ?? []) {
      const next = decodeCall(call);
      if (!next) throw new Error(`expected a call, got ${call}`);
      expect((await question(next.name, { ...next.options })).kind).toBe('card');
    }
  }
});

test('a channel in the store is changed completely or not at all, and can be read again', async () => {
  const scene = await openChannelScene();
  const { question } = askingAt({ at: AT, context: scene.context, channels: scene.channels });
  for (const { name, options } of commands.filter((command) => command.changes)) {
    const typed = fc.record(Object.fromEntries(options.map((option) => [option.name, hostile])), { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(typed, async (given) => {
        const before = [await scene.channels.of('discord'), await scene.channels.mutes(1, NOW)];
        const answer = await question(name, given as Record<string, string>);
        expectSound(answer);
        if (answer.kind === 'problem')
          expect([await scene.channels.of('discord'), await scene.channels.mutes(1, NOW)]).toEqual(before);
      }),
      { numRuns: 20 },
    );
  }
});
