import type { FactsStep } from './step.ts';

export const hasNoDigest: FactsStep = ({ id }, _, { withDigest }) =>
  withDigest.has(id) ? { reason: 'has-digest' } : undefined;
