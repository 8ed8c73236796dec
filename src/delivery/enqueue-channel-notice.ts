import { settingsOf } from '../channels/repair.ts';
import { quietUntil } from '../outbox/quiet-hours.ts';
import { channelById, channelsOf } from '../store/channels.ts';
import { type PendingDelivery, wasEnqueued } from '../store/deliveries.ts';
import { enqueueForChannel } from '../store/outbox.ts';
import type { Db } from '../store/store.ts';
import type { Pause } from '../stories/pause.ts';

/** One place is not told more often than this that others are in trouble: where many are, `/status` there says so. */
const MIN_INTERVAL_MS = 3_600_000;

export interface ChannelNotice {
  /** What could not be posted, and where. */
  readonly head: Pick<PendingDelivery, 'channelId' | 'platform' | 'address'>;
  /** Absent where the channel is gone. */
  readonly pause?: Pause;
  /** IANA name of the zone of channels that name none. */
  readonly timeZone: string;
  readonly now: number;
}

/**
 * Owes a card about a channel that gets nothing any more to the first other channel of the same server or workspace
 * that may be written to, after its quiet hours. Where there is none, the log and `/status` say it. @throws StoreError
 */
export const enqueueChannelNotice = async (db: Db, { head, pause, timeZone, now }: ChannelNotice): Promise<void> => {
  const { platform, address } = head;
  const workspace = (await channelById(db, head.channelId))?.workspace;
  if (!workspace) return;
  const open = (await channelsOf(db, platform, workspace)).filter(
    (it) => it.id !== head.channelId && it.paused_at === null,
  );
  const [place] = open;
  if (!place || (await wasEnqueued(db, place.id, 'trouble', now - MIN_INTERVAL_MS))) return;
  const { quiet, timeZone: zone = timeZone } = settingsOf(place.settings);
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
  await enqueueForChannel(db, place.id, story, { now, dueAt });
};
