import { join } from 'node:path';

process.env.SLIDEWATCH_CONFIG = join(import.meta.dirname, '../fixtures/config');
const { loadConfig } = await import('../../src/app/config.ts');
const { silent } = await import('../../src/telemetry/log.ts');
const { drawScenario } = await import('./scenario.ts');
const { checkRun } = await import('./check.ts');
const { simulate } = await import('./simulate.ts');
const { shareDatabase } = await import('./bot.ts');
const { DatabaseSync } = await import('node:sqlite');
const { openStore } = await import('../../src/store/store.ts');
const config = loadConfig(Date.UTC(2025, 5, 3), silent);
const first = shareDatabase();
const s = await openStore(first.url);
await s.close();
const tpl = new DatabaseSync(first.url.slice(7));
tpl.exec("insert into meta values ('instance','aaaaaa')");
const from = Number(process.argv[2] ?? 1),
  to = Number(process.argv[3] ?? from);
for (let seed = from; seed <= to; seed++) {
  const t = process.cpuUsage();
  const sc = drawScenario(seed, config.calendar);
  const db = shareDatabase(tpl);
  try {
    const run = await simulate(sc, config, db);
    console.log(
      seed,
      run.hash.slice(0, 8),
      run.events.length,
      'wakes',
      run.wakes,
      'days',
      sc.sessions.length,
      'deliv',
      run.deliveries.length,
      [...run.rooms.values()].map((r) => r.length).join(','),
      Math.round(Object.values(process.cpuUsage(t)).reduce((a, b) => a + b) / 1000),
      'ms',
    );
    const br = checkRun(sc, run);
    for (const b of br.slice(0, 6))
      console.log(
        '   ',
        b.what,
        new Date(b.at).toISOString(),
        b.room,
        b.symbol ?? '',
        '| expected',
        b.expected,
        '| came',
        b.came,
      );
    if (br.length > 6) console.log('   ', br.length, 'breaches');
    if (from === to) for (const l of (await import('./story.ts')).storyOf(sc, run, br)) console.log(l);
  } finally {
    db.close();
  }
}
