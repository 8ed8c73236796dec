import { HISTORY_LIMIT } from '../src/cards/answers/alert-history-card.ts';
import { statusCard } from '../src/cards/answers/status-card.ts';
import { statusAbsent, statusHere, statusNowhere } from '../src/cards/answers/status-here.ts';
import type { Section } from '../src/cards/card.ts';
import { ledgerAge } from '../src/facts/ledger-age.ts';
import type { PlatformState } from '../src/stories/platforms.ts';
import type { Command, Question } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { typedCall } from './examples.ts';
import { placeOf, viewOfChannel } from './this-channel.ts';

/** The last trade of each symbol, newest first. */
const trades = ({ quotes }: CommandContext): { symbol: string; at: number }[] =>
  [...quotes.values()].map(({ symbol, tradeTime }) => ({ symbol, at: tradeTime })).sort((a, b) => b.at - a.at);

/** The section about the channel of the question; none in a direct message. */
const channelSections = async (
  question: Question,
  context: CommandContext,
  platforms: readonly PlatformState[],
): Promise<Section[]> => {
  const { language, platform, workspace, now } = question;
  const channel = await context.channels.at(placeOf(question));
  if (channel) {
    const view = await viewOfChannel(context, channel, language, now);
    const closed = platforms.find(({ name, state }) => name === channel.platform && state === 'down')?.detail;
    return [statusHere(view, await context.channels.history(channel.id, HISTORY_LIMIT), closed)];
  }
  if (workspace === undefined) return [];
  const words = context.catalogue.in(language);
  if (question.absence !== undefined) return [statusAbsent(words, question.invitations?.[0])];
  return [statusNowhere(words, typedCall({ name: 'setup', options: {} }, platform))];
};

/** Status of the bot: age of the prices, source, platforms, jobs, last alert; and of this channel. */
export const status: Command = {
  name: 'status',
  options: [],
  standalone: false,
  forAsker: true,
  run: async (question, context) => {
    const { language, now } = question;
    const { calendar } = context;
    const systemStatus = await context.systemStatus();
    const lastTrades = trades(context);
    const [newest, oldest] = [lastTrades[0], lastTrades.at(-1)];
    const age = ledgerAge(context.ledger().known(now), calendar.dayOf(now));
    const story = {
      ...systemStatus,
      now,
      marketOpen: calendar.isOpen(now),
      nextSession: calendar.next(calendar.dayOf(now)),
      ...(newest && { newest }),
      ...(oldest && { oldest }),
      ...(age && { ledgerAge: age }),
    };
    const card = statusCard(
      context.catalogue.in(language),
      story,
      await channelSections(question, context, systemStatus.platforms),
    );
    return { kind: 'card', card, forAsker: true };
  },
};
