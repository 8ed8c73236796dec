import { expect, test } from 'vitest';
import { decodeCall } from '../../src/cards/call.ts';
import type { PastAlert } from '../../src/stories/alert.ts';
import type { ShownReason } from '../../src/stories/untold.ts';
import { askingAt, oneChannel, textsUnder } from './asking.ts';
import { cardOf, marketContext } from './market-context.ts';

const AT = Date.parse('2024-07-30T20:00:00Z');

const ask = (past: readonly PastAlert[], line = 'alerts history', language = 'en') => {
  const channels = oneChannel();
  channels.setHistory(1, past);
  return askingAt({ channels, language }).line(line);
};

const alertIn = (state: string): PastAlert => ({
  symbol: 'NVDA',
  kind: 'drawdown',
  level: 2000,
  window: 252,
  at: AT,
  state,
});

test('each delivery state has a label', async () => {
  const states = [
    'sent',
    'muted',
    'quiet',
    'expired',
    'unsure',
    'merged',
    'summed',
    'gone',
    'failed',
    'pending',
    'leased',
  ];
  const card = cardOf(await ask(states.map(alertIn)));
  expect(card.title).toBe('11 alerts for this channel so far');
  expect(textsUnder(card, 'ALERTS')).toEqual(
    [
      'posted',
      'held back while muted',
      'held until quiet hours end',
      'expired before posting',
      'may or may not have been posted',
      'included in the card for a deeper fall',
      'included in the quiet-hours summary',
      'not posted: the channel was gone',
      'not posted: rejected by the platform',
      'waiting to be posted',
      'being posted',
    ].map((words) => `NVDA: 20% below the 252-session peak: ${words}`),
  );
  expect(card.sections[0]?.rows[0]?.aside).toBe('30 Jul 2024 16:00 New York');
});

test('an alert that the channel did not get is listed in its place, with the reason', async () => {
  const untold = (why: ShownReason, at: number): PastAlert => ({ ...alertIn('untold'), at, why });
  const until = Date.parse('2024-07-30T22:00:00Z');
  const channels = oneChannel();
  channels.setHistory(1, [
    { ...alertIn('muted'), at: AT + 5, why: { reason: 'muted', until } },
    { ...alertIn('sent'), at: AT + 2 },
  ]);
  const reasons = [
    untold({ reason: 'kind', kinds: ['drawdown', 'day'] }, AT + 4),
    untold({ reason: 'level', next: 2_500 }, AT + 3),
    untold({ reason: 'level' }, AT + 1),
    untold({ reason: 'changed' }, AT),
  ];
  const context = marketContext({ until: '2024-08-30', untold: reasons });
  const lines = async (language: string, heading: string) =>
    textsUnder(cardOf(await askingAt({ channels, language, context }).line('alerts history')), heading);
  const english = await lines('en', 'ALERTS');
  expect(english.map((line) => line.replace('NVDA: 20% below the 252-session peak: ', ''))).toEqual([
    'not posted: muted until 30 Jul 2024 18:00 New York',
    'not posted: drawdowns and one-day falls are off',
    'not posted: your level is 25%',
    'posted',
    'not posted: none of your levels was reached',
    'not posted: your settings were different then',
  ]);
  const korean = await lines('ko', '알림');
  expect(korean.map((line) => line.replace('NVDA: 252거래일 고점 대비 20% 하락: ', ''))).toEqual([
    '미전송: 2024년 7월 30일 18:00 뉴욕까지 음소거',
    '미전송: 고점 대비 하락 및 하루 하락 꺼짐',
    '미전송: 이 채널의 하락 기준은 25%',
    '전송됨',
    '미전송: 이 채널의 하락 기준에 도달하지 않음',
    '미전송: 당시 설정이 지금과 달랐음',
  ]);
});

test('each kind of alert has a label', async () => {
  const card = cardOf(
    await ask([
      { symbol: 'IXIC', kind: 'day', level: 250, at: AT, state: 'sent' },
      { symbol: 'MAG7', kind: 'value', level: 1500, window: 252, at: AT, state: 'sent' },
      { symbol: 'MSFT', kind: 'figures', at: AT, state: 'sent' },
      { symbol: 'TSLA', kind: 'recovery', level: 2000, at: AT, state: 'sent' },
      { symbol: '*', kind: 'digest', at: AT, state: 'sent' },
    ]),
  );
  expect(textsUnder(card, 'ALERTS')).toEqual([
    'IXIC: 2.5% in a day: posted',
    'MAG7: $1.5 trillion of market value lost: posted',
    'MSFT: new figures: posted',
    'TSLA: a new high after the fall: posted',
    'digest: posted',
  ]);
});

test('a long list is paged', async () => {
  const past = Array.from({ length: 30 }, (_, n) => ({ ...alertIn('sent'), at: AT - n }));
  const second = cardOf(await ask(past, 'alerts history 2'));
  expect(second.footer[0]).toBe('Page 2 of 3');
  expect(second.actions?.map(({ call }) => decodeCall(call)?.options)).toEqual([{ page: '1' }, { page: '3' }]);
  expect(await ask(past, 'alerts history 4')).toMatchObject({ text: expect.stringContaining('from 1 to 3') });
  expect(await ask(past, 'alerts history x')).toMatchObject({ kind: 'problem' });
});

test('a channel without alerts gets a card that says so', async () => {
  expect(cardOf(await ask([])).title).toBe('No alerts for this channel yet');
  expect(cardOf(await ask([], 'alerts history', 'ko')).title).toBe('이 채널의 알림 기록 없음');
});
