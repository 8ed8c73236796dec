import type { Failure } from '../stories/failure.ts';
import type { PlatformState } from '../stories/platforms.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { DATA_GAP_MS } from '../watch/data-gap.ts';

/** A shorter trouble of a platform is none of the bot's as a whole. */
const PLATFORM_MS = 10 * MINUTE_MS;

/** What `failuresOf` looks at. Times in epoch milliseconds. */
export interface FailureInput {
  readonly now: number;
  /** Why the last poll brought no prices, and when one last did, or the bot started. */
  readonly prices?: { readonly because: string; readonly goodAt: number };
  readonly platforms: readonly PlatformState[];
  /** Why the database does not answer, and since when. */
  readonly database?: { readonly because: string; readonly since: number };
}

const platformFailures = ({ platforms, now }: FailureInput): Failure[] =>
  platforms.flatMap(({ name, since, detail, disconnected }) => [
    ...(since !== undefined && now - since >= PLATFORM_MS
      ? [{ part: name, since, because: `No cards go to ${name}: ${detail}` }]
      : []),
    ...(disconnected !== undefined && now - disconnected.since >= PLATFORM_MS
      ? [{ part: name, since: disconnected.since, because: `Nothing arrives from ${name}: ${disconnected.reason}` }]
      : []),
  ]);

/** What does not work and has not for long enough that a person should look: prices for 5 minutes, a platform for 10. */
export const failuresOf = (input: FailureInput): Failure[] => {
  const { now, prices, database } = input;
  return [
    ...(database ? [{ part: 'database', ...database }] : []),
    ...(prices && now - prices.goodAt >= DATA_GAP_MS
      ? [{ part: 'prices', since: prices.goodAt, because: prices.because }]
      : []),
    ...platformFailures(input),
  ];
};
