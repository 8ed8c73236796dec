import { expect, test } from 'vitest';
import { type BillSource, billColumns, resultDays } from '../../src/board/bill-columns.ts';
import type { LivePart } from '../../src/board/live-parts.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { catalogue } from '../cards/stories.ts';
import { companies, curatedFacts, ledger } from '../facts/samples.ts';
import { viewOf } from './board-view.ts';
import { openBoard, pageOf, textOf } from './open-board.ts';

/** A morning on which the quarter to June 2024 has long been reported by all four. */
const NOW = Date.parse('2024-10-21T12:00:00Z');

const source: BillSource = { ledger, companies, now: NOW };

const boardWith = (given: Partial<BillSource> = {}, language = 'en') =>
  openBoard({ view: viewOf({ bill: () => ({ ...source, ...given }) }), language });

const read = async (query = '', given: Partial<BillSource> = {}): Promise<string> =>
  pageOf(await boardWith(given), `/bill${query}`);

const read2024 = () => read('?as-of=2024-07-30');

test('the h1 says the share of the cash flow that was known on the day', async () => {
  const page = await read2024();
  expect(page.match(/<h1/g)).toHaveLength(1);
  // Of the releases of April 2024: capex of 44.3 of 99.0 billion.
  expect(textOf(page)).toContain('The four spent 45% of their cash flow');
  expect(textOf(page)).toContain('Jan–Mar 2024, the newest quarter in which all have reported');
});

test('what was known says sum, change, share and what is out of the next quarter', async () => {
  const text = textOf(await read2024()).replace(/\s+/g, ' ');
  expect(text).toContain('Known on 30 Jul 2024');
  expect(text).toContain('$44.3B');
  expect(text).toContain('+31%');
  expect(text).toContain('51% a year before');
  expect(text).toContain('2 of 4have reported Apr–Jun 2024: $27.1B so far');
});

test('nothing that was published after the day is on the page, unless it is asked for', async () => {
  const page = await read2024();
  expect(page).not.toContain('class="later"');
  // Meta reported on 31 July, Amazon on 1 August.
  expect(textOf(page).match(/1 Aug 2024/g)).toBeNull();
  expect(page).toContain('href="/bill?as-of=2024-07-31"');
  const later = await read('?as-of=2024-07-30&later=yes');
  expect(later.match(/<rect class="later"/g)).toHaveLength(1);
  expect(later).toContain('value="yes" checked');
  expect(later).toContain('href="/bill?as-of=2024-07-31&amp;later=yes"');
});

test('a quarter stacks those that had reported, and the sum is theirs', () => {
  const at = (day: string) => billColumns(source, day).at(-1);
  const before = at('2024-07-22');
  expect([before?.parts, before?.sum]).toEqual([[], undefined]);
  const half = at('2024-07-30');
  expect(half?.parts.map(({ subject }) => subject)).toEqual(['MSFT', 'GOOGL']);
  expect(half?.parts.reduce((sum, { capex }) => sum + capex, 0)).toBe(half?.sum?.capex);
  const whole = at('2024-10-20');
  expect([whole?.sum?.reported, whole?.later]).toEqual([4, undefined]);
  expect(half?.later).toBe(whole?.sum?.capex);
});

test('the columns keep their places whatever the day', () => {
  const ends = (day: string) => billColumns(source, day).map(({ quarter }) => quarter.end);
  expect(ends('2023-05-01')).toEqual(ends('2024-10-20'));
  expect(ends('2024-10-20')).toHaveLength(14);
});

