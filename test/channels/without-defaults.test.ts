import { expect, test } from 'vitest';
import { withoutDefaults } from '../../src/channels/without-defaults.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';

const defaults = { watchlist: loadWatchlist(), timeZone: 'America/New_York' };
const [{ window, levels } = { window: 0, levels: [] }] = defaults.watchlist.rules.stock.drawdown;

test('a symbol keeps its default levels of a window that has other levels for all symbols', () => {
  const settings: ChannelSettings = {
    rules: { '*': { drawdown: { [window]: [500] } }, NVDA: { drawdown: { [window]: levels } } },
  };
  expect(levels.length).toBeGreaterThan(0);
  expect(withoutDefaults(settings, defaults)).toEqual(settings);
});

test('a symbol’s default levels of a window are dropped if only another window has levels for all symbols', () => {
  const all = { drawdown: { 77: [500] } };
  const settings: ChannelSettings = { rules: { '*': all, NVDA: { drawdown: { [window]: levels } } } };
  expect(withoutDefaults(settings, defaults)).toEqual({ rules: { '*': all } });
});

test('rises of none are the default, unless all symbols have some', () => {
  const none = { NVDA: { rise: [], dayRise: [] } };
  expect(withoutDefaults({ rules: none }, defaults)).toEqual({});
  const all = { '*': { rise: [2_000] }, ...none };
  expect(withoutDefaults({ rules: all }, defaults)).toEqual({ rules: { '*': { rise: [2_000] }, NVDA: { rise: [] } } });
  const [stock, index] = [defaults.watchlist.rules.stock, defaults.watchlist.rules.index];
  const watchlist = { ...defaults.watchlist, rules: { stock: { ...stock, rise: [2_000] }, index } };
  const own = { rules: { NVDA: { rise: [2_000] }, IXIC: { rise: [2_000] }, AAPL: { rise: [] } } };
  expect(withoutDefaults(own, { ...defaults, watchlist })).toEqual({
    rules: { AAPL: { rise: [] }, IXIC: { rise: [2_000] } },
  });
});
