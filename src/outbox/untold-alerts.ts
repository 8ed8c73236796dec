import { cardKindOf, headlineFirst, lineOfAlert, ruleOf } from '../slides/alert-kinds.ts';
import { decidedFor } from '../store/fanouts.ts';
import type { Db } from '../store/store.ts';
import type { PastAlert } from '../stories/alert.ts';
import type { Channel } from '../stories/channel.ts';
import { type FanoutPlan, symbolOf } from '../stories/fanout-plan.ts';
import type { ShownReason } from '../stories/untold.ts';
import { decideBySettings } from './decide.ts';
import { questionOf } from './question.ts';
import type { RouteParts } from './steps/step.ts';

/** Plans that are decided again for one list. */
const MAX_PLANS = 200;

const storiesOf = (plan: FanoutPlan): readonly number[] =>
  'stories' in plan ? Object.values(plan.stories) : [plan.story];

/** What a plan is about, and a key that deeper alerts of the same session share. */
const lineOf = (
  plan: FanoutPlan,
): { readonly key: string; readonly line: Omit<PastAlert, 'symbol' | 'at' | 'state'> } => {
  if (plan.kind === 'recovery') return { key: `recovery ${plan.story}`, line: { kind: plan.kind, level: plan.level } };
  if (plan.kind !== 'slide')
    return { key: JSON.stringify(plan), line: { kind: plan.kind === 'all' ? plan.of : plan.kind } };
  const [headline] = plan.alerts.toSorted(headlineFirst);
  if (!headline) return { key: '', line: { kind: plan.kind } };
  const { symbol, session } = headline;
  return {
    key: `${symbol} ${session} ${ruleOf(headline)}`,
    line: lineOfAlert(headline),
  };
};

/** Whether a plan's alerts are all of rules that others have set for themselves, and the channel has none of the kind that is deeper. */
const isOfOthers = (plan: FanoutPlan, why: ShownReason): boolean =>
  plan.kind === 'slide' &&
  plan.alerts.every((alert) => cardKindOf(alert) === undefined) &&
  (why.reason === 'changed' || (why.reason === 'level' && why.next === undefined));

/** Why a channel did not get a plan's story, decided again; undefined if the plan is about a symbol that it does not watch. */
const reasonOf = (
  plan: FanoutPlan,
  parts: RouteParts,
  { settings }: Pick<Channel, 'settings'>,
): ShownReason | undefined => {
  const untold = decideBySettings(questionOf(plan, parts), { status: 'in-use', settings });
  if (!untold) return { reason: 'changed' };
  return untold.reason === 'kind' || untold.reason === 'level' ? untold : undefined;
};

/**
 * The latest alerts about symbols that a channel in use watches and that it did not get, newest first, each with the
 * reason. Of one rule's levels that other channels have, the deepest of a session stands for all.
 */
export const readUntoldAlerts = async (
  db: Db,
  parts: RouteParts,
  channel: Pick<Channel, 'id' | 'settings'>,
): Promise<PastAlert[]> => {
  const { fanouts, storyIds } = await decidedFor(db, channel.id, MAX_PLANS);
  const seen = new Set<string>();
  return fanouts.flatMap(({ plan, createdAt: at }) => {
    if (plan.kind === 'withdrawal' || storiesOf(plan).some((id) => storyIds.has(id))) return [];
    const why = reasonOf(plan, parts, channel);
    const { key, line } = lineOf(plan);
    if (!why || isOfOthers(plan, why) || seen.has(key)) return [];
    seen.add(key);
    return [{ symbol: symbolOf(plan), ...line, at, state: 'untold', why }];
  });
};
