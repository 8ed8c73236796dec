import { describe, expect, test } from 'vitest';
import { refreshDocuments } from '../../../../src/facts/edgar/documents/refresh-documents.ts';
import { DAY_MS, HOUR_MS } from '../../../../src/util/durations.ts';
import { amounts, report } from '../inline/report.ts';
import { filer } from '../segments/marks.ts';
import { stage } from '../setup.ts';
import { createMemoryDocuments } from './memory-documents.ts';

const META = 1326801;
const CONTRACTS = 'us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax';
const ADS = {
  'srt:ProductOrServiceAxis': 'us-gaap:AdvertisingMember',
  'us-gaap:StatementBusinessSegmentsAxis': 'meta:FamilyOfAppsMember',
};
const ACCESSION = '0001326801-24-000069';
const OUTLOOK = '<p>We expect 2024 capital expenditures of $37-40 billion.</p>';

/** Meta's 10-Q of the summer of 2024: advertising 38,329. */
const summer = report(amounts(CONTRACTS, ADS, { '2024-04-01/2024-06-30': '38,329' }), OUTLOOK);

/** It is noon in New York on 1 August 2024, and the 10-Q of that day is listed. */
const scene = async () => {
  const staged = await stage();
  const store = createMemoryDocuments();
  staged.time.advance(4 * HOUR_MS);
  staged.double.addFiling(META, { accession: ACCESSION, form: '10-Q', filed: '2024-08-01', document: 'meta.htm' });
  const put = (body: string, type = 'text/html') =>
    staged.double.setDocument(META, ACCESSION, 'meta.htm', { body, type });
  const refresh = (options: Partial<Parameters<typeof refreshDocuments>[0]> = {}) =>
    refreshDocuments({
      ...{ client: staged.client, companies: [filer('META')], documents: store.documents, curated: [] },
      ...{ now: staged.time.clock(), log: staged.log, ...options },
    });
  const warnings = () =>
    staged.logged.filter(({ level, msg }) => Number(level) >= 40 && !String(msg).includes('rate limiting'));
  const asked = () => staged.double.requests.filter(({ endpoint }) => endpoint === 'document').length;
  return { ...staged, store, put, refresh, warnings, asked };
};

test('a new report gives its segment figures and its guidance, and is read once', async () => {
  const { put, refresh, store, asked } = await scene();
  put(summer);
  const first = await refresh();
  expect(first.read.map(({ subject, facts, proposals }) => [subject, facts.length, proposals])).toEqual([
    ['META', 1, 1],
  ]);
  expect(store.facts).toMatchObject([
    { metric: 'ad_revenue', label: '2024 Q2', value: 38_329, published: '2024-08-01', time: '16:05' },
  ]);
  expect(store.proposals).toMatchObject([{ fact: { metric: 'capex_guidance', low: 37_000, high: 40_000 } }]);
  expect(await refresh()).toEqual({ read: [], failed: [], waiting: [] });
  expect(asked()).toBe(1);
});

test('one that is listed and not there yet is waited for', async () => {
  const { put, refresh, store } = await scene();
  expect(await refresh()).toEqual({ read: [], failed: [], waiting: ['META'] });
  put(summer);
  expect((await refresh()).waiting).toEqual([]);
  expect(store.facts).toHaveLength(1);
});

test('one that was cut off changes nothing, and is asked for again', async () => {
  const { put, refresh, store, double, warnings } = await scene();
  put(summer);
  double.fail({ fault: 'truncated', on: ['document'], times: 4 });
  const { failed } = await refresh();
  expect(failed).toEqual([
    { subject: 'META', reason: expect.stringMatching(/meta\.htm was cut off; new figures are delayed$/) },
  ]);
  expect([store.facts, store.proposals, store.read]).toEqual([[], [], []]);
  expect(warnings()).toHaveLength(1);
  expect((await refresh()).failed).toEqual([]);
  expect(store.facts).toHaveLength(1);
});

