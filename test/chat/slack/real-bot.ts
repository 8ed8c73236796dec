import { createQuestionHandler } from '../../../commands/ask.ts';
import { commands } from '../../../commands/index.ts';
import type { Limit } from '../../../commands/limiter.ts';
import type { Questions } from '../../../commands/questions.ts';
import { chartPng } from '../../../src/charts/png.ts';
import type { SlackOptions, SlackPlatform } from '../../../src/chat/slack/slack.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { evening, marketContext } from '../../commands/market-context.ts';
import { type MemoryChannels, memoryChannels } from '../../commands/memory-channels.ts';
import type { SlackDouble } from '../../doubles/slack/double.ts';
import { catalogue } from './fake-questions.ts';
import { httpPlatform, platform, png, SIGNING_SECRET } from './support.ts';

export interface RealBot {
  readonly bot: SlackPlatform;
  readonly channels: MemoryChannels;
}

interface Given {
  readonly channels?: MemoryChannels;
  /** Draws its pictures instead of showing a black pixel. */
  readonly draws?: boolean;
  readonly limit?: Limit;
  /** Takes requests over HTTP. */
  readonly http?: boolean;
  readonly over?: Partial<SlackOptions>;
}

const ENDLESS: Limit = { count: Number.MAX_SAFE_INTEGER, perMs: 1 };

/** The evening of 30 July 2024, from the recorded closes. */
export const NOW = evening('2024-07-30');

/** A bot that answers with our own commands, on recorded closes and channels in memory; started. */
export const realBot = async (slack: SlackDouble, given: Given = {}): Promise<RealBot> => {
  const { channels = memoryChannels(), draws = false, limit = ENDLESS, http = false, over = {} } = given;
  const context = marketContext({ until: '2024-07-30', channels });
  const questions: Questions = {
    ...createQuestionHandler({ context, commands, now: () => NOW, log: silent, limit }),
    picture: async ({ card }) => card.picture && (draws ? chartPng(card.picture.chart) : png),
  };
  const asked = { questions, commands, catalogue, ...over };
  const bot = http ? httpPlatform(slack, asked) : platform(slack, asked);
  await bot.start();
  if (http) slack.useHttp({ address: bot.address() ?? '', signingSecret: SIGNING_SECRET });
  return { bot, channels };
};
