import { expect, it } from 'vitest';
import { createLedger } from '../../../src/facts/ledger.ts';
import { writeOpenFigures } from '../../../src/store/filed-facts.ts';
import { writeReportDays } from '../../../src/store/report-days.ts';
import { resultsOf } from '../../../src/watch/after-hours/report-evening.ts';
import { at, factOf, ledger } from '../../facts/samples.ts';
import { openTestStore } from '../../store/temporary.ts';

const DAY = '2024-08-28';

it('a company reports by the source, by a release without figures, or by figures in the ledger', async () => {
  const { db } = await openTestStore();
  const [four, five] = [at(`${DAY} 16:00`), at(`${DAY} 17:00`)];
  expect(await resultsOf(db, ledger, DAY, four)).toEqual(new Map());
  // Nvidia's figures of that evening, in config/facts/NVDA.yaml.
  expect(await resultsOf(db, ledger, DAY, five)).toEqual(new Map([['NVDA', 'out']]));
  await writeReportDays(
    db,
    [
      { symbol: 'NVDA', day: DAY, estimated: false },
      { symbol: 'META', day: DAY, estimated: true },
      { symbol: 'AAPL', day: '2024-08-29', estimated: false },
    ],
    four,
  );
  await writeOpenFigures(db, 'TSLA', [{ state: 'released', at: at(`${DAY} 16:10`) }]);
  await writeOpenFigures(db, 'MSFT', [{ state: 'released', at: at('2024-08-27 16:10') }]);
  expect(await resultsOf(db, ledger, DAY, five)).toEqual(
    new Map([
      ['META', 'due'],
      ['TSLA', 'out'],
      ['NVDA', 'out'],
    ]),
  );
});

it('a figure of a whole year that comes out on a day is no report', async () => {
  const { db } = await openTestStore();
  const year = factOf({ period: { start: '2023-07-01', end: '2024-06-30' }, published: DAY });
  const quarter = factOf({ subject: 'GOOGL', published: DAY });
  const results = await resultsOf(db, createLedger([year, quarter]), DAY, at('2024-08-29 12:00'));
  expect(results).toEqual(new Map([['GOOGL', 'out']]));
});
