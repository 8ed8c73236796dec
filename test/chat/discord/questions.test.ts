import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../../../commands/command.ts';
import type { Questions } from '../../../commands/questions.ts';
import type { DiscordOptions } from '../../../src/chat/discord/discord.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import type { Asked } from '../../doubles/discord/asked.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { createBook } from '../slack/support.ts';
import { answered, answering, asCard, catalogue, createAsked, textOf } from './asking.ts';
import { PNG } from './samples.ts';

const THINKING = 5;
const AT_ONCE = 4;

let double: DiscordDouble;
let time = Date.now();
const opened: Platform[] = [];

const open = async (questions: Questions, options: Partial<DiscordOptions> = {}): Promise<Platform> => {
  const discord = createAsked(double, questions, options);
  opened.push(discord);
  await discord.start();
  await vi.waitFor(() => expect(double.commands.length).toBeGreaterThan(0));
  return discord;
};

const quote = (options = { symbol: 'NVDA' }) => double.interact({ command: 'quote', options });
const chart = () => double.interact({ command: 'chart', options: { symbol: 'NVDA' } });
const settled = (asked: Asked) => vi.waitFor(() => expect(answered(asked)).toBe(true), { timeout: 5_000 });
const held = () => Promise.withResolvers<Answer>();

beforeEach(async () => {
  time = Date.now();
  double = await startDiscordDouble({ now: () => time });
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((discord) => discord.stop()));
  expect(double.invalid).toEqual([]);
  await double.close();
});

