import type { ChannelSettings, OwnRules } from '../src/stories/channel.ts';

/** What levels can be set for: windows in sessions, and the change of one day. */
export const WINDOWS = ['252', '20', 'day'] as const;
export type Window = (typeof WINDOWS)[number];

const DEFAULT_WINDOW: Window = '252';

const listOf = (levels: string): readonly number[] => (levels === 'off' ? [] : levels.split(',').map(Number));

const withLevels = (own: OwnRules, window: Window, levels: readonly number[]): OwnRules =>
  window === 'day' ? { ...own, day: levels } : { ...own, drawdown: { ...own.drawdown, [window]: levels } };

/** Without the window's own levels, so that the defaults apply. */
const withoutLevels = ({ drawdown = {}, day, ...others }: OwnRules, window: Window): OwnRules => {
  const kept = Object.entries(drawdown).filter(([each]) => each !== window);
  return { ...others, drawdown: Object.fromEntries(kept), ...(day !== undefined && window !== 'day' && { day }) };
};

const isEmpty = (own: OwnRules): boolean =>
  Object.values(own).every((it) => !Array.isArray(it) && Object.keys(it).length === 0);

/** Settings in which a symbol's own rules are what `change` makes of them. */
const withOwnRules = (
  { rules: before = {}, ...others }: ChannelSettings,
  symbol: string,
  change: (own: OwnRules) => OwnRules,
): ChannelSettings => {
  const own = change(before[symbol] ?? {});
  const kept = Object.entries(before).filter(([each]) => each !== symbol);
  const rules = Object.fromEntries([...kept, ...(isEmpty(own) ? [] : [[symbol, own] as const])]);
  return Object.keys(rules).length === 0 ? others : { ...others, rules };
};

/**
 * Settings with changed levels of a symbol; `*` means all symbols without levels of their own. `levels` is a result of
 * `readLevels`. Without a window, `off` and `default` apply to all windows, and levels to the year's.
 */
export const changeRules = (
  settings: ChannelSettings,
  symbol: string,
  window: Window | undefined,
  levels: string,
): ChannelSettings => {
  const isWord = levels === 'off' || levels === 'default';
  const windows: readonly Window[] = window === undefined ? (isWord ? WINDOWS : [DEFAULT_WINDOW]) : [window];
  return withOwnRules(settings, symbol, (own) =>
    windows.reduce(
      (changed, each) =>
        levels === 'default' ? withoutLevels(changed, each) : withLevels(changed, each, listOf(levels)),
      own,
    ),
  );
};

/**
 * Settings with changed levels of a symbol's falls within minutes; those for all symbols are ended for one by an empty
 * list. `minutes` is a result of `readMinutes`, or `off` for all of them.
 */
export const changeWithin = (
  settings: ChannelSettings,
  symbol: string,
  minutes: string,
  levels: string,
): ChannelSettings =>
  withOwnRules(settings, symbol, ({ within = {}, ...own }) => {
    const forAll = symbol === '*' ? {} : (settings.rules?.['*']?.within ?? {});
    const changed = minutes === 'off' ? Object.keys({ ...forAll, ...within }) : [minutes];
    const list = minutes === 'off' || levels === 'default' ? [] : listOf(levels);
    const all: Readonly<Record<string, readonly number[]>> = {
      ...within,
      ...Object.fromEntries(changed.map((each) => [each, list])),
    };
    const kept = Object.entries(all).filter(([each, its]) => its.length > 0 || Object.hasOwn(forAll, each));
    return { ...own, ...(kept.length > 0 && { within: Object.fromEntries(kept) }) };
  });

/** Settings with changed levels of a symbol's rises. `levels` is a result of `readRises`. */
export const changeRises = (
  settings: ChannelSettings,
  symbol: string,
  rule: 'rise' | 'dayRise',
  levels: string,
): ChannelSettings =>
  withOwnRules(settings, symbol, ({ [rule]: _, ...own }) =>
    levels === 'default' ? own : { ...own, [rule]: listOf(levels) },
  );
