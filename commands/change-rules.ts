import type { ChannelSettings, OwnRules } from '../src/stories/channel.ts';

/** The windows that levels can be set for, in sessions, and the fall of one day. */
export const WINDOWS = ['252', '20', 'day'] as const;
export type Window = (typeof WINDOWS)[number];

/** Where levels are given and no window is: the year's. */
const USUAL: Window = '252';

const listOf = (levels: string): readonly number[] => (levels === 'off' ? [] : levels.split(',').map(Number));

const withLevels = ({ drawdown = {}, day }: OwnRules, window: Window, levels: readonly number[]): OwnRules =>
  window === 'day'
    ? { drawdown, day: levels }
    : { drawdown: { ...drawdown, [window]: levels }, ...(day !== undefined && { day }) };

/** As the defaults have it: the window's own levels are dropped. */
const without = ({ drawdown = {}, day }: OwnRules, window: Window): OwnRules => {
  const kept = Object.entries(drawdown).filter(([each]) => each !== window);
  return { drawdown: Object.fromEntries(kept), ...(day !== undefined && window !== 'day' && { day }) };
};

const isEmpty = ({ drawdown = {}, day }: OwnRules): boolean => Object.keys(drawdown).length === 0 && day === undefined;

/**
 * Settings with other levels for a symbol, `*` for all that have none of their own. `levels` is what `readLevels` returns;
 * `off` and `default` without a window are about all of them, levels without one about the year's.
 */
export const changeRules = (
  settings: ChannelSettings,
  symbol: string,
  window: Window | undefined,
  levels: string,
): ChannelSettings => {
  const { rules: before = {}, ...others } = settings;
  const isWord = levels === 'off' || levels === 'default';
  const windows: readonly Window[] = window === undefined ? (isWord ? WINDOWS : [USUAL]) : [window];
  let own: OwnRules = before[symbol] ?? {};
  for (const each of windows) own = levels === 'default' ? without(own, each) : withLevels(own, each, listOf(levels));
  const kept = Object.entries(before).filter(([each]) => each !== symbol);
  const rules = Object.fromEntries([...kept, ...(isEmpty(own) ? [] : [[symbol, own] as const])]);
  return Object.keys(rules).length === 0 ? others : { ...others, rules };
};
