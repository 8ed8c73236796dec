import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../commands/command.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { BITS } from '../../doubles/discord/guild-bodies.ts';
import { eventually } from '../../eventually.ts';
import {
  asCard,
  commandShape,
  createDiscordWithQuestions,
  type FakeQuestions,
  fakeQuestions,
  isAnswered,
} from './fake-questions.ts';

const ROLE = '300000000000000009';
const MUTE = 'ask?symbol=NVDA&duration=1h&name=mute';

const commands = [
  commandShape('quote', { options: [{ name: 'symbol', kind: 'symbol', required: true }] }),
  commandShape('mute', { changes: true, options: [{ name: 'duration', kind: 'duration' }] }),
  commandShape('alerts show'),
  commandShape('alerts set', { changes: true, options: [{ name: 'role', kind: 'role' }] }),
  commandShape('schedule', {
    changes: true,
    options: [
      { name: 'zone', kind: 'time-zone' },
      { name: 'time', kind: 'time' },
    ],
  }),
];

let double: DiscordDouble;
let discord: Platform;
let questions: FakeQuestions;

/** Answers whether the person may change the channel, and remembers it. */
const askedMay: boolean[] = [];
const ruling = async (answer: Answer): Promise<Answer> => {
  askedMay.push((await questions.asked.at(-1)?.mayChange?.()) ?? false);
  return answer;
};

beforeEach(async () => {
  askedMay.length = 0;
  double = await startDiscordDouble();
  questions = fakeQuestions(() => ruling(asCard()));
  discord = createDiscordWithQuestions(double, questions, { commands });
  await discord.start();
  await eventually(() => expect(double.commands.length).toBeGreaterThan(0));
});

afterEach(async () => {
  await discord.stop();
  expect(double.invalid).toEqual([]);
  await double.close();
});

const settled = (asked: Parameters<typeof isAnswered>[0]) => eventually(() => expect(isAnswered(asked)).toBe(true));

describe('the right to change a channel on Discord', () => {
  it.each([
    ['Manage Server', BITS.manageGuild, true],
    ['Manage Channels', BITS.manageChannels, true],
    ['Administrator', BITS.administrator, true],
    ['everything else', BITS.viewChannel | BITS.sendMessages | BITS.attachFiles, false],
    ['nothing', 0n, false],
  ])("of somebody with %s follows Discord's permissions", async (_name, permissions, may) => {
    await settled(double.interact({ command: 'mute', permissions, opened: true }));
    expect(askedMay).toEqual([may]);
  });

  it('is checked with every click, also of old buttons after a restart', async () => {
    await settled(double.click({ customId: MUTE, permissions: BITS.manageGuild }));
    await settled(double.click({ customId: MUTE }));
    await discord.stop();
    discord = createDiscordWithQuestions(double, questions, { commands });
    await discord.start();
    const late = double.click({ customId: MUTE, permissions: BITS.manageChannels });
    await settled(late);
    expect(askedMay).toEqual([true, false, true]);
    expect(questions.asked.at(-1)).toMatchObject({ name: 'mute', options: { symbol: 'NVDA', duration: '1h' } });
    expect(late.shown).toMatchObject([{ ephemeral: true }]);
  });

  it('does not exist in a private conversation, which has no server', async () => {
    await settled(double.interact({ command: 'quote', options: { symbol: 'NVDA' }, private: true }));
    expect(askedMay).toEqual([false]);
    expect(questions.asked.at(-1)).not.toHaveProperty('workspace');
    await settled(double.interact({ command: 'quote', options: { symbol: 'NVDA' } }));
    expect(questions.asked.at(-1)).toMatchObject({ workspace: double.guildId });
  });
});

describe('registering commands that change a channel', () => {
  it('requires Manage Channels as decimal text, for whole groups, and only in servers', () => {
    expect(double.commands).toMatchObject([
      { name: 'quote', default_member_permissions: null, contexts: [0, 1, 2], integration_types: [0, 1] },
      { name: 'mute', default_member_permissions: '16', contexts: [0], integration_types: [0] },
      { name: 'alerts', default_member_permissions: '16', contexts: [0] },
      { name: 'schedule', default_member_permissions: '16', contexts: [0] },
    ]);
  });

  it('shows them to nobody else unless the server allows it', () => {
    expect(() => double.interact({ command: 'alerts show' })).toThrow(/hidden/);
    expect(() => double.interact({ command: 'mute', private: true, permissions: BITS.administrator })).toThrow(/place/);
    expect(() => double.interact({ command: 'mute', personal: true, permissions: BITS.administrator })).toThrow(
      /people/,
    );
    expect(() => double.interact({ command: 'alerts show', opened: true })).not.toThrow();
  });

  it("uses Discord's own role picker, whose id arrives", async () => {
    const use = { command: 'alerts set', options: { role: ROLE }, permissions: BITS.manageChannels };
    await settled(double.interact(use));
    expect(questions.asked).toMatchObject([{ name: 'alerts set', options: { role: ROLE } }]);
  });

  it.each([
    ['schedule', 'zone'],
    ['schedule', 'time'],
    ['mute', 'duration'],
  ])('completes options that nobody knows by heart: /%s %s', async (command, option) => {
    const asked = double.autocomplete({ command, option, typed: 's', permissions: BITS.manageChannels });
    await eventually(() => expect(asked.choices).toBeDefined());
  });
});
