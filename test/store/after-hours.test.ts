import { expect, it } from 'vitest';
import { deepenAfterHours, readAfterHours, writeAfterHours } from '../../src/store/after-hours.ts';
import { openTestStore } from './temporary.ts';

const told = { symbol: 'META', session: '2024-04-24', story: 7, close: 493_500_000, price: 441_620_000, tradeTime: 1 };

it('keeps one fall a symbol and session, with how deep it went', async () => {
  const { db } = await openTestStore();
  await writeAfterHours(db, told);
  await writeAfterHours(db, { ...told, session: '2024-04-25' });
  await expect(writeAfterHours(db, { ...told, price: 1 })).rejects.toThrow();
  expect(await readAfterHours(db, '2024-04-24')).toEqual(new Map([['META', told]]));
  const deeper = { price: 413_600_000, tradeTime: 1_713_993_180_000, reported: [] };
  await deepenAfterHours(db, told, deeper);
  expect((await readAfterHours(db, '2024-04-24')).get('META')).toEqual({ ...told, deeper });
  expect((await readAfterHours(db, '2024-04-25')).get('META')?.deeper).toBeUndefined();
  expect(await readAfterHours(db, '2024-04-26')).toEqual(new Map());
});
