import type { DiscordDouble } from '../doubles/discord/double.ts';
import type { SlackDouble } from '../doubles/slack/double.ts';
import { placeKey } from './disturb.ts';
import { type PostedCard, wordsOf } from './judge.ts';
import type { Subscriber } from './places.ts';

/** Direct messages about alerts, by platform. */
interface JudgedPings {
  readonly owed: number;
  readonly delivered: number;
  readonly lost: number;
  readonly twice: number;
}

const messagesTo = (
  { discord, slack }: { readonly discord: DiscordDouble; readonly slack: SlackDouble },
  { platform, person }: Subscriber,
): string[] => {
  if (platform === 'discord') return discord.directMessages(person).map(({ payload }) => wordsOf(payload));
  try {
    return slack.messages(person).map(({ blocks }) => wordsOf(blocks));
  } catch {
    // Nothing was ever sent there.
    return [];
  }
};

/** Whether a direct message leads to a card and is about a symbol. */
const isAbout = (text: string, { messageId }: PostedCard, symbol: string): boolean =>
  (text.includes(`/${messageId}`) || text.includes(`/p${messageId.replace('.', '')}`)) &&
  text.includes(`symbol=${symbol}&`);

/**
 * Compares the direct messages with the cards that were posted where people have subscribed: one for each symbol that a card
 * tells of.
 */
export const judgePings = (
  doubles: { readonly discord: DiscordDouble; readonly slack: SlackDouble },
  subscribers: readonly Subscriber[],
  cardsOf: (place: string) => readonly PostedCard[],
): JudgedPings => {
  let [owed, delivered, lost, twice] = [0, 0, 0, 0];
  for (const subscriber of subscribers) {
    const texts = messagesTo(doubles, subscriber);
    for (const card of cardsOf(placeKey(subscriber))) {
      const isOfSymbol = (card.name ?? '').split(' + ').some((it) => it.startsWith(`${subscriber.symbol} `));
      if (!isOfSymbol) continue;
      owed += 1;
      const count = texts.filter((text) => isAbout(text, card, subscriber.symbol)).length;
      if (count === 0) lost += 1;
      else delivered += 1;
      if (count > 1) twice += 1;
    }
  }
  return { owed, delivered, lost, twice };
};
