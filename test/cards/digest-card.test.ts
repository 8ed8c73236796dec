import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { type Card, TITLE_LIMIT } from '../../src/cards/card.ts';
import { digestCard } from '../../src/cards/digest-card.ts';
import { render } from '../../src/chat/discord/render.ts';
import { renderCard } from '../../src/chat/slack/render.ts';
import { closedDigest } from '../../src/digest/closed-digest.ts';
import { changePercent } from '../../src/i18n/percent.ts';
import type { DigestStory } from '../../src/stories/digest-story.ts';
import { root } from '../../src/util/read-config.ts';
import { calendar, digestFor, historiesWith } from '../digest/digests.ts';
import { ruleFaults } from '../doubles/discord/rules.ts';
import { schemaFaults } from '../doubles/discord/schema.ts';
import { checkMessage } from '../doubles/slack/check-message.ts';
import { summer } from '../slides/samples.ts';
import { cardText } from './card-text.ts';
import { catalogue } from './stories.ts';

const card = (story: DigestStory, language = 'en'): Card => digestCard(story, language, catalogue);

const reports = [
  { symbol: 'MSFT', day: '2024-07-30', estimated: false },
  { symbol: 'META', day: '2024-07-31', estimated: true },
] as const;

const golden = digestFor('2024-07-24', { reports });
const without = historiesWith({ TSLA: summer('TSLA').filter(({ session }) => session <= '2024-07-22'), META: [] });

/** Every shape of a digest that there is. */
const all: DigestStory[] = [
  golden,
  ...['2024-07-01', '2024-07-16', '2024-07-23', '2024-07-26', '2024-07-30', '2024-08-05'].map((day) => digestFor(day)),
  digestFor('2024-07-24', { histories: without }),
  digestFor('2024-07-24', { late: true, awaited: '2024-07-25' }),
  closedDigest(calendar, '2026-11-26'),
  closedDigest(calendar, '2024-07-27', true),
];

