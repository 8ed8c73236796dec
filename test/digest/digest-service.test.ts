import { expect, test } from 'vitest';
import { usualDigestAt } from '../../src/digest/digest-due.ts';
import { createDigestService } from '../../src/digest/digest-service.ts';
import { type Fact, factId } from '../../src/facts/fact.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import type { Bar } from '../../src/market/bar.ts';
import { createHistories, type Histories } from '../../src/market/history.ts';
import { writeAlerts } from '../../src/store/alerts.ts';
import { addFiledFacts } from '../../src/store/filed-facts.ts';
import { writeReportDays } from '../../src/store/report-days.ts';
import { writeStory } from '../../src/store/stories.ts';
import { openTestStore } from '../store/temporary.ts';
import { calendar, companies, historiesWith, ledger, watchlist } from './digests.ts';

const golden = historiesWith();

const until = (last: string): Histories => {
  const histories = createHistories(watchlist);
  for (const { symbol, sumOf } of watchlist.symbols.values()) {
    const bars: readonly Bar[] = golden.bars(symbol);
    if (!sumOf)
      histories.set(
        symbol,
        bars.filter(({ session }) => session <= last),
        [],
      );
  }
  return histories;
};

const serviceOn = async (histories: Histories, known = ledger) => {
  const { db } = await openTestStore();
  const parts = { watchlist, companies, calendar, histories, db, sourceName: 'yahoo' };
  const service = createDigestService({ ...parts, ledger: () => known });
  return { db, service };
};

const at = (text: string): number => Date.parse(text);

test('from the evening until the next session has ended, the latest digest is that of the day', async () => {
  const { service } = await serviceOn(until('2024-07-24'));
  for (const now of ['2024-07-24T20:30:00Z', '2024-07-25T03:00:00Z', '2024-07-25T15:00:00Z'])
    expect(await service.latest(at(now))).toMatchObject({ session: '2024-07-24', late: false });
  expect(await service.latest(at('2024-07-24T20:30:00Z'))).not.toHaveProperty('awaited');
});

test('before the closes are known, it is the last session with closes, and names the awaited one', async () => {
  const { service } = await serviceOn(until('2024-07-24'));
  expect(await service.latest(at('2024-07-25T20:05:00Z'))).toMatchObject({
    session: '2024-07-24',
    awaited: '2024-07-25',
    quiet: false,
  });
});

test('its source is that of the closes, several by name', async () => {
  const { db } = await openTestStore();
  const parts = { watchlist, companies, calendar, histories: until('2024-07-24'), db, ledger: () => ledger };
  const sourceWith = async (closesFrom?: (symbol: string) => string | undefined) => {
    const service = createDigestService({ ...parts, sourceName: 'Yahoo', ...(closesFrom && { closesFrom }) });
    return (await service.latest(at('2024-07-24T21:00:00Z')))?.source;
  };
  expect(await sourceWith()).toBe('Yahoo');
  expect(await sourceWith(() => 'Tiingo')).toBe('Tiingo');
  expect(await sourceWith((symbol) => (symbol === 'IXIC' ? undefined : 'Tiingo'))).toBe('Tiingo, Yahoo');
});

test('on a weekend it is that of Friday, with its week', async () => {
  const { service } = await serviceOn(until('2024-07-26'));
  expect(await service.latest(at('2024-07-28T12:00:00Z'))).toMatchObject({
    session: '2024-07-26',
    week: { from: '2024-07-19' },
  });
});

test('without any closes there is no latest digest, and none of a session', async () => {
  const { service } = await serviceOn(createHistories(watchlist));
  expect(await service.latest(at('2024-07-24T20:30:00Z'))).toBeUndefined();
  expect(await service.of('2024-07-24', at('2024-07-24T20:30:00Z'))).toBeUndefined();
});

test('the alerts are those of the store, and the report days those known by then', async () => {
  const { db, service } = await serviceOn(until('2024-07-24'));
  const alert = {
    kind: 'day',
    symbol: 'TSLA',
    session: '2024-07-24',
    price: 215_990_000,
    level: 1000,
    previous: 246_380_000,
    worstSince: null,
  } as const;
  const story = await writeStory(db, { kind: 'test', symbol: '*', at: 1 }, 1);
  await writeAlerts(db, story, [alert, { ...alert, symbol: 'META', session: '2024-07-23' }], 1);
  const now = at('2024-07-24T20:15:00Z');
  await writeReportDays(db, [{ symbol: 'MSFT', day: '2024-07-30', estimated: false }], now - 1);
  await writeReportDays(db, [{ symbol: 'META', day: '2024-07-31', estimated: false }], now + 1);
  const digest = await service.of('2024-07-24', now, { late: true });
  expect(digest?.alerts).toEqual([alert]);
  expect(digest?.reports).toEqual([{ symbol: 'MSFT', day: '2024-07-30', estimated: false }]);
  expect(digest?.late).toBe(true);
});

test('a figure added from a filing after the last digest is news in the next', async () => {
  const given = {
    subject: 'META',
    metric: 'capex_cash',
    period: { start: '2024-04-01', end: '2024-06-30' },
    basis: 'cash_ppe',
    published: '2024-07-23',
  } as const;
  const source = { title: 'Filing', url: 'https://example.com/filing' };
  const fact: Fact = { ...given, id: factId(given), label: '2024 Q2', value: 8_173, unit: 'USD_M', source };
  const { db, service } = await serviceOn(until('2024-07-24'), createLedger([fact]));
  const now = usualDigestAt(calendar, '2024-07-24');
  expect((await service.of('2024-07-24', now))?.news).toEqual([]);
  await addFiledFacts(db, [fact], now - 3_600_000);
  expect((await service.of('2024-07-24', now))?.news).toHaveLength(1);
  expect((await service.of('2024-07-24', now, { before: now - 1_800_000 }))?.news).toEqual([]);
});
