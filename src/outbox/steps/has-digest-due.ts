import { digestKey, digestProfile } from '../../channels/digest-profile.ts';
import type { ChannelSettings } from '../../stories/channel.ts';
import type { PlanQuestion, SettingsStep } from './step.ts';

/** The key of a channel's digest times; empty if it wants no digest. */
export const digestKeyOf = ({ timeZone }: PlanQuestion, settings: ChannelSettings): string => {
  const profile = digestProfile(settings, timeZone);
  return profile ? digestKey(profile) : '';
};

export const hasDigestDue: SettingsStep = ({ settings }, question) => {
  const { plan } = question;
  return plan.kind !== 'digest' || digestKeyOf(question, settings) in plan.stories
    ? undefined
    : { reason: 'other-time' };
};
