import { expect, test } from 'vitest';
import { decodeCall } from '../../src/cards/call.ts';
import type { PastAlert } from '../../src/stories/alert.ts';
import { askingAt, oneChannel, textsUnder } from './asking.ts';
import { cardOf } from './market-context.ts';

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
  expect(card.title).toBe('■ 11 alerts for this channel so far');
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
  expect(cardOf(await ask([])).title).toBe('■ No alerts for this channel yet');
  expect(cardOf(await ask([], 'alerts history', 'ko')).title).toBe('■ 이 채널의 알림 기록 없음');
});
