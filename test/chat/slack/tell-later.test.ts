import { expect, test } from 'vitest';
import { eventually } from '../../eventually.ts';
import { fakeQuestions, startBot } from './fake-questions.ts';
import { double } from './support.ts';

test('what is told to the asker comes after the answer, however early, and to the asker alone', async () => {
  const slack = await double();
  const questions = fakeQuestions();
  await startBot(slack, questions);
  questions.hold();
  await slack.slashCommand({ command: '/slidewatch', text: 'status' });
  await eventually(() => expect(questions.asked).toHaveLength(1));
  const told = questions.asked[0]?.tellLater?.('Everything works');
  questions.release();
  expect(await told).toBe(true);
  expect(slack.ephemerals.map(({ text }) => text)).toEqual([
    expect.stringContaining('All is well'),
    'Everything works',
  ]);
  slack.expireResponseUrls();
  expect(await questions.asked[0]?.tellLater?.('Again')).toBe(true);
  expect(slack.ephemerals.at(-1)?.text).toBe('Again');
  expect(slack.invalid).toEqual([]);
});
