import { describe, expect, it } from 'vitest';
import { type Fact, factId, factSchema } from '../../../src/facts/fact.ts';
import { createLedger } from '../../../src/facts/ledger.ts';
import {
  afterSpring,
  list,
  META,
  meta,
  publishSummer,
  type Report,
  setFigures,
  stored,
  summaryOf,
  wholeSummer,
  withReports,
} from './reports.ts';
import { tenK, tenQ } from './rows.ts';

describe('a refresh', () => {
  it('adds everything filed so far on the first refresh, and marks it as not new', async () => {
    const { refresh, store } = await withReports();
    const { newQuarters, failed, waiting } = await refresh();
    expect(newQuarters.map(({ subject, first, newest }) => [subject, first, newest.label])).toEqual([
      ['MSFT', true, 'FY2024 Q3'],
      ['META', true, '2024 Q1'],
    ]);
    expect([failed, waiting]).toEqual([[], []]);
    expect(await stored(store)).toEqual({ META: afterSpring('2024 Q1'), MSFT: afterSpring('FY2024 Q3') });
  });

  it('requests figures only when a new report is listed', async () => {
    const { refresh, double } = await withReports();
    await refresh();
    double.addFiling(META, { accession: 'x-8k', form: '8-K', filed: '2024-07-31' });
    const before = double.requests.length;
    expect(await refresh()).toEqual({ newQuarters: [], failed: [], waiting: [], open: [] });
    expect(double.requests.slice(before).map(({ endpoint }) => endpoint)).toEqual(['submissions', 'submissions']);
  });

  it('returns the new quarters of a company as one group, with the filing', async () => {
    const { refresh, double, store } = await withReports();
    await refresh();
    publishSummer(double);
    const { newQuarters } = await refresh();
    expect(newQuarters).toMatchObject([
      { subject: 'MSFT', first: false, filing: { form: '10-K' }, newest: { label: 'FY2024 Q4', end: '2024-06-30' } },
      { subject: 'META', first: false, filing: { form: '10-Q' }, newest: { label: '2024 Q2', end: '2024-06-30' } },
    ]);
    const [, group] = newQuarters;
    expect(group?.facts.map(summaryOf)).toEqual([
      'capex_cash 2024 Q2 8173 2024-07-31',
      'operating_cash_flow 2024 Q2 16346 2024-07-31',
      'revenue 2024 Q2 32692 2024-07-31',
    ]);
    expect(group?.facts.map((fact) => factSchema.safeParse(fact).success)).toEqual([true, true, true]);
    expect(group?.facts[0]).toEqual({
      id: 'META/capex_cash/2024-04-01..2024-06-30/cash_ppe/2024-07-31',
      subject: 'META',
      metric: 'capex_cash',
      label: '2024 Q2',
      period: { start: '2024-04-01', end: '2024-06-30' },
      value: 8_173,
      unit: 'USD_M',
      basis: 'cash_ppe',
      published: '2024-07-31',
      time: '16:05',
      source: {
        title: 'Meta 10-Q 0000000000-24-070031',
        url: 'https://www.sec.gov/Archives/edgar/data/1326801/000000000024070031/report.htm',
      },
      note: '14573−6400 (half-year less first quarter)',
    });
    expect(await stored(store)).toEqual(wholeSummer);
  });
});

