import { newYorkTime } from '../../../market/exchange-time.ts';
import type { Day } from '../../../util/day.ts';
import { DAY_MS } from '../../../util/durations.ts';
import type { Fact } from '../../fact.ts';
import { isQuarter } from '../../period.ts';
import type { FiledDocument } from '../documents/filed-document.ts';
import type { SegmentMetric } from '../filer.ts';
import { isOfReport } from '../is-of-report.ts';
import type { SegmentFacts } from './segment-facts.ts';

/**
 * A segment figure that a report should have and that is not in. `absent`: the report marks no such segment. `held`: it is
 * there, and cannot be right. `underived`: a year is there, and one of its first three quarters is not known. `unread`: the
 * document could not be read, and was given up.
 */
export interface OpenSegment {
  readonly state: 'absent' | 'held' | 'underived' | 'unread';
  readonly metric: SegmentMetric;
  /** The day the report was filed. */
  readonly filed: Day;
}

/** What was not in by then is not asked after any more: the figure would not be shown as the present. */
const MAX_AGE_DAYS = 400;

/** What a report lacks of a company's segments. */
export const lackingSegments = (
  { filed }: Pick<FiledDocument, 'filed'>,
  { missing, held, withoutFourth }: Pick<SegmentFacts, 'missing' | 'held' | 'withoutFourth'>,
): readonly OpenSegment[] => [
  ...missing.map((metric): OpenSegment => ({ state: 'absent', metric, filed })),
  ...held
    .filter(({ end }) => isOfReport({ period: { end } }, filed))
    .map(({ metric }): OpenSegment => ({ state: 'held', metric, filed })),
  ...withoutFourth.map(({ metric }): OpenSegment => ({ state: 'underived', metric, filed })),
];

/** One a report and metric, the first of them; without those whose quarter is known by `now`, epoch milliseconds, and those of long ago. */
export const stillOpen = (
  open: readonly OpenSegment[],
  known: readonly Fact[],
  now: number,
): readonly OpenSegment[] => {
  const isKnown = ({ metric, filed }: OpenSegment): boolean =>
    known.some((fact) => fact.metric === metric && isQuarter(fact.period) && isOfReport(fact, filed));
  const first = new Map(open.toReversed().map((it) => [`${it.metric} ${it.filed}`, it]));
  return open.filter(
    (it) =>
      first.get(`${it.metric} ${it.filed}`) === it &&
      !isKnown(it) &&
      now - newYorkTime(it.filed, '00:00') <= MAX_AGE_DAYS * DAY_MS,
  );
};
