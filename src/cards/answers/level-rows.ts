import { rulesOf, watches } from '../../channels/channel-rules.ts';
import { formatPrice } from '../../i18n/amounts.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import { type Kind, type Rules, unitOf } from '../../market/watchlist.ts';
import type { Row } from '../card.ts';
import type { ChannelView } from './channel-rows.ts';

/** "10, 20, 30%": levels in basis points. */
const formatLevels = (words: Translator, levels: readonly number[]): string =>
  words.say('format.percent', {
    number: levels.map((level) => formatNumber(words.language, level / 100, { maximumFractionDigits: 2 })).join(', '),
  });

/** "252 sessions: 10, 20%; 20 sessions: 15%; a day: 7%; within 30 minutes: 4%; above the low: 50%", or that there are no levels. */
export const rulesText = (
  words: Translator,
  { drawdown, day, within = [], rise = [], dayRise = [] }: Rules,
): string => {
  const parts = [
    ...drawdown.map(({ window, levels }) =>
      words.say('channel.level.window', { count: window, levels: formatLevels(words, levels) }),
    ),
    ...within.map(({ minutes, levels }) =>
      words.say('channel.level.within', { count: minutes, levels: formatLevels(words, levels) }),
    ),
    ...(day.length > 0 ? [words.say('channel.level.day', { levels: formatLevels(words, day) })] : []),
    ...(rise.length > 0 ? [words.say('channel.level.rise', { levels: formatLevels(words, rise) })] : []),
    ...(dayRise.length > 0 ? [words.say('channel.level.day-rise', { levels: formatLevels(words, dayRise) })] : []),
  ];
  return parts.length > 0 ? parts.join('; ') : words.say('channel.level.none');
};

/** "below $100.00", "above $150.00 (told, now off)": the prices that were set for a symbol. */
const priceTexts = ({ words, watchlist, channel, priceRule }: ChannelView, symbol: string): string[] =>
  (channel.settings.rules?.[symbol]?.price ?? []).map((own) => {
    const { target, told } = priceRule(symbol, own);
    const watched = watchlist.symbols.get(symbol);
    const price = formatPrice(words, target, watched ? unitOf(watched) : 'usd');
    return words.say(`channel.level.${own.side}${told ? '_told' : ''}`, { price });
  });

/** The alert levels of stocks, of indexes, and of each symbol with its own; or of `only` one symbol. */
export const levelRows = (view: ChannelView, only?: string): Row[] => {
  const { words, watchlist, channel } = view;
  const { settings } = channel;
  const watched = [...watchlist.symbols.values()].filter(({ symbol }) => watches(settings, watchlist, symbol));
  const own = new Set(Object.keys(settings.rules ?? {}));
  const textOf = (symbol: string, kind: Kind): string =>
    [rulesText(words, rulesOf(settings, watchlist.rules, symbol, kind)), ...priceTexts(view, symbol)].join('; ');
  const one = only === undefined ? undefined : watchlist.symbols.get(only);
  if (one) return [{ label: one.symbol, text: textOf(one.symbol, one.kind) }];
  const kinds = (['stock', 'index'] as const)
    .filter((kind) => watched.some((it) => it.kind === kind && !own.has(it.symbol)))
    .map((kind) => ({ label: words.say(`channel.level.${kind}`), text: textOf('*', kind) }));
  const [first, second] = kinds;
  return [
    ...(first && second && first.text === second.text
      ? [{ label: words.say('channel.level.all'), text: first.text }]
      : kinds),
    ...watched
      .filter(({ symbol }) => own.has(symbol))
      .map(({ symbol, kind }) => ({ label: symbol, text: textOf(symbol, kind) })),
  ];
};
