import type { FactsStep } from './step.ts';

export const isNotMuted: FactsStep = ({ id }, _, { mutes }) => {
  const mute = mutes.get(id);
  return mute && { reason: 'muted', ...mute };
};
