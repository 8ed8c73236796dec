import { describe, expect, it, test } from 'vitest';
import { readCompanyfacts } from '../../../src/facts/edgar/companyfacts.ts';
import { type Fact, factId } from '../../../src/facts/fact.ts';
import { sharedOrSkip } from '../../shared.ts';
import { list, META, meta, PPE, setFigures, spring, summaryOf, summer, withReports } from './reports.ts';
import { type Filing, filed, spelled, tenQ } from './rows.ts';

const HOUR_MS = 3_600_000;
const QUARTER = '2024-01-01/2024-03-31';
const HALF = '2024-01-01/2024-06-30';
const CASH = 'NetCashProvidedByUsedInOperatingActivities';

/** When the report of the summer was accepted. */
const RELEASED = { subject: 'META', state: 'released', at: Date.parse('2024-07-31T20:05:00Z') };

const afterFirstRead = async (listed: Filing = summer[0]) => {
  const scene = await withReports();
  await scene.refresh({ companies: meta });
  list(scene.double, META, listed);
  /** A refresh some hours after the report was listed. */
  const refreshAfter = (hours: number) =>
    scene.refresh({ companies: meta, now: Date.parse('2024-07-31T12:00:00Z') + hours * HOUR_MS });
  const named = (text: string) => scene.logged.filter(({ msg }) => String(msg).includes(text));
  return { ...scene, refreshAfter, named };
};

describe('figures that are later than two days', () => {
  it.each([72, 168, 600])('are read when they come after %i hours', async (hours) => {
    const { double, refreshAfter, named } = await afterFirstRead();
    for (let waited = 0; waited < hours; waited += 24) expect((await refreshAfter(waited)).newQuarters).toEqual([]);
    expect((await refreshAfter(hours)).open).toEqual(
      ['capex_cash', 'operating_cash_flow', 'revenue'].map((metric) => ({
        ...{ subject: 'META', state: 'awaited', metric },
        filed: '2024-07-31',
      })),
    );
    expect(named('still waiting')).toMatchObject([
      { subject: 'META', metrics: ['capex_cash', 'operating_cash_flow', 'revenue'] },
    ]);
    setFigures(double, META, [spring, summer]);
    const { newQuarters, open } = await refreshAfter(hours + 1);
    expect(newQuarters[0]).toMatchObject({ first: false, newest: { label: '2024 Q2' } });
    expect(newQuarters[0]?.facts).toHaveLength(3);
    expect(open).toEqual([]);
    const before = double.requests.length;
    await refreshAfter(hours + 25);
    expect(double.requests.slice(before).map(({ endpoint }) => endpoint)).toEqual(['submissions']);
  });

  it('do not hold the others back, and are still taken once they are there', async () => {
    const { double, refreshAfter } = await afterFirstRead();
    setFigures(double, META, [spring, summer], [CASH]);
    expect(await refreshAfter(24)).toMatchObject({ newQuarters: [], waiting: ['META'], open: [RELEASED] });
    const partly = await refreshAfter(72);
    expect(partly.newQuarters[0]?.facts.map(({ metric }) => metric)).toEqual(['operating_cash_flow']);
    expect(partly.open).toMatchObject([{ metric: 'capex_cash' }, { metric: 'revenue' }]);
    setFigures(double, META, [spring, summer]);
    const rest = (await refreshAfter(170)).newQuarters[0]?.facts.map(({ metric }) => metric);
    expect(rest).toEqual(['capex_cash', 'revenue']);
  });

  it('are lost once the next report lacks them, too, which is said and still asked for', async () => {
    const { double, refreshAfter, named } = await afterFirstRead();
    const autumn = tenQ('2024-10-30');
    list(double, META, autumn);
    double.setConcept(META, PPE, spelled(filed(spring[0], { [QUARTER]: 6_400 })));
    const others = [CASH, 'RevenueFromContractWithCustomerExcludingAssessedTax'];
    setFigures(double, META, [spring, summer, [autumn, { '2024-01-01/2024-09-30': 22_000 }]], others);
    const lost = [{ subject: 'META', state: 'lost', metric: 'capex_cash', filed: '2024-10-30' }];
    expect((await refreshAfter(2_400)).open).toEqual(lost);
    expect((await refreshAfter(2_424)).open).toEqual(lost);
    expect(named('lack a figure')).toMatchObject([{ subject: 'META', metric: 'capex_cash', tags: [PPE] }]);
    setFigures(double, META, [spring, summer, [autumn, { '2024-01-01/2024-09-30': 22_000 }]], [PPE]);
    const { newQuarters, open } = await refreshAfter(2_448);
    expect(newQuarters[0]?.facts.map(summaryOf)).toContain('capex_cash 2024 Q3 7427 2024-10-30');
    expect(open).toEqual([]);
  });
});

