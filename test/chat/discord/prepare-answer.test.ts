import { expect, test } from 'vitest';
import type { Answer } from '../../../commands/command.ts';
import { createAnswerPreparer } from '../../../src/chat/discord/prepare-answer.ts';
import { sentenceMessage } from '../../../src/chat/discord/reply.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { asCard, catalogue, fakeQuestions } from './fake-questions.ts';

const request = {
  address: { applicationId: '9' },
  name: 'quote',
  options: { symbol: 'NVDA' },
  asker: '7',
  channel: '1',
  tellLater: async () => false,
  mayChange: false,
  words: catalogue.in('ko'),
};
const restarting = {
  message: sentenceMessage(catalogue.in('ko').say('discord.restarting')),
  forAsker: true,
  problem: true,
};

test('a question before the stop is told that the bot restarts, as soon as it stops', async () => {
  const never = Promise.withResolvers<Answer>().promise;
  const answers = createAnswerPreparer({
    questions: fakeQuestions(() => never),
    log: silent,
    timeoutMs: 60_000,
    forPeople: () => true,
  });
  const prepared = answers.prepare(request);
  answers.abandon();
  expect(await prepared).toEqual(restarting);
});

test('a question after the stop is told that the bot restarts, and is asked nowhere', async () => {
  const questions = fakeQuestions(() => asCard());
  const answers = createAnswerPreparer({ questions, log: silent, timeoutMs: 60_000, forPeople: () => true });
  answers.abandon();
  expect(await answers.prepare(request)).toEqual(restarting);
  expect(questions.asked).toEqual([]);
});