describe('a known figure', () => {
  const known = (change: Partial<Omit<Fact, 'id'>>): Fact => {
    const plain: Omit<Fact, 'id'> = {
      subject: 'META',
      metric: 'capex_cash',
      label: '2024 Q1',
      period: { start: '2024-01-01', end: '2024-03-31' },
      value: 6_400,
      unit: 'USD_M',
      basis: 'cash_ppe',
      published: '2024-04-24',
      source: { title: 'A release', url: 'https://www.sec.gov/' },
      ...change,
    };
    return { id: factId(plain), ...plain };
  };

  it('is not reported again, whatever its day among the curated facts', async () => {
    const { refresh, store } = await withReports();
    await refresh({
      companies: meta,
      curated: [
        known({}),
        known({ metric: 'revenue', basis: 'total_revenue', value: 25_600, published: '2024-06-01' }),
      ],
    });
    expect((await store.known('META')).map(summaryOf)).toEqual(['operating_cash_flow 2024 Q1 12800 2024-04-25']);
  });

  it('is superseded by a different value that was filed later', async () => {
    const { refresh, store } = await withReports();
    await refresh({ companies: meta, curated: [known({ value: 6_390 })] });
    const [capex] = (await store.known('META')).filter(({ metric }) => metric === 'capex_cash');
    expect(capex).toMatchObject({ value: 6_400, supersedes: known({ value: 6_390 }).id });
  });

  it('stays if a filing of the same day has another value', async () => {
    const { refresh, store, logged } = await withReports();
    await refresh({ companies: meta, curated: [known({ value: 6_390, published: '2024-04-25' })] });
    expect((await store.known('META')).map(({ metric }) => metric)).toEqual(['operating_cash_flow', 'revenue']);
    expect(logged).toContainEqual(
      expect.objectContaining({ msg: 'Filing contradicts a known figure; keeping the known one', value: 6_400 }),
    );
  });

  it('on another basis is another figure', async () => {
    const { refresh, store } = await withReports();
    await refresh({ companies: meta, curated: [known({ basis: 'company_capex' })] });
    expect((await store.known('META')).map(({ metric }) => metric)).toContain('capex_cash');
  });

  it('keeps its days, so that the ledger has one quarter and not two', async () => {
    const { refresh, store } = await withReports();
    const shelf = [known({ value: 6_390, period: { start: '2024-01-02', end: '2024-03-31' } })];
    await refresh({ companies: meta, curated: shelf });
    const ledger = createLedger([...shelf, ...(await store.known('META'))]);
    expect(ledger.quarters('META', 'capex_cash', '2024-12-31').map(({ value }) => value)).toEqual([6_400]);
  });
});

describe('a restatement', () => {
  const first: readonly Report[] = [
    [tenQ('2023-10-26'), { '2023-01-01/2023-09-30': 19_601 }],
    [tenK('2024-02-02'), { '2023-01-01/2023-12-31': 27_266 }],
  ];
  const again: readonly Report[] = [
    [tenQ('2024-10-31'), { '2023-01-01/2023-09-30': 19_453 }],
    [tenK('2025-01-30'), { '2023-01-01/2023-12-31': 27_045 }],
  ];

  it('is a new fact that supersedes the first, which stays as previously known', async () => {
    const { refresh, double, store } = await withReports();
    setFigures(double, META, first);
    list(double, META, ...first.map(([filing]) => filing));
    await refresh({ companies: meta });
    setFigures(double, META, [...first, ...again]);
    list(double, META, ...again.map(([filing]) => filing));
    const { newQuarters } = await refresh({ companies: meta });
    expect(newQuarters[0]?.facts.filter(({ metric }) => metric === 'capex_cash')).toMatchObject([
      {
        value: 7_592,
        published: '2025-01-30',
        supersedes: 'META/capex_cash/2023-10-01..2023-12-31/cash_ppe/2024-02-02',
      },
    ]);
    const ledger = createLedger(await store.known('META'));
    expect(ledger.latest('META', 'capex_cash', '2024-12-31')?.value).toBe(7_665);
    expect(ledger.latest('META', 'capex_cash', '2025-01-30')?.value).toBe(7_592);
    expect(await refresh({ companies: meta })).toMatchObject({ newQuarters: [] });
  });

  it('is reported once, even if both values are read in one refresh', async () => {
    const { refresh, double, store } = await withReports();
    setFigures(double, META, [...first, ...again]);
    list(double, META, ...[...first, ...again].map(([filing]) => filing));
    await refresh({ companies: meta });
    list(double, META, tenQ('2025-04-30'));
    await refresh({ companies: meta, now: Date.parse('2025-06-01') });
    const capex = (await store.known('META')).filter(({ metric }) => metric === 'capex_cash');
    expect(capex.map(({ value }) => value)).toEqual([7_665, 7_592]);
  });
});
