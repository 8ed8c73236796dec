import type { Translator } from '../../i18n/catalogue.ts';
import { formatFullDate, formatInstant } from '../../i18n/dates.ts';
import { nameInSentence, sayOr } from '../../i18n/names.ts';
import { newYorkDay } from '../../market/exchange-time.ts';
import type { Watchlist } from '../../market/watchlist.ts';
import type { Subscription } from '../../stories/subscription.ts';
import { stopPingButton } from '../buttons.ts';
import { type Action, type Card, fitTitle } from '../card.ts';

/** How many symbols get a button of their own. */
const MAX_BUTTONS = 9;

const dayOf = (words: Translator, instant: number): string => formatFullDate(words, newYorkDay(instant));

const nameOf = (words: Translator, watchlist: Watchlist, symbol: string): string => {
  const watched = watchlist.symbols.get(symbol);
  return watched ? sayOr(words, `name.${symbol}`, nameInSentence(words, watched)) : symbol;
};

const cardOf = (title: string, lead: readonly string[], actions: readonly Action[]): Card => ({
  kind: 'channel',
  tone: 'calm',
  title: fitTitle(title),
  lead,
  sections: [],
  footer: [],
  ...(actions.length > 0 && { actions }),
});

/** What the last refusal was, and what the person can do; in the sentence of their platform. */
export const dmRefusalText = (
  words: Translator,
  { kind, at }: NonNullable<Subscription['refusal']>,
  platform: string,
): string => {
  const values = { instant: formatInstant(words, at) };
  const otherwise = words.say('dm.refused', values);
  return kind === 'closed' ? sayOr(words, `dm.closed-${platform}`, otherwise, values) : otherwise;
};

/** Says what will happen from now on, to the person alone, with the button that ends it. */
export const dmStartedCard = (
  words: Translator,
  { symbol, until, refused }: { readonly symbol: string; readonly until: number; readonly refused?: string },
): Card =>
  cardOf(
    words.say('dm.started', { symbol }),
    [
      words.say('dm.started-lead', { symbol }),
      words.say('dm.started-until', { date: dayOf(words, until) }),
      ...(refused === undefined ? [] : [refused]),
    ],
    [stopPingButton(words, symbol)],
  );

/** Says that they have ended, for a symbol or for all (`*`). `count`: how many subscriptions there were. */
export const dmStoppedCard = (words: Translator, symbol: string, count: number): Card => {
  const what = count > 0 ? 'stopped' : 'was-none';
  return cardOf(words.say(symbol === '*' ? `dm.${what}-all` : `dm.${what}`, symbol === '*' ? {} : { symbol }), [], []);
};

/** A person's own subscriptions, a row each symbol. */
export const dmListCard = (
  words: Translator,
  watchlist: Watchlist,
  subscriptions: readonly Subscription[],
  start: string,
): Card => {
  const bySymbol = [...Map.groupBy(subscriptions, ({ symbol }) => symbol)];
  if (bySymbol.length === 0) return cardOf(words.say('dm.list-none'), [words.say('dm.list-none-lead', { start })], []);
  const rows = bySymbol.map(([symbol, own]) => ({
    label: symbol,
    text: nameOf(words, watchlist, symbol),
    aside: words.say('dm.row', {
      count: own.length,
      date: dayOf(words, Math.max(...own.map(({ expiresAt }) => expiresAt))),
    }),
  }));
  const buttons = bySymbol.slice(0, MAX_BUTTONS).map(([symbol]) => stopPingButton(words, symbol));
  const all = bySymbol.length > 1 ? [stopPingButton(words, '*')] : [];
  return {
    ...cardOf(words.say('dm.list', { count: bySymbol.length }), [], [...buttons, ...all]),
    sections: [{ heading: words.say('dm.heading'), rows }],
  };
};