test('what no figure of the entry is found in is one line with company and metric, and is not asked for again', async () => {
  const { put, refresh, store, warnings, asked } = await scene();
  put(
    report(amounts(CONTRACTS, { 'srt:ProductOrServiceAxis': 'meta:AdsMember' }, { '2024-04-01/2024-06-30': '38,329' })),
  );
  await refresh();
  await refresh();
  expect(warnings()).toMatchObject([
    {
      subject: 'META',
      company: 'Meta',
      metric: 'ad_revenue',
      msg: 'A report has no such segment; its layout may have changed',
    },
  ]);
  expect([store.facts, asked()]).toEqual([[], 1]);
  expect(store.open.get('META')).toEqual([{ state: 'absent', metric: 'ad_revenue', filed: '2024-08-01' }]);
});

test('a figure that cannot be right is named and left out', async () => {
  const { put, refresh, store, warnings } = await scene();
  put(
    report([
      ...amounts(CONTRACTS, ADS, { '2024-04-01/2024-06-30': '39,072' }),
      ...amounts(CONTRACTS, {}, { '2024-04-01/2024-06-30': '39,071' }),
    ]),
  );
  await refresh();
  expect(store.facts).toEqual([]);
  expect(warnings()).toMatchObject([{ metric: 'ad_revenue', doubt: 'above the total', value: 39_072_000_000 }]);
  expect(store.open.get('META')).toEqual([{ state: 'held', metric: 'ad_revenue', filed: '2024-08-01' }]);
});

describe('a page of another kind in the place of a report', () => {
  test.each([
    ['a PDF', '%PDF-1.7', 'application/pdf', /is application\/pdf instead of a document/],
    ['a notice of maintenance', '<html><body>Back soon.</body></html>', 'text/html', /^meta\.htm has no inline XBRL$/],
  ])('%s is asked for again, for two days', async (_, body, type, reason) => {
    const { put, refresh, store, time, warnings } = await scene();
    put(body, type);
    expect((await refresh()).failed).toEqual([{ subject: 'META', reason: expect.stringMatching(reason) }]);
    time.advance(HOUR_MS);
    put(summer);
    expect((await refresh()).failed).toEqual([]);
    expect(store.facts).toHaveLength(1);
    expect(warnings()).toHaveLength(1);
  });

  test('after two days it is given up, once', async () => {
    const { put, refresh, store, time, warnings, asked } = await scene();
    put('<html><body>Back soon.</body></html>');
    time.advance(2 * DAY_MS);
    expect(await refresh()).toEqual({ read: [], failed: [], waiting: [] });
    expect(warnings()).toMatchObject([{ subject: 'META', document: 'meta.htm', msg: 'Document given up' }]);
    await refresh();
    expect([store.facts, asked()]).toEqual([[], 1]);
    expect(store.open.get('META')).toEqual([{ state: 'unread', metric: 'ad_revenue', filed: '2024-08-01' }]);
  });
});

