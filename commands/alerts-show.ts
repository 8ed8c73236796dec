import { callButton } from '../src/cards/call.ts';
import type { Command } from './command.ts';
import { inChannel, showChannel } from './this-channel.ts';

/** Shows this channel's settings: kinds of cards, symbols, levels, pings, mutes and digest. */
export const alertsShow: Command = {
  name: 'alerts show',
  options: [],
  standalone: false,
  forAsker: true,
  run: inChannel(async (question, context, channel) => {
    const answer = await showChannel(question, context, channel, ({ words }) => ({
      title: words.say('channel.alerts.show'),
      topics: ['posted', 'symbols', 'levels', 'mutes', 'digest', 'place'],
      actions: [
        callButton(words.say('channel.button.test'), { name: 'alerts test', options: {} }),
        callButton(words.say('channel.button.history'), { name: 'alerts history', options: {} }),
      ],
    }));
    return { ...answer, forAsker: true };
  }),
};
