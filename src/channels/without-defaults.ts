import type { Kind, Watchlist } from '../market/watchlist.ts';
import { CARD_KINDS, type ChannelSettings, DEFAULT_KINDS, type OwnRules } from '../stories/channel.ts';

/** The settings of channels without their own. */
export interface Defaults {
  readonly watchlist: Watchlist;
  readonly timeZone: string;
}

type Levels = readonly number[];

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((it, index) => it === b[index]);

const isEmptyObject = (it: object): boolean => Object.keys(it).length === 0;

/** The rules of a symbol that differ from the watchlist's. A rule that overrides one of `*` is always kept. */
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
  const within = Object.fromEntries(
    Object.entries(rules.within ?? {}).filter(
      ([minutes, levels]) => levels.length > 0 || all?.within?.[Number(minutes)],
    ),
  );
  const { day } = rules;
  const own = day !== undefined && (all?.day !== undefined || !isDefault(day, (each) => watchlist.rules[each].day));
  const rises = (['rise', 'dayRise'] as const).flatMap((name) => {
    const levels = rules[name];
    const isKept =
      levels && (all?.[name] !== undefined || !isDefault(levels, (each) => watchlist.rules[each][name] ?? []));
    return isKept ? [[name, levels] as const] : [];
  });
  return {
    ...(!isEmptyObject(drawdown) && { drawdown }),
    ...(own && { day }),
    ...(!isEmptyObject(within) && { within }),
    ...Object.fromEntries(rises),
    ...(rules.price && rules.price.length > 0 && { price: rules.price }),
  };
};

const rulesWithout = (defaults: Defaults, rules: ChannelSettings['rules'] = {}): ChannelSettings['rules'] => {
  const { '*': given, ...symbols } = rules;
  const all = given && ownRules(defaults, '*', given, undefined);
  const own = Object.keys(symbols)
    .sort()
    .map((symbol) => [symbol, ownRules(defaults, symbol, symbols[symbol] ?? {}, all)] as const)
    .filter(([, it]) => !isEmptyObject(it));
  return Object.fromEntries([...(all && !isEmptyObject(all) ? [['*', all] as const] : []), ...own]);
};

/**
 * Settings without those equal to the defaults, in a fixed order: channels with the same settings have the same stored
 * text.
 */
export const withoutDefaults = (settings: ChannelSettings, defaults: Defaults): ChannelSettings => {
  const { timeZone, without = [], also = [], ping, quiet, edits, afterHours } = settings;
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
    ...(!isEmptyObject(rules) && { rules }),
    ...(quiet && { quiet: { from: quiet.from, to: quiet.to } }),
    ...(!isEmptyObject(digest) && { digest }),
    ...(ping && { ping: { id: ping.id, from: ping.from } }),
    ...(edits === false && { edits }),
    ...(afterHours === false && { afterHours }),
  };
};

/** The stored text of settings; null if all are defaults. */
export const settingsText = (settings: ChannelSettings): string | null =>
  isEmptyObject(settings) ? null : JSON.stringify(settings);