describe('a figure that cannot be right', () => {
  it.each([
    ['with its sign turned', { [HALF]: -14_573 }, -14_573],
    ['in thousands', { [HALF]: 14.573 }, 14.573],
    ['in thousands, of three months', { '2024-04-01/2024-06-30': 8.173 }, 8.173],
  ])('%s is held back and named once, and its amendment is taken', async (_, wrong, value) => {
    const { double, refreshAfter, named, store } = await afterFirstRead();
    setFigures(double, META, [spring, summer]);
    const rows = [...filed(spring[0], { [QUARTER]: 6_400 }), ...filed(summer[0], wrong)];
    double.setConcept(META, PPE, spelled(rows));
    const first = await refreshAfter(1);
    expect(first.newQuarters[0]?.facts.map(({ metric }) => metric)).toEqual(['operating_cash_flow', 'revenue']);
    expect(first.open).toEqual([{ subject: 'META', state: 'held', metric: 'capex_cash', filed: '2024-07-31' }]);
    await refreshAfter(25);
    expect(named('cannot be right')).toMatchObject([
      { subject: 'META', metric: 'capex_cash', accession: summer[0].accession, value: value * 1e6, before: 6_400e6 },
    ]);
    const amended = { ...tenQ('2024-08-12'), form: '10-Q/A' };
    list(double, META, amended);
    double.setConcept(META, PPE, spelled([...rows, ...filed(amended, { [HALF]: 14_573 })]));
    const { newQuarters, open } = await refreshAfter(12 * 24 + 1);
    expect(newQuarters[0]?.facts.map(summaryOf)).toEqual(['capex_cash 2024 Q2 8173 2024-08-12']);
    expect(open).toEqual([]);
    expect((await store.known('META')).map(({ value: each }) => each ?? 0).every((each) => each > 6_000)).toBe(true);
  });

  /** Six times the 6,400 of the year before, and not a hundred times what was filed last. */
  const LEAP: Readonly<Record<string, number>> = { '2025-01-01/2025-03-31': 38_500 };
  const leapt = tenQ('2025-04-30');

  const afterALeap = async () => {
    const scene = await withReports();
    await scene.refresh({ companies: meta });
    list(scene.double, META, leapt);
    setFigures(scene.double, META, [spring, [leapt, LEAP]]);
    const refreshOn = (day: string, curated: readonly Fact[] = []) =>
      scene.refresh({ companies: meta, curated, now: Date.parse(`${day}T21:00:00Z`) });
    const capex = async (): Promise<string[]> =>
      (await scene.store.known('META')).filter(({ metric }) => metric === 'capex_cash').map(summaryOf);
    return { ...scene, refreshOn, capex };
  };

  it('is more than five times that of the year before: held back, named, and taken when a later filing repeats it', async () => {
    const { double, refreshOn, capex, logged } = await afterALeap();
    const first = await refreshOn('2025-04-30');
    expect(first.newQuarters[0]?.facts.map(({ metric }) => metric)).toEqual(['operating_cash_flow']);
    expect(first.open).toEqual([
      { subject: 'META', state: 'held', metric: 'capex_cash', filed: '2025-04-30' },
      { subject: 'META', state: 'held', metric: 'revenue', filed: '2025-04-30' },
    ]);
    expect(logged).toContainEqual(expect.objectContaining({ metric: 'capex_cash', value: 38_500e6, before: 6_400e6 }));
    const repeating = tenQ('2025-07-30');
    list(double, META, repeating);
    setFigures(double, META, [spring, [leapt, LEAP], [repeating, { ...LEAP, '2025-01-01/2025-06-30': 78_000 }]]);
    expect((await refreshOn('2025-07-30')).open).toEqual([]);
    expect(await capex()).toContain('capex_cash 2025 Q1 38500 2025-04-30');
  });

  it('is not taken when a later filing corrects it instead', async () => {
    const { double, refreshOn, capex } = await afterALeap();
    await refreshOn('2025-04-30');
    const correcting = tenQ('2025-07-30');
    list(double, META, correcting);
    const right = { '2025-01-01/2025-03-31': 8_500, '2025-01-01/2025-06-30': 18_000 };
    setFigures(double, META, [spring, [leapt, LEAP], [correcting, right]]);
    expect((await refreshOn('2025-07-30')).open).toEqual([]);
    expect((await capex()).filter((text) => text.includes('2025 Q1'))).toEqual(['capex_cash 2025 Q1 8500 2025-07-30']);
  });

  it('is compared with the year before as its own filing restates that', async () => {
    const { double, refreshOn, capex } = await afterALeap();
    setFigures(double, META, [spring, [leapt, { ...LEAP, [QUARTER]: 9_000 }]]);
    expect((await refreshOn('2025-04-30')).open).toEqual([]);
    expect(await capex()).toContain('capex_cash 2025 Q1 38500 2025-04-30');
  });

  it('stays noted while the next report is waited for', async () => {
    const { double, refreshOn, store } = await afterALeap();
    await refreshOn('2025-04-30');
    list(double, META, tenQ('2025-07-30'));
    await refreshOn('2025-07-30');
    expect((await store.open('META')).map(({ state }) => state)).toEqual(['held', 'held', 'released']);
  });

  it('is not exactly five times as much', async () => {
    const { double, refreshOn, capex } = await afterALeap();
    setFigures(double, META, [spring, [leapt, { '2025-01-01/2025-03-31': 32_000 }]]);
    expect((await refreshOn('2025-04-30')).open).toEqual([]);
    expect(await capex()).toContain('capex_cash 2025 Q1 32000 2025-04-30');
  });

  it.each([
    ['is not named any more once a person has put just that into the ledger', 38_500, ['revenue']],
    ['is named, whatever else is in the ledger', 7_000, ['capex_cash', 'revenue']],
  ])('%s', async (_, value, named) => {
    const { refreshOn } = await afterALeap();
    const plain: Omit<Fact, 'id'> = {
      ...{ subject: 'META', metric: 'capex_cash', label: '2025 Q1', value, unit: 'USD_M', basis: 'cash_ppe' },
      ...{ period: { start: '2025-01-01', end: '2025-03-31' }, published: '2025-04-30', time: '16:05' },
      source: { title: 'Exhibit 99.1', url: 'https://www.sec.gov/' },
    };
    const { open } = await refreshOn('2025-04-30', [{ id: factId(plain), ...plain }]);
    expect(open).toMatchObject(named.map((metric) => ({ state: 'held', metric })));
  });

  it('is not one of cash flow, which may be below zero', async () => {
    const { double, refreshAfter } = await afterFirstRead();
    setFigures(double, META, [spring, summer]);
    const rows = [...filed(spring[0], { [QUARTER]: 12_800 }), ...filed(summer[0], { [HALF]: -100 })];
    double.setConcept(META, CASH, spelled(rows));
    const { newQuarters, open } = await refreshAfter(1);
    const found = newQuarters[0]?.facts.map(({ metric, value }) => [metric, value]);
    expect(found).toContainEqual(['operating_cash_flow', -12_900]);
    expect(open).toEqual([]);
  });

  it('is a difference below zero, too', async () => {
    const { double, refreshAfter } = await afterFirstRead();
    setFigures(double, META, [spring, summer]);
    const rows = [...filed(spring[0], { [QUARTER]: 6_400 }), ...filed(summer[0], { [HALF]: 5_000 })];
    double.setConcept(META, PPE, spelled(rows));
    const { newQuarters, open } = await refreshAfter(1);
    expect(newQuarters[0]?.facts.map(({ metric }) => metric)).not.toContain('capex_cash');
    expect(open).toMatchObject([{ state: 'held', metric: 'capex_cash' }]);
  });
});

