import { expect, test } from 'vitest';
import { loadCompanies } from '../../src/facts/companies.ts';
import type { EdgarClient } from '../../src/facts/edgar/client.ts';
import type { Fact } from '../../src/facts/fact.ts';
import { createFactStore } from '../../src/facts/fact-store.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { refreshFromFilings } from '../../src/refresh/refresh-facts.ts';
import {
  addFiledFacts,
  isDated,
  readFiledFacts,
  readFilingMark,
  writeFilingMark,
} from '../../src/store/filed-facts.ts';
import { undatedFigures } from '../../src/store/migrations/0014-undated-figures.ts';
import type { Store } from '../../src/store/store.ts';
import type { FiguresStory } from '../../src/stories/figures-story.ts';
import type { Logger } from '../../src/telemetry/log.ts';
import { DAY_MS } from '../../src/util/durations.ts';
import { list, META, meta, type Report, setFigures, spring, summer } from '../facts/edgar/reports.ts';
import { tenQ } from '../facts/edgar/rows.ts';
import { stage } from '../facts/edgar/setup.ts';
import { factOf } from '../facts/samples.ts';
import { storedStories } from '../store/inspect.ts';
import { openTestStore } from '../store/temporary.ts';

const partsOf = (store: Store, client: EdgarClient, log: Logger) => ({
  ...{ store, client, log },
  factStore: createFactStore([], []),
  companies: { ...loadCompanies(), filers: meta },
  watchlist: loadWatchlist(),
  timeZone: 'America/New_York',
});

const autumn: Report = [tenQ('2024-10-30'), { '2024-01-01/2024-09-30': 22_831 }];

test('figures that come ten days after their report, which was noted, still bring their card', async () => {
  const { double, client, log, time } = await stage();
  const store = await openTestStore();
  const parts = partsOf(store, client, log);
  list(double, META, spring[0]);
  setFigures(double, META, [spring]);
  await refreshFromFilings(parts, time.clock());
  list(double, META, summer[0]);
  await refreshFromFilings(parts, time.clock());
  time.advance(10 * DAY_MS);
  setFigures(double, META, [spring, summer]);
  await refreshFromFilings(parts, time.clock());
  const stories = await storedStories<FiguresStory>(store.db, 'figures');
  expect(stories.map(({ published, figures }) => [published, figures.capex.fact.time])).toEqual([
    ['2024-07-31', '16:05'],
  ]);
});

test('figures of an earlier version, which had a day alone, are read anew with their minute, and nothing is posted', async () => {
  const { double, client, log, time } = await stage();
  const store = await openTestStore();
  const parts = partsOf(store, client, log);
  list(double, META, spring[0], summer[0]);
  setFigures(double, META, [spring, summer]);
  await refreshFromFilings(parts, time.clock());
  const right = await readFiledFacts(store.db, 'META');
  // As they were: the day of the report alone. One of a document has its minute, and stays.
  const old = right.map(({ time: _, knownBy: __, ...fact }) => ({
    ...fact,
    id: `${fact.id}/old`,
    published: '2024-08-01',
  }));
  const ads = { ...right[0], id: 'META/ads', metric: 'ad_revenue', time: '16:05' } as Fact;
  const another = await openTestStore();
  await addFiledFacts(another.db, [...old, ads], 1);
  await writeFilingMark(another.db, 'META', summer[0].accession, 1);
  await writeFilingMark(another.db, 'MSFT', 'of another', 1);

  await undatedFigures.up(another.db);
  expect(await readFilingMark(another.db, 'MSFT')).toBe('of another');
  expect(await readFiledFacts(another.db, 'META')).toHaveLength(old.length + 1);
  await refreshFromFilings(partsOf(another, client, log), time.clock());
  const ids = (facts: readonly Fact[]): string[] => facts.map(({ id }) => id).sort();
  const repaired = await readFiledFacts(another.db, 'META');
  expect(ids(repaired)).toEqual(ids([...right, ads]));
  expect(repaired.filter((fact) => !isDated(fact))).toEqual([]);
  expect(await storedStories(another.db, 'figures')).toEqual([]);
});

test('nothing is lost while EDGAR does not answer', async () => {
  const { double, client, log, time } = await stage();
  const store = await openTestStore();
  const old = factOf({ subject: 'META' });
  await addFiledFacts(store.db, [old], 1);
  double.fail({ fault: 'disconnect', times: 99 });
  await refreshFromFilings(partsOf(store, client, log), time.clock());
  expect(await readFiledFacts(store.db)).toEqual([old]);
});

test('the first look at a company stores its past and posts nothing, not even the report of the day before', async () => {
  const { double, client, log, time } = await stage();
  const store = await openTestStore();
  const parts = partsOf(store, client, log);
  const postedCapex = async () =>
    (await storedStories<FiguresStory>(store.db, 'figures')).map(({ figures }) => figures.capex.fact.value);
  list(double, META, spring[0], summer[0]);
  setFigures(double, META, [spring, summer]);
  await refreshFromFilings(parts, time.clock());
  expect(await readFiledFacts(store.db, 'META')).toHaveLength(6);
  expect(await postedCapex()).toEqual([]);

  time.advance(91 * DAY_MS);
  list(double, META, autumn[0]);
  setFigures(double, META, [spring, summer, autumn]);
  await refreshFromFilings(parts, time.clock());
  expect(await postedCapex()).toEqual([8_258]);
});
