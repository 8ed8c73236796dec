import { expect, test } from 'vitest';
import { slideData } from '../../../src/chat/webhook/slide-data.ts';
import { toMicros } from '../../../src/market/money.ts';
import { mag7Value, nasdaqDay, nvidia } from '../../cards/golden-stories.ts';
import { dayRise, rise, setPrice, storyAt, within } from '../../cards/stories.ts';

const at = { symbol: 'NVDA', session: '2024-07-30', close: 103.73, previous: 111.59 } as const;
const alertOf = (alert: Parameters<typeof storyAt>[1]['alerts']) =>
  slideData(storyAt(at, { alerts: alert ?? [] })).alerts;

test('a slide has its price, close and peak as decimals and its alerts with what they are measured from', () => {
  // The close of 2024-07-30, as on the golden card: 23.5% below 135.58, -7.0% from 111.59.
  expect(slideData(nvidia)).toMatchObject({
    ...{ symbol: 'NVDA', name: 'Nvidia', unit: 'usd', price: 103.73, previous_close: 111.59, final: true, late: false },
    peak: { price: 135.58, session: '2024-06-18' },
    observed_at: '2024-07-30T20:00:00.000Z',
    alerts: [
      { kind: 'drawdown', level_percent: 20, window_sessions: 252, from_price: 135.58, from_session: '2024-06-18' },
      { kind: 'day', level_percent: 7, from_price: 111.59 },
    ],
  });
  expect(slideData(nasdaqDay)).toMatchObject({ unit: 'points', alerts: [{ kind: 'day', level_percent: 2.5 }] });
});

test('market value lost is in billions of dollars', () => {
  expect(slideData(mag7Value)).toMatchObject({
    unit: 'usd-billions',
    alerts: [{ kind: 'value', level_usd_billions: 1500, from_price: 17_211.7, from_session: '2024-07-10' }],
  });
});

test('a fall within minutes, rises and a price have their own measures', () => {
  expect(alertOf([within(at, 30, 4, 108.5, 90)])).toEqual([
    { kind: 'within', level_percent: 4, window_minutes: 30, from_price: 108.5 },
  ]);
  expect(alertOf([rise(at, 20, 86)])).toEqual([
    { kind: 'rise', level_percent: 20, window_sessions: 252, from_price: 86, from_session: '2024-07-10' },
  ]);
  expect(alertOf([dayRise(at, 7)])).toEqual([{ kind: 'day-rise', level_percent: 7, from_price: 111.59 }]);
  // It was set before a split ten for one.
  expect(alertOf([{ ...setPrice(at, 'below', 1_050), level: toMicros(105) }])).toEqual([
    { kind: 'price', side: 'below', level_price: 105 },
  ]);
});
