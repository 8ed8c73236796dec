import { MOST_PAST } from '../src/cards/answers/alert-history-card.ts';
import { statusCard } from '../src/cards/answers/status-card.ts';
import { statusHere, statusNowhere } from '../src/cards/answers/status-here.ts';
import type { Section } from '../src/cards/card.ts';
import type { Command, Question } from './command.ts';
import type { Desk } from './desk.ts';
import { typedCall } from './examples.ts';
import { placeOf, viewOfChannel } from './this-channel.ts';

/** The last trade of each symbol, the newest first. */
const trades = ({ quotes }: Desk): { symbol: string; at: number }[] =>
  [...quotes.values()].map(({ symbol, tradeTime }) => ({ symbol, at: tradeTime })).sort((a, b) => b.at - a.at);

const newestPublished = (desk: Desk, now: number): string | undefined =>
  desk
    .ledger()
    .known(now)
    .map(({ published }) => published)
    .sort()
    .at(-1);

/** How the channel is that was asked in; nothing in a direct message. */
const sectionsHere = async (question: Question, desk: Desk): Promise<Section[]> => {
  const { language, platform, workspace, now } = question;
  const channel = await desk.channels.at(placeOf(question));
  if (channel) {
    const view = await viewOfChannel(desk, channel, language, now);
    return [statusHere(view, await desk.channels.history(channel.id, MOST_PAST))];
  }
  const setup = typedCall({ name: 'setup', options: {} }, platform);
  return workspace === undefined ? [] : [statusNowhere(desk.catalogue.in(language), setup)];
};

/** How the bot is: age of the prices, the source, what platforms lack, the last alert. */
export const status: Command = {
  name: 'status',
  options: [],
  ownOnSlack: false,
  run: async (question, desk) => {
    const { language, now } = question;
    const { calendar } = desk;
    const condition = await desk.condition();
    const seen = trades(desk);
    const [newest, oldest] = [seen[0], seen.at(-1)];
    const newestFact = newestPublished(desk, now);
    const story = {
      ...condition,
      now,
      marketOpen: calendar.isOpen(now),
      nextSession: calendar.next(calendar.dayOf(now)),
      ...(newest && { newest }),
      ...(oldest && { oldest }),
      ...(newestFact !== undefined && { newestFact }),
    };
    const card = statusCard(desk.catalogue.in(language), story, await sectionsHere(question, desk));
    return { kind: 'card', card, forAsker: true };
  },
};
