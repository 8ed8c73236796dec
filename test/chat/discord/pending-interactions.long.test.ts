import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, test, vi } from 'vitest';
import type { Answer } from '../../../commands/command.ts';
import { createPendingReplies } from '../../../src/app/pending-replies.ts';
import type { DiscordOptions } from '../../../src/chat/discord/discord.ts';
import { createInvalidRequestGuard } from '../../../src/chat/discord/invalid-request-guard.ts';
import { createPendingInteractions } from '../../../src/chat/discord/pending-interactions.ts';
import { createRestClient, dispose } from '../../../src/chat/discord/rest-client.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import { readPendingReplies } from '../../../src/store/pending-replies.ts';
import { openStore } from '../../../src/store/store.ts';
import type { PendingReplies, PendingReply } from '../../../src/stories/pending-reply.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { eventually } from '../../eventually.ts';
import { temporaryFolder } from '../../market/temporary.ts';
import { createRecordingLog } from '../slack/support.ts';
import { asCard, catalogue, createDiscordWithQuestions, fakeQuestions, isAnswered, textOf } from './fake-questions.ts';

const THINKING = 5;
const CHART = 'ask?symbol=NVDA&range=1m&name=chart';
const restarted = (language: string) => catalogue.in(language).say('discord.restarted');

let double: DiscordDouble;
let time = Date.now();
let open = new Map<string, PendingReply>();
const running: Platform[] = [];

const book = (): PendingReplies => ({
  begin: async (answer) => void open.set(answer.id, answer),
  end: async (id) => void open.delete(id),
  left: async () => [...open.values()].filter(({ id }) => open.delete(id)),
});

const start = async (options: Partial<DiscordOptions> = {}, answer?: Promise<Answer>): Promise<Platform> => {
  const questions = fakeQuestions(() => answer ?? asCard());
  const discord = createDiscordWithQuestions(double, questions, {
    now: () => time,
    pendingReplies: book(),
    ...options,
  });
  running.push(discord);
  await discord.start();
  await eventually(() => expect(double.commands.length).toBeGreaterThan(0));
  return discord;
};

beforeEach(async () => {
  time = Date.now();
  open = new Map();
  double = await startDiscordDouble({ now: () => time });
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((discord) => discord.stop()));
  expect(double.invalid).toEqual([]);
  await double.close();
});

/** A bot that is killed while two people wait for it: one in the channel, one at the button of a posted card. */
const killed = async () => {
  const databaseUrl = `sqlite:${join(temporaryFolder(), 'slidewatch.db')}`;
  const store = await openStore(databaseUrl);
  const program = join(import.meta.dirname, 'hanging-bot.ts');
  const child = spawn(process.execPath, [program, double.apiUrl, double.token, databaseUrl], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await store.close();
  });
  await eventually(() => expect(double.commands.length).toBeGreaterThan(0));
  const asked = double.interact({ command: 'chart', options: { symbol: 'NVDA' }, locale: 'ko' });
  const clicked = double.click({ customId: CHART });
  const waiting = () => readPendingReplies(store.db, 'discord');
  for (const each of [asked, clicked]) await eventually(() => expect(each.callback).toBe(THINKING));
  await eventually(async () => expect(await waiting()).toHaveLength(2));
  child.kill('SIGKILL');
  await once(child, 'exit');
  return { asked, clicked, waiting, pendingReplies: createPendingReplies(store, silent, () => time) };
};

describe('askers whose answers were interrupted by a kill on Discord', () => {
  it('are told after the restart, each in their language, in place of the answer', async () => {
    const { asked, clicked, waiting, pendingReplies } = await killed();
    const { log, lines } = createRecordingLog();
    await start({ log, pendingReplies });
    for (const each of [asked, clicked]) await eventually(() => expect(isAnswered(each)).toBe(true));
    expect(asked.shown.map(textOf)).toEqual([restarted('ko')]);
    expect(clicked.shown.map(textOf)).toEqual([restarted('en')]);
    expect(await waiting()).toEqual([]);
    expect(JSON.stringify(lines)).not.toContain(asked.token);
  });

  it('are not told once Discord accepts no answer any more', async () => {
    const { asked, waiting, pendingReplies } = await killed();
    time += 16 * 60_000;
    await start({ pendingReplies });
    await eventually(async () => expect(await waiting()).toEqual([]));
    expect(double.requests.filter(({ path }) => path.includes(asked.token) && !path.endsWith('/callback'))).toEqual([]);
  });
});

