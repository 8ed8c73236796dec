import type { SettingsStep } from './step.ts';

export const hasDigestDue: SettingsStep = ({ settings }, { plan, digestKeyOf }) =>
  plan.kind !== 'digest' || digestKeyOf(settings) in plan.stories ? undefined : { reason: 'other-time' };
