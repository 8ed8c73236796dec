import { expect, it } from 'vitest';
import { createEffectiveRules } from '../../src/channels/effective-rules.ts';
import { loadCompanies } from '../../src/facts/companies.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { createRecorded } from '../../src/market/sources/recorded/index.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { readStates } from '../../src/store/slide-states.ts';
import { silent } from '../../src/telemetry/log.ts';
import { createWatcher } from '../../src/watch/watcher.ts';
import { sampleFolder } from '../slides/samples.ts';
import { openTestStore } from '../store/temporary.ts';

/** Saturday, 3 August 2024. */
const NOW = Date.parse('2024-08-03T16:00:00Z');

it('states are stored with the rules that they were migrated to', async () => {
  const store = await openTestStore();
  const watchlist = loadWatchlist();
  const calendar = loadCalendar();
  const timeZone = 'America/New_York';
  const rules = createEffectiveRules({ watchlist, timeZone });
  const source = createRecorded(sampleFolder, calendar);
  const parts = {
    ...{ watchlist, rules, timeZone, calendar, source, store, log: silent, pollMs: 60_000 },
    ...{ ledger: () => createLedger([]), companies: loadCompanies(), pollOutsideSessions: false },
  };
  const watcher = await createWatcher(parts, NOW);
  await watcher.poll(NOW);
  const before = (await readStates(store.db)).get('NVDA');
  rules.add({ rules: { NVDA: { day: [350] } } });
  await watcher.poll(NOW + 60_000);
  const after = (await readStates(store.db)).get('NVDA');
  expect(JSON.parse(before?.rules ?? '').rules.day).toEqual([700, 1000, 1500]);
  expect(JSON.parse(after?.rules ?? '').rules.day).toEqual([350, 700, 1000, 1500]);
});