describe('24 July 2024', () => {
  test('in English the digest has title, lead, table, alerts, bill, new figures and next reports', () => {
    const { title, lead, sections, tone } = card(golden);
    expect(title).toBe('Wed 24 Jul: Nasdaq −3.6%');
    expect(lead).toEqual([
      'All eight fell; Tesla most, −12.3%.',
      'Nasdaq: its worst day since 7 Oct 2022.',
      'Tesla: its worst day on record (data since 3 Jan 2022).',
      'The Nasdaq is 7.0% below its peak.',
    ]);
    expect(tone).toBe('orange');
    expect(sections.map(({ heading }) => heading)).toEqual([
      '',
      'ALERTED TODAY',
      'THE AI BILL',
      'NEW FIGURES',
      'EARNINGS',
    ]);
    expect(sections[0]?.table?.rows).toHaveLength(9);
    expect(sections[0]?.table?.rows[0]).toEqual(['Nasdaq', '17,342.41', '−3.6%', '−7.0%', '10']);
    expect(sections[0]?.table?.rows[5]).toEqual(['Alphabet', '$172.63', '−5.0%', '−9.7%', '10']);
    const text = cardText(card(golden));
    expect(text).toContain('- Tesla: −20% from its peak, −15% in 10 sessions, −10% in a day');
    expect(text).toContain('- The four: $44.3B capex, +31%, 45% of cash flow · Jan–Mar, 4 of 4');
    expect(text).toContain('- Alphabet: $13.2B capex, +91%; Apr–Jun · 23 Jul');
    expect(text).toContain('- Meta: Wed 31 Jul; estimated');
    expect(text).not.toContain('Microsoft: $');
  });

  test('in Korean the digest has the same content', () => {
    const { title, lead, sections } = card(golden, 'ko');
    expect(title).toBe('7월 24일(수): 나스닥 −3.6%');
    expect(lead).toEqual([
      '8개 모두 하락, 최대 변동 테슬라 −12.3%.',
      '나스닥, 2022년 10월 7일 이후 최대 하락률.',
      '테슬라, 집계 시작(2022년 1월 3일) 이후 최대 하락률.',
      '나스닥, 고점 대비 7.0% 하락.',
    ]);
    expect(sections[0]?.table?.rows[1]?.slice(0, 2)).toEqual(['매그니피센트 7', '15.20조 달러']);
    expect(sections[0]?.table?.rows[2]).toEqual(['테슬라', '215.99달러', '−12.3%', '−21.8%', '215']);
    expect(cardText(card(golden, 'ko'))).toContain('- 메타: 7월 31일(수); 예상일');
  });

  test("on a quarter's first session the bill says who pays for it, and what it brings in", () => {
    const bill = card(digestFor('2024-07-01')).sections.find(({ heading }) => heading === 'THE AI BILL');
    // Cash flow 31,917 + 28,848 + 18,989 + 19,246 less capex 44,289; Alphabet's buybacks 15,696. The cloud of three grew:
    // 26,708 − 22,081, 9,574 − 7,454 and 25,037 − 21,354; their capex 10,952 − 6,607, 12,012 − 6,289 and 14,925 − 14,207.
    expect(bill?.rows.map(({ label, text, aside }) => [label, text, aside].join(' | '))).toEqual([
      'The four | $44.3B capex, +31%, | 45% of cash flow · Jan–Mar, 4 of 4',
      'Left over | $54.7B, $32.8B a year ago | Jan–Mar 2024 · 4 of 4',
      'Buybacks | $15.7B, $14.6B a year ago | Jan–Mar 2024 · GOOGL: 1 of 4',
      'Growth | cloud +$10.4B, capex +$10.8B | on the year · Jan–Mar 2024 · 3 of 4',
    ]);
  });

  test('the alt text gives the moves of the day and the depths in the picture', () => {
    expect(card(golden).picture?.alt).toMatch(
      /^Changes on the day: TSLA −12\.3%.*Distance below .*25 Jul 2023 to 24 Jul 2024.* TSLA −21\.8%.*IXIC −7\.0/,
    );
  });

  test('the picture has the percents of the table, and the counts of the lead', () => {
    const chart = card(golden).picture?.chart;
    if (chart?.kind !== 'multiples') throw new Error('expected the picture of a digest');
    expect(chart.breadth).toEqual(golden.breadth);
    for (const { symbol, day, latest } of chart.panes) {
      const close = golden.rows.find((row) => row.symbol === symbol)?.close;
      if (close?.previous === undefined) throw new Error(`expected a close of ${symbol}`);
      expect(day?.percent).toBe(changePercent(close.price, close.previous));
      expect(latest?.percent).toBe(changePercent(close.price, close.peak.price));
    }
    // Tesla −12.3% and the Nasdaq −3.6% in a day: red from 10% and orange from 2.5%.
    expect(chart.panes[0]?.day?.tone).toBe('red');
    expect(chart.panes[7]).toMatchObject({ reference: true, day: { tone: 'orange' } });
  });
});

test('the digest of a quarter’s first session has the bill in its picture and in the alt text', () => {
  const { chart, alt } = card(digestFor('2024-07-01')).picture ?? {};
  expect(chart?.kind === 'multiples' && chart.bill?.newest).toEqual({ amount: '$44.3B', yoy: 31, share: 45 });
  expect(alt).toMatch(/\$44\.3B in Jan–Mar 2024, 45% of operating cash flow\.$/);
});

