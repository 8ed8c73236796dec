import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../src/facts/fact.ts';
import { createLedger } from '../../../src/facts/ledger.ts';
import { newYorkTime } from '../../../src/market/exchange-time.ts';
import type { DoubleFiling } from '../../doubles/edgar/index.ts';
import { list, META, meta, type Report, setFigures, spring, withReports } from './reports.ts';
import { filed, spelled, tenQ } from './rows.ts';

const HOUR_MS = 3_600_000;
const FOLDER = 'https://www.sec.gov/Archives/edgar/data/1326801';

const release: DoubleFiling = {
  ...{ accession: '0001326801-24-000060', form: '8-K', filed: '2024-07-31', items: '2.02,9.01' },
  accepted: newYorkTime('2024-07-31', '16:06') + 30_000,
  document: 'meta-20240731.htm',
  exhibits: { 'EX-99.1': 'meta-06302024xexhibit991.htm', 'EX-104': 'cover.htm' },
};

const summer: Report = [tenQ('2024-08-01'), { '2024-01-01/2024-06-30': 14_573 }];
const report: DoubleFiling = {
  ...summer[0],
  accepted: newYorkTime('2024-07-31', '18:20'),
  document: 'meta-20240630.htm',
};

/** After the first look; the results of the summer are released, and not filed. */
const afterRelease = async (change: Partial<DoubleFiling> = {}) => {
  const scene = await withReports();
  await scene.refresh({ companies: meta });
  scene.time.advance(HOUR_MS);
  scene.double.addFiling(META, { ...release, ...change });
  const refreshAt = (time: string, day = '2024-07-31') =>
    scene.refresh({ companies: meta, now: newYorkTime(day, time) });
  const reportFiled = () => {
    scene.double.addFiling(META, report);
    setFigures(scene.double, META, [spring, summer]);
  };
  return { ...scene, refreshAt, reportFiled };
};

const told = ({ metric, published, time, knownBy, source }: Fact): string =>
  [metric, published, time ?? `by ${knownBy}`, source.title, source.url.replace(FOLDER, '')].join(' | ');

