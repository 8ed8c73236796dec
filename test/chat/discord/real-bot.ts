import { expect } from 'vitest';
import { createQuestionHandler } from '../../../commands/ask.ts';
import type { CommandContext } from '../../../commands/command-context.ts';
import { commands } from '../../../commands/index.ts';
import type { Questions } from '../../../commands/questions.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { evening, marketContext } from '../../commands/market-context.ts';
import type { MemoryChannels } from '../../commands/memory-channels.ts';
import type { Asked } from '../../doubles/discord/asked.ts';
import type { DiscordDouble } from '../../doubles/discord/double.ts';
import { eventually } from '../../eventually.ts';
import { createDiscordWithQuestions, isAnswered, textOf } from './fake-questions.ts';

/** The session after which the bot is asked. */
export const DAY = '2024-07-30';

/** Starts a bot that answers with the real commands in the evening of `DAY`; `channels`: those that a question finds. */
export const startRealBot = async (
  double: DiscordDouble,
  channels: () => MemoryChannels,
  picture: Questions['picture'],
): Promise<Platform> => {
  const context: CommandContext = {
    ...marketContext({ until: DAY }),
    get channels() {
      return channels();
    },
  };
  const asking = createQuestionHandler({ context, commands, now: () => evening(DAY), log: silent });
  const bot = createDiscordWithQuestions(double, { ...asking, picture }, { commands });
  await bot.start();
  await eventually(() => expect(double.commands.length).toBeGreaterThan(0));
  return bot;
};

/** All texts of an answer, once it is there. */
export const settled = async (asked: Asked): Promise<string> => {
  await eventually(() => expect(isAnswered(asked)).toBe(true));
  return asked.shown.map(textOf).join('\n');
};

/** Ids of people, another one each time: a person may ask ten questions a minute. */
export const createPeople = (): (() => string) => {
  let people = 0;
  return () => {
    people += 1;
    return `3000000000000${String(people).padStart(5, '0')}`;
  };
};
