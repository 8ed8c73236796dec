import { describe, expect, test } from 'vitest';
import { slideCard } from '../../src/cards/slide-card.ts';
import { toMicros } from '../../src/market/money.ts';
import type { SlideStory } from '../../src/stories/slide-story.ts';
import { mag7Ten, mag7Value, nasdaqDay, nasdaqTen, nvidia, nvidiaWindow } from './golden-stories.ts';
import { catalogue } from './stories.ts';

// U+202F, the thin space of English percents: it does not break.
/** As in the text of the card. */
const figures = {
  unit: 'usd',
  price: '103.73',
  shortPrice: '103.73',
  depth: '−23.5%',
  window: '252D',
  peak: '135.58',
  day: '−7.0%',
};

describe('Nvidia at the close of 2024-07-30', () => {
  test('in English', () => {
    const card = slideCard(nvidia, 'en', catalogue);
    expect(card).toEqual({
      kind: 'slide',
      tone: 'red',
      title: '▼ Nvidia is 23.5% below its peak',
      tag: 'NVDA',
      lead: [
        '$103.73, −7.0% today: its worst day since 19 Apr 2024.',
        'Peak $135.58 on 18 Jun, 28 sessions ago.',
        'About $784 billion of market value lost.',
      ],
      strong: '$103.73, −7.0% today',
      picture: {
        name: 'nvda-2024-07-30',
        alt: 'Nvidia from 18 Jun 2024 to 30 Jul 2024, last at $103.73. The peak was $135.58 on 18 Jun 2024; the price is 23.5% below it. The 20% level is marked.',
        chart: { ...nvidia.chart, figures },
      },
      sections: [
        {
          heading: 'THE AI BILL',
          hint: 'what its customers spend',
          rows: [
            {
              label: 'Alphabet',
              text: '$13.2B capex, +91%',
              aside: 'Apr–Jun · 23 Jul',
              link: 'https://www.sec.gov/googl',
            },
            {
              label: 'Microsoft',
              text: '$14.0B capex, +80%',
              aside: 'Jan–Mar, incl. leases · 25 Apr',
              link: 'https://www.microsoft.com/fy24q3',
            },
            {
              label: 'The four',
              text: '$44.3B capex, +31%,',
              aside: '45% of cash flow · Jan–Mar, 4 of 4',
              asideInFull: '45% of operating cash flow · Jan–Mar, 4 of 4',
            },
          ],
        },
        {
          heading: 'THE RETURN',
          hint: 'what AI brings in',
          rows: [
            {
              label: 'Nvidia',
              text: '$22.6B data centre, +427%',
              aside: 'Feb–Apr · 22 May',
              link: 'https://nvidianews.nvidia.com/q1',
            },
            {
              label: 'Microsoft',
              text: "7 points of Azure's growth",
              aside: 'Jan–Mar · 25 Apr',
              link: 'https://www.microsoft.com/fy24q3',
            },
          ],
        },
      ],
      footer: ['30 Jul 2024 16:00 New York (Yahoo)', 'The figures are context; they do not explain the move.'],
      at: Date.parse('2024-07-30T20:00:00Z'),
    });
  });

  test('in Korean', () => {
    const card = slideCard(nvidia, 'ko', catalogue);
    expect(card).toEqual({
      kind: 'slide',
      tone: 'red',
      title: '▼ 엔비디아, 고점 대비 23.5% 하락',
      tag: 'NVDA',
      lead: [
        '103.73달러, 오늘 −7.0%: 2024년 4월 19일 이후 최대 하락률.',
        '고점 135.58달러(6월 18일), 28거래일 전.',
        '시가총액 약 7,840억 달러 감소.',
      ],
      strong: '103.73달러, 오늘 −7.0%',
      picture: {
        name: 'nvda-2024-07-30',
        alt: '엔비디아 추이(2024년 6월 18일–2024년 7월 30일), 최근 값 103.73달러. 고점 135.58달러(2024년 6월 18일), 현재 고점 대비 23.5% 하락. 20% 하락 기준선 표시.',
        chart: { ...nvidia.chart, figures },
      },
      sections: [
        {
          heading: 'AI 청구서',
          hint: '고객사 설비투자',
          rows: [
            {
              label: '알파벳',
              text: '설비투자 132억 달러, +91%',
              aside: '4–6월 · 7월 23일',
              link: 'https://www.sec.gov/googl',
            },
            {
              label: '마이크로소프트',
              text: '설비투자 140억 달러, +80%',
              aside: '1–3월, 금융리스 포함 · 4월 25일',
              link: 'https://www.microsoft.com/fy24q3',
            },
            {
              label: '4사 합계',
              text: '443억 달러, +31%,',
              aside: '영업현금흐름의 45% · 1–3월, 4곳 중 4곳',
              asideInFull: '영업현금흐름의 45% · 1–3월, 4곳 중 4곳',
            },
          ],
        },
        {
          heading: 'AI 수익화',
          hint: 'AI로 벌어들인 매출',
          rows: [
            {
              label: '엔비디아',
              text: '데이터센터 매출 226억 달러, +427%',
              aside: '2–4월 · 5월 22일',
              link: 'https://nvidianews.nvidia.com/q1',
            },
            {
              label: '마이크로소프트',
              text: '애저 성장률에 AI 기여 7%p',
              aside: '1–3월 · 4월 25일',
              link: 'https://www.microsoft.com/fy24q3',
            },
          ],
        },
      ],
      footer: ['2024년 7월 30일 16:00 뉴욕(Yahoo)', '참고용 수치이며, 하락의 원인을 뜻하지 않습니다.'],
      at: Date.parse('2024-07-30T20:00:00Z'),
    });
  });
});

