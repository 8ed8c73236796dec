import { expect, test } from 'vitest';
import { readAlertPage } from '../../src/store/alert-pages.ts';
import { writeAlerts } from '../../src/store/alerts.ts';
import { day, drawdown, setPrice } from '../cards/stories.ts';
import { addBareStory, changeAlerts } from './inspect.ts';
import { openTestStore } from './temporary.ts';

const NVDA = {
  symbol: 'NVDA',
  session: '2024-07-30',
  close: 79,
  previous: 91,
  peak: { price: 100, session: '2024-07-10', sessions: 14 },
} as const;

test('a page of alerts is the newest that were written before another, without prices that channels have set', async () => {
  const { db } = await openTestStore();
  const story = await addBareStory(db, 'slide', 0);
  const [first, second, third] = [day(NVDA, 10), drawdown(NVDA, 252, 20), day({ ...NVDA, symbol: 'TSLA' }, 7)];
  await writeAlerts(db, story, [first, setPrice(NVDA, 'below', 80), second], 1_000);
  await writeAlerts(db, story, [third], 2_000);
  const page = async (asked: Parameters<typeof readAlertPage>[1]) =>
    (await readAlertPage(db, asked)).map(({ alert }) => alert);
  expect(await page({ limit: 9 })).toEqual([third, second, first]);
  const [newest] = await readAlertPage(db, { limit: 1 });
  expect(newest).toEqual({ id: newest?.id, storyId: story, alert: third, firedAt: 2_000 });
  expect(await page({ limit: 1, before: newest?.id ?? 0 })).toEqual([second]);
  expect(await page({ limit: 9, symbol: 'NVDA' })).toEqual([second, first]);
  expect(await page({ limit: 9, kind: 'day' })).toEqual([third, first]);
  expect(await page({ limit: 9, kind: 'price' })).toEqual([]);
  expect(await page({ limit: 9, since: 1_001 })).toEqual([third]);
  expect(await page({ limit: 9, since: 2_000 })).toEqual([third]);
  await changeAlerts(db, { withdrawnAt: 3_000 }, { symbol: 'TSLA' });
  expect(await page({ limit: 9 })).toEqual([second, first]);
  expect((await readAlertPage(db, { limit: 9, withdrawn: true })).map(({ withdrawnAt }) => withdrawnAt)).toEqual([
    3_000,
    undefined,
    undefined,
  ]);
});
