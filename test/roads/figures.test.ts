import { expect, it } from 'vitest';
import { readFiledFacts } from '../../src/store/filed-facts.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';
import { META, type Report, setFigures, summaryOf } from '../facts/edgar/reports.ts';
import { tenQ } from '../facts/edgar/rows.ts';
import { plain } from './crash.ts';
import { CHANNEL, stageWithFilings, summer } from './filings-stage.ts';
import { at } from './market.ts';

const autumn: Report = [tenQ('2026-10-28'), { '2026-01-01/2026-09-30': 84_000 }];

it('brings a new quarter from EDGAR to Discord once, despite throttling and a failure half-way', async () => {
  const evening = at('2026-10-28', '17:00');
  const { world, app, edgar, discord } = await stageWithFilings(evening - 24 * HOUR_MS);
  const filed = async (): Promise<string[]> => (await readFiledFacts(app.store.db)).map(summaryOf);

  const before = await filed();
  expect(discord.messages(CHANNEL)).toEqual([]);

  edgar.addFiling(META, autumn[0]);
  setFigures(edgar, META, [summer, autumn]);
  edgar.fail({ fault: 'throttled-429', times: 2 });
  edgar.fail({ fault: 'truncated', on: ['concept'], after: 1, times: 1 });
  await world.runJobs(app, evening);
  expect(await filed()).toEqual(before);
  expect(discord.messages(CHANNEL)).toEqual([]);

  edgar.heal();
  for (let now = evening + 16 * MINUTE_MS; now < evening + 2 * HOUR_MS; now += 16 * MINUTE_MS)
    await world.runJobs(app, now);
  expect((await filed()).filter((fact) => !before.includes(fact)).toSorted()).toEqual([
    'capex_cash 2026 Q3 32000 2026-10-28',
    'operating_cash_flow 2026 Q3 64000 2026-10-28',
    'revenue 2026 Q3 128000 2026-10-28',
  ]);
  const messages = discord.messages(CHANNEL);
  expect(messages).toHaveLength(1);
  expect(discord.invalid).toEqual([]);
  const text = plain(messages[0]?.payload);
  expect(text).toContain('Meta spent $32.0B on capex');
  expect(text).toContain('In Jul–Sep 2026');
  expect(text).toContain('That is 50% of its operating cash flow.');
  expect(text).toContain('Capex was 25% of revenue.');
  expect(text).toContain('https://www.sec.gov/Archives/edgar/data/1326801/');
});
