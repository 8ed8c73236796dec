import type { Day } from '../util/day.ts';
import type { Fact, Subject } from './fact.ts';
import { guidanceSteps, type Revision } from './guidance.ts';
import type { AsOf } from './known-from.ts';
import type { Ledger } from './ledger.ts';
import { isActual, type Metric } from './metric.ts';
import { type ShownFact, showFact } from './shown-fact.ts';

/** A figure of a company's results of the day. */
export interface JustReported {
  readonly shown: ShownFact;
  /** For guidance: how it differs from the guidance before, which is absent if there was none on its basis. */
  readonly revision?: Revision;
  readonly previous?: Fact;
}

/** What is told of results, in this order. */
const TOLD: readonly Metric[] = [
  'capex_guidance',
  'capex_cash',
  'datacenter_revenue',
  'cloud_revenue',
  'azure_growth',
  'revenue',
];

/** The figures that a company has published on a New York day, as known at `asOf`: its capex guidance first. */
export const justReported = (ledger: Ledger, subject: Subject, day: Day, asOf: AsOf): readonly JustReported[] =>
  TOLD.flatMap((metric) => {
    const fact = ledger.latest(subject, metric, asOf);
    if (fact?.published !== day) return [];
    const shown = showFact(ledger, fact, asOf);
    if (isActual(metric)) return [{ shown }];
    const step = guidanceSteps(ledger, fact, asOf).find((it) => it.fact.id === fact.id);
    return [{ shown, ...(step && { revision: step.revision }), ...(step?.previous && { previous: step.previous }) }];
  });
