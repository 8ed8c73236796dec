import { watches } from '../src/channels/rules-of.ts';
import type { Command } from './command.ts';
import { showChannel, thisChannel } from './this-channel.ts';

/** What this channel watches. */
export const watchList: Command = {
  name: 'watch list',
  options: [],
  ownOnSlack: false,
  run: async (question, desk) => {
    const channel = await thisChannel(question, desk);
    if ('kind' in channel) return channel;
    const { watchlist } = desk;
    const count = [...watchlist.symbols.keys()].filter((symbol) => watches(channel.settings, watchlist, symbol)).length;
    const answer = await showChannel(question, desk, channel, ({ words }) => ({
      title: words.say('channel.watch.list', { count }),
      topics: ['symbols'],
    }));
    return { ...answer, forAsker: true };
  },
};
