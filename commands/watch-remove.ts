import { watches } from '../src/channels/channel-rules.ts';
import type { Command } from './command.ts';
import { exampleOf } from './examples.ts';
import { shownName } from './names.ts';
import { problem, readerOf } from './problems.ts';
import { inChannel, showChannel } from './this-channel.ts';

/** Removes a symbol from this channel. */
export const watchRemove: Command = {
  name: 'watch remove',
  options: [{ name: 'symbol', kind: 'symbol', required: true }],
  standalone: false,
  changes: true,
  run: inChannel(async (question, context, channel) => {
    const { symbol = '' } = question.options;
    const name = shownName(context.catalogue, question.language, symbol, context.watchlist);
    if (!watches(channel.settings, context.watchlist, symbol))
      return problem(readerOf(question, context), 'channel.watch.not-watched', {
        name,
        add: exampleOf('watch add', question.platform),
      });
    await context.channels.unwatch(channel.id, symbol);
    const changed = (await context.channels.at(channel)) ?? channel;
    return showChannel(question, context, changed, ({ words }) => ({
      title: words.say('channel.watch.removed', { name }),
      topics: ['symbols'],
    }));
  }),
};
