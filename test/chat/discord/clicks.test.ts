import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../commands/command.ts';
import type { Questions } from '../../../commands/questions.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import type { Asked, Shown } from '../../doubles/discord/asked.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { refusal } from '../../doubles/discord/faults.ts';
import { eventually } from '../../eventually.ts';
import { asCard, catalogue, createDiscordWithQuestions, fakeQuestions, isAnswered, textOf } from './fake-questions.ts';

const BUTTON = 'ask?symbol=NVDA&range=1m&name=chart';

let double: DiscordDouble;
const opened: Platform[] = [];

const open = async (questions: Questions): Promise<Platform> => {
  const discord = createDiscordWithQuestions(double, questions);
  opened.push(discord);
  await discord.start();
  await eventually(() => expect(double.commands.length).toBeGreaterThan(0));
  return discord;
};

const settled = (asked: Asked) => eventually(() => expect(isAnswered(asked)).toBe(true));

/** A message that only the clicker sees. */
const ownMessage = async (): Promise<Shown> => {
  const asked = double.click({ customId: BUTTON });
  await settled(asked);
  const [message] = asked.shown;
  if (message === undefined) throw new Error('Expected an answer');
  return message;
};

beforeEach(async () => {
  double = await startDiscordDouble();
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((discord) => discord.stop()));
  expect(double.invalid).toEqual([]);
  await double.close();
});

describe('buttons on Discord', () => {
  it('in a public message answer the person who clicks and leave the message', async () => {
    const questions = fakeQuestions();
    await open(questions);
    const asked = double.click({ customId: BUTTON });
    await settled(asked);
    expect(asked.shown).toMatchObject([{ ephemeral: true }]);
    expect(questions.asked).toMatchObject([{ name: 'chart', options: { symbol: 'NVDA', range: '1m' } }]);
  });

  it('in a message for the clicker alone replace it by an answer without its picture if Discord refuses that', async () => {
    let title = 'First';
    await open(fakeQuestions(() => asCard({ title })));
    const message = await ownMessage();
    title = 'Second';
    double.fail(({ payload }) =>
      JSON.stringify(payload).includes('attachment:') ? refusal(403, 50013, 'Missing Permissions') : undefined,
    );
    const asked = double.click({ customId: BUTTON, on: message });
    await eventually(() => expect(textOf(message)).toContain('Second'));
    expect(JSON.stringify(message.payload)).not.toContain('attachment:');
    expect(asked.shown).toEqual([]);
  });

  it('in a message for the clicker alone replace it by the answer', async () => {
    let title = 'First';
    await open(fakeQuestions(() => asCard({ title })));
    const message = await ownMessage();
    title = 'Second';
    const asked = double.click({ customId: BUTTON, on: message });
    await eventually(() => expect(textOf(message)).toContain('Second'));
    expect(asked.callback).toBe(6);
    expect(asked.shown).toEqual([]);
    expect(message.files).toHaveLength(1);
  });

  it("keep the clicker's message if the answer is a problem", async () => {
    let problem = false;
    await open(fakeQuestions(() => (problem ? { kind: 'problem', text: 'Too many.' } : asCard())));
    const message = await ownMessage();
    problem = true;
    const asked = double.click({ customId: BUTTON, on: message });
    await eventually(() => expect(asked.shown).toMatchObject([{ ephemeral: true, payload: { content: 'Too many.' } }]));
    expect(textOf(message)).toContain('Nvidia');
  });

  it('work after a restart', async () => {
    const first = await open(fakeQuestions());
    const message = await ownMessage();
    await first.stop();
    const questions = fakeQuestions();
    await open(questions);
    const asked = double.click({ customId: BUTTON, on: message });
    await eventually(() => expect(asked.callback).toBe(6));
    await eventually(() => expect(questions.asked).toMatchObject([{ name: 'chart' }]));
  });

  it.each(['', 'mute:1h', 'ask?', 'ask?symbol=NVDA'])('of another version (%j) say what to type', async (customId) => {
    const questions = fakeQuestions();
    await open(questions);
    const asked = double.click({ customId, locale: 'ko' });
    await settled(asked);
    expect(asked.shown).toMatchObject([
      { ephemeral: true, payload: { content: catalogue.in('ko').say('discord.stale') } },
    ]);
    expect(questions.asked).toEqual([]);
  });
});

describe('completion on Discord', () => {
  const typing = (typed: string, locale = 'ko') =>
    double.autocomplete({ command: 'quote', option: 'symbol', typed, locale });

  it('offers matching choices with one request, and waits for no question', async () => {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    await open(fakeQuestions(() => promise));
    const chart = double.interact({ command: 'chart', options: { symbol: 'NVDA' } });
    await eventually(() => expect(chart.callback).toBeDefined());
    const before = double.requests.length;
    const asked = typing('엔비');
    await eventually(() => expect(asked.choices).toBeDefined());
    expect(asked.choices).toEqual([{ name: '엔비 ko: Nvidia (NVDA)', value: 'NVDA' }]);
    expect(double.requests).toHaveLength(before + 1);
    expect(isAnswered(chart)).toBe(false);
    resolve(asCard());
    await settled(chart);
  });

  it("offers at most 25 choices within Discord's length limit", async () => {
    const many = Array.from({ length: 40 }, (_, n) => ({ value: `${n}`, label: 'x'.repeat(200) }));
    const tooLong = { value: 'y'.repeat(101), label: 'y' };
    await open({ ...fakeQuestions(), complete: () => [tooLong, ...many] });
    const asked = typing('x'.repeat(5_000));
    await eventually(() => expect(asked.choices).toHaveLength(25));
    expect(double.invalid).toEqual([]);
  });

  it('completes an option of a subcommand', async () => {
    await open(fakeQuestions());
    const asked = double.autocomplete({ command: 'facts list', option: 'company', typed: 'a' });
    await eventually(() => expect(asked.choices).toEqual([{ name: 'a en: Nvidia (NVDA)', value: 'NVDA' }]));
  });
});
