import type { ChannelSettings, OwnRules } from '../src/stories/channel.ts';

/** What levels can be set for: windows in sessions, and the change of one day. */
export const WINDOWS = ['252', '20', 'day'] as const;
export type Window = (typeof WINDOWS)[number];

const DEFAULT_WINDOW: Window = '252';

const listOf = (levels: string): readonly number[] => (levels === 'off' ? [] : levels.split(',').map(Number));

const withLevels = ({ drawdown = {}, day }: OwnRules, window: Window, levels: readonly number[]): OwnRules =>
  window === 'day'
    ? { drawdown, day: levels }
    : { drawdown: { ...drawdown, [window]: levels }, ...(day !== undefined && { day }) };

/** Without the window's own levels, so that the defaults apply. */
const withoutLevels = ({ drawdown = {}, day }: OwnRules, window: Window): OwnRules => {
  const kept = Object.entries(drawdown).filter(([each]) => each !== window);
  return { drawdown: Object.fromEntries(kept), ...(day !== undefined && window !== 'day' && { day }) };
};

const isEmpty = ({ drawdown = {}, day }: OwnRules): boolean => Object.keys(drawdown).length === 0 && day === undefined;

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
  const { rules: before = {}, ...others } = settings;
  const isWord = levels === 'off' || levels === 'default';
  const windows: readonly Window[] = window === undefined ? (isWord ? WINDOWS : [DEFAULT_WINDOW]) : [window];
  let own: OwnRules = before[symbol] ?? {};
  for (const each of windows)
    own = levels === 'default' ? withoutLevels(own, each) : withLevels(own, each, listOf(levels));
  const kept = Object.entries(before).filter(([each]) => each !== symbol);
  const rules = Object.fromEntries([...kept, ...(isEmpty(own) ? [] : [[symbol, own] as const])]);
  return Object.keys(rules).length === 0 ? others : { ...others, rules };
};
