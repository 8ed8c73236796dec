import { countPaused } from './pauses.ts';
import type { Db } from './store.ts';

/** How much waits, by platform: deliveries in each state that is not an end, and `paused` channels. */
export const queueLength = async (
  db: Db,
): Promise<{ readonly platform: string; readonly what: string; readonly count: number }[]> => {
  const rows = await db
    .selectFrom('deliveries')
    .select(({ fn }) => ['platform', 'state', fn.countAll<number>().as('count')])
    .where('state', 'in', ['pending', 'leased', 'quiet', 'unsure'])
    .groupBy(['platform', 'state'])
    .execute();
  const paused = Object.entries(await countPaused(db));
  return [
    ...rows.map(({ platform, state, count }) => ({ platform, what: state, count: Number(count) })),
    ...paused.map(([platform, count]) => ({ platform, what: 'paused', count })),
  ];
};
