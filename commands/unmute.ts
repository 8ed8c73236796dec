import { channelTime, heldText, mutedName } from '../src/cards/answers/channel-rows.ts';
import { unmuteButton } from '../src/cards/mute-buttons.ts';
import type { Mute } from '../src/stories/channel.ts';
import type { Command } from './command.ts';
import { button } from './ledger-context.ts';
import { inChannel, showChannel } from './this-channel.ts';

const heldBy = (mutes: readonly Mute[]): number => mutes.reduce((sum, { held }) => sum + held, 0);

/** Ends a silence, or all of them, and says what they held back. */
export const unmute: Command = {
  name: 'unmute',
  options: [{ name: 'symbol', kind: 'symbol' }],
  ownOnSlack: false,
  changes: true,
  run: inChannel(async (question, context, channel) => {
    const { symbol = '*' } = question.options;
    const ended = await context.channels.unmute(channel.id, symbol, question.now);
    return showChannel(question, context, channel, (view) => {
      const { words, mutes } = view;
      const left = mutes.find((each) => each.symbol === '*') ?? mutes[0];
      const name = mutedName(words, symbol);
      const title = ended.length > 0 ? 'ended' : 'was-none';
      const held = heldBy(ended);
      return {
        title: words.say(`channel.unmute.${symbol === '*' ? `${title}-all` : title}`, symbol === '*' ? {} : { name }),
        lead: [
          ...(ended.length > 0 ? [words.say('channel.unmute.held', { held: heldText(words, held) })] : []),
          ...(left
            ? [
                words.say('channel.unmute.left', {
                  name: mutedName(words, left.symbol),
                  instant: channelTime(view, left.until),
                }),
              ]
            : []),
        ],
        topics: [],
        actions: [
          ...(left ? [unmuteButton(words, left.symbol)] : []),
          ...(held > 0 ? [button(words.say('channel.button.history'), { name: 'alerts history', options: {} })] : []),
        ],
      };
    });
  }),
};