describe('what is noted as open of a segment', () => {
  const wrong = report(
    amounts(CONTRACTS, { 'srt:ProductOrServiceAxis': 'meta:AdsMember' }, { '2024-04-01/2024-06-30': '38,329' }),
  );
  const AUTUMN = { accession: '0001326801-24-000081', form: '10-Q', filed: '2024-10-31', document: 'autumn.htm' };
  const autumn = report(amounts(CONTRACTS, ADS, { '2024-07-01/2024-09-30': '39,885' }));
  const open = { state: 'absent', metric: 'ad_revenue', filed: '2024-08-01' };

  test('stays when the next report has its own figure, and ends when the figure comes by another way', async () => {
    const { put, refresh, store, double, time } = await scene();
    put(wrong);
    await refresh();
    time.advance(91 * DAY_MS);
    double.addFiling(META, AUTUMN);
    double.setDocument(META, AUTUMN.accession, AUTUMN.document, { body: autumn });
    await refresh();
    expect(store.facts.map(({ label }) => label)).toEqual(['2024 Q3']);
    expect(store.open.get('META')).toEqual([open]);
    const [third] = store.facts;
    if (!third) throw new Error('no third quarter');
    const second = { ...third, id: 'META/second', period: { start: '2024-04-01', end: '2024-06-30' } };
    await refresh({ curated: [{ ...second, metric: 'revenue' }] });
    await refresh({ curated: [{ ...second, period: { start: '2023-07-01', end: '2024-06-30' } }] });
    expect(store.open.get('META')).toEqual([open]);
    await refresh({ curated: [second] });
    expect(store.open.get('META')).toEqual([]);
  });

  test('ends after 400 days', async () => {
    const { put, refresh, store, time } = await scene();
    put(wrong);
    await refresh();
    time.advance(399 * DAY_MS);
    await refresh();
    expect(store.open.get('META')).toEqual([open]);
    time.advance(DAY_MS);
    await refresh();
    expect(store.open.get('META')).toEqual([]);
  });

  test('is not a figure that the ledger has already, nor a wrong one of the year before', async () => {
    const { put, refresh, store } = await scene();
    put(summer);
    await refresh();
    const again = createMemoryDocuments();
    put(wrong);
    await refresh({ documents: again.documents, curated: store.facts });
    expect([again.read.length, again.open.get('META')]).toEqual([1, []]);
    const comparative = createMemoryDocuments();
    const both = { '2024-04-01/2024-06-30': '38,329', '2023-04-01/2023-06-30': '-31,498' };
    put(report(amounts(CONTRACTS, ADS, both)));
    await refresh({ documents: comparative.documents });
    expect([comparative.facts.length, comparative.open.get('META')]).toEqual([1, []]);
  });

  test('is a fourth quarter that does not follow, too', async () => {
    const { refresh, store, double, time } = await scene();
    const tenK = { accession: '0001326801-25-000017', form: '10-K', filed: '2025-01-30', document: 'year.htm' };
    double.addFiling(META, tenK);
    double.setDocument(META, tenK.accession, tenK.document, {
      body: report(amounts(CONTRACTS, ADS, { '2024-01-01/2024-12-31': '160,633' })),
    });
    time.advance(183 * DAY_MS);
    await refresh();
    expect(store.open.get('META')).toEqual([{ state: 'underived', metric: 'ad_revenue', filed: '2025-01-30' }]);
  });

  test('is nothing where only an exhibit is given up', async () => {
    const { put, refresh, store, double, time } = await scene();
    put(summer);
    double.addFiling(META, {
      ...{ accession: '0001326801-24-000064', form: '8-K', filed: '2024-07-31', items: '2.02,9.01' },
      document: 'meta8k.htm',
    });
    time.advance(3 * DAY_MS);
    await refresh();
    expect([store.read.length, store.open.get('META')]).toEqual([2, []]);
  });
});

test('guidance that cannot be read is one line with its sentence, and no proposal', async () => {
  const { put, refresh, store, logged } = await scene();
  const sentence = 'We expect capital expenditures to increase by $5 billion in 2024.';
  put(report(amounts(CONTRACTS, ADS, { '2024-04-01/2024-06-30': '38,329' }), `<p>${sentence}</p><p>${sentence}</p>`));
  await refresh();
  expect(logged.filter(({ msg }) => msg === 'Guidance in a document cannot be read')).toMatchObject([
    { subject: 'META', metric: 'capex_guidance', sentence, why: 'no range' },
  ]);
  expect(store.proposals).toEqual([]);
});

describe('the exhibit of a release', () => {
  const RELEASE = {
    accession: '0001326801-24-000064',
    form: '8-K',
    filed: '2024-07-31',
    items: '2.02,9.01',
    document: 'meta8k.htm',
  };

  test('has text alone: its guidance counts from the minute of the release, and the report after it adds none', async () => {
    const { put, refresh, store, double, warnings } = await scene();
    put(summer);
    double.addFiling(META, { ...RELEASE, exhibits: { 'EX-99.1': 'ex991.htm' } });
    double.setDocument(META, RELEASE.accession, 'ex991.htm', { body: `<html><body>${OUTLOOK}</body></html>` });
    const found = await refresh();
    expect(found.read.map(({ document: { form }, proposals }) => [form, proposals])).toEqual([
      ['8-K', 1],
      ['10-Q', 0],
    ]);
    expect(store.proposals.map(({ fact }) => fact)).toMatchObject([
      {
        ...{ published: '2024-07-31', time: '16:05', low: 37_000, high: 40_000 },
        source: {
          title: 'Meta 8-K 0001326801-24-000064, exhibit 99.1',
          url: 'https://www.sec.gov/Archives/edgar/data/1326801/000132680124000064/ex991.htm',
        },
      },
    ]);
    // An exhibit has no segments, and none are missed.
    expect(warnings()).toEqual([]);
    const before = double.requests.length;
    await refresh();
    expect(double.requests.slice(before).map(({ endpoint }) => endpoint)).toEqual(['submissions']);
  });

  test('that the index does not name holds nothing up, and is given up after two days', async () => {
    const { put, refresh, store, double, time } = await scene();
    put(summer);
    double.addFiling(META, RELEASE);
    expect(await refresh()).toMatchObject({ failed: [], waiting: [] });
    time.advance(3 * DAY_MS);
    await refresh();
    expect(store.read).toContain(`${RELEASE.accession}/EX-99.1`);
  });

  test('is not looked for where the entry names no guidance', async () => {
    const { refresh, double } = await scene();
    double.addFiling(META, RELEASE);
    const { guidance: _, ...bare } = filer('META');
    await refresh({ companies: [bare] });
    expect(double.requests.map(({ endpoint }) => endpoint)).not.toContain('index');
  });
});

