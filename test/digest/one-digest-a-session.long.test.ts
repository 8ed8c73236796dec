import { test } from 'vitest';
import { DAY_MS } from '../../src/util/durations.ts';
import { expectOneDigestASession } from './one-digest-a-session.ts';

/** The offsets of a zone on each day of the two years: zones that share them have the same digests. */
const offsetsOf = (zone: string): string => {
  const first = Temporal.Instant.from('2025-11-01T12:00:00Z').epochMilliseconds;
  return Array.from(
    { length: 740 },
    (_, day) => Temporal.Instant.fromEpochMilliseconds(first + day * DAY_MS).toZonedDateTimeISO(zone).offset,
  ).join();
};

const groups = Object.entries(Object.groupBy(Intl.supportedValuesOf('timeZone'), offsetsOf)).map(
  ([, zones = []]) => [zones[0] ?? 'UTC', zones.length] as const,
);

test.each(groups)(
  'every half hour in %s, and in all %i zones like it, brings one digest a session over two years',
  (zone) => {
    expectOneDigestASession(zone);
  },
);
