import { App, type Logger, LogLevel } from '@slack/bolt';
import { commands } from '../../commands/index.ts';
import { createSlack } from '../../src/chat/slack/slack.ts';
import { loadCatalogue } from '../../src/i18n/catalogue.ts';
import { silent } from '../../src/telemetry/log.ts';
import type { SlackDouble } from '../../test/doubles/slack/double.ts';
import { startSlackDouble } from '../../test/doubles/slack/slack-double.ts';
import { realQuestions } from './questions.ts';
import type { Pair, Subject } from './subject.ts';

type Stop = () => Promise<unknown>;

const subject = async (connect: (slack: SlackDouble) => Promise<Stop>): Promise<Subject> => {
  const slack = await startSlackDouble();
  const waiting: ((at: number) => void)[] = [];
  // Answers do not name their question: each counts for the oldest open one.
  slack.fail(({ method }) => {
    if (method === 'respond') waiting.shift()?.(performance.now());
    return undefined;
  });
  const disconnect = await connect(slack);
  await slack.until(() => slack.sockets() > 0);
  return {
    ask: async () => {
      const from = performance.now();
      const answered = Promise.withResolvers<number>();
      waiting.push(answered.resolve);
      const { afterMs } = await slack.slashCommand({ command: '/quote', text: 'NVDA' });
      return { acknowledged: afterMs, answer: (await answered.promise) - from };
    },
    stop: async () => {
      await disconnect();
      await slack.close();
      if (slack.invalid.length > 0) throw new Error('Expected valid answers only');
    },
  };
};

/** Silent: Bolt logs the end of a socket when its double stops. */
const quiet: Logger = {
  ...{ debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  ...{ setLevel: () => {}, setName: () => {}, getLevel: () => LogLevel.ERROR },
};

const bare = () =>
  subject(async ({ botToken, appToken, apiUrl }) => {
    const app = new App({
      ...{ token: botToken, appToken, socketMode: true, logger: quiet },
      clientOptions: { slackApiUrl: apiUrl },
    });
    app.command('/quote', async ({ ack, respond }) => {
      await ack();
      await respond('Nvidia $103.73');
    });
    await app.start();
    return () => app.stop();
  });

const ours = () =>
  subject(async ({ botToken, appToken, apiUrl }) => {
    const slack = createSlack({
      ...{ botToken, appToken, apiUrl, log: silent, commands, catalogue: loadCatalogue() },
      questions: realQuestions(),
    });
    await slack.start();
    return () => slack.stop();
  });

export const onSlack = async (): Promise<Pair> => ({ library: '@slack/bolt', bare: await bare(), ours: await ours() });
