import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadCalendar } from '../../../../src/market/load-calendar.ts';
import { SourceError } from '../../../../src/market/source.ts';
import { createRecorded } from '../../../../src/market/sources/recorded/index.ts';
import { root } from '../../../../src/util/read-config.ts';
import { summer } from '../../../slides/samples.ts';
import { temporaryFolder } from '../../temporary.ts';

const calendar = loadCalendar();
const source = createRecorded(join(root, 'config/samples/summer-2024'), calendar);
const nvda = { symbol: 'NVDA', ticker: 'NVDA' };
const closes = new Map(summer('NVDA').map(({ session, close }) => [session, close]));

const instant = fc.integer({ min: Date.parse('2024-01-02T00:00Z'), max: Date.parse('2024-12-31T00:00Z') });

it('never looks ahead: every close it returns had closed by the instant of the request', async () => {
  await fc.assert(
    fc.asyncProperty(instant, async (now) => {
      const { bars } = await source.history(nvda, '2024-01-01', now);
      for (const { session } of bars) expect(calendar.hours(session)?.close).toBeLessThanOrEqual(now);
      const { quotes } = await source.quotes([nvda], now);
      expect(quotes).toHaveLength(1);
      for (const { price, tradeTime } of quotes) {
        expect(tradeTime).toBeLessThanOrEqual(now);
        expect(price).toBe(closes.get(calendar.sessionOf(tradeTime ?? 0)));
        expect(price).toBe(bars.at(-1)?.close ?? price);
      }
    }),
  );
});

it('knows a close from the closing bell on', async () => {
  const bell = calendar.hours('2024-07-30')?.close ?? 0;
  const lastAt = async (now: number) => (await source.history(nvda, '2024-07-01', now)).bars.at(-1)?.session;
  expect(await lastAt(bell - 1)).toBe('2024-07-29');
  expect(await lastAt(bell)).toBe('2024-07-30');
});

it('knows nothing of a symbol that was not recorded', async () => {
  const unknown = { symbol: 'SPOT', ticker: 'SPOT' };
  expect(await source.quotes([unknown], Date.now())).toEqual({
    quotes: [],
    refused: [{ symbol: 'SPOT', reason: 'not in the response' }],
  });
  await expect(source.history(unknown, '2024-01-01', Date.now())).rejects.toMatchObject({ fault: 'unknown-symbol' });
  await expect(source.history(unknown, '2024-01-01', Date.now())).rejects.toBeInstanceOf(SourceError);
});

it('refuses a folder without prices in one line', () => {
  const folder = temporaryFolder();
  expect(() => createRecorded(folder, calendar)).toThrow(`${folder}: no SYMBOL.csv in this folder`);
});

it('finds the tickers of its files, and those of an index by their ^', async () => {
  const now = Date.parse('2024-07-30T20:00Z');
  const there = { currency: 'USD', timeZone: 'America/New_York' };
  expect(await source.find('nvda', now)).toEqual({ ticker: 'NVDA', name: 'NVDA', kind: 'stock', ...there });
  expect(await source.find('^GSPC', now)).toEqual({ ticker: '^GSPC', name: 'GSPC', kind: 'index', ...there });
  expect(await source.find('SPOT', now)).toBeUndefined();
  expect(await source.find('NVDA', Date.parse('2000-01-01T00:00Z'))).toBeUndefined();
});
