import { expect, test } from 'vitest';
import { writeOpenFigures } from '../../src/store/filed-facts.ts';
import { readOpenNotes } from '../../src/store/open-notes.ts';
import { readOpenSegments, writeOpenSegments } from '../../src/store/open-segments.ts';
import { openTestStore } from './temporary.ts';

test('segment figures that are not in are kept a report and metric, beside the other companies and the other figures', async () => {
  const { db } = await openTestStore();
  const held = { state: 'held', metric: 'cloud_revenue', filed: '2026-10-30' } as const;
  const absent = { state: 'absent', metric: 'cloud_revenue', filed: '2026-07-31' } as const;
  const unread = { state: 'unread', metric: 'ad_revenue', filed: '2026-10-29' } as const;
  const late = { state: 'awaited', metric: 'capex_cash', filed: '2026-10-30' } as const;
  await writeOpenSegments(db, 'AMZN', [held, absent]);
  await writeOpenSegments(db, 'META', [unread]);
  await writeOpenFigures(db, 'AMZN', [late]);
  expect(await readOpenSegments(db, 'AMZN')).toEqual([
    { subject: 'AMZN', ...absent },
    { subject: 'AMZN', ...held },
  ]);
  await writeOpenFigures(db, 'AMZN', []);
  await writeOpenSegments(db, 'AMZN', [held]);
  await writeOpenSegments(db, 'META', []);
  expect(await readOpenNotes(db)).toEqual([{ subject: 'AMZN', ...held }]);
});

test('both kinds are read together', async () => {
  const { db } = await openTestStore();
  const late = { state: 'awaited', metric: 'capex_cash', filed: '2026-10-30' } as const;
  const absent = { state: 'absent', metric: 'ad_revenue', filed: '2026-10-30' } as const;
  await writeOpenSegments(db, 'META', [absent]);
  await writeOpenFigures(db, 'META', [late]);
  expect(await readOpenNotes(db)).toEqual([
    { subject: 'META', ...late },
    { subject: 'META', ...absent },
  ]);
});
