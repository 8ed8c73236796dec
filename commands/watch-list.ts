import { watches } from '../src/channels/channel-rules.ts';
import type { Command } from './command.ts';
import { inChannel, showChannel } from './this-channel.ts';

/** Shows the symbols of this channel. */
export const watchList: Command = {
  name: 'watch list',
  options: [],
  standalone: false,
  forAsker: true,
  run: inChannel(async (question, context, channel) => {
    const { watchlist } = context;
    const count = [...watchlist.symbols.keys()].filter((symbol) => watches(channel.settings, watchlist, symbol)).length;
    const answer = await showChannel(question, context, channel, ({ words }) => ({
      title: words.say('channel.watch.list', { count }),
      topics: ['symbols'],
    }));
    return { ...answer, forAsker: true };
  }),
};
