import { watches } from '../src/channels/channel-rules.ts';
import { MAX_ADDED_IN_PLACE } from '../src/channels/settings-schema.ts';
import type { Channel } from '../src/stories/channel.ts';
import type { Command, Question } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { shownName } from './names.ts';
import { problem, quotable, readerOf } from './problems.ts';
import { inChannel, showChannel } from './this-channel.ts';

const showSymbols = (question: Question, context: CommandContext, channel: Channel, key: string, symbol: string) =>
  showChannel(question, context, channel, ({ words }) => ({
    title: words.say(`channel.watch.${key}`, {
      name: shownName(context.catalogue, question.language, symbol, context.watchlist),
    }),
    topics: ['symbols'],
  }));

/** Adds a symbol to this channel: one of the watchlist that was removed, or any ticker that the source knows. */
export const watchAdd: Command = {
  name: 'watch add',
  options: [{ name: 'symbol', kind: 'ticker', required: true }],
  standalone: false,
  changes: true,
  slow: true,
  run: inChannel(async (question, context, channel) => {
    const { symbol = '' } = question.options;
    if (watches(channel.settings, context.watchlist, symbol))
      return showSymbols(question, context, channel, 'already', symbol);
    const found = await context.channels.watch(channel.id, symbol, question.now);
    if (typeof found === 'string')
      return problem(readerOf(question, context), `channel.watch.${found}`, {
        ticker: quotable(symbol),
        limit: MAX_ADDED_IN_PLACE,
      });
    return showSymbols(question, context, (await context.channels.at(channel)) ?? channel, 'added', found.symbol);
  }),
};
