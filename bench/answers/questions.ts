import { createQuestionHandler } from '../../commands/ask.ts';
import { commands } from '../../commands/index.ts';
import type { Questions } from '../../commands/questions.ts';
import { chartPng } from '../../src/charts/png.ts';
import { silent } from '../../src/telemetry/log.ts';
import { evening, marketContext } from '../../test/commands/market-context.ts';

const DAY = '2024-07-30';

/** The real commands on recorded closes, without the limit of questions per minute. */
export const realQuestions = (): Questions => {
  const limit = { count: Number.MAX_SAFE_INTEGER, perMs: 1 };
  const asking = createQuestionHandler({
    context: marketContext({ until: DAY }),
    commands,
    now: () => evening(DAY),
    log: silent,
    limit,
  });
  return { ...asking, picture: async ({ card }) => (card.picture ? chartPng(card.picture.chart) : undefined) };
};
