import type { ChannelSettings } from '../stories/channel.ts';
import type { Untold } from '../stories/untold.ts';
import { hadAlert } from './steps/had-alert.ts';
import { hasDigestDue } from './steps/has-digest-due.ts';
import { hasNoDigest } from './steps/has-no-digest.ts';
import { inUse } from './steps/in-use.ts';
import { isAwake } from './steps/is-awake.ts';
import { isNotMuted } from './steps/is-not-muted.ts';
import { matchesLevels } from './steps/matches-levels.ts';
import type { ChannelFacts, FactsStep, PlanChannel, PlanQuestion, SettingsStep } from './steps/step.ts';
import { wantsKind } from './steps/wants-kind.ts';
import { watchesSymbol } from './steps/watches-symbol.ts';

/** Who is told: in this order, and the first step with a reason decides. */
const SETTINGS_STEPS: readonly SettingsStep[] = [inUse, watchesSymbol, wantsKind, hasDigestDue, matchesLevels];

/** For those that their settings let through. */
const FACTS_STEPS: readonly FactsStep[] = [hasNoDigest, hadAlert, isNotMuted, isAwake];

/** Why a channel's settings do not let a plan's story through; undefined if they do. */
export const decideBySettings = (question: PlanQuestion, channel: Omit<PlanChannel, 'id'>): Untold | undefined => {
  for (const step of SETTINGS_STEPS) {
    const untold = step(channel, question);
    if (untold) return untold;
  }
  return undefined;
};

/** Like `decideBySettings`, each settings object in use decided once: channels share most of theirs. */
export const createSettingsDecider = (question: PlanQuestion) => {
  const known = new WeakMap<ChannelSettings, { readonly untold: Untold | undefined }>();
  return (channel: PlanChannel): Untold | undefined => {
    const before = channel.status === 'in-use' ? known.get(channel.settings) : undefined;
    if (before) return before.untold;
    const untold = decideBySettings(question, channel);
    if (channel.status === 'in-use') known.set(channel.settings, { untold });
    return untold;
  };
};

/** Why a channel that its settings let through is not told, or not now; undefined if it is. */
export const decideByFacts = (
  question: PlanQuestion,
  channel: PlanChannel,
  facts: ChannelFacts,
): Untold | undefined => {
  for (const step of FACTS_STEPS) {
    const untold = step(channel, question, facts);
    if (untold) return untold;
  }
  return undefined;
};