describe('asking on Discord', () => {
  it('answers at once where the answer is at hand, for all, with picture, table and buttons', async () => {
    await open(answering());
    const asked = quote();
    await settled(asked);
    expect(asked.callback).toBe(AT_ONCE);
    expect(asked.shown).toMatchObject([{ ephemeral: false, files: [{ name: 'slide-nvda.png', bytes: PNG }] }]);
    const [message] = asked.shown;
    expect(message && textOf(message)).toContain(
      ['```', 'Symbol    From peak', '엔비디아     −23.5%', 'Meta            −5%', '```'].join('\n'),
    );
    expect(message?.payload.allowed_mentions).toEqual({ parse: [] });
    expect(JSON.stringify(message?.payload)).toContain('"custom_id":"ask?symbol=NVDA&range=1m&name=chart"');
  });

  it('hands on who asked what, where and in which language', async () => {
    const questions = answering();
    await open(questions);
    const user = '300000000000000003';
    await settled(double.interact({ command: 'facts list', options: { company: '엔비디아' }, locale: 'ko', user }));
    await settled(double.interact({ command: 'bill', private: true, channel: '112233445566778811' }));
    expect(questions.asked).toMatchObject([
      { name: 'facts list', options: { company: '엔비디아' }, language: 'ko', asker: user, platform: 'discord' },
      { name: 'bill', options: {}, language: 'en', channel: '112233445566778811' },
    ]);
  });

  it('defers a slow command before it is answered, then edits', async () => {
    const { promise, resolve } = held();
    await open(answering(() => promise));
    const asked = chart();
    await vi.waitFor(() => expect(asked.callback).toBe(THINKING));
    expect(asked.shown).toMatchObject([{ thinking: true, ephemeral: false }]);
    resolve(asCard());
    await settled(asked);
    expect(asked.shown).toMatchObject([{ ephemeral: false, files: [{ bytes: PNG }] }]);
  });

  it('defers any command whose answer does not come in time', async () => {
    const { promise, resolve } = held();
    await open(answering(() => promise));
    const asked = quote();
    const from = performance.now();
    await vi.waitFor(() => expect(asked.callback).toBe(THINKING), { timeout: 2_500 });
    expect(performance.now() - from).toBeLessThan(2_500);
    resolve(asCard());
    await settled(asked);
    expect(double.late).toEqual([]);
  });

  it('shows a problem to the asker alone', async () => {
    await open(answering(() => ({ kind: 'problem', text: "No symbol 'nvdia'. Did you mean NVDA (Nvidia)?" })));
    const asked = quote({ symbol: 'nvdia' });
    await settled(asked);
    expect(asked.shown).toMatchObject([
      { ephemeral: true, payload: { content: "No symbol 'nvdia'. Did you mean NVDA (Nvidia)?" } },
    ]);
  });

  it('takes "thinking" out of the channel where a slow command ends in a problem', async () => {
    await open(answering(() => ({ kind: 'problem', text: 'Ask again.' })));
    const asked = chart();
    await vi.waitFor(() =>
      expect(asked.shown).toMatchObject([{ ephemeral: true, payload: { content: 'Ask again.' } }]),
    );
  });

  it('shows a card that is for the asker to nobody else, deferred or not', async () => {
    await open(answering(() => asCard({}, true)));
    for (const asked of [quote(), chart()]) {
      await vi.waitFor(() => expect(asked.shown).toMatchObject([{ ephemeral: true, thinking: false }]));
    }
  });

  it.each([
    ['the question fails', { ask: () => Promise.reject(new Error('secret')) }],
    ['the picture fails', { picture: () => Promise.reject(new Error('secret')) }],
  ])('says so where %s, and writes no text of it into the log', async (_what, broken) => {
    const { log, lines } = createBook();
    await open({ ...answering(), ...broken }, { log });
    const asked = quote();
    await settled(asked);
    expect(asked.shown).toMatchObject([
      { ephemeral: true, payload: { content: catalogue.in('en').say('discord.unanswered') } },
    ]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('leaves nothing of hostile text to act on', async () => {
    const hostile = '@everyone <@1> **x** ``` [a](https://evil.example)\n# big';
    const rows = [{ label: hostile, text: hostile }];
    const table = { columns: [{ title: hostile, align: 'left' as const }], rows: [[hostile]] };
    await open(answering(() => asCard({ title: hostile, sections: [{ heading: hostile, rows, table }] })));
    const asked = quote();
    await settled(asked);
    const text = asked.shown.map(textOf).join('');
    const [, block = ''] = text.split('```\n');
    expect(text.replace(block, '')).not.toMatch(/@everyone|(?<!\\)<|(?<!\\)\]\(|\n# big/);
    expect(text.match(/```/g)).toHaveLength(2);
    expect(block).not.toMatch(/`(?!``)/);
  });

  it('says how many rows of a table are left out, in the language of the card', async () => {
    const table = {
      columns: [{ title: 'n', align: 'left' as const }],
      rows: Array.from({ length: 400 }, (_, n) => [`row ${n} ${'x'.repeat(30)}`]),
    };
    await open(answering(() => asCard({ more: '… 외 {n}개', sections: [{ heading: 'LONG', rows: [], table }] })));
    const asked = double.interact({ command: 'quote', options: { symbol: 'NVDA' }, locale: 'ko' });
    await settled(asked);
    expect(asked.shown.map(textOf).join('')).toMatch(/\n… 외 \d+개\n```/);
  });

  it('acknowledges sixty questions at once in time', async () => {
    await open(answering());
    const all = Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? quote() : chart()));
    await vi.waitFor(() => expect(all.every(answered)).toBe(true), { timeout: 10_000 });
    time += 10_000;
    expect(double.late).toEqual([]);
  });
});

describe('answers that meet trouble', () => {
  const isCallback = ({ path }: { path: string }) => path.endsWith('/callback');
  const isEdit = ({ method }: { method: string }) => method === 'PATCH';

  it.each(['lose-answer', 'disconnect', 'hang'] as const)(
    'are given once where the first sign meets %s',
    async (kind) => {
      await open(answering());
      double.fail({ fault: { kind }, matching: isCallback });
      const asked = quote();
      await settled(asked);
      expect(asked.shown).toHaveLength(1);
      expect(double.late).toEqual([]);
    },
  );

  it('are edited in once Discord is back', async () => {
    await open(answering());
    double.fail({ fault: { kind: 'status', status: 502 }, times: 2, matching: isEdit });
    await settled(chart());
  });

  it('are let go where the question is too old, and the next is answered', async () => {
    const { log, lines } = createBook();
    const { promise, resolve } = held();
    const answers = [promise, asCard()];
    await open(
      answering(() => answers.shift() ?? asCard()),
      { log },
    );
    const first = chart();
    await vi.waitFor(() => expect(first.callback).toBe(THINKING));
    time += 16 * 60_000;
    resolve(asCard());
    await vi.waitFor(() => expect(lines).toMatchObject([{}, {}, { level: 'warn', fields: { fault: '401 50027' } }]));
    await settled(quote());
  });

  it('say nothing of the token', async () => {
    const { log, lines } = createBook();
    await open(answering(), { log });
    double.fail({ fault: { kind: 'status', status: 502 }, times: 20, matching: isEdit });
    const asked = chart();
    await vi.waitFor(() => expect(JSON.stringify(lines)).toContain('not delivered'), { timeout: 5_000 });
    expect(JSON.stringify(lines)).not.toContain(asked.token);
  });
});

describe('stopping while questions are open', () => {
  it('finishes what can be finished', async () => {
    const { promise, resolve } = held();
    const discord = await open(answering(() => promise));
    const asked = chart();
    await vi.waitFor(() => expect(asked.callback).toBe(THINKING));
    const stopped = discord.stop();
    resolve(asCard());
    await stopped;
    expect(answered(asked)).toBe(true);
  });

  it('tells the rest that the bot restarts', async () => {
    const discord = await open(answering(() => held().promise));
    const asked = chart();
    await vi.waitFor(() => expect(asked.callback).toBe(THINKING));
    await discord.stop();
    expect(asked.shown).toMatchObject([
      { ephemeral: true, payload: { content: catalogue.in('en').say('discord.restarting') } },
    ]);
  });
});