test.each(catalogue.languages)(
  'in %s no digest has exclamation marks, advice, a cause or a missing value',
  (language) => {
    for (const story of all) {
      const text = `${cardText(card(story, language))}\n${card(story, language).picture?.alt ?? ''}`;
      expect(text).not.toMatch(/[!！]/);
      expect(text).not.toMatch(/because|due to|caused|driven by|buy |sell |should|때문|탓|매수|매도|하세요/i);
      expect(text).not.toMatch(/undefined|NaN|\{\{|\$t\(|null/);
      expect(text).not.toMatch(/(^|\s)-\d/);
      expect(card(story, language).title.length).toBeLessThan(TITLE_LIMIT);
    }
  },
);

test.each(catalogue.languages)('in %s a quiet day is three lines long and has no picture', (language) => {
  const { title, lead, sections, footer, picture } = card(digestFor('2024-07-16', { reports }), language);
  expect([title, ...lead, ...footer]).toHaveLength(3);
  expect(sections).toEqual([]);
  expect(picture).toBeUndefined();
  expect(footer[0]).toMatch(/2024.*16:00/);
});

test('a quiet day names the largest move and what comes next', () => {
  const soon = [{ symbol: 'TSLA', day: '2024-07-23', estimated: false }] as const;
  const { title, lead } = card(digestFor('2024-07-16', { reports: soon }));
  expect(title).toBe('Tue 16 Jul: a quiet day');
  expect(lead).toEqual([
    'Nvidia −1.6%, Nasdaq +0.2%. No alerts and no new figures. Next to report: Tesla, Tue 23 Jul.',
  ]);
});

test.each([
  ['en', 'Market closed today (Thanksgiving). Next session Friday 27 Nov, early close at 13:00.'],
  ['ko', '오늘 휴장(추수감사절). 다음 거래일 11월 27일 금요일, 13:00 조기 마감.'],
])('a closed day is one line in %s', (language, line) => {
  const closed = card(closedDigest(calendar, '2026-11-26'), language);
  expect(cardText(closed)).toBe(line);
  expect(closed.picture).toBeUndefined();
});

test('every reason in calendar.yaml has a name in every language', () => {
  const { closed } = load(readFileSync(join(root, 'config/calendar.yaml'), 'utf8')) as {
    closed: Record<string, string>;
  };
  for (const language of catalogue.languages)
    for (const reason of [...Object.values(closed), 'weekend'])
      expect(catalogue.in(language).knows(`holiday.${reason}`), `${language} ${reason}`).toBe(true);
});

test('missing closes are listed with the last one, and a late digest says that it is late', () => {
  expect(card(digestFor('2024-07-24', { histories: without })).lead).toContain(
    'No close yet: Magnificent Seven (none yet), Meta (none yet), Tesla (last $251.51 on 22 Jul).',
  );
  const { lead } = card(digestFor('2024-07-24', { late: true, awaited: '2024-07-25' }));
  expect(lead).toContain("Closing prices for 25 Jul aren't in yet; these are the previous ones.");
  expect(lead).toContain('Late: this digest could not be posted when it was due.');
});

test.each([
  [
    'en',
    'Not confirmed yet: Tesla (last $251.51 on 22 Jul).',
    'No close yet: Magnificent Seven (none yet), Meta (none yet).',
  ],
  ['ko', '종가 확정 전: 테슬라(직전 7월 22일 251.51달러).', '종가 미집계: 매그니피센트 7(아직 없음), 메타(아직 없음).'],
])(
  'a close that waits for its confirmation is not confirmed yet, without a change of the day (%s)',
  (language, says, rest) => {
    const story = digestFor('2024-07-24', { histories: without, isUnsettled: (symbol) => symbol === 'TSLA' });
    const { lead, sections } = card(story, language);
    expect(lead).toContain(says);
    expect(lead).toContain(rest);
    expect(sections[0]?.table?.narrow?.rows.find(([symbol]) => symbol === 'TSLA')?.slice(1)).toEqual(
      Array(3).fill('–'),
    );
  },
);

test('what is not settled about a symbol whose close is known is no matter for the digest', () => {
  expect(digestFor('2024-07-24', { isUnsettled: () => true })).toEqual(digestFor('2024-07-24'));
});

describe('platforms', () => {
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);

  test.each(catalogue.languages)('Discord accepts every digest in %s uncut', (language) => {
    for (const story of all) {
      const made = card(story, language);
      const { body, files } = render({ card: made, key: 'k', ...(made.picture && { png }) });
      const uploaded = files.map(({ name, data, contentType }, n) => ({
        field: `files[${n}]`,
        name,
        type: contentType,
        bytes: data,
      }));
      expect([...schemaFaults(body), ...ruleFaults(body, uploaded)]).toEqual([]);
      for (const { heading } of made.sections) expect(JSON.stringify(body)).toContain(heading);
    }
  });

  test.each(catalogue.languages)('Slack accepts every digest in %s uncut', (language) => {
    for (const story of all) {
      const { text, blocks } = renderCard(card(story, language));
      const message = { text, blocks: blocks('F0000000001'), metadata: undefined };
      expect(checkMessage(message, (id) => id === 'F0000000001')).toEqual([]);
      for (const { heading } of card(story, language).sections) expect(JSON.stringify(message)).toContain(heading);
    }
  });
});