const head = (...args: Parameters<typeof slideCard>): string[] => {
  const { title, lead } = slideCard(...args);
  return [title, ...lead];
};

describe('the Nasdaq’s day of 2024-07-24', () => {
  test("has the day's fall in the title, then the previous close and the peak", () => {
    expect(head(nasdaqDay, 'en', catalogue)).toEqual([
      '▼ The Nasdaq fell 3.6% today',
      '17,342.41, −3.6% from 17,997.35: its worst day since 7 Oct 2022.',
      '7.0% below the peak of 18,647.45 on 10 Jul, 10 sessions ago.',
    ]);
    expect(head(nasdaqDay, 'ko', catalogue)).toEqual([
      '▼ 나스닥, 오늘 3.6% 하락',
      '17,342.41, 전일 17,997.35 대비 −3.6%: 2022년 10월 7일 이후 최대 하락률.',
      '고점 18,647.45(7월 10일, 10거래일 전) 대비 7.0% 하락.',
    ]);
  });

  test('6.998% is printed as 7.0% and never as a level of 7%', () => {
    const card = slideCard(nasdaqDay, 'en', catalogue);
    expect(JSON.stringify(card)).not.toMatch(/(?<![\d.])7%/);
    expect(card.tone).toBe('amber');
  });

  test('is the worst on record if the history has no worse day', () => {
    const record = { ...nasdaqDay, day: { previous: 17_997_350_000, worstSince: null, recordFrom: '1971-02-05' } };
    expect(head(record, 'en', catalogue).slice(0, 2)).toEqual([
      '▼ The Nasdaq fell 3.6% today',
      '17,342.41, −3.6% from 17,997.35: its worst day on record (data since 5 Feb 1971).',
    ]);
    expect(head(record, 'ko', catalogue).slice(0, 2)).toEqual([
      '▼ 나스닥, 오늘 3.6% 하락',
      '17,342.41, 전일 17,997.35 대비 −3.6%: 집계 시작(1971년 2월 5일) 이후 최대 하락률.',
    ]);
  });

  test('during the session it is "on course", and a delay is given', () => {
    const running = { ...nasdaqDay, final: false, delayMinutes: 15, observedAt: Date.parse('2024-07-24T18:05:00Z') };
    const card = slideCard(running, 'en', catalogue);
    expect(card.title).toBe('▼ The Nasdaq −3.6% so far today');
    expect(head(running, 'en', catalogue)[1]).toBe(
      '17,342.41, −3.6% from 17,997.35, on course for its worst day since 7 Oct 2022.',
    );
    expect(card.footer[0]).toBe('24 Jul 2024 14:05 New York (Yahoo, 15 minutes late)');
    expect(head(running, 'ko', catalogue).slice(0, 2)).toEqual([
      '▼ 나스닥, 오늘 장중 3.6% 하락',
      '17,342.41, 전일 17,997.35 대비 −3.6%, 이대로 마감하면 2022년 10월 7일 이후 최대 하락률.',
    ]);
  });
});

test('the Nasdaq at 10% on 2024-08-02, without related figures, has no empty sections', () => {
  const card = slideCard(nasdaqTen, 'en', catalogue);
  expect([card.title, ...card.lead]).toEqual([
    '▼ The Nasdaq is 10.0% below peak',
    '16,776.16, −2.4% today.',
    'Peak 18,647.45 on 10 Jul, 17 sessions ago.',
  ]);
  expect(card.sections).toEqual([]);
  expect(card.tone).toBe('orange');
});

