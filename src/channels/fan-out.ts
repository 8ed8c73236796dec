import { noteDigests } from '../store/digests.ts';
import { channelsAfter, type Fanout, moveFanout, type OwedAlike, oweAlike } from '../store/fanouts.ts';
import { countHeldBack, mutesAmong } from '../store/muted.ts';
import { PRIORITY } from '../store/outbox.ts';
import type { Db } from '../store/store.ts';
import type { Plan } from './plan.ts';
import { settingsOf } from './repair.ts';
import { createShares, type Share, type ShareParts, symbolOf } from './share.ts';

/** The order of what is owed, as the courier has it. */
export const priorityOf = ({ kind }: Plan): number => PRIORITY[kind === 'all' ? 'figures' : kind];

interface Owing {
  readonly share: Share;
  readonly muted?: string;
  readonly channels: number[];
}

/** The same story in the same state, whoever it is for. */
const keyOf = ({ story, quietUntil }: Share, muted: string | undefined): string =>
  muted === undefined ? `${story} ${quietUntil ?? ''}` : `${story} muted ${muted}`;

const owedBy = (fanout: Fanout, { share, muted }: Owing, now: number): OwedAlike => {
  const { story: storyId, quietUntil } = share;
  const { createdAt, life } = fanout;
  const same = { storyId, priority: priorityOf(fanout.plan), createdAt };
  if (muted !== undefined)
    return { ...same, state: 'muted', dueAt: fanout.dueAt, expiresAt: createdAt + life, settledAt: now };
  if (quietUntil === undefined) return { ...same, state: 'pending', dueAt: fanout.dueAt, expiresAt: createdAt + life };
  return { ...same, state: 'quiet', dueAt: quietUntil, heldUntil: quietUntil, expiresAt: quietUntil + life };
};

/**
 * Turns a plan into deliveries of the next `limit` channels, and notes how far it has come: in one transaction, which is
 * the caller's. Returns the fan-out as it stands then; undefined where it has reached all.
 */
export const fanOut = async (
  db: Db,
  parts: ShareParts,
  fanout: Fanout,
  limit: number,
  now: number,
): Promise<Fanout | undefined> => {
  const { plan } = fanout;
  const rows = await channelsAfter(db, fanout, limit);
  const last = rows.at(-1)?.id ?? fanout.upto;
  const muted = await mutesAmong(db, { cursor: fanout.cursor, last }, symbolOf(plan), now);
  const shareOf = createShares(plan, parts, now);
  const sharing = rows.flatMap(({ id, settings }) => {
    const share = shareOf(settingsOf(settings));
    return share ? [{ id, share }] : [];
  });
  const due =
    plan.kind === 'digest'
      ? new Set(
          await noteDigests(
            db,
            sharing.map(({ id }) => id),
            plan.day,
            now,
          ),
        )
      : undefined;
  const groups = new Map<string, Owing>();
  for (const { id, share } of sharing) {
    if (due && !due.has(id)) continue;
    const by = muted.get(id);
    const key = keyOf(share, by);
    const group = groups.get(key);
    if (group) group.channels.push(id);
    else groups.set(key, { share, ...(by !== undefined && { muted: by }), channels: [id] });
  }
  for (const group of groups.values()) {
    await oweAlike(db, group.channels, owedBy(fanout, group, now));
    if (group.muted !== undefined) await countHeldBack(db, group.channels, group.muted);
  }
  const done = rows.length < limit || last >= fanout.upto;
  await moveFanout(db, fanout.id, last, done ? now : null);
  return done ? undefined : { ...fanout, cursor: last };
};
