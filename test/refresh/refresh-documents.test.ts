import { expect, test } from 'vitest';
import { loadCompanies } from '../../src/facts/companies.ts';
import { createFactStore } from '../../src/facts/fact-store.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { createConfirmedJob } from '../../src/refresh/confirmed-job.ts';
import { refreshFromDocuments } from '../../src/refresh/refresh-documents.ts';
import { refreshFromFilings } from '../../src/refresh/refresh-facts.ts';
import { createRefreshJob } from '../../src/refresh/refresh-job.ts';
import { readFiledFacts } from '../../src/store/filed-facts.ts';
import { readJobRun } from '../../src/store/job-runs.ts';
import { readOpenNotes } from '../../src/store/open-notes.ts';
import { decideProposal, readProposals } from '../../src/store/proposals.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { amounts, report } from '../facts/edgar/inline/report.ts';
import { META, meta, setFigures } from '../facts/edgar/reports.ts';
import { stage } from '../facts/edgar/setup.ts';
import { openTestStore } from '../store/temporary.ts';

const ADS = { 'srt:ProductOrServiceAxis': 'us-gaap:AdvertisingMember' };
const SUMMER = report(
  amounts('us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax', ADS, { '2024-04-01/2024-06-30': '38,329' }),
  '<p>We expect 2024 capital expenditures of $37-40 billion.</p>',
);

const scene = async () => {
  const { double, client, log, time } = await stage();
  const store = await openTestStore();
  const filing = { accession: '0001326801-24-000069', form: '10-Q', filed: '2024-07-31', document: 'meta.htm' };
  double.addFiling(META, filing);
  double.setDocument(META, filing.accession, filing.document, { body: SUMMER });
  const parts = {
    ...{ store, client, log, factStore: createFactStore([], []), watchlist: loadWatchlist() },
    ...{ companies: { ...loadCompanies(), filers: meta }, timeZone: 'America/New_York' },
  };
  return { double, store, parts, time };
};

test('a report’s segment figures are in the store and in the ledger, its guidance only in the list', async () => {
  const { store, parts, time } = await scene();
  const { read } = await refreshFromDocuments(parts, time.clock());
  expect(read).toHaveLength(1);
  const stored = await readFiledFacts(store.db);
  expect(stored.map(({ metric, value }) => [metric, value])).toEqual([['ad_revenue', 38_329]]);
  expect(parts.factStore.ledger().known('2024-12-31')).toEqual(stored);
  expect((await readProposals(store.db)).map(({ state, fact }) => [state, fact.low, fact.high])).toEqual([
    ['open', 37_000, 40_000],
  ]);
  expect((await refreshFromDocuments(parts, time.clock())).read).toEqual([]);
  expect(await readProposals(store.db)).toHaveLength(1);
});

test('a store that fails in the middle keeps nothing of a document, and it is read again', async () => {
  const { store, parts, time } = await scene();
  const broken = {
    ...parts,
    store: {
      ...store,
      transaction: (work: Parameters<typeof store.transaction>[0]) =>
        store.transaction(async (db) => {
          await work(db);
          throw new Error('power cut');
        }),
    },
  } as typeof parts;
  expect((await refreshFromDocuments(broken, time.clock())).failed).toEqual([
    { subject: 'META', reason: 'A document could not be read or stored; the log has the cause' },
  ]);
  expect([await readFiledFacts(store.db), await readProposals(store.db)]).toEqual([[], []]);
  expect(parts.factStore.ledger().known('2024-12-31')).toEqual([]);
  expect((await refreshFromDocuments(parts, time.clock())).read).toHaveLength(1);
});

test('what a report lacks of its segments is in the store with what else is open, whatever the figures of it do', async () => {
  const { double, store, parts, time } = await scene();
  double.setDocument(META, '0001326801-24-000069', 'meta.htm', {
    body: report(
      amounts('us-gaap:Revenues', { 'srt:ProductOrServiceAxis': 'meta:Ads' }, { '2024-04-01/2024-06-30': '38,329' }),
    ),
  });
  const open = [{ subject: 'META', state: 'absent', metric: 'ad_revenue', filed: '2024-07-31' }];
  await refreshFromDocuments(parts, time.clock());
  expect(await readOpenNotes(store.db)).toEqual(open);
  setFigures(double, META, [
    [{ accession: '0001326801-24-000069', form: '10-Q', filed: '2024-07-31' }, { '2024-04-01/2024-06-30': 8_173 }],
  ]);
  await refreshFromFilings(parts, time.clock());
  expect(await readOpenNotes(store.db)).toEqual(open);
});

test('companies that EDGAR has just not answered for are left out', async () => {
  const { double, parts, time } = await scene();
  expect(await refreshFromDocuments(parts, time.clock(), [{ subject: 'META' }])).toEqual({
    read: [],
    failed: [],
    waiting: [],
  });
  expect(double.requests).toEqual([]);
});

test('the running bot knows confirmed guidance within a minute, from when it was published, and nothing unconfirmed', async () => {
  const { store, parts, time } = await scene();
  await refreshFromDocuments(parts, time.clock());
  const job = createConfirmedJob(parts);
  const inForce = (asOf: string) => parts.factStore.ledger().latest('META', 'capex_guidance', asOf)?.high;
  let now = time.clock();
  await job.run(now);
  expect(inForce('2024-12-31')).toBeUndefined();
  const [proposal] = await readProposals(store.db);
  if (!proposal) throw new Error('no proposal');
  await decideProposal(store.db, proposal, { by: 'Ada', at: now, accepted: proposal.fact });
  now += MINUTE_MS - 1;
  await job.run(now);
  expect(inForce('2024-12-31')).toBeUndefined();
  now += 1;
  await job.run(now);
  expect([inForce('2024-07-31T16:04'), inForce('2024-07-31T16:05')]).toEqual([undefined, 40_000]);
  await job.stop();
});

test('the job asks again after a quarter of an hour for a document that came only in part', async () => {
  const { double, store, parts, time } = await scene();
  const job = createRefreshJob({ ...parts, calendar: loadCalendar() });
  // Meta's figures are there, so only the document is missing.
  setFigures(double, META, [
    [{ accession: '0001326801-24-000069', form: '10-Q', filed: '2024-07-31' }, { '2024-04-01/2024-06-30': 8_173 }],
  ]);
  double.fail({ fault: 'truncated', on: ['document'], times: 4 });
  const start = time.clock();
  await job.run(start);
  expect(await readJobRun(store.db, 'refresh')).toMatchObject({
    result: { failed: expect.stringMatching(/^META: EDGAR's document .*meta\.htm was cut off/) },
    nextAt: start + 15 * MINUTE_MS,
  });
  await job.run(start + 15 * MINUTE_MS);
  expect(await readJobRun(store.db, 'refresh')).toMatchObject({ result: { counts: {} } });
  expect((await readFiledFacts(store.db)).map(({ metric }) => metric)).toContain('ad_revenue');
});
