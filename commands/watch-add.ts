import { watches } from '../src/channels/rules-of.ts';
import type { Channel } from '../src/stories/channel.ts';
import type { Command, Question } from './command.ts';
import type { Desk } from './desk.ts';
import { quotable } from './fold.ts';
import { askedBy } from './ledger-desk.ts';
import { shownName } from './names.ts';
import { problem } from './problems.ts';
import { inChannel, showChannel } from './this-channel.ts';

const told = (question: Question, desk: Desk, channel: Channel, key: string, symbol: string) =>
  showChannel(question, desk, channel, ({ words }) => ({
    title: words.say(`channel.watch.${key}`, {
      name: shownName(desk.catalogue, question.language, symbol, desk.watchlist),
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
  run: inChannel(async (question, desk, channel) => {
    const { symbol = '' } = question.options;
    if (watches(channel.settings, desk.watchlist, symbol)) return told(question, desk, channel, 'already', symbol);
    const found = await desk.channels.watch(channel.id, symbol, question.now);
    if (typeof found === 'string')
      return problem(askedBy(question, desk), `channel.watch.${found}`, { ticker: quotable(symbol) });
    return told(question, desk, (await desk.channels.at(channel)) ?? channel, 'added', found.symbol);
  }),
};
