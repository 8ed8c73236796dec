import { expect, onTestFinished, test } from 'vitest';
import type { Answer } from '../../../commands/command.ts';
import { startDiscordDouble } from '../../doubles/discord/double.ts';
import { eventually } from '../../eventually.ts';
import { asCard, createDiscordWithQuestions, fakeQuestions, textOf } from './fake-questions.ts';

test('what is told to the asker comes after the answer, however early, and to the asker alone', async () => {
  const double = await startDiscordDouble();
  onTestFinished(() => double.close());
  const held = Promise.withResolvers<Answer>();
  const questions = fakeQuestions(() => held.promise);
  const discord = createDiscordWithQuestions(double, questions);
  onTestFinished(() => discord.stop());
  await discord.start();
  await eventually(() => expect(double.commands.length).toBeGreaterThan(0));
  const asked = double.interact({ command: 'quote', options: { symbol: 'NVDA' } });
  await eventually(() => expect(questions.asked).toHaveLength(1));
  const told = questions.asked[0]?.tellLater?.('Later: *everything* works');
  held.resolve(asCard({ title: 'The answer' }));
  expect(await told).toBe(true);
  expect(asked.shown.map((shown) => [textOf(shown).includes('The answer'), shown.ephemeral])).toEqual([
    [true, false],
    [false, true],
  ]);
  expect(textOf(asked.shown[1] as never)).toContain('Later: \\*everything\\* works');
  expect(double.invalid).toEqual([]);
});