test('reports are read oldest first, so that a fourth quarter finds the third', async () => {
  const { put, refresh, store, double, time } = await scene();
  put(report([]));
  // Meta's quarters of 2024: 35,635, 38,329, 39,885 and, in its release, 46,783. They add up to the year less one.
  const tenK = { accession: '0001326801-25-000017', form: '10-K', filed: '2025-01-30', document: 'year.htm' };
  const tenQ = { accession: '0001326801-24-000081', form: '10-Q', filed: '2024-10-31', document: 'autumn.htm' };
  for (const filing of [tenK, tenQ]) double.addFiling(META, filing);
  double.setDocument(META, tenK.accession, tenK.document, {
    body: report(amounts(CONTRACTS, ADS, { '2024-01-01/2024-12-31': '160,633' })),
  });
  const three = {
    '2024-01-01/2024-03-31': '35,635',
    '2024-04-01/2024-06-30': '38,329',
    '2024-07-01/2024-09-30': '39,885',
  };
  double.setDocument(META, tenQ.accession, tenQ.document, { body: report(amounts(CONTRACTS, ADS, three)) });
  time.advance(183 * DAY_MS);
  await refresh();
  expect(store.facts.map(({ label, value }) => `${label} ${value}`)).toEqual([
    '2024 Q1 35635',
    '2024 Q2 38329',
    '2024 Q3 39885',
    '2024 Q4 46784',
  ]);
  // The report of the summer is older than 120 days.
  expect(store.read).toEqual([`${tenQ.accession}/autumn.htm`, `${tenK.accession}/year.htm`]);
});

test('what is in the curated figures is not told again', async () => {
  const { put, refresh, store } = await scene();
  put(summer);
  await refresh();
  const again = createMemoryDocuments();
  await refresh({ documents: again.documents, curated: [...store.facts, ...store.proposals.map(({ fact }) => fact)] });
  expect([again.facts, again.proposals]).toEqual([[], []]);
  expect(again.read).toHaveLength(1);
});

test('one company that fails does not keep the others from being read, but a dead network does', async () => {
  const { put, refresh, double, asked } = await scene();
  put('%PDF', 'application/pdf');
  const companies = [filer('META'), filer('NVDA')];
  double.addFiling(1045810, {
    accession: '0001045810-24-000264',
    form: '10-Q',
    filed: '2024-08-01',
    document: 'nvda.htm',
  });
  const { failed, waiting } = await refresh({ companies });
  expect([failed.map(({ subject }) => subject), waiting]).toEqual([['META'], ['NVDA']]);
  const before = asked();
  double.fail({ fault: 'disconnect', times: 99 });
  expect((await refresh({ companies })).failed.map(({ subject }) => subject)).toEqual(['META']);
  expect(asked()).toBe(before);
});

test('a company whose entry names neither segments nor guidance is not asked for', async () => {
  const { refresh, double } = await scene();
  const { segments: _, guidance: __, ...bare } = filer('META');
  expect(await refresh({ companies: [bare] })).toEqual({ read: [], failed: [], waiting: [] });
  expect(double.requests).toEqual([]);
});
