import { expect, test } from 'vitest';
import { loadCompanies } from '../../src/facts/companies.ts';
import type { Fact, Subject } from '../../src/facts/fact.ts';
import { createFactStore } from '../../src/facts/fact-store.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { createConfirmedJob } from '../../src/refresh/confirmed-job.ts';
import { enqueueBillNews } from '../../src/refresh/enqueue-bill-news.ts';
import { refreshFromFilings } from '../../src/refresh/refresh-facts.ts';
import { addProposals, decideProposal, newlyAccepted, readProposals } from '../../src/store/proposals.ts';
import type { Store } from '../../src/store/store.ts';
import type { BillStory } from '../../src/stories/bill-story.ts';
import { DAY_MS, MINUTE_MS } from '../../src/util/durations.ts';
import { list, META, meta, type Report, setFigures, spring, summer } from '../facts/edgar/reports.ts';
import { tenQ } from '../facts/edgar/rows.ts';
import { stage } from '../facts/edgar/setup.ts';
import { factOf } from '../facts/samples.ts';
import { changeProposals, storedStories } from '../store/inspect.ts';
import { openTestStore } from '../store/temporary.ts';

const OTHERS: readonly Subject[] = ['MSFT', 'GOOGL', 'AMZN'];
const PERIODS = {
  spring: { period: { start: '2024-01-01', end: '2024-03-31' }, published: '2024-04-25' },
  summer: { period: { start: '2024-04-01', end: '2024-06-30' }, published: '2024-07-30' },
};

const reported = (subject: Subject, when: keyof typeof PERIODS, capex: number): Fact[] => [
  factOf({ subject, ...PERIODS[when], metric: 'capex_cash', value: capex }),
  factOf({ subject, ...PERIODS[when], metric: 'operating_cash_flow', basis: 'cash_flow_statement', value: 10_000 }),
];

/** The other three: 1,000 of 10,000 each in spring, 4,000 in summer. With Meta, 22 % and then 44 % of the cash flow. */
const curated = OTHERS.flatMap((subject) => [
  ...reported(subject, 'spring', 1_000),
  ...reported(subject, 'summer', 4_000),
]);

const routing = { watchlist: loadWatchlist(), companies: loadCompanies(), timeZone: 'America/New_York' };
const told = async (store: Store) =>
  (await storedStories<BillStory>(store.db, 'bill')).map(({ symbol, company, change }) => [
    symbol,
    company,
    change.kind,
  ]);

test('a filing that changes the share of the four is told once, also over a restart', async () => {
  const { double, client, log, time } = await stage();
  const store = await openTestStore();
  const partsOf = () => ({
    ...{ store, client, log, ...routing },
    companies: { ...routing.companies, filers: meta },
    factStore: createFactStore(curated, []),
  });
  const parts = partsOf();
  list(double, META, spring[0]);
  setFigures(double, META, [spring]);
  await refreshFromFilings(parts, time.clock());
  // The first look fills in the past.
  expect(await told(store)).toEqual([]);
  list(double, META, summer[0]);
  setFigures(double, META, [spring, summer]);
  await refreshFromFilings(parts, time.clock());
  expect(await told(store)).toEqual([['*', 'META', 'share']]);
  await refreshFromFilings(parts, time.clock());
  await refreshFromFilings(partsOf(), time.clock());
  expect(await told(store)).toHaveLength(1);

  // Meta's summer is restated in autumn: that is no news, whatever it does to the share.
  const autumn: Report = [tenQ('2024-10-30'), { '2024-01-01/2024-06-30': 44_573, '2024-01-01/2024-09-30': 52_831 }];
  time.advance(90 * DAY_MS);
  list(double, META, autumn[0]);
  setFigures(double, META, [spring, summer, autumn]);
  await refreshFromFilings(parts, time.clock());
  expect(await told(store)).toHaveLength(1);
});

test('a report that is found ten days late is no news', async () => {
  const { double, client, log, time } = await stage();
  const store = await openTestStore();
  const companies = { ...routing.companies, filers: meta };
  const parts = { ...routing, store, client, log, companies, factStore: createFactStore(curated, []) };
  list(double, META, spring[0]);
  setFigures(double, META, [spring]);
  await refreshFromFilings(parts, time.clock());
  time.advance(10 * DAY_MS);
  list(double, META, summer[0]);
  setFigures(double, META, [spring, summer]);
  await refreshFromFilings(parts, time.clock());
  expect(await told(store)).toEqual([]);
});

test('of two companies that report in one evening the second completes the sum, and it is told once', async () => {
  const store = await openTestStore();
  const now = Date.parse('2024-07-31T01:00:00Z');
  const known = [...curated.filter(({ subject }) => subject !== 'AMZN'), ...reported('AMZN', 'spring', 1_000)];
  const report = (subject: Subject, ledgerOf: readonly Fact[]) =>
    store.transaction((db) =>
      enqueueBillNews(db, routing, createLedger(ledgerOf), reported(subject, 'summer', 4_000), now),
    );
  const withMeta = [...known, ...reported('META', 'spring', 1_000), ...reported('META', 'summer', 4_000)];
  await report('META', withMeta);
  expect(await told(store)).toEqual([]);
  const complete = [...withMeta, ...reported('AMZN', 'summer', 4_000)];
  await report('AMZN', complete);
  await report('META', complete);
  expect(await told(store)).toEqual([['*', 'AMZN', 'share']]);
});

const guidance = (low: number, high: number, published: string): Fact => {
  const { value: _, ...fact } = factOf({
    subject: 'META',
    metric: 'capex_guidance',
    label: 'CY2024',
    period: { start: '2024-01-01', end: '2024-12-31' },
    published,
  });
  return { ...fact, low, high };
};

const confirmed = async (published: string, now: number) => {
  const store = await openTestStore();
  const before = guidance(30_000, 37_000, '2024-02-01');
  await addProposals(store.db, [{ fact: guidance(35_000, 40_000, published), sentence: 'We expect.' }], now);
  const start = () => createConfirmedJob({ store, factStore: createFactStore([before], []), ...routing });
  const job = start();
  await job.run(now);
  expect(await told(store)).toEqual([]);
  const [proposal] = await readProposals(store.db);
  if (!proposal) throw new Error('no proposal');
  await store.transaction((db) => decideProposal(db, proposal, { by: 'Ada', at: now, accepted: proposal.fact }));
  return { store, job, start };
};

test('guidance is news when a person confirms it, a week after it was given, and once over a restart', async () => {
  const now = Date.parse('2024-05-01T12:00:00Z');
  const { store, job, start } = await confirmed('2024-04-24', now);
  await job.run(now + MINUTE_MS);
  expect(await told(store)).toEqual([['META', 'META', 'guidance']]);
  await start().run(now + 2 * MINUTE_MS);
  await job.run(now + 3 * MINUTE_MS);
  expect(await told(store)).toHaveLength(1);
  expect(await newlyAccepted(store.db)).toEqual([]);
});

test('guidance of long ago that a person confirms is none, nor is what was accepted before the bot knew of such news', async () => {
  const now = Date.parse('2024-06-01T12:00:00Z');
  const { store, job, start } = await confirmed('2024-04-24', now);
  await job.run(now + MINUTE_MS);
  expect(await told(store)).toEqual([]);
  const later = await confirmed('2024-05-25', now);
  await changeProposals(later.store.db, { isNews: 0 });
  await later.start().run(now + MINUTE_MS);
  expect(await told(later.store)).toEqual([]);
  await start().run(now);
});
