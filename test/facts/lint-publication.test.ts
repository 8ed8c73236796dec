import { expect, test } from 'vitest';
import type { Fact } from '../../src/facts/fact.ts';
import {
  actualsAreInTime,
  eveningsAreTimed,
  minutesAreOfOneDay,
  sourcesAreThere,
} from '../../src/facts/lint-publication.ts';
import type { PlacedFact } from '../../src/facts/parse-fact-file.ts';
import { factOf } from './samples.ts';

/** Facts on the lines 1, 2, … of a file. */
const placed = (...changes: Parameters<typeof factOf>[0][]): PlacedFact[] =>
  changes.map((change, place) => ({ fact: factOf(change), file: 'MSFT.yaml', line: place + 1 }));

const sec = (accession: string, title = 'Microsoft results, 8-K exhibit 99.1'): Fact['source'] => ({
  title,
  url: `https://www.sec.gov/Archives/edgar/data/789019/${accession.replaceAll('-', '')}/msft-ex99_1.htm`,
});

const release = sec('0000950170-24-087835');

test('a fact of a results evening has a minute or a bound', () => {
  const messages = eveningsAreTimed(placed({ source: release }, { source: release, metric: 'revenue' }));
  expect(messages.map(({ line }) => line)).toEqual([1, 2]);
  expect(messages[0]?.message).toMatch(/would count from the close; give `released` at its source, or `known_by`/);
  expect(eveningsAreTimed(placed({ time: '16:03' }, { knownBy: '16:30', metric: 'revenue' }))).toEqual([]);
});

test('one minute makes the evening, also for what the report of that evening says, and for guidance', () => {
  const report = sec('0000950170-24-087843', 'Microsoft 10-K 0000950170-24-087843');
  const evening = placed(
    { source: release, time: '16:03' },
    { source: report, metric: 'commercial_rpo', basis: 'commercial_obligations', period: { end: '2024-06-30' } },
    { metric: 'capex_guidance', low: 1 },
    { source: report, metric: 'revenue', published: '2024-07-31' },
  );
  expect(eveningsAreTimed(evening).map(({ line }) => line)).toEqual([2, 3]);
});

test('what came out at the closing bell makes the evening, too', () => {
  const other = { metric: 'capex_guidance', low: 1 } as const;
  expect(eveningsAreTimed(placed({ time: '16:00' }, other)).map(({ line }) => line)).toEqual([2]);
  expect(eveningsAreTimed(placed({ time: '15:59' }, other))).toEqual([]);
});

test('what a report alone says, and what came out before the close, needs neither', () => {
  expect(eveningsAreTimed(placed({ source: sec('0000950170-24-087843', 'Microsoft 10-K') }))).toEqual([]);
  expect(eveningsAreTimed(placed({ time: '08:30' }, { time: '08:30', metric: 'revenue' }))).toEqual([]);
});

test('an actual is told within 100 days of its period, unless it restates one or a note says why', () => {
  const [late] = actualsAreInTime(placed({ published: '2024-10-09' }));
  expect(late?.message).toMatch(/^published 2024-10-09, more than 100 days after the period ended on 2024-06-30; give/);
  expect(
    actualsAreInTime(
      placed(
        { published: '2024-10-08' },
        { published: '2025-07-30', note: 'first told as a comparative figure' },
        { published: '2025-07-30', supersedes: 'an earlier one' },
      ),
    ),
  ).toEqual([]);
});

test('a source is not a filing of a later year', () => {
  const messages = sourcesAreThere(placed({ source: sec('0000950170-25-100235') }));
  expect(messages.map(({ message }) => message)).toEqual([
    'published 2024-07-30, but its source 0000950170-25-100235 is a filing of 2025; cite the document of that day',
  ]);
  expect(sourcesAreThere(placed({ source: release }, { source: { title: 'A page', url: 'https://x.org/1' } }))).toEqual(
    [],
  );
});

test('a source is not numbered after what was filed on a later day', () => {
  const april = { published: '2024-04-25', period: { start: '2024-01-01', end: '2024-03-31' } };
  const inOrder = placed(
    { source: release },
    { ...april, source: sec('0000950170-24-048268') },
    // The report of the same evening, and the same document cited for what was told a day before.
    { metric: 'revenue', source: sec('0000950170-24-087843') },
    { metric: 'rd_expense', source: release, published: '2024-07-29' },
  );
  expect(sourcesAreThere(inOrder)).toEqual([]);
  const [fault] = sourcesAreThere(placed({ source: release }, { ...april, source: sec('0000950170-24-118955') }));
  expect(fault).toMatchObject({
    line: 2,
    message:
      'published 2024-04-25, but its source 0000950170-24-118955 was filed after 0000950170-24-087835, of 2024-07-30; cite the document of that day',
  });
});

test('one document has one day for the minute at which it came out', () => {
  const [fault] = minutesAreOfOneDay(
    placed(
      { source: release, time: '16:03' },
      { source: release, time: '16:03', published: '2024-07-31', metric: 'revenue' },
      { source: release, time: '17:45', published: '2024-07-31' },
    ),
  );
  expect(fault).toMatchObject({ line: 2, message: expect.stringMatching(/came out at that time on 2024-07-30/) });
});