test('each company has its newest quarter, its share, and a link to the source', async () => {
  const rows = [...(await read2024()).matchAll(/<tr>\s*<th scope="row"><i.*?<\/tr>/gs)].map(([row]) =>
    textOf(row)
      .replace(/\s*\n\s*/g, ' | ')
      .trim(),
  );
  expect(rows).toEqual([
    '| MicrosoftApr–Jun 2024 | $13.9B | +55% | 37% | $28.5B | 30 Jul 2024 ↗ |',
    '| AlphabetApr–Jun 2024 | $13.2B | +91% | 49% | $10.3B | 23 Jul 2024 ↗ |',
    '| AmazonJan–Mar 2024 | $14.9B | +5% | 79% | $25.0B | 30 Apr 2024 ↗ |',
    '| MetaJan–Mar 2024 | $6.40B | −6% | 33% | none told | 24 Apr 2024 ↗ |',
  ]);
});

test('a day that is none, or out of the time that is known, becomes one that can be shown', async () => {
  const dayOf = async (query: string) => /name="as-of" value="([^"]*)"/.exec(await read(query))?.[1];
  const [first] = resultDays(source);
  expect(await dayOf('')).toBe('2024-10-21');
  expect(await dayOf('?as-of=2024-02-30')).toBe('2024-10-21');
  expect(await dayOf('?as-of=%22%3E%3Cscript%3E')).toBe('2024-10-21');
  expect(await dayOf('?as-of=2031-01-01')).toBe('2024-10-21');
  expect(await dayOf('?as-of=1999-01-01')).toBe(first?.day);
  expect(await dayOf('?as-of=2024-07-30')).toBe('2024-07-30');
});

test('the day is asked for by a form, and the policy lets it go to the board alone', async () => {
  const board = await boardWith();
  const answer = await fetch(`${board.url}/bill`);
  expect(answer.headers.get('content-security-policy')).toContain("form-action 'self'");
  expect(await answer.text()).toContain('<form method="get" action="/bill">');
});

test('an open page that asks for another day gets what differs', async () => {
  const board = await boardWith();
  const have = [...(await pageOf(board, '/bill?as-of=2024-07-30')).matchAll(/id="([\w-]+)" data-live="([^"]*)"/g)]
    .map(([, id, version]) => `${id}:${version}`)
    .join(' ');
  const askFor = async (day: string) => {
    const answer = await fetch(`${board.url}/bill?as-of=${day}`, { headers: { 'x-board-have': have } });
    return (await answer.json()) as { readonly headline?: LivePart };
  };
  expect((await askFor('2024-08-02')).headline?.markup).toContain('Apr–Jun 2024');
  expect(Object.keys(await askFor('2024-07-29'))).toContain('columns');
});

test('before anything is known, the page says so', async () => {
  const text = textOf(await read('', { ledger: createLedger([]) }));
  expect(text).toContain('Nothing is known of this day yet');
});

test('a hostile source of a fact stays text and no link', async () => {
  const attack = `"><img src=x onerror="alert(1)">`;
  const facts = curatedFacts.map((fact) => ({
    ...fact,
    label: attack,
    source: { title: attack, url: `javascript:${attack}` },
  }));
  const page = await read('?as-of=2024-07-30', { ledger: createLedger(facts) });
  expect(page).not.toContain('<img');
  expect(page).not.toContain('javascript:');
  expect(page.match(/<script/g)).toHaveLength(1);
});

test.each(catalogue.languages)('every text of the page is there in %s', async (language) => {
  const page = await pageOf(await boardWith({}, language), '/bill?as-of=2024-07-30&later=yes');
  expect(textOf(page)).not.toMatch(/board\.(?:bill|nav)/);
});

test('without a bill there is no page of it', async () => {
  expect((await fetch(`${(await openBoard()).url}/bill`)).status).toBe(404);
});

test('on the day itself, what comes out later that day is not known yet', async () => {
  // Microsoft reported on 30 July 2024 at 16:03 in New York.
  const morning = textOf(await read('', { now: Date.parse('2024-07-30T12:00:00Z') }));
  expect(morning).toContain('MicrosoftJan–Mar 2024');
  const evening = textOf(await read('', { now: Date.parse('2024-07-30T21:00:00Z') }));
  expect(evening).toContain('MicrosoftApr–Jun 2024');
});
