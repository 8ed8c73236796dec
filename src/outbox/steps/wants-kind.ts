import { cardKindOf } from '../../slides/alert-kinds.ts';
import { type CardKind, DEFAULT_KINDS } from '../../stories/channel.ts';
import { type FanoutPlan, storyKindOf } from '../../stories/fanout-plan.ts';
import { STORY_KINDS } from '../../stories/story-kinds.ts';
import type { SettingsStep } from './step.ts';

/** The kinds of card of which a channel must want one; none if its settings do not matter. Those of a slide are its alerts'. */
const kindsOf = (plan: FanoutPlan): readonly CardKind[] =>
  plan.kind === 'slide' ? [...new Set(plan.alerts.map(cardKindOf))] : STORY_KINDS[storyKindOf(plan)].cardKinds;

export const wantsKind: SettingsStep = ({ settings: { kinds: wanted = DEFAULT_KINDS } }, { plan }) => {
  const kinds = kindsOf(plan);
  return kinds.length === 0 || kinds.some((kind) => wanted.includes(kind)) ? undefined : { reason: 'kind', kinds };
};
