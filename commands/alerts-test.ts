import type { Command } from './command.ts';
import { inChannel, showChannel } from './this-channel.ts';

/** Enqueues a test card for this channel, which is delivered like an alert. */
export const alertsTest: Command = {
  name: 'alerts test',
  options: [],
  standalone: false,
  forAsker: true,
  changes: true,
  promisesCards: () => true,
  run: inChannel(async (question, context, channel) => {
    await context.channels.sendTest(channel.id, question.now);
    const answer = await showChannel(question, context, channel, ({ words }) => ({
      title: words.say('channel.alerts.test'),
      lead: [words.say('channel.alerts.test-lead'), ...(question.lacking === undefined ? [] : [question.lacking])],
      topics: [],
    }));
    return { ...answer, forAsker: true };
  }),
};
