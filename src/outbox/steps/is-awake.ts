import type { FactsStep } from './step.ts';

/** Quiet hours hold everything but digests, whose time the channel has set. */
export const isAwake: FactsStep = ({ settings }, { plan }, { quietEnd }) => {
  const until = plan.kind === 'digest' ? undefined : quietEnd(settings);
  return until === undefined ? undefined : { reason: 'quiet-hours', until };
};
