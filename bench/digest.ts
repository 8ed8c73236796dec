/**
 * Measures the cost of digests: a run with none due, and a minute in which all channels are due, until the last digest
 * is queued. An alert is raised in the same minute: how long until it is queued for all channels.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { digestProfile } from '../src/channels/digest-profile.ts';
import { createEffectiveRules } from '../src/channels/effective-rules.ts';
import { nextDigest } from '../src/digest/digest-due.ts';
import { createDigestJob } from '../src/digest/digest-job.ts';
import { createDigestService } from '../src/digest/digest-service.ts';
import { loadCompanies } from '../src/facts/companies.ts';
import { loadFacts } from '../src/facts/fact-files.ts';
import { createLedger } from '../src/facts/ledger.ts';
import { parseBars } from '../src/market/csv.ts';
import { createHistories } from '../src/market/history.ts';
import { loadCalendar } from '../src/market/load-calendar.ts';
import { loadWatchlist } from '../src/market/watchlist.ts';
import { enqueueForAll } from '../src/outbox/enqueue.ts';
import { createFanOutJob } from '../src/outbox/fan-out.ts';
import { openFanouts } from '../src/store/fanouts.ts';
import { openStore } from '../src/store/store.ts';
import type { ChannelSettings } from '../src/stories/channel.ts';
import { silent } from '../src/telemetry/log.ts';
import { HOUR_MS } from '../src/util/durations.ts';
import { root } from '../src/util/read-config.ts';

const DAY = '2024-07-24';
const DUE = Date.parse('2024-07-24T20:15:00Z');
const IDLE_RUNS = 100_000;

const calendar = loadCalendar();
const watchlist = loadWatchlist();
const parts = { watchlist, timeZone: 'America/New_York' };
const histories = createHistories(watchlist);
for (const { symbol, sumOf } of watchlist.symbols.values())
  if (!sumOf) {
    const bars = parseBars(join(root, 'config/samples/summer-2024', `${symbol}.csv`));
    histories.set(
      symbol,
      bars.filter(({ session }) => session <= DAY),
      [],
    );
  }
const ledger = createLedger(loadFacts());

/** Settings in every time zone whose digests are due in the same minute. */
const everywhere: readonly ChannelSettings[] = Intl.supportedValuesOf('timeZone').map((timeZone) => {
  const time = Temporal.Instant.fromEpochMilliseconds(DUE).toZonedDateTimeISO(timeZone).toPlainTime();
  return { timeZone, digest: { at: time.toString().slice(0, 5) } };
});

const measure = async (what: string, count: number, settings: readonly ChannelSettings[]): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'slidewatch-bench-'));
  const store = await openStore(`sqlite:${join(folder, 'bench.db')}`);
  try {
    const rules = createEffectiveRules(parts);
    const rows = Array.from({ length: count }, (_, n) => {
      const own = settings[n % settings.length] ?? {};
      rules.add(own);
      return { platform: 'discord', address: String(n), language: 'en', created_at: 0, settings: JSON.stringify(own) };
    });
    for (let from = 0; from < count; from += 1_000)
      await store.db
        .insertInto('channels')
        .values(rows.slice(from, from + 1_000))
        .execute();
    const due = settings.filter((own) => {
      const profile = digestProfile(own, parts.timeZone);
      return profile && nextDigest(profile, calendar, DUE - HOUR_MS)?.at === DUE;
    });
    if (due.length < settings.length) throw new Error(`expected all to be due at once, got ${due.length}`);
    const service = createDigestService({
      watchlist,
      calendar,
      histories,
      ledger: () => ledger,
      companies: loadCompanies(),
      db: store.db,
      sourceName: 'x',
    });
    const job = createDigestJob({ ...parts, store, rules, calendar, service, log: silent });
    const fanOut = createFanOutJob({ ...parts, store });
    await job.run(DUE - HOUR_MS);

    const idle = performance.now();
    for (let n = 0; n < IDLE_RUNS; n += 1) await job.run(DUE - HOUR_MS + n);
    const idleRunMicros = ((performance.now() - idle) * 1_000) / IDLE_RUNS;

    const begin = performance.now();
    await job.run(DUE);
    const alert = { kind: 'test', symbol: '*', at: DUE } as const;
    await store.transaction((db) => enqueueForAll(db, parts, alert, { now: DUE, dueAt: DUE }));
    const fanningOut = fanOut.run(DUE);
    while ((await openFanouts(store.db)).some(({ plan }) => plan.kind === 'all')) await setImmediate();
    const alerts = performance.now() - begin;
    await fanningOut;
    const all = performance.now() - begin;
    const { queued } = await store.db
      .selectFrom('digests')
      .select(({ fn }) => fn.countAll<number>().as('queued'))
      .executeTakeFirstOrThrow();
    console.log(
      `${count} channels, ${what}: idle wake ${idleRunMicros.toFixed(2)} µs; ${queued} digests queued in ${all.toFixed(0)} ms, the alert of that minute in ${alerts.toFixed(0)} ms`,
    );
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
};

for (const count of [5_000, 100_000]) {
  await measure('one time', count, [{}]);
  await measure(`${everywhere.length} sets of times`, count, everywhere);
}
