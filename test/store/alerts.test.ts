import { expect, test } from 'vitest';
import { alertsOf, writeAlerts } from '../../src/store/alerts.ts';
import type { Alert } from '../../src/stories/alert.ts';
import { day, drawdown } from '../cards/stories.ts';
import { addBareStory } from './inspect.ts';
import { openTestStore } from './temporary.ts';

test('a session’s alerts are read in the order in which they fired, without kinds of which this version knows nothing', async () => {
  const { db } = await openTestStore();
  const peak = { price: 100, session: '2024-07-10', sessions: 14 };
  const close = { symbol: 'NVDA', session: '2024-07-30', close: 79, previous: 91, peak } as const;
  const fired = [day(close, 10), drawdown(close, 252, 20)];
  const unknown = { ...fired[0], kind: 'volume' } as unknown as Alert;
  const other = { ...drawdown(close, 252, 10), session: '2024-07-29' };
  await writeAlerts(db, await addBareStory(db, 'slide', 0), [other, unknown, ...fired], 0);
  expect(await alertsOf(db, '2024-07-30')).toEqual(fired);
});
