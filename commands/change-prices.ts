import { ownPrices } from '../src/channels/channel-rules.ts';
import { MAX_PRICES } from '../src/channels/settings-schema.ts';
import { formatPrice } from '../src/i18n/amounts.ts';
import { unitOf } from '../src/market/watchlist.ts';
import { pricePositionOf } from '../src/slides/price-position.ts';
import type { ChannelSettings, OwnPrice } from '../src/stories/channel.ts';
import type { Question } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { shownName } from './names.ts';
import { type Problem, problem, readerOf } from './problems.ts';

/** The price that `typed` means by the symbol's latest price, with its side; a problem if it cannot be set. `typed` is a result of `readPrice`. */
export const priceToSet = (
  question: Question,
  context: CommandContext,
  settings: ChannelSettings,
  symbol: string,
  typed: string,
): OwnPrice | Problem => {
  const reader = readerOf(question, context);
  const [side, digits = ''] = /^\d/.test(typed) ? [undefined, typed] : typed.split(' ');
  const price = Number(digits);
  const now = pricePositionOf(context.histories.bars(symbol), context.quotes.get(symbol))?.price;
  const name = shownName(context.catalogue, question.language, symbol, context.watchlist);
  if (now === undefined) return problem(reader, 'channel.alerts.price-unknown', { name });
  const watched = context.watchlist.symbols.get(symbol);
  const unit = watched ? unitOf(watched) : 'usd';
  const words = context.catalogue.in(question.language);
  const values = { name, now: formatPrice(words, now, unit), price: formatPrice(words, price, unit) };
  if (price === now) return problem(reader, 'channel.alerts.price-now', values);
  const fixed = price < now ? 'below' : 'above';
  if (side !== undefined && side !== fixed) return problem(reader, `channel.alerts.price-passed-${side}`, values);
  const own = ownPrices(settings, symbol);
  const armed = own.filter((it) => it.price !== price && !context.priceRule(symbol, it).told);
  if (armed.length >= MAX_PRICES) return problem(reader, 'channel.alerts.too-many-prices', { name, limit: MAX_PRICES });
  // Later than what it replaces, also if the clock was set back.
  const since = Math.max(question.now, ...own.filter((it) => it.price === price).map((it) => it.since + 1));
  return { price, side: fixed, since };
};

/** Settings without a symbol's prices that have fired, and with `added`; without any for `off`. */
export const changePrices = (
  { rules = {}, ...others }: ChannelSettings,
  symbol: string,
  added: OwnPrice | 'off',
  isTold: (price: OwnPrice) => boolean,
): ChannelSettings => {
  const { price: before = [], ...own } = rules[symbol] ?? {};
  const kept = added === 'off' ? [] : before.filter((it) => it.price !== added.price && !isTold(it));
  const price = added === 'off' ? [] : [...kept, added].sort((a, b) => a.price - b.price);
  const { [symbol]: _, ...rest } = rules;
  const changed = { ...own, ...(price.length > 0 && { price }) };
  const all = { ...rest, ...(Object.keys(changed).length > 0 && { [symbol]: changed }) };
  return { ...others, ...(Object.keys(all).length > 0 && { rules: all }) };
};
