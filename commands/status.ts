import { statusCard } from '../src/cards/answers/status-card.ts';
import type { Command } from './command.ts';
import type { Desk } from './desk.ts';

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

/** How the bot is: age of the prices, the source, what platforms lack, the last alert. */
export const status: Command = {
  name: 'status',
  options: [],
  ownOnSlack: false,
  run: async ({ language, now }, desk) => {
    const { calendar } = desk;
    const condition = await desk.condition();
    const seen = trades(desk);
    const [newest, oldest] = [seen[0], seen.at(-1)];
    const newestFact = newestPublished(desk, now);
    const card = statusCard(desk.catalogue.in(language), {
      ...condition,
      now,
      marketOpen: calendar.isOpen(now),
      nextSession: calendar.next(calendar.dayOf(now)),
      ...(newest && { newest }),
      ...(oldest && { oldest }),
      ...(newestFact !== undefined && { newestFact }),
    });
    return { kind: 'card', card, forAsker: true };
  },
};
