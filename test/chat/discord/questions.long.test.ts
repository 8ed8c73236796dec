import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../commands/command.ts';
import type { Questions } from '../../../commands/questions.ts';
import type { DiscordOptions } from '../../../src/chat/discord/discord.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import type { Asked } from '../../doubles/discord/asked.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { refusal } from '../../doubles/discord/faults.ts';
import { eventually } from '../../eventually.ts';
import { holdTimeouts } from '../../held-timeouts.ts';
import { createRecordingLog } from '../slack/support.ts';
import {
  asCard,
  catalogue,
  commandShape,
  createDiscordWithQuestions,
  fakeQuestions,
  isAnswered,
  textOf,
} from './fake-questions.ts';
import { PNG } from './samples.ts';

/** Discord's interaction response types. */
const DEFERRED = 5;
const IMMEDIATE = 4;

let double: DiscordDouble;
let time = Date.now();
const opened: Platform[] = [];

const open = async (questions: Questions, options: Partial<DiscordOptions> = {}): Promise<Platform> => {
  const discord = createDiscordWithQuestions(double, questions, options);
  opened.push(discord);
  await discord.start();
  await eventually(() => expect(double.commands.length).toBeGreaterThan(0));
  return discord;
};

const quote = (options = { symbol: 'NVDA' }) => double.interact({ command: 'quote', options });
const chart = () => double.interact({ command: 'chart', options: { symbol: 'NVDA' } });
const settled = (asked: Asked) => eventually(() => expect(isAnswered(asked)).toBe(true));
/** An answer that is not there by then is deferred; Discord wants a first response within 3 s. */
const DEFER_AFTER_MS = 1_500;
/** Two tries share the 2.8 s of a first response. */
const ACKNOWLEDGE_TRY_MS = 1_400;
/** Wait for unfinished answers when the bot stops. */
const STOP_GRACE_MS = 1_000;

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
  it('answers at once for everybody if the answer is ready, with picture, table and buttons', async () => {
    await open(fakeQuestions());
    const asked = quote();
    await settled(asked);
    expect(asked.callback).toBe(IMMEDIATE);
    expect(asked.shown).toMatchObject([{ ephemeral: false, files: [{ name: 'slide-nvda.png', bytes: PNG }] }]);
    const [message] = asked.shown;
    expect(message && textOf(message)).toContain(
      ['```', 'Symbol   From peak', '엔비디아    −23.5%', 'Meta           −5%', '```'].join('\n'),
    );
    expect(message?.payload.allowed_mentions).toEqual({ parse: [] });
    expect(JSON.stringify(message?.payload)).toContain('"custom_id":"ask?symbol=NVDA&range=1m&name=chart"');
  });

  it('for the asker alone shows it without its picture if Discord refuses that, also after a "thinking" for all', async () => {
    double.fail(({ payload }) =>
      JSON.stringify(payload).includes('attachment:') ? refusal(403, 50013, 'Missing Permissions') : undefined,
    );
    await open(fakeQuestions(() => asCard({}, true)));
    for (const asked of [quote(), chart()]) {
      await eventually(() => expect(asked.shown).toMatchObject([{ ephemeral: true, files: [], thinking: false }]));
      expect(asked.shown.map(textOf).join()).toContain('Nvidia $103.73');
    }
  });

  it('passes on who asked what, where and in which language', async () => {
    const questions = fakeQuestions();
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
    await open(fakeQuestions(() => promise));
    const asked = chart();
    await eventually(() => expect(asked.callback).toBe(DEFERRED));
    expect(asked.shown).toMatchObject([{ thinking: true, ephemeral: false }]);
    resolve(asCard());
    await settled(asked);
    expect(asked.shown).toMatchObject([{ ephemeral: false, files: [{ bytes: PNG }] }]);
  });

  it('defers any command whose answer does not come in time', async () => {
    const { promise, resolve } = held();
    await open(fakeQuestions(() => promise));
    const timeouts = holdTimeouts((ms) => ms === DEFER_AFTER_MS);
    const asked = quote();
    await eventually(() => expect(timeouts.count()).toBe(1));
    expect(asked.callback).toBeUndefined();
    timeouts.expire();
    await eventually(() => expect(asked.callback).toBe(DEFERRED));
    resolve(asCard());
    await settled(asked);
    expect(double.late).toEqual([]);
  });

  it('shows a problem to the asker alone', async () => {
    await open(fakeQuestions(() => ({ kind: 'problem', text: "No symbol 'nvdia'. Did you mean NVDA (Nvidia)?" })));
    const asked = quote({ symbol: 'nvdia' });
    await settled(asked);
    expect(asked.shown).toMatchObject([
      { ephemeral: true, payload: { content: "No symbol 'nvdia'. Did you mean NVDA (Nvidia)?" } },
    ]);
  });

  it('removes "thinking" from the channel when a slow command ends in a problem', async () => {
    await open(fakeQuestions(() => ({ kind: 'problem', text: 'Ask again.' })));
    const asked = chart();
    await eventually(() =>
      expect(asked.shown).toMatchObject([{ ephemeral: true, payload: { content: 'Ask again.' } }]),
    );
  });

  it('shows a card for the asker to nobody else, deferred or not', async () => {
    await open(fakeQuestions(() => asCard({}, true)));
    for (const asked of [quote(), chart()]) {
      await eventually(() => expect(asked.shown).toMatchObject([{ ephemeral: true, thinking: false }]));
    }
  });

  it('begins a slow answer for the asker alone where nobody else sees it, in two requests', async () => {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const digest = commandShape('digest', { slow: true, forAsker: true });
    await open(
      fakeQuestions(() => promise),
      { commands: [digest] },
    );
    await eventually(() => expect(double.commands).toMatchObject([{ name: 'digest' }]));
    const before = double.requests.length;
    const asked = double.interact({ command: 'digest' });
    await eventually(() => expect(asked.shown).toMatchObject([{ thinking: true, ephemeral: true }]));
    resolve(asCard({}, true));
    await eventually(() => expect(asked.shown).toMatchObject([{ thinking: false, ephemeral: true }]));
    expect(double.requests.slice(before).map(({ method }) => method)).toEqual(['POST', 'PATCH']);
  });

  it('never shows to all what is for the asker, even if the public deferral cannot be taken away', async () => {
    await open(fakeQuestions(() => ({ kind: 'problem', text: 'Between us.' })));
    double.fail({ fault: { kind: 'status', status: 503 }, times: 100, matching: ({ method }) => method === 'DELETE' });
    const asked = chart();
    await settled(asked);
    expect(asked.shown).toMatchObject([
      { ephemeral: false, payload: { content: catalogue.in('en').say('discord.unanswered') } },
    ]);
    expect(JSON.stringify(double.requests)).not.toContain('Between us');
  });

  it('nor if the answers to the deferral and to the message are lost', async () => {
    await open(fakeQuestions(() => ({ kind: 'problem', text: 'Between us.' })));
    double.fail({
      fault: { kind: 'lose-answer' },
      times: 100,
      matching: ({ path }) => path.endsWith('/callback'),
    });
    const asked = chart();
    await settled(asked);
    expect(asked.shown).toMatchObject([
      { ephemeral: false, payload: { content: catalogue.in('en').say('discord.unanswered') } },
    ]);
  });

  it.each([
    ['the question fails', { ask: () => Promise.reject(new Error('secret')) }],
    ['the picture fails', { picture: () => Promise.reject(new Error('secret')) }],
  ])('says so if %s, and logs no text of it', async (_what, broken) => {
    const { log, lines } = createRecordingLog();
    await open({ ...fakeQuestions(), ...broken }, { log });
    const asked = quote();
    await settled(asked);
    expect(asked.shown).toMatchObject([
      { ephemeral: true, payload: { content: catalogue.in('en').say('discord.unanswered') } },
    ]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('makes hostile text inactive', async () => {
    const hostile = '@everyone <@1> **x** ``` [a](https://evil.example)\n# big';
    const rows = [{ label: hostile, text: hostile }];
    const table = { columns: [{ title: hostile, align: 'left' as const }], rows: [[hostile]] };
    await open(fakeQuestions(() => asCard({ title: hostile, sections: [{ heading: hostile, rows, table }] })));
    const asked = quote();
    await settled(asked);
    const text = asked.shown.map(textOf).join('');
    const [, block = ''] = text.split('```\n');
    expect(text.replace(block, '')).not.toMatch(/@everyone|(?<!\\)<|(?<!\\)\]\(|\n# big/);
    expect(text.match(/```/g)).toHaveLength(2);
    expect(block).not.toMatch(/`(?!``)/);
  });

  it("says in the card's language how many rows of a table are left out", async () => {
    const table = {
      columns: [{ title: 'n', align: 'left' as const }],
      rows: Array.from({ length: 400 }, (_, n) => [`row ${n} ${'x'.repeat(30)}`]),
    };
    await open(fakeQuestions(() => asCard({ more: '… 외 {n}개', sections: [{ heading: 'LONG', rows: [], table }] })));
    const asked = double.interact({ command: 'quote', options: { symbol: 'NVDA' }, locale: 'ko' });
    await settled(asked);
    expect(asked.shown.map(textOf).join('')).toMatch(/\n… 외 \d+개\n```/);
  });

  it('acknowledges sixty questions at once in time', async () => {
    await open(fakeQuestions());
    const all = Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? quote() : chart()));
    await eventually(() => expect(all.every(isAnswered)).toBe(true));
    time += 10_000;
    expect(double.late).toEqual([]);
  });
});

describe('answers that cannot be sent at first', () => {
  const isCallback = ({ path }: { path: string }) => path.endsWith('/callback');
  const isEdit = ({ method }: { method: string }) => method === 'PATCH';

  it.each(['lose-answer', 'disconnect', 'hang'] as const)(
    'are given once if the acknowledgement meets %s',
    async (kind) => {
      await open(fakeQuestions());
      const tries = holdTimeouts((ms) => ms > 1_000 && ms <= ACKNOWLEDGE_TRY_MS);
      double.fail({ fault: { kind }, matching: isCallback });
      const asked = quote();
      if (kind === 'hang') {
        await eventually(() => expect(double.requests.some(isCallback)).toBe(true));
        tries.expire();
      }
      await settled(asked);
      expect(asked.shown).toHaveLength(1);
      expect(double.late).toEqual([]);
    },
  );

  it('are sent as an edit once Discord is back', async () => {
    await open(fakeQuestions());
    double.fail({ fault: { kind: 'status', status: 502 }, times: 2, matching: isEdit });
    await settled(chart());
  });

  it('are dropped if the question is too old, and the next one is answered', async () => {
    const { log, lines } = createRecordingLog();
    const { promise, resolve } = held();
    const answers = [promise, asCard()];
    await open(
      fakeQuestions(() => answers.shift() ?? asCard()),
      { log },
    );
    const first = chart();
    await eventually(() => expect(first.callback).toBe(DEFERRED));
    time += 16 * 60_000;
    resolve(asCard());
    await eventually(() => expect(lines).toMatchObject([{}, {}, { level: 'warn', fields: { fault: '401 50027' } }]));
    await settled(quote());
  });

  it('do not log the token', async () => {
    const { log, lines } = createRecordingLog();
    await open(fakeQuestions(), { log });
    double.fail({ fault: { kind: 'status', status: 502 }, times: 20, matching: isEdit });
    const asked = chart();
    await eventually(() => expect(JSON.stringify(lines)).toContain('not delivered'));
    expect(JSON.stringify(lines)).not.toContain(asked.token);
  });
});

describe('stopping while questions are open', () => {
  it('finishes the answers that are ready in time', async () => {
    const { promise, resolve } = held();
    const discord = await open(fakeQuestions(() => promise));
    const asked = chart();
    await eventually(() => expect(asked.callback).toBe(DEFERRED));
    holdTimeouts((ms) => ms === STOP_GRACE_MS);
    const stopped = discord.stop();
    resolve(asCard());
    await stopped;
    expect(isAnswered(asked)).toBe(true);
  });

  it('tells the other askers that the bot restarts', async () => {
    const discord = await open(fakeQuestions(() => held().promise));
    const asked = chart();
    await eventually(() => expect(asked.callback).toBe(DEFERRED));
    const grace = holdTimeouts((ms) => ms === STOP_GRACE_MS);
    const stopped = discord.stop();
    await eventually(() => expect(grace.count()).toBe(1));
    grace.expire();
    await stopped;
    expect(asked.shown).toMatchObject([
      { ephemeral: true, payload: { content: catalogue.in('en').say('discord.restarting') } },
    ]);
  });
});