describe('a slide told later', () => {
  test('is in the past tense with its date and the late remark', () => {
    expect(head({ ...nvidia, late: true }, 'en', catalogue)).toEqual([
      '▼ Nvidia was 23.5% below its peak',
      '$103.73, −7.0% on 30 Jul: its worst day since 19 Apr 2024.',
      'Posted late: this happened on 30 Jul, while Slidewatch was down or had no prices.',
      'Peak $135.58 on 18 Jun, 28 sessions ago.',
      'About $784 billion of market value lost.',
    ]);
    expect(head({ ...nvidia, late: true }, 'ko', catalogue)).toEqual([
      '▼ 엔비디아, 당시 고점 대비 23.5% 하락',
      '103.73달러, 7월 30일 −7.0%: 2024년 4월 19일 이후 최대 하락률.',
      '늦은 알림: 7월 30일 하락을 뒤늦게 확인(당시 가동 중단 또는 시세 없음).',
      '고점 135.58달러(6월 18일), 28거래일 전.',
      '시가총액 약 7,840억 달러 감소.',
    ]);
  });

  test('a day’s fall keeps its verb and gets its date', () => {
    expect(head({ ...nasdaqDay, late: true }, 'en', catalogue)[0]).toBe('▼ The Nasdaq fell 3.6% on 24 Jul');
  });

  test('a reader on another day gets the date without the remark, with the year if it differs', () => {
    const lines = head(nvidia, 'en', catalogue, '2025-01-02');
    expect(lines[0]).toBe('▼ Nvidia was 23.5% below its peak');
    expect(lines.join('\n')).not.toContain('Posted late');
  });
});

describe('a 20-session level alone', () => {
  test('gives its window and the 252-session peak', () => {
    expect(head(nvidiaWindow, 'en', catalogue)).toEqual([
      '▼ Nvidia fell 15.3% in 10 sessions',
      '$114.25, −6.8% today.',
      'From $134.91 on 10 Jul to $114.25.',
      '15.7% below the peak of $135.58 on 18 Jun, 24 sessions ago.',
      'About $525 billion of market value lost.',
    ]);
    expect(head(nvidiaWindow, 'ko', catalogue)).toEqual([
      '▼ 엔비디아, 10거래일 만에 15.3% 하락',
      '114.25달러, 오늘 −6.8%.',
      '134.91달러(7월 10일) → 114.25달러.',
      '고점 135.58달러(6월 18일, 24거래일 전) 대비 15.7% 하락.',
      '시가총액 약 5,250억 달러 감소.',
    ]);
  });

  test('says nothing of market value that rounds to none', () => {
    expect(head({ ...nvidiaWindow, valueLost: 0 }, 'en', catalogue).at(-1)).toBe(
      '15.7% below the peak of $135.58 on 18 Jun, 24 sessions ago.',
    );
  });

  test('has no line of its own if its peak is the year’s, which has one', () => {
    const [alert] = nvidiaWindow.alerts;
    if (alert?.kind !== 'drawdown') throw new Error('expected a drawdown');
    const peak = { price: alert.peak, session: alert.peakSession, sessions: alert.sessions };
    expect(head({ ...nvidiaWindow, peak }, 'en', catalogue).slice(2)).toEqual([
      '15.3% below the peak of $134.91 on 10 Jul, 10 sessions ago.',
      'About $525 billion of market value lost.',
    ]);
  });

  test('below a deeper headline it has a line of its own', () => {
    const alerts = [...nvidia.alerts.slice(0, 1), ...nvidiaWindow.alerts];
    expect(head({ ...nvidia, alerts }, 'en', catalogue)[2]).toBe('Down 15.3% in 10 sessions, from $134.91 on 10 Jul.');
  });
});

