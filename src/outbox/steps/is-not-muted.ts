import type { FactsStep } from './step.ts';

/** A mute does not keep a false alert from being withdrawn. */
export const isNotMuted: FactsStep = ({ id }, { plan }, { mutes }) => {
  const mute = plan.kind === 'withdrawal' ? undefined : mutes.get(id);
  return mute && { reason: 'muted', ...mute };
};
