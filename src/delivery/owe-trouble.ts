import { settingsOf } from '../channels/repair.ts';
import { quietUntil } from '../outbox/quiet-hours.ts';
import { channelById, channelsOf } from '../store/channels.ts';
import { type Owed, wasOwed } from '../store/deliveries.ts';
import { oweOne } from '../store/outbox.ts';
import type { Db } from '../store/store.ts';
import type { Pause } from '../stories/pause.ts';

/** One place is not told more often than this that others are in trouble: where many are, `/status` there says so. */
const APART_MS = 3_600_000;

export interface Trouble {
  /** What could not be posted, and where. */
  readonly head: Pick<Owed, 'channelId' | 'platform' | 'address'>;
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
export const oweTrouble = async (db: Db, { head, pause, timeZone, now }: Trouble): Promise<void> => {
  const { platform, address } = head;
  const workspace = (await channelById(db, head.channelId))?.workspace;
  if (!workspace) return;
  const open = (await channelsOf(db, platform, workspace)).filter(
    (it) => it.id !== head.channelId && it.paused_at === null,
  );
  const [place] = open;
  if (!place || (await wasOwed(db, place.id, 'trouble', now - APART_MS))) return;
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
  await oweOne(db, place.id, story, { now, dueAt });
};