test.for([
  ['13-sign-turned-or-scaled/companyfacts-sign.json', 'held', undefined],
  ['13-sign-turned-or-scaled/companyfacts-scale.json', 'held', undefined],
  ['13-sign-turned-or-scaled/companyfacts-amended.json', undefined, 8_173],
  ['12-figures-later-than-two-days/companyfacts-empty.json', 'awaited', undefined],
  ['12-figures-later-than-two-days/companyfacts-full.json', undefined, 8_173],
  ['12-figures-later-than-two-days/companyfacts-other-tag.json', 'awaited', undefined],
] as const)('the capex of the recorded %s is %s', async ([name, state, value], context) => {
  const path = sharedOrSkip(context, `cases/${name}`);
  const report = tenQ('2024-08-01', '0001326801-24-000069');
  const { double, refreshAfter, store } = await afterFirstRead(report);
  setFigures(double, META, [spring, [report, { [HALF]: 14_573 }]]);
  // The file's own report before it.
  list(double, META, tenQ('2024-04-26', '0001326801-24-000049'));
  double.setConcept(META, PPE, spelled(readCompanyfacts(path).rowsOf(PPE) ?? []));
  const { open } = await refreshAfter(168);
  const capexStates = open.flatMap((it) => (it.state !== 'released' && it.metric === 'capex_cash' ? [it.state] : []));
  expect(capexStates).toEqual(state ? [state] : []);
  const capex = (await store.known('META')).find(({ metric, label }) => metric === 'capex_cash' && label === '2024 Q2');
  expect(capex?.value).toBe(value);
});
