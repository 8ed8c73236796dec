import { describe, expect, test } from 'vitest';
import type { SystemStatus } from '../../commands/command-context.ts';
import { questionText } from '../../src/cards/question-text.ts';
import { loadCatalogue } from '../../src/i18n/catalogue.ts';
import { HISTORY_WAITS } from '../../src/market/judge-history.ts';
import { QUOTE_REFUSALS } from '../../src/market/judge-quote.ts';
import { askingAt, oneChannel, textsUnder } from './asking.ts';
import { cardOf, marketContext, quoteOf } from './market-context.ts';

const catalogue = loadCatalogue();
/** A quote that is not newer is shown by its age. */
const REFUSALS = QUOTE_REFUSALS.filter((it) => it !== 'not newer');
const QUESTIONS = [...HISTORY_WAITS, 'closes missing', 'no history', 'unreadable', ...REFUSALS];
const NOW = '2024-07-30T15:00:00Z';

const ask = (
  systemStatus: Partial<SystemStatus>,
  quotes: Parameters<typeof marketContext>[0]['quotes'] = [],
  language = 'en',
) =>
  askingAt({
    at: NOW,
    language,
    context: marketContext({ until: '2024-07-29', quotes, status: systemStatus }),
  }).question('status');

test('it shows the age of the prices, the source and the market', async () => {
  const quotes = [quoteOf('NVDA', 105, '2024-07-30T14:57:00Z'), quoteOf('IXIC', 17_100, '2024-07-30T13:30:00Z')];
  const card = cardOf(await ask({ goodAt: Date.parse('2024-07-30T14:59:30Z') }, quotes));
  expect(card.title).toBe('Slidewatch is running');
  expect(textsUnder(card, 'PRICES')).toEqual([
    'Source: Yahoo, answered 30 s ago',
    'Market: open',
    'Latest trade: NVDA, 30 Jul 2024 10:57 New York, 3 min ago',
    'Oldest quote: IXIC, 30 Jul 2024 09:30 New York, 90 min ago',
  ]);
});

test('the failure of a source is quoted and explained', async () => {
  const card = cardOf(await ask({ problem: 'Yahoo refused the request' }));
  expect([card.title, card.tone]).toEqual(['▲ Slidewatch has no fresh prices', 'amber']);
  expect(card.lead[0]).toMatch(/^No prices: Yahoo refused the request\. Slidewatch keeps trying;/);
  expect(textsUnder(card, 'PRICES')[0]).toBe('Source: Yahoo, no answer yet');
});

describe('of several sources it names the one that speaks, and since when the others do not', () => {
  const since = Date.parse('2024-07-30T14:02:00Z');
  const failing = [{ source: 'Yahoo', fault: 'refused' as const, because: 'Yahoo rejected the request', since }];
  const speakers = {
    names: ['Yahoo', 'Finnhub'],
    quotes: { bySymbol: new Map([['NVDA', 'Finnhub']]), failing },
    histories: { bySymbol: new Map([['NVDA', 'Yahoo']]), failing: [] },
  };
  const goodAt = Date.parse('2024-07-30T14:59:30Z');

  test.each([
    ['en', 'PRICES', 'Source: Finnhub (Yahoo refusing requests since 30 Jul 2024 10:02 New York), answered 30 s ago'],
    ['ko', '시세', '시세 출처: Finnhub (Yahoo: 2024년 7월 30일 10:02 뉴욕 이후 요청 거부), 30초 전 응답'],
  ])('%s', async (language, heading, says) => {
    expect(textsUnder(cardOf(await ask({ goodAt, speakers }, [], language)), heading)[0]).toBe(says);
  });

  test('histories have a line of their own only while theirs fail', async () => {
    const both = { ...speakers, histories: { bySymbol: new Map(), failing } };
    expect(textsUnder(cardOf(await ask({ goodAt, speakers: both })), 'PRICES')[1]).toBe(
      'Price history: Yahoo (Yahoo refusing requests since 30 Jul 2024 10:02 New York)',
    );
    expect(textsUnder(cardOf(await ask({ goodAt, speakers })), 'PRICES')[1]).toBe('Market: open');
  });
});

