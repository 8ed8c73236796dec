import { newYorkDay } from '../market/exchange-time.ts';
import type { Kind, PriceRule, Rules, Watchlist } from '../market/watchlist.ts';
import type { ChannelSettings } from '../stories/channel.ts';

/**
 * Whether a channel watches a symbol: one of the watchlist that it has not removed, or a custom one that it has added.
 */
export const watches = (settings: ChannelSettings, watchlist: Watchlist, symbol: string): boolean =>
  watchlist.symbols.get(symbol)?.custom === true
    ? (settings.also ?? []).includes(symbol)
    : watchlist.symbols.has(symbol) && !(settings.without ?? []).includes(symbol);

/** The prices that a channel has set for a symbol, with those that are off. */
export const ownPrices = ({ rules = {} }: ChannelSettings, symbol: string): PriceRule[] =>
  (rules[symbol]?.price ?? []).map((it) => ({ ...it, day: newYorkDay(it.since) }));

/**
 * The rules of a symbol in a channel: for the symbol, then for all symbols, then the watchlist's. Windows without
 * levels are left out.
 */
export const rulesOf = (settings: ChannelSettings, defaults: Watchlist['rules'], symbol: string, kind: Kind): Rules => {
  const own = settings.rules?.[symbol];
  const all = settings.rules?.['*'];
  const drawdown = new Map(defaults[kind].drawdown.map(({ window, levels }) => [window, levels]));
  for (const rules of [all, own])
    for (const [window, levels] of Object.entries(rules?.drawdown ?? {})) drawdown.set(Number(window), levels);
  const within = Object.entries({ ...all?.within, ...own?.within }).filter(([, levels]) => levels.length > 0);
  const rise = own?.rise ?? all?.rise ?? defaults[kind].rise ?? [];
  const dayRise = own?.dayRise ?? all?.dayRise ?? defaults[kind].dayRise ?? [];
  const price = symbol === '*' ? [] : ownPrices(settings, symbol);
  return {
    drawdown: [...drawdown]
      .filter(([, levels]) => levels.length > 0)
      .map(([window, levels]) => ({ window, levels }))
      .sort((a, b) => b.window - a.window),
    day: own?.day ?? all?.day ?? defaults[kind].day,
    ...(within.length > 0 && { within: within.map(([minutes, levels]) => ({ minutes: Number(minutes), levels })) }),
    ...(price.length > 0 && { price }),
    ...(rise.length > 0 && { rise }),
    ...(dayRise.length > 0 && { dayRise }),
  };
};
