import { expect, test } from 'vitest';
import { readOpenFigures, writeOpenFigures } from '../../src/store/filed-facts.ts';
import { openTestStore } from './temporary.ts';

test('what is still to come of a company is kept until it is replaced, beside that of the others', async () => {
  const { db } = await openTestStore();
  const released = { state: 'released', at: Date.parse('2026-10-28T20:21:30.000Z') } as const;
  const late = { state: 'awaited', metric: 'capex_cash', filed: '2026-10-28' } as const;
  const lost = { state: 'lost', metric: 'rpo', filed: '2026-10-28' } as const;
  await writeOpenFigures(db, 'META', [released, late]);
  await writeOpenFigures(db, 'MSFT', [lost]);
  expect(await readOpenFigures(db)).toEqual([
    { subject: 'META', ...late },
    { subject: 'META', ...released },
    { subject: 'MSFT', ...lost },
  ]);
  await writeOpenFigures(db, 'META', [released]);
  expect(await readOpenFigures(db, 'META')).toEqual([{ subject: 'META', ...released }]);
  await writeOpenFigures(db, 'META', []);
  expect(await readOpenFigures(db)).toEqual([{ subject: 'MSFT', ...lost }]);
});
