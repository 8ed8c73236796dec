import { lineOfAlert, ruleOf } from '../slides/alert-kinds.ts';
import type { Alert, PastAlert } from '../stories/alert.ts';
import type { Story } from '../stories/story.ts';
import { LISTED_KINDS } from '../stories/story-kinds.ts';
import type { WithdrawalStory } from '../stories/withdrawal-story.ts';
import type { Db } from './store.ts';

/** The fields of a story that its line shows; those of a slide are its headline's. */
const summaryLine = (story: Story): Pick<PastAlert, 'kind' | 'level' | 'window' | 'minutes' | 'side'> => {
  if (story.kind === 'recovery') return { kind: story.kind, level: story.level };
  if (story.kind !== 'slide') return { kind: story.kind };
  const [headline] = story.alerts;
  return headline ? lineOfAlert(headline) : { kind: story.kind };
};

/** Finds out whether all alerts of a slide are withdrawn. */
export const readWithdrawn = async (db: Db): Promise<(story: Story) => boolean> => {
  const rows = await db.selectFrom('alerts').select('body').where('withdrawn_at', 'is not', null).execute();
  const keyOf = (alert: Alert) => `${alert.symbol} ${alert.session} ${ruleOf(alert)}`;
  const withdrawn = new Set(rows.map(({ body }) => keyOf(JSON.parse(body) as Alert)));
  return (story) => story.kind === 'slide' && story.alerts.every((alert) => withdrawn.has(keyOf(alert)));
};

/** What was told when the alerts of a symbol's session were withdrawn, the last if that was more than once. */
export const readWithdrawal = async (
  db: Db,
  { symbol, session }: { readonly symbol: string; readonly session: string },
): Promise<WithdrawalStory | undefined> => {
  const rows = await db
    .selectFrom('stories')
    .select('body')
    .where('kind', '=', 'withdrawal')
    .where('symbol', '=', symbol)
    .where('created_at', '>=', Date.parse(session))
    .orderBy('id', 'desc')
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as WithdrawalStory).find((story) => story.session === session);
};

/** A channel's last `limit` deliveries in any state, newest first, without greetings, tests, summaries and notices. */
export const readPastAlerts = async (db: Db, channelId: number, limit: number): Promise<PastAlert[]> => {
  const rows = await db
    .selectFrom('deliveries as d')
    .innerJoin('stories as s', 's.id', 'd.story_id')
    .select(['s.symbol', 's.body', 'd.state', 'd.created_at', 'd.muted_until'])
    .where('d.channel_id', '=', channelId)
    .where('s.kind', 'in', LISTED_KINDS)
    .orderBy('d.created_at', 'desc')
    .orderBy('d.id', 'desc')
    .limit(limit)
    .execute();
  const isWithdrawn = await readWithdrawn(db);
  return rows.map(({ symbol, body, created_at, muted_until: until, ...row }) => {
    const story = JSON.parse(body) as Story;
    const state = isWithdrawn(story) ? 'withdrawn' : row.state;
    const at = 'observedAt' in story ? story.observedAt : created_at;
    return { symbol, ...summaryLine(story), at, state, ...(until !== null && { why: { reason: 'muted', until } }) };
  });
};
