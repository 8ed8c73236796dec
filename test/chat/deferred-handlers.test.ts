import { expect, test } from 'vitest';
import { createDeferredHandlers, type PlatformHandlers } from '../../src/chat/deferred-handlers.ts';

const changed = { platform: 'discord', workspace: '1' };
const note = { id: '7', platform: 'discord', body: '{}', createdAt: 0 };
const question = { options: {}, language: 'ko', platform: 'discord', channel: '1', asker: '2' };

/** Handlers that write down what they are called with. */
const recorded = () => {
  const calls: unknown[] = [];
  const handlers = {
    questions: {
      ask: async (name: string) => ({ kind: 'problem', text: `${name} was asked` }),
      complete: () => [{ value: 'NVDA', label: 'Nvidia' }],
    },
    events: { changed: async (event: unknown) => void calls.push(event) },
    pendingReplies: {
      begin: async (reply: unknown) => void calls.push(reply),
      left: async () => [note],
    },
  } as unknown as PlatformHandlers;
  return { calls, handlers };
};

test('until the bot is built, a question is told so in its language, and nothing is suggested', async () => {
  const { questions } = createDeferredHandlers('en', (language) => `starting in ${language}`);
  expect(await questions.ask('quote', question)).toEqual({ kind: 'problem', text: 'starting in ko' });
  expect(questions.complete('quote', 'symbol', '', 'ko')).toEqual([]);
  expect(questions.languageOf('ko-KR')).toBe('en');
});

test('events and pending replies before the bot is built are passed on once it is', async () => {
  const { calls, handlers } = recorded();
  const deferred = createDeferredHandlers('en', () => '');
  const early = [
    deferred.events.changed(changed),
    deferred.pendingReplies.begin(note),
    deferred.pendingReplies.left('discord'),
  ];
  await Promise.resolve();
  expect(calls).toEqual([]);
  deferred.open(handlers);
  expect(await Promise.all(early)).toEqual([undefined, undefined, [note]]);
  expect(calls).toEqual([changed, note]);
});

test('once the bot is built, questions go to it', async () => {
  const { handlers } = recorded();
  const deferred = createDeferredHandlers('en', () => 'starting');
  deferred.open(handlers);
  expect(await deferred.questions.ask('quote', question)).toEqual({ kind: 'problem', text: 'quote was asked' });
  expect(deferred.questions.complete('quote', 'symbol', '', 'ko')).toHaveLength(1);
});
