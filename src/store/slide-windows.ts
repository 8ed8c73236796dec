import { OPEN_WINDOW, type SlideWindow, shutWindow } from '../stories/slide-window.ts';
import type { PendingDelivery } from './deliveries.ts';
import { paddedIds } from './id-lists.ts';
import type { Db } from './store.ts';

/** A SlideWindow as stored; null: there was no slide yet. */
export const windowFromStore = (stored: string | null): SlideWindow =>
  stored === null ? OPEN_WINDOW : (JSON.parse(stored) as SlideWindow);

/** Shuts the channels of messages with slides that are taken at `now`, epoch milliseconds, for their next slides. */
export const shutChannels = async (
  db: Db,
  taken: readonly Pick<PendingDelivery, 'channelId' | 'slideWindow'>[],
  now: number,
): Promise<void> => {
  const shut = taken.map(({ channelId, slideWindow }) => {
    const { window, until } = shutWindow(windowFromStore(slideWindow), now);
    return { channelId, until, window: JSON.stringify(window) };
  });
  // For most channels it is the first message, so few updates do for many.
  for (const [window, channels] of Map.groupBy(shut, (it) => it.window))
    await db
      .updateTable('channels')
      .set({ slide_window: window, shut_until: channels[0]?.until ?? 0 })
      .where('id', 'in', paddedIds(channels.map(({ channelId }) => channelId)))
      .execute();
};
