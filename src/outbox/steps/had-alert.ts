import type { FactsStep } from './step.ts';

/** A withdrawal is for those that got the alert, whatever they have set since. */
export const hadAlert: FactsStep = ({ id }, { plan }, { withAlert }) =>
  plan.kind === 'withdrawal' && !withAlert.has(id) ? { reason: 'had-no-alert' } : undefined;
