import { cardKindOf } from '../../slides/alert-kinds.ts';
import { type CardKind, DEFAULT_KINDS } from '../../stories/channel.ts';
import { type FanoutPlan, storyKindOf } from '../../stories/fanout-plan.ts';
import { STORY_KINDS } from '../../stories/story-kinds.ts';
import type { SettingsStep } from './step.ts';

/** The kinds of card of which a channel must want one; none if its settings do not matter. Those of a slide are its alerts'. */
const kindsOf = (plan: FanoutPlan): readonly CardKind[] =>
  plan.kind === 'slide'
    ? [...new Set(plan.alerts.flatMap((alert) => cardKindOf(alert) ?? []))]
    : STORY_KINDS[storyKindOf(plan)].cardKinds;

/**
 * A channel that has set a rule of its own kind gets what that fires, whatever kinds it wants. Falls after the bell come with
 * those of a day, unless they are switched off.
 */
export const wantsKind: SettingsStep = ({ settings }, { plan, matched }) => {
  const { kinds: wanted = DEFAULT_KINDS, afterHours } = settings;
  const kinds = kindsOf(plan);
  if (afterHours === false && storyKindOf(plan) === 'after-hours') return { reason: 'kind', kinds };
  const wants = kinds.length === 0 || kinds.some((kind) => wanted.includes(kind)) || matched(settings).length > 0;
  return wants ? undefined : { reason: 'kind', kinds };
};
