import { watches } from '../src/channels/rules-of.ts';
import type { Command } from './command.ts';
import { askedBy } from './ledger-desk.ts';
import { shownName } from './names.ts';
import { problem } from './problems.ts';
import { inChannel, showChannel } from './this-channel.ts';

/** Leaves out a symbol of the watchlist in this channel, or drops one of its own. */
export const watchRemove: Command = {
  name: 'watch remove',
  options: [{ name: 'symbol', kind: 'symbol', required: true }],
  ownOnSlack: false,
  changes: true,
  run: inChannel(async (question, desk, channel) => {
    const { symbol = '' } = question.options;
    const name = shownName(desk.catalogue, question.language, symbol, desk.watchlist);
    if (!watches(channel.settings, desk.watchlist, symbol))
      return problem(askedBy(question, desk), 'channel.watch.not-watched', { name });
    await desk.channels.unwatch(channel.id, symbol);
    const changed = (await desk.channels.at(channel)) ?? channel;
    return showChannel(question, desk, changed, ({ words }) => ({
      title: words.say('channel.watch.removed', { name }),
      topics: ['symbols'],
    }));
  }),
};
