import type { Command } from './command.ts';
import { button } from './ledger-context.ts';
import { inChannel, showChannel } from './this-channel.ts';

/** What this channel is told: which cards, of what, from which depth on, and who is pinged. */
export const alertsShow: Command = {
  name: 'alerts show',
  options: [],
  ownOnSlack: false,
  run: inChannel(async (question, context, channel) => {
    const answer = await showChannel(question, context, channel, ({ words }) => ({
      title: words.say('channel.alerts.show'),
      topics: ['posted', 'symbols', 'levels', 'mutes', 'digest', 'place'],
      actions: [
        button(words.say('channel.button.test'), { name: 'alerts test', options: {} }),
        button(words.say('channel.button.history'), { name: 'alerts history', options: {} }),
      ],
    }));
    return { ...answer, forAsker: true };
  }),
};
