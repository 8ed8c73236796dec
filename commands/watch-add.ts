import { watches } from '../src/channels/rules-of.ts';
import type { Channel } from '../src/stories/channel.ts';
import type { Command, Question } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { askedBy } from './ledger-context.ts';
import { shownName } from './names.ts';
import { quotable } from './normalise.ts';
import { problem } from './problems.ts';
import { inChannel, showChannel } from './this-channel.ts';

const told = (question: Question, context: CommandContext, channel: Channel, key: string, symbol: string) =>
  showChannel(question, context, channel, ({ words }) => ({
    title: words.say(`channel.watch.${key}`, {
      name: shownName(context.catalogue, question.language, symbol, context.watchlist),
    }),
    topics: ['symbols'],
  }));

/** Watches a symbol in this channel: one of the watchlist that was left out, or any ticker that the source knows. */
export const watchAdd: Command = {
  name: 'watch add',
  options: [{ name: 'symbol', kind: 'ticker', required: true }],
  ownOnSlack: false,
  changes: true,
  slow: true,
  run: inChannel(async (question, context, channel) => {
    const { symbol = '' } = question.options;
    if (watches(channel.settings, context.watchlist, symbol))
      return told(question, context, channel, 'already', symbol);
    const found = await context.channels.watch(channel.id, symbol, question.now);
    if (typeof found === 'string')
      return problem(askedBy(question, context), `channel.watch.${found}`, { ticker: quotable(symbol) });
    return told(question, context, (await context.channels.at(channel)) ?? channel, 'added', found.symbol);
  }),
};
