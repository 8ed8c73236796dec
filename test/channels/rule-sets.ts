import type { Rules } from '../../src/market/watchlist.ts';

const merged = (lists: readonly (readonly number[])[]): number[] => [...new Set(lists.flat())].sort((a, b) => a - b);

/** Several rules in one, plainly: every window with every level of any. */
export const unionOf = (all: readonly Rules[]): Rules => {
  const windows = merged([all.flatMap(({ drawdown }) => drawdown.map(({ window }) => window))]).reverse();
  const spans = merged([all.flatMap(({ within = [] }) => within.map(({ minutes }) => minutes))]).reverse();
  const within = spans.map((minutes) => ({
    minutes,
    levels: merged(
      all.flatMap((it) => (it.within ?? []).filter((rule) => rule.minutes === minutes).map((rule) => rule.levels)),
    ),
  }));
  const rise = merged(all.map((it) => it.rise ?? []));
  const dayRise = merged(all.map((it) => it.dayRise ?? []));
  return {
    ...(within.length > 0 && { within }),
    ...(rise.length > 0 && { rise }),
    ...(dayRise.length > 0 && { dayRise }),
    drawdown: windows.map((window) => ({
      window,
      levels: merged(
        all.flatMap(({ drawdown }) => drawdown.filter((it) => it.window === window).map((it) => it.levels)),
      ),
    })),
    day: merged(all.map(({ day }) => day)),
  };
};
