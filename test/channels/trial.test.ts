import { expect, test } from 'vitest';
import { trialOf } from '../../src/channels/trial.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';

const { rules, symbols } = loadWatchlist();

const trial = (symbol: string, settings: ChannelSettings, tried?: Parameters<typeof trialOf>[3]) => {
  const watched = symbols.get(symbol) ?? expect.fail(symbol);
  return trialOf(watched, settings, rules, tried);
};

test('a channel without rules of its own is played under those of the watchlist', () => {
  expect(trial('NVDA', {})).toEqual({
    played: { symbol: 'NVDA', watch: { rules: { drawdown: rules.stock.drawdown, day: rules.stock.day } } },
    isEmpty: false,
    hasUnplayed: false,
  });
  expect(trial('MAG7', {}).played.watch.valueStep).toBe(500);
});

test('what a channel has set for a symbol is played, and what closes cannot show is left out', () => {
  const settings = {
    rules: {
      NVDA: { drawdown: { 252: [2_500] }, day: [], within: { 30: [400] }, rise: [5_000] },
    },
  };
  const { played, hasUnplayed } = trial('NVDA', settings);
  expect(played.watch.rules).toEqual({
    drawdown: [
      { window: 252, levels: [2_500] },
      { window: 20, levels: [1_500, 2_500] },
    ],
    day: [],
    rise: [5_000],
  });
  expect(hasUnplayed).toBe(true);
});

test('kinds of cards that a channel does not get are not played', () => {
  expect(trial('NVDA', { kinds: ['day'] }).played.watch.rules).toMatchObject({ drawdown: [], day: rules.stock.day });
  expect(trial('MAG7', { kinds: ['drawdown'] }).played.watch).toMatchObject({ rules: { day: [] }, valueStep: 500 });
  expect(trial('MAG7', { kinds: ['digest'] })).toMatchObject({
    isEmpty: true,
    played: { watch: { rules: { day: [] } } },
  });
  expect(trial('MAG7', { kinds: ['day'] }).played.watch).not.toHaveProperty('valueStep');
});

test('levels that are tried take the place of all rules, whatever kinds a channel gets', () => {
  const settings: ChannelSettings = { kinds: ['digest'], rules: { NVDA: { rise: [5_000] } } };
  expect(trial('NVDA', settings, { drawdown: [1_000], day: [] })).toEqual({
    played: { symbol: 'NVDA', watch: { rules: { drawdown: [{ window: 252, levels: [1_000] }], day: [] } } },
    isEmpty: false,
    hasUnplayed: false,
  });
  expect(trial('MAG7', {}, { drawdown: [], day: [500] }).played.watch).toEqual({ rules: { drawdown: [], day: [500] } });
  expect(trial('NVDA', {}, { drawdown: [], day: [] }).isEmpty).toBe(true);
});