test.each([
  [
    'en',
    ['Not confirmed yet: NVDA: the close is not confirmed; META: the unit of the price is in doubt'],
    [
      'Late figure: Microsoft capex, cash, report of 29 Jul 2024',
      'Held back: Alphabet R&D, report of 23 Jul 2024',
      'Missing figure: Meta revenue, report of 25 Jul 2024',
      'Figure not found: Alphabet cloud revenue, report of 24 Jul 2024',
      'Not derivable: Amazon cloud revenue, report of 2 Feb 2024',
      'Unread report: Apple services revenue, report of 2 Aug 2024',
      "Awaited figures: Nvidia, results of 22 May 2024 16:21 New York, not in the filings' data yet",
    ],
  ],
  [
    'ko',
    ['확정 전: NVDA: 종가 확정 전; META: 시세 단위 확인 중'],
    [
      '지연된 수치: 마이크로소프트 설비투자(현금), 2024년 7월 29일 공시',
      '보류한 수치: 알파벳 연구개발비, 2024년 7월 23일 공시',
      '빠진 수치: 메타 매출, 2024년 7월 25일 공시',
      '찾지 못한 수치: 알파벳 클라우드 매출, 2024년 7월 24일 공시',
      '산출 불가 수치: 아마존 클라우드 매출, 2024년 2월 2일 공시',
      '읽지 못한 보고서: 애플 서비스 매출, 2024년 8월 2일 공시',
      '미공시 수치: 엔비디아, 2024년 5월 22일 16:21 뉴욕 실적 발표, 수치는 아직 공시 자료에 없음',
    ],
  ],
])('it names prices that are not confirmed, and figures that are not in (%s)', async (language, prices, figures) => {
  const [priceHeading, figureHeading] = language === 'en' ? ['PRICES', 'FIGURES'] : ['시세', '수치 자료'];
  const card = cardOf(
    await ask(
      {
        questions: [
          { symbol: 'NVDA', question: 'bar waits' },
          { symbol: 'META', question: 'unit in doubt' },
        ],
        openFigures: [
          { subject: 'MSFT', metric: 'capex_cash', state: 'awaited', filed: '2024-07-29' },
          { subject: 'GOOGL', metric: 'rd_expense', state: 'held', filed: '2024-07-23' },
          { subject: 'META', metric: 'revenue', state: 'lost', filed: '2024-07-25' },
          { subject: 'GOOGL', metric: 'cloud_revenue', state: 'absent', filed: '2024-07-24' },
          { subject: 'AMZN', metric: 'cloud_revenue', state: 'underived', filed: '2024-02-02' },
          { subject: 'AAPL', metric: 'services_revenue', state: 'unread', filed: '2024-08-02' },
          { subject: 'NVDA', state: 'released', at: Date.parse('2024-05-22T20:21:29Z') },
        ],
      },
      [],
      language,
    ),
  );
  expect(textsUnder(card, priceHeading).slice(-1)).toEqual(prices);
  expect(textsUnder(card, figureHeading).slice(-7)).toEqual(figures);
});

test.each([
  [
    'en',
    62 * 60_000,
    'According to Yahoo and Discord, the clock of the computer that runs Slidewatch is 62 minutes fast.',
  ],
  [
    'en',
    -3 * 3_600_000,
    'According to Yahoo and Discord, the clock of the computer that runs Slidewatch is 3 hours slow.',
  ],
  [
    'en',
    2 * 86_400_000,
    'According to Yahoo and Discord, the clock of the computer that runs Slidewatch is 2 days fast.',
  ],
  ['ko', 62 * 60_000, 'Slidewatch가 실행 중인 컴퓨터의 시계가 Yahoo 및 Discord 기준보다 62분 빠릅니다.'],
])('a clock that is off is said first, with what to do (%s, %i)', async (language, aheadMs, said) => {
  const { lead } = cardOf(await ask({ clockOff: { aheadMs, hosts: ['Yahoo', 'Discord'] } }, [], language));
  expect(lead).toEqual([expect.stringContaining(said)]);
  expect(lead[0]).toContain('ntp');
});

test('everything that can be open about a price has a text', () => {
  for (const language of catalogue.languages)
    for (const question of QUESTIONS) expect(questionText(catalogue.in(language), question)).not.toBe(question);
});

test('it shows what a platform is missing, and the last alert', async () => {
  const card = cardOf(
    await ask({
      platforms: [
        { name: 'slack', state: 'on' },
        { name: 'discord', state: 'down', detail: 'The permission Embed Links is missing in #markets; grant it.' },
      ],
      lastAlert: { symbol: 'NVDA', at: Date.parse('2024-07-29T20:00:00Z') },
    }),
  );
  expect(textsUnder(card, 'PLATFORMS')).toEqual([
    'Slack: working',
    'Discord: The permission Embed Links is missing in #markets; grant it.',
    'Last alert: NVDA, 29 Jul 2024 16:00 New York, 19 h ago',
  ]);
});

