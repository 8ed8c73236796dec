import { describe, expect, it } from 'vitest';
import { loadCompanies } from '../../../src/facts/companies.ts';
import type { FiledFacts } from '../../../src/facts/edgar/filed-facts.ts';
import {
  afterSpring,
  list,
  META,
  meta,
  PPE,
  publishSummer,
  setFigures,
  spring,
  stored,
  summer,
  wholeSummer,
  withReports,
} from './reports.ts';

const ALWAYS = Number.POSITIVE_INFINITY;
const HOUR_MS = 3_600_000;

describe('a report that is listed before its figures are there', () => {
  it('is waited for, and reported as a whole', async () => {
    const { refresh, double, store } = await withReports();
    await refresh({ companies: meta });
    list(double, META, summer[0]);
    const open = [{ subject: 'META', state: 'released', at: Date.parse('2024-07-31T20:05:00Z') }];
    expect(await refresh({ companies: meta })).toEqual({ newQuarters: [], failed: [], waiting: ['META'], open });
    setFigures(double, META, [spring, summer], [PPE]);
    expect(await refresh({ companies: meta })).toEqual({ newQuarters: [], failed: [], waiting: ['META'], open });
    expect((await stored(store)).META).toEqual(afterSpring('2024 Q1'));
    setFigures(double, META, [spring, summer]);
    const { newQuarters } = await refresh({ companies: meta });
    expect(newQuarters[0]?.facts).toHaveLength(3);
  });

  it('is reported without the figures that are missing after two days', async () => {
    const { refresh, double, time } = await withReports();
    await refresh({ companies: meta });
    list(double, META, summer[0]);
    setFigures(double, META, [spring, summer], [PPE]);
    const { newQuarters } = await refresh({ companies: meta, now: time.clock() + 48 * HOUR_MS });
    expect(newQuarters[0]?.facts.map(({ metric }) => metric)).toEqual(['capex_cash']);
  });

  it('is not an amendment, which may have no figures', async () => {
    const { refresh, double } = await withReports();
    await refresh({ companies: meta });
    list(double, META, { accession: 'x-10ka', form: '10-K/A', filed: '2024-07-31' });
    expect(await refresh({ companies: meta })).toEqual({ newQuarters: [], failed: [], waiting: [], open: [] });
  });
});

describe('a refresh that fails', () => {
  it('half-way through one company writes nothing of it, and everything of the others', async () => {
    const { refresh, double, store } = await withReports();
    await refresh();
    publishSummer(double);
    // Microsoft's list and first figures come through, and the rest does not.
    double.fail({ fault: 'unavailable', on: ['concept'], after: 2, times: 4 });
    const { newQuarters, failed } = await refresh();
    expect(failed).toEqual([
      { subject: 'MSFT', reason: 'EDGAR is having problems (HTTP 503); new figures are delayed' },
    ]);
    expect(newQuarters.map(({ subject }) => subject)).toEqual(['META']);
    expect(await stored(store)).toEqual({ ...wholeSummer, MSFT: afterSpring('FY2024 Q3') });
    expect((await refresh()).newQuarters.map(({ subject }) => subject)).toEqual(['MSFT']);
    expect(await stored(store)).toEqual(wholeSummer);
  });

  it('because EDGAR throttles stops its requests, and a later one reports every fact once', async () => {
    const { refresh, double, store, time } = await withReports();
    await refresh();
    publishSummer(double);
    const groups: string[] = [];
    double.fail({ fault: 'throttled-429', after: 3, times: 4 });
    double.fail({ fault: 'truncated', on: ['concept'], after: 5 });
    double.fail({ fault: 'break-off', on: ['concept'], after: 7 });
    let before = double.requests.length;
    for (let round = 0; round < 6; round += 1) {
      const { newQuarters, failed } = await refresh();
      groups.push(...newQuarters.flatMap(({ facts }) => facts.map(({ id }) => id)));
      if (round === 0) {
        expect(failed.map(({ subject }) => subject)).toEqual(['MSFT', 'META']);
        expect(double.requests.length - before).toBe(3 + 4);
      }
      before = double.requests.length;
      time.advance(HOUR_MS / 4);
    }
    expect(await stored(store)).toEqual(wholeSummer);
    expect(groups).toHaveLength(6);
    expect(new Set(groups).size).toBe(6);
  });

  it('because the store fails says so, and the next one catches up', async () => {
    const { refresh, store, logged } = await withReports();
    let broken = true;
    const add: FiledFacts['add'] = async (facts, seen) => {
      if (broken && seen.subject === 'MSFT') throw new Error('disk full');
      await store.add(facts, seen);
    };
    const { failed, newQuarters } = await refresh({ filed: { ...store, add } });
    expect(failed).toEqual([
      { subject: 'MSFT', reason: 'The new figures could not be read or stored; the log has the cause' },
    ]);
    expect(newQuarters.map(({ subject }) => subject)).toEqual(['META']);
    expect(logged).toContainEqual(
      expect.objectContaining({ subject: 'MSFT', msg: 'Filings not refreshed', level: 50 }),
    );
    broken = false;
    expect((await refresh({ filed: { ...store, add } })).newQuarters.map(({ subject }) => subject)).toEqual(['MSFT']);
  });

  it('does not stop the others if one company is unknown', async () => {
    const { refresh } = await withReports();
    const all = await refresh({ companies: loadCompanies().filers });
    expect(all.newQuarters.map(({ subject }) => subject)).toEqual(['MSFT', 'META']);
    expect(all.failed.map(({ subject }) => subject)).toEqual(['AAPL', 'GOOGL', 'AMZN', 'NVDA', 'TSLA']);
  });

  it('permanently asks every company only once a refresh', async () => {
    const { refresh, double } = await withReports();
    double.fail({ fault: 'truncated', times: ALWAYS });
    const { failed } = await refresh();
    expect(failed.map(({ subject }) => subject)).toEqual(['MSFT', 'META']);
    expect(double.requests).toHaveLength(2);
  });
});
