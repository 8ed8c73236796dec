import type { Kind, Watchlist } from '../market/watchlist.ts';
import { CARD_KINDS, type ChannelSettings, DEFAULT_KINDS, type OwnRules } from '../stories/channel.ts';

/** What channels are without settings of their own. */
export interface Defaults {
  readonly watchlist: Watchlist;
  readonly timeZone: string;
}

type Levels = readonly number[];

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((it, place) => it === b[place]);

const isEmpty = (it: object): boolean => Object.keys(it).length === 0;

/** The rules of one symbol that say something else than the watchlist; those that stand against `*` always do. */
const ownRules = ({ watchlist }: Defaults, symbol: string, rules: OwnRules, all: OwnRules | undefined): OwnRules => {
  const kind = watchlist.symbols.get(symbol)?.kind;
  const kinds: readonly Kind[] = kind === undefined ? ['stock', 'index'] : [kind];
  const isDefault = (levels: Levels, defaultOf: (kind: Kind) => Levels): boolean =>
    kinds.every((each) => same(levels, defaultOf(each)));
  const drawdown = Object.fromEntries(
    Object.entries(rules.drawdown ?? {}).filter(([window, levels]) => {
      if (all?.drawdown?.[Number(window)]) return true;
      const ofWindow = (each: Kind) =>
        watchlist.rules[each].drawdown.find((rule) => rule.window === Number(window))?.levels ?? [];
      return !isDefault(levels, ofWindow);
    }),
  );
  const { day } = rules;
  const own = day !== undefined && (all?.day !== undefined || !isDefault(day, (each) => watchlist.rules[each].day));
  return { ...(!isEmpty(drawdown) && { drawdown }), ...(own && { day }) };
};

const rulesWithout = (defaults: Defaults, rules: ChannelSettings['rules'] = {}): ChannelSettings['rules'] => {
  const { '*': given, ...symbols } = rules;
  const all = given && ownRules(defaults, '*', given, undefined);
  const own = Object.keys(symbols)
    .sort()
    .map((symbol) => [symbol, ownRules(defaults, symbol, symbols[symbol] ?? {}, all)] as const)
    .filter(([, it]) => !isEmpty(it));
  return Object.fromEntries([...(all && !isEmpty(all) ? [['*', all] as const] : []), ...own]);
};

/**
 * Settings without what equals the defaults, in one order whatever order they were given in: channels that want the
 * same have the same text.
 */
export const withoutDefaults = (settings: ChannelSettings, defaults: Defaults): ChannelSettings => {
  const { timeZone, without = [], also = [], ping, quiet } = settings;
  const kinds = settings.kinds && CARD_KINDS.filter((kind) => settings.kinds?.includes(kind));
  const rules = rulesWithout(defaults, settings.rules) ?? {};
  const { at, days, closedDays } = settings.digest ?? {};
  const digest = {
    ...(at !== undefined && { at }),
    ...(days && { days }),
    ...(closedDays === true && { closedDays }),
  };
  return {
    ...(timeZone !== undefined && timeZone !== defaults.timeZone && { timeZone }),
    ...(kinds && !same(kinds, DEFAULT_KINDS) && { kinds }),
    ...(without.length > 0 && { without: without.toSorted() }),
    ...(also.length > 0 && { also: also.toSorted() }),
    ...(!isEmpty(rules) && { rules }),
    ...(ping && { ping: { id: ping.id, from: ping.from } }),
    ...(quiet && { quiet: { from: quiet.from, to: quiet.to } }),
    ...(!isEmpty(digest) && { digest }),
  };
};

/** What is stored of them: null where there is nothing but defaults. */
export const settingsText = (settings: ChannelSettings): string | null =>
  isEmpty(settings) ? null : JSON.stringify(settings);
