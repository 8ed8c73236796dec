import { settingsOf } from '../channels/repair-settings.ts';
import { quietUntil } from '../outbox/quiet-hours.ts';
import { channelById, channelsInUse } from '../store/channels.ts';
import { type PendingDelivery, wasEnqueued } from '../store/deliveries.ts';
import { enqueueForChannel } from '../store/outbox.ts';
import type { Db } from '../store/store.ts';
import type { Pause } from '../stories/pause.ts';
import { HOUR_MS } from '../util/durations.ts';

/** Minimum time between two notices in one channel: if many others are paused, `/status` lists them. */
const MIN_NOTICE_INTERVAL_MS = HOUR_MS;

interface ChannelNotice {
  /** The delivery that failed. */
  readonly head: Pick<PendingDelivery, 'channelId' | 'platform' | 'address'>;
  /** Absent if the channel is gone. */
  readonly pause?: Pause;
  /** IANA name; for channels without their own. */
  readonly timeZone: string;
  readonly now: number;
}

/**
 * Enqueues a notice that a channel is paused or gone, for the first other channel of the same server or workspace that is
 * not paused, due after its quiet hours. If there is none, the log and `/status` have to do. @throws StoreError
 */
export const enqueueChannelNotice = async (db: Db, { head, pause, timeZone, now }: ChannelNotice): Promise<void> => {
  const { platform, address } = head;
  const workspace = (await channelById(db, head.channelId))?.workspace;
  if (!workspace) return;
  const channels = await channelsInUse(db, platform, workspace);
  const receiver = channels.find((it) => it.id !== head.channelId && it.paused_at === null);
  if (!receiver || (await wasEnqueued(db, receiver.id, 'trouble', now - MIN_NOTICE_INTERVAL_MS))) return;
  const { quiet, timeZone: zone = timeZone } = settingsOf(receiver.settings);
  const dueAt = quietUntil(quiet, zone, now) ?? now;
  const story = {
    kind: 'trouble',
    symbol: '*',
    platform,
    workspace,
    address,
    at: now,
    ...(pause && { pause }),
  } as const;
  await enqueueForChannel(db, receiver.id, story, { now, dueAt });
};