describe('the Magnificent Seven', () => {
  test('are plural, and valued in trillions', () => {
    expect(head(mag7Ten, 'en', catalogue)).toEqual([
      '▼ The Seven are 10.3% below peak',
      '$15.43 trillion, −4.6% today.',
      'Peak $17.21 trillion on 10 Jul, 10 sessions ago.',
      'About $1.78 trillion of market value lost.',
    ]);
    expect(head(mag7Ten, 'ko', catalogue)).toEqual([
      '▼ M7, 고점 대비 10.3% 하락',
      '15조 4,300억 달러, 오늘 −4.6%.',
      '고점 17조 2,100억 달러(7월 10일), 10거래일 전.',
      '시가총액 약 1조 7,800억 달러 감소.',
    ]);
  });

  test('a value alert gives its step', () => {
    expect(head(mag7Value, 'en', catalogue)[0]).toBe('▼ The Seven lost >$1.5 trillion');
    expect(head({ ...mag7Value, late: true }, 'ko', catalogue)[0]).toBe('▼ M7 시총 1조 5,000억 달러 넘게 감소');
  });
});

test('a story without alerts, and an unknown language, are refused', () => {
  expect(() => slideCard({ ...nvidia, alerts: [] }, 'en', catalogue)).toThrow(RangeError);
  expect(() => slideCard(nvidia, 'xx', catalogue)).toThrow('No language "xx"');
});

describe('earlier falls of the same depth', () => {
  const rates = { since: '2015-01-02', cases: 7, sessionsToNewHigh: 61 };

  test('are told by the depth of the price in stories without a round one', () => {
    expect(slideCard({ ...nvidia, rates }, 'en', catalogue).quiet).toBe(
      'Falls of 23.5% since 2015: 7 before; median 61 sessions to a new record.',
    );
    expect(slideCard({ ...nvidia, rates }, 'ko', catalogue).quiet).toBe(
      '2015년 이후 23.5% 이상 하락 7차례, 신고가 회복까지 61거래일(중앙값).',
    );
  });
});

test('the fall after the bell of the evening before is a line: of yesterday, or of its day', () => {
  const evening = (session: string, language = 'en', today?: string): string[] => {
    const tradeTime = Date.parse(`${session}T21:13:00Z`);
    const afterHours = { session, close: 111_590_000, price: 105_000_000, tradeTime };
    return slideCard({ ...nvidia, afterHours }, language, catalogue, today).lead.filter((it) =>
      /[Hh]ours|시간외/.test(it),
    );
  };
  expect(evening('2024-07-29')).toEqual(['After hours yesterday: −5.9% at 17:13 New York time']);
  expect(evening('2024-07-26')).toEqual(['After hours on 26 Jul: −5.9% at 17:13 New York time']);
  expect(evening('2024-07-29', 'en', '2024-07-31')).toEqual(['After hours on 29 Jul: −5.9% at 17:13 New York time']);
  expect(evening('2024-07-29', 'ko')).toEqual(['어제 시간외: −5.9%(뉴욕 17:13)']);
});

describe('how the move compares', () => {
  const index = { symbol: 'IXIC', price: toMicros(17_147), previous: toMicros(17_370) };
  const lead = (story: SlideStory, language = 'en') => slideCard(story, language, catalogue).lead[0];

  test('the first line says what the Nasdaq did that day, but for the Nasdaq itself', () => {
    expect(lead({ ...nvidia, index })).toBe('$103.73, −7.0% today: its worst day since 19 Apr 2024. Nasdaq −1.3%.');
    expect(lead({ ...nvidia, index }, 'ko')).toBe(
      '103.73달러, 오늘 −7.0%: 2024년 4월 19일 이후 최대 하락률. 나스닥 −1.3%.',
    );
    expect(lead(nasdaqDay)).not.toContain('Nasdaq');
  });

  const rates = { level: 2000, since: '2015-01-02', cases: 5, sessionsToNewHigh: 71 };
  const days = { since: '2015-01-02', cases: 24, sessions: 2_408 };
  const withDays = { ...nasdaqDay, ...(nasdaqDay.day && { day: { ...nasdaqDay.day, rates: days } }) };

  test.each([
    ['en', { ...nvidia, rates }, 'Falls of 20% since 2015: 5 before; median 71 sessions to a new record.'],
    ['ko', { ...nvidia, rates }, '2015년 이후 20% 이상 하락 5차례, 신고가 회복까지 71거래일(중앙값).'],
    ['en', withDays, 'Days of −3.6% or worse since 2015: 24 before, one in 100 sessions.'],
    ['ko', withDays, '2015년 이후 하루 −3.6% 이하 24차례, 100거래일에 한 번꼴.'],
  ])('a quiet line in %s says how often a fall or a day like this has happened', (language, story, line) => {
    expect(slideCard(story, language, catalogue).quiet).toBe(line);
  });

  test('nothing is said of what is too rare', () => {
    expect(slideCard(nvidia, 'en', catalogue)).not.toHaveProperty('quiet');
  });
});