test('it never says that a platform is working while nothing arrives from it, or while it takes no cards', async () => {
  const disconnected = {
    since: Date.parse('2024-07-30T14:04:00Z'),
    reason: 'The socket to Slack is closed (dropped).',
  };
  const notes = [{ text: 'Another process holds a socket.', key: 'unknown' }];
  const closed = {
    state: 'down',
    since: Date.parse('2024-07-30T14:02:00Z'),
    detail: 'Slack refuses the bot.',
  } as const;
  const told = async (platform: object) =>
    textsUnder(cardOf(await ask({ platforms: [{ name: 'slack', state: 'on', ...platform }] })), 'PLATFORMS')[0];
  const away =
    "Not connected since 30 Jul 2024 10:04 New York, so commands and buttons don't arrive; cards are still posted. The socket to Slack is closed (dropped).";
  expect(await told({ disconnected })).toBe(`Slack: ${away}`);
  expect(await told({ notes })).toBe('Slack: working. Another process holds a socket.');
  const both = await told({ ...closed, disconnected });
  expect(both).toContain('Slack: No cards since 30 Jul 2024 10:02 New York: Slack refuses the bot.');
  expect(both).toContain('Not connected since 30 Jul 2024 10:04 New York');
  expect(both).not.toContain('working');
});

test('it says in Korean, too, why nothing arrives from a platform or goes to it', async () => {
  const since = Date.parse('2024-07-30T14:04:00Z');
  const told = async (platform: object) =>
    textsUnder(cardOf(await ask({ platforms: [{ name: 'slack', state: 'on', ...platform }] }, [], 'ko')), '플랫폼')[0];
  const disconnected = {
    since,
    reason: 'The socket to Slack is closed (dropped).',
    key: 'lost',
    values: { why: 'dropped' },
  };
  const away = await told({ disconnected });
  expect(away).toContain('연결이 끊겼으며(dropped) 계속 다시 시도합니다.');
  expect(away).not.toContain('socket');
  const closed = { state: 'down', since, detail: 'Slack refuses the bot (invalid_auth).', cause: 'credential' };
  expect(await told(closed)).toContain('봇 토큰이 거부되었습니다. 봇 운영자가 확인해야 합니다. (Slack refuses the bot');
  expect(await told({ ...closed, cause: 'of-another-version' })).toContain('Slack refuses the bot (invalid_auth).');
});

test('it is available in Korean, and visible to the asker alone', async () => {
  const answer = await ask({ filingsReadAt: Date.parse('2024-07-27T15:00:00Z') }, [], 'ko');
  expect(answer).toMatchObject({ kind: 'card', forAsker: true });
  expect(textsUnder(cardOf(answer), '수치 자료')[0]).toBe('공시 확인: 3일 전');
});

test('the channel has its next digest, its mutes, and what was not posted', async () => {
  const channels = oneChannel();
  await channels.mute(1, 'NVDA', Date.parse('2024-07-30T17:00:00Z'), 'a', 0);
  const past = (state: string) => ({ symbol: 'NVDA', kind: 'day', level: 700, at: 0, state });
  channels.setHistory(1, [past('quiet'), past('quiet'), past('sent'), past('expired'), past('unsure')]);
  const asking = askingAt({ at: NOW, channels });
  expect(textsUnder(cardOf(await asking.question('status')), 'THIS CHANNEL')).toEqual([
    'Cards: on',
    'Muted: NVDA, until 30 Jul 2024 13:00 New York; nothing held back',
    'Next digest: 30 Jul 2024 16:15 New York',
    'Not posted: of the last 5: 2 held until quiet hours end; 1 may or may not have been posted; 1 expired before posting',
  ]);
  expect(
    textsUnder(cardOf(await askingAt({ at: NOW, channels, language: 'ko' }).question('status')), '이 채널').at(-1),
  ).toBe(
    '미전송: 최근 5건 중 방해 금지 시간이 끝날 때까지 보류 2건; 전송 여부 미확인 1건; 유효 시간이 지나 미전송 1건',
  );
});

test('a paused channel says what is missing; one that is not set up says how to set it up', async () => {
  const channels = oneChannel();
  channels.pause(1, 'The permission Send Messages is missing; grant it to Slidewatch.');
  const here = async (channel: string) =>
    textsUnder(cardOf(await askingAt({ at: NOW, channels, who: { channel } }).question('status')), 'THIS CHANNEL');
  expect((await here('c'))[0]).toBe('Cards: The permission Send Messages is missing; grant it to Slidewatch.');
  expect(await here('elsewhere')).toEqual(['Cards: off; /setup turns them on']);
});