test('an asker is told until the last moment in which Discord accepts an answer', async () => {
  const left = (token: string, createdAt: number): PendingReply => {
    const body = { applicationId: '1', token, language: 'en', sees: 'old message' };
    return { id: token, platform: 'discord', body: JSON.stringify(body), createdAt };
  };
  const minutes = 60_000;
  open = new Map([
    ['over', left('over', time - 15 * minutes)],
    ['last', left('last', time - 15 * minutes + 1)],
  ]);
  await start();
  const asked = () => double.requests.map(({ path }) => path).filter((path) => path.includes('/webhooks/'));
  await eventually(() => expect(asked()).not.toEqual([]));
  expect(asked()).toEqual([expect.stringContaining('last')]);
});

test('an asker who waits for this run is not told of a restart', async () => {
  const { log, lines } = createRecordingLog();
  const client = createRestClient({
    apiUrl: double.apiUrl,
    timeoutMs: 5_000,
    guard: createInvalidRequestGuard(() => time),
    stopping: new AbortController().signal,
  });
  onTestFinished(() => dispose(client));
  const pending = createPendingInteractions({ pendingReplies: book(), catalogue, client, log, now: () => time });
  pending.begin({ applicationId: '1', id: '7', token: 'own' }, 'en', 'thinking');
  await eventually(() => expect(open.size).toBe(1));
  await pending.notifyInterrupted();
  expect(lines).toEqual([]);
});

describe('somebody who waits on Discord', () => {
  it('is remembered only until the answer is sent', async () => {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    await start({}, promise);
    const asked = double.interact({ command: 'chart', options: { symbol: 'NVDA' } });
    await eventually(() => expect(open.get(asked.id)).toMatchObject({ platform: 'discord', createdAt: time }));
    resolve(asCard());
    await eventually(() => expect(open.size).toBe(0));
    expect(isAnswered(asked)).toBe(true);
  });

  it('is not remembered if the answer comes at once', async () => {
    await start();
    const begun = vi.spyOn(open, 'set');
    await eventually(() => expect(double.gateway.open()).toBe(1));
    const asked = double.interact({ command: 'quote', options: { symbol: 'NVDA' } });
    await eventually(() => expect(isAnswered(asked)).toBe(true));
    expect(begun).not.toHaveBeenCalled();
  });

  it('keeps an answer that was sent just before the kill', async () => {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const first = await start({}, promise);
    const asked = double.interact({ command: 'chart', options: { symbol: 'NVDA' } });
    await eventually(() => expect(open.size).toBe(1));
    const [note] = open.values();
    resolve(asCard());
    await eventually(() => expect(isAnswered(asked)).toBe(true));
    await first.stop();
    if (note !== undefined) open.set(note.id, note);
    await start();
    await eventually(() =>
      expect(double.requests.some(({ method, path }) => method === 'GET' && path.includes(asked.token))).toBe(true),
    );
    expect(asked.shown.map(textOf).join('')).toContain('Nvidia');
  });

  it('is told in a message of its own after pressing a button in their own message', async () => {
    const first = await start();
    const asked = double.click({ customId: CHART });
    await eventually(() => expect(isAnswered(asked)).toBe(true));
    await first.stop();
    const [message] = asked.shown;
    if (message === undefined) throw new Error('Expected an answer');
    const second = await start({}, Promise.withResolvers<Answer>().promise);
    const again = double.click({ customId: CHART, on: message });
    await eventually(() => expect(open.size).toBe(1));
    const notes = [...open];
    await second.stop();
    open = new Map(notes);
    await start();
    await eventually(() => expect(again.shown.map(textOf)).toContain(restarted('en')));
    expect(again.shown.every(({ ephemeral }) => ephemeral)).toBe(true);
    expect(textOf(message)).toContain('Nvidia');
  });
});
