import { channelTime, heldText, mutedName } from '../src/cards/answers/channel-rows.ts';
import { unmuteButton } from '../src/cards/buttons.ts';
import { callButton } from '../src/cards/call.ts';
import type { Mute } from '../src/stories/channel.ts';
import type { Command } from './command.ts';
import { inChannel, showChannel } from './this-channel.ts';

const heldCount = (mutes: readonly Mute[]): number => mutes.reduce((sum, { held }) => sum + held, 0);

/** Ends one mute or all, and shows how many alerts were held back. */
export const unmute: Command = {
  name: 'unmute',
  options: [{ name: 'symbol', kind: 'symbol', choices: ['all'] }],
  standalone: false,
  changes: true,
  run: inChannel(async (question, context, channel) => {
    const { symbol: asked = 'all' } = question.options;
    const symbol = asked === 'all' ? '*' : asked;
    const ended = await context.channels.unmute(channel.id, symbol, question.now);
    return showChannel(question, context, channel, (view) => {
      const { words, mutes } = view;
      const remaining = mutes.find((each) => each.symbol === '*') ?? mutes[0];
      const name = mutedName(words, symbol);
      const title = ended.length > 0 ? 'ended' : 'was-none';
      const held = heldCount(ended);
      return {
        title: words.say(`channel.unmute.${symbol === '*' ? `${title}-all` : title}`, symbol === '*' ? {} : { name }),
        lead: [
          ...(ended.length > 0 ? [words.say('channel.unmute.held', { held: heldText(words, held) })] : []),
          ...(remaining
            ? [
                words.say('channel.unmute.left', {
                  name: mutedName(words, remaining.symbol),
                  instant: channelTime(view, remaining.until),
                }),
              ]
            : []),
        ],
        topics: [],
        actions: [
          ...(remaining ? [unmuteButton(words, remaining.symbol)] : []),
          ...(held > 0
            ? [callButton(words.say('channel.button.history'), { name: 'alerts history', options: {} })]
            : []),
        ],
      };
    });
  }),
};