test('the number of unconfirmed deliveries is shown', async () => {
  expect(textsUnder(cardOf(await ask({ unsure: 2 })), 'PLATFORMS')).toContain(
    "Unconfirmed: 2 cards may or may not have been posted: Slidewatch can't read the channels",
  );
});

const JOBS: SystemStatus['jobs'] = [
  {
    name: 'digest',
    ranAt: Date.parse('2024-07-29T20:15:00Z'),
    tookMs: 42,
    result: { counts: { told: 3, skipped: 0 } },
    nextAt: Date.parse('2024-07-30T20:15:00Z'),
  },
  {
    name: 'report days',
    ranAt: Date.parse('2024-07-30T14:30:00Z'),
    tookMs: 1_500,
    result: { failed: 'Yahoo cannot be reached (connection refused).' },
    nextAt: Date.parse('2024-07-30T15:30:00Z'),
  },
  { name: 'upkeep', nextAt: Date.parse('2024-07-31T07:30:00Z') },
];

test('each job has its last result, duration and next run', async () => {
  expect(textsUnder(cardOf(await ask({ jobs: JOBS })), 'SCHEDULED JOBS')).toEqual([
    'Digests: 18 h ago, in 42 ms: 3 sent. Next run 30 Jul 2024 16:15 New York.',
    'Earnings dates: Failed 30 min ago, in 1.5 s: Yahoo cannot be reached (connection refused). Next run 30 Jul 2024 11:30 New York.',
    'Clean-up: Not run yet. Next run 31 Jul 2024 03:30 New York.',
  ]);
  expect(textsUnder(cardOf(await ask({ jobs: JOBS }, [], 'ko')), '예약 작업')[0]).toBe(
    '일일 요약: 18시간 전, 42ms 소요: 3건 발송. 다음 2024년 7월 30일 16:15 뉴욕.',
  );
});

test.each([
  ['en', 1, '1 symbol, 1 new quarter, 1 company, 1 old card deleted, 1 splits'],
  ['en', 1_200, '1,200 symbols, 1,200 new quarters, 1,200 companies, 1,200 old cards deleted, 1,200 splits'],
  ['ko', 1, '1종목, 새 분기 1건, 1개 회사, 옛 카드 1건 삭제, splits 1건'],
])(
  'in %s the counts of a job agree with the number %d, and one without a text is named as it is',
  async (language, count, said) => {
    const counts = Object.fromEntries(
      ['symbols', 'quarters', 'companies', 'stories', 'splits'].map((what) => [what, count]),
    );
    const jobs = [{ name: 'history', ranAt: Date.parse('2024-07-30T14:59:30Z'), result: { counts } }];
    const card = cardOf(await ask({ jobs }, [], language));
    expect(textsUnder(card, language === 'ko' ? '예약 작업' : 'SCHEDULED JOBS')[0]).toMatch(
      new RegExp(`: ${said}\\.$`),
    );
  },
);

test.each([
  [
    'en',
    'FIGURES',
    'Filings read: not read: EDGAR_CONTACT is not set. Whoever runs the bot sets it in .env to a name and e-mail address; then new quarters are picked up',
    'Latest figure: 25 Jul 2024, 5 days ago',
  ],
  [
    'ko',
    '수치 자료',
    '공시 확인: 공시 확인 안 함: EDGAR_CONTACT 미설정. 봇 운영자가 .env에 이름과 이메일 주소를 설정하면 새 분기를 반영',
    '최신 수치: 2024년 7월 25일, 5일 전',
  ],
])(
  'without a contact for EDGAR it says what to set and how old the figures are, in %s',
  async (language, heading, filings, newest) => {
    const rows = textsUnder(cardOf(await ask({ filingsOff: true }, [], language)), heading);
    expect(rows.slice(0, 2)).toEqual([filings, newest]);
  },
);

test('what a platform notes about itself is said in the language of the asker', async () => {
  const note = { text: 'Bot scopes are missing: a, b.', key: 'slack-scopes', values: { scopes: 'a, b', count: 2 } };
  const platforms = [{ name: 'slack', state: 'on', notes: [note] }] as const;
  expect(textsUnder(cardOf(await ask({ platforms })), 'PLATFORMS')[0]).toMatch(
    /^Slack: working\. .*missing the bot scopes a, b\..*OAuth & Permissions, then reinstall the app once\.$/,
  );
  expect(textsUnder(cardOf(await ask({ platforms }, [], 'ko')), '플랫폼')[0]).toMatch(/권한\(scope\).*: a, b\./);
});