describe('results that are out before their report', () => {
  const released = { subject: 'META', state: 'released', at: release.accepted };

  it('are noted, and named in the log once, with the document', async () => {
    const { refreshAt, store, logged } = await afterRelease();
    for (const time of ['16:10', '16:15', '17:00'])
      expect(await refreshAt(time)).toEqual({ newQuarters: [], failed: [], waiting: [], open: [released] });
    expect(await store.open('META')).toEqual([{ state: 'released', at: release.accepted }]);
    expect(logged.filter(({ msg }) => String(msg).startsWith('Results are out'))).toMatchObject([
      { subject: 'META', at: '2024-07-31T20:06:30.000Z', document: `${FOLDER}/000132680124000060/meta-20240731.htm` },
    ]);
  });

  it('are noted no more where the list of filings has them no more', async () => {
    const { refreshAt, store, double } = await afterRelease();
    await refreshAt('16:10');
    double.fail({ fault: 'stale', on: ['submissions'], asOf: double.requests[0]?.at ?? 0 });
    await refreshAt('16:15');
    expect(await store.open('META')).toEqual([]);
    expect(await refreshAt('16:20')).toMatchObject({ open: [released] });
  });

  it('cost no request for figures', async () => {
    const { refreshAt, double } = await afterRelease();
    const before = double.requests.length;
    await refreshAt('16:10');
    expect(double.requests.slice(before).map(({ endpoint }) => endpoint)).toEqual(['submissions']);
  });

  it('date the figures of the report, and are their source: exhibit 99.1', async () => {
    const { refreshAt, reportFiled } = await afterRelease();
    await refreshAt('16:10');
    reportFiled();
    const { newQuarters, open } = await refreshAt('18:30');
    const source = 'Meta 8-K 0001326801-24-000060, exhibit 99.1 | /000132680124000060/meta-06302024xexhibit991.htm';
    expect(newQuarters[0]?.facts.map(told)).toEqual(
      ['capex_cash', 'operating_cash_flow', 'revenue'].map((it) => `${it} | 2024-07-31 | 16:06 | ${source}`),
    );
    expect(newQuarters[0]?.facts[0]?.note).toBe('14573−6400 (half-year less first quarter), 10-Q 0000000000-24-080001');
    expect(open).toEqual([]);
  });

  it('are known from their minute on, and not before', async () => {
    const { refreshAt, reportFiled, store } = await afterRelease();
    reportFiled();
    await refreshAt('18:30');
    const ledger = createLedger(await store.known('META'));
    const capex = (asOf: string) => ledger.latest('META', 'capex_cash', asOf)?.value;
    expect([capex('2024-07-31T16:05'), capex('2024-07-31T16:06')]).toEqual([6_400, 8_173]);
  });

  it.each([
    ['the index is not there', { exhibits: undefined }],
    ['the index has no exhibit 99.1', { exhibits: { 'EX-104': 'cover.htm' } }],
  ])('are cited by their primary document where %s', async (_, change) => {
    const { refreshAt, reportFiled } = await afterRelease(change);
    reportFiled();
    const { newQuarters } = await refreshAt('18:30');
    expect(newQuarters[0]?.facts[0]?.source).toEqual({
      title: 'Meta 8-K 0001326801-24-000060',
      url: `${FOLDER}/000132680124000060/meta-20240731.htm`,
    });
  });

  it('are not held up by an index that cannot be read', async () => {
    const { refreshAt, reportFiled, double, logged } = await afterRelease();
    reportFiled();
    double.fail({ fault: 'unavailable', on: ['index'], times: 4 });
    const { newQuarters, failed } = await refreshAt('18:30');
    expect(newQuarters[0]?.facts[0]?.source.url).toBe(`${FOLDER}/000132680124000060/meta-20240731.htm`);
    expect(failed).toEqual([]);
    expect(logged.filter(({ msg }) => msg === 'The index of a release cannot be read')).toHaveLength(1);
  });

  it('are looked up in no index when they are old', async () => {
    const { refresh, double, reportFiled } = await afterRelease();
    reportFiled();
    await refresh({ companies: meta, now: newYorkTime('2024-10-15', '12:00') });
    expect(double.requests.filter(({ endpoint }) => endpoint === 'index')).toEqual([]);
  });

  it('do not date what is in the report’s notes alone, nor its comparatives', async () => {
    const { refresh, reportFiled, double } = await afterRelease();
    reportFiled();
    const comparative = { '2023-01-01/2023-03-31': 7_000 };
    double.setConcept(
      META,
      'FinanceLeasePrincipalPayments',
      spelled(filed(summer[0], { '2024-04-01/2024-06-30': 299 })),
    );
    double.setConcept(
      META,
      'NetCashProvidedByUsedInOperatingActivities',
      spelled([...filed(spring[0], { '2024-01-01/2024-03-31': 12_800 }), ...filed(summer[0], comparative)]),
    );
    const [company] = meta;
    if (!company) throw new Error('no company');
    const tags = [{ tag: 'FinanceLeasePrincipalPayments' }];
    const figures = { ...company.figures, finance_lease_principal: { basis: 'note_to_the_accounts', tags } } as const;
    const now = newYorkTime('2024-07-31', '18:30');
    const { newQuarters } = await refresh({ companies: [{ ...company, figures }], now });
    const ofReport = 'Meta 10-Q 0000000000-24-080001 | /000000000024080001/meta-20240630.htm';
    expect(newQuarters[0]?.facts.map(told)).toEqual(
      expect.arrayContaining([
        `finance_lease_principal | 2024-07-31 | 18:20 | ${ofReport}`,
        `operating_cash_flow | 2024-07-31 | 18:20 | ${ofReport}`,
      ]),
    );
  });

  it('whose time is no minute count from a bound', async () => {
    const { refreshAt, reportFiled } = await afterRelease({ accepted: newYorkTime('2024-07-31', '10:30') });
    reportFiled();
    const { newQuarters } = await refreshAt('18:30');
    expect(newQuarters[0]?.facts.map(told)[0]).toMatch(/^capex_cash \| 2024-07-31 \| by 14:30 \| Meta 8-K/);
  });

  it('may be told in New York’s time with a Z', async () => {
    const { refreshAt, reportFiled } = await afterRelease({ stamp: 'new-york' });
    reportFiled();
    const { newQuarters } = await refreshAt('18:30');
    expect(newQuarters[0]?.facts.map(told)[0]).toMatch(/^capex_cash \| 2024-07-31 \| 16:06 \| Meta 8-K/);
  });

  it('are awaited with the figures of a report that is listed without them, and from then on with each figure', async () => {
    const { refreshAt, double } = await afterRelease();
    await refreshAt('16:10');
    double.addFiling(META, report);
    expect(await refreshAt('18:25')).toMatchObject({ waiting: ['META'], open: [released] });
    expect((await refreshAt('12:00', '2024-08-03')).open).toMatchObject([
      { state: 'awaited', metric: 'capex_cash', filed: '2024-08-01' },
      { state: 'awaited' },
      { state: 'awaited' },
    ]);
    setFigures(double, META, [spring, summer]);
    const { newQuarters, open } = await refreshAt('12:00', '2024-08-05');
    expect(newQuarters[0]?.facts).toHaveLength(3);
    expect(open).toEqual([]);
  });

  it('are noted on a first look, too', async () => {
    const { double, refresh, store } = await withReports();
    double.addFiling(META, release);
    const { newQuarters, open } = await refresh({ companies: meta });
    expect(newQuarters).toMatchObject([{ first: true }]);
    expect(open).toEqual([released]);
    expect(await store.open('META')).toEqual([{ state: 'released', at: release.accepted }]);
  });
});

it('preliminary figures under the same item are neither noted nor dated by', async () => {
  const { refreshAt, reportFiled, store } = await afterRelease({
    filed: '2024-07-05',
    accepted: newYorkTime('2024-07-05', '09:05'),
  });
  expect((await refreshAt('16:10')).open).toEqual([]);
  reportFiled();
  await refreshAt('18:30');
  const capex = (await store.known('META')).filter(
    ({ metric, label }) => metric === 'capex_cash' && label === '2024 Q2',
  );
  expect(capex.map(told)).toEqual([
    'capex_cash | 2024-07-31 | 18:20 | Meta 10-Q 0000000000-24-080001 | /000000000024080001/meta-20240630.htm',
  ]);
});

it('a list that is older than the one before brings nothing twice and loses nothing', async () => {
  const { refresh, double, store, time } = await withReports();
  await refresh({ companies: meta });
  const earlier = time.clock();
  time.advance(HOUR_MS);
  double.addFiling(META, release);
  list(double, META, summer[0]);
  setFigures(double, META, [spring, summer]);
  const now = newYorkTime('2024-08-01', '18:30');
  expect((await refresh({ companies: meta, now })).newQuarters).toHaveLength(1);
  const before = await store.known('META');
  double.fail({ fault: 'stale', on: ['submissions'], asOf: earlier, times: 1 });
  for (let round = 1; round < 4; round += 1) {
    const { newQuarters, failed } = await refresh({ companies: meta, now: now + round * HOUR_MS });
    expect([newQuarters, failed]).toEqual([[], []]);
  }
  expect(await store.known('META')).toEqual(before);
  expect(await store.seen('META')).toBe(summer[0].accession);
});
