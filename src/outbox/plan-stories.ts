import type { Watchlist } from '../market/watchlist.ts';
import { deepestCloseFirst } from '../slides/alert-kinds.ts';
import { narrowStory } from '../slides/narrow-story.ts';
import type { Db } from '../store/store.ts';
import { readStories, writeStory } from '../store/stories.ts';
import type { Alert } from '../stories/alert.ts';
import type { ChannelSettings } from '../stories/channel.ts';
import type { FanoutPlan } from '../stories/fanout-plan.ts';
import { matchKey } from './matching-levels.ts';
import type { PlanQuestion } from './steps/step.ts';

/** The watchlist's shallowest level of a day's fall, in basis points. */
export const dayLevelOf = ({ rules, symbols }: Watchlist, symbol: string): number =>
  Math.min(...rules[symbols.get(symbol)?.kind ?? 'stock'].day);

/** The alerts that one card tells of: of several closes, those of the deepest. */
const onCard = (matched: readonly Alert[]): readonly Alert[] => {
  const session = matched.toSorted(deepestCloseFirst)[0]?.session;
  return matched.filter((alert) => alert.session === session);
};

/** A plan's stories for channels that it tells. */
interface PlanStories {
  /** The plan, with the stories that were written now. */
  readonly plan: FanoutPlan;
  /** Story ids by the settings of these channels. */
  readonly ids: ReadonlyMap<ChannelSettings, number>;
}

const expectId = (id: number | undefined): number => {
  if (id === undefined) throw new RangeError('Expected a story for every channel that the plan tells');
  return id;
};

/** Makes the story of alerts of a slide from its session's draft, or finds that it is the draft. Returns its id. */
const writeNarrowed = async (
  db: Db,
  { drafts, symbol }: Extract<FanoutPlan, { kind: 'slide' }>,
  alerts: readonly Alert[],
  watchlist: Watchlist,
  now: number,
): Promise<number> => {
  const draftId = expectId(drafts[alerts[0]?.session ?? '']);
  const draft = (await readStories(db, [draftId])).get(draftId);
  if (draft?.kind !== 'slide') throw new RangeError(`Expected story ${draftId} to be a slide`);
  const story = narrowStory(draft, alerts, dayLevelOf(watchlist, symbol));
  return JSON.stringify(story) === JSON.stringify(draft) ? draftId : writeStory(db, story, now);
};

/** The stories for channels with these settings, all of which the plan tells; those that nobody has needed yet are written. */
export const planStories = async (
  db: Db,
  question: PlanQuestion,
  told: Iterable<ChannelSettings>,
  now: number,
): Promise<PlanStories> => {
  const { plan, watchlist } = question;
  const ids = new Map<ChannelSettings, number>();
  const stories: Record<string, number> = 'stories' in plan ? { ...plan.stories } : {};
  for (const settings of new Set(told)) {
    if (plan.kind !== 'slide') {
      ids.set(settings, plan.kind === 'digest' ? expectId(stories[question.digestKeyOf(settings)]) : plan.story);
      continue;
    }
    const alerts = onCard(question.matched(settings));
    const key = matchKey(alerts);
    stories[key] ??= await writeNarrowed(db, plan, alerts, watchlist, now);
    ids.set(settings, stories[key]);
  }
  const isNew = plan.kind === 'slide' && Object.keys(stories).length > Object.keys(plan.stories).length;
  return { plan: isNew ? { ...plan, stories } : plan, ids };
};
