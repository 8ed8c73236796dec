import { expect, test } from 'vitest';
import { textsUnder } from './asking.ts';
import { cardOf } from './market-context.ts';
import { askOn, openChannelScene } from './real-channels.ts';

test('without options it shows the digest’s times, and when the next one is due', async () => {
  const scene = await openChannelScene();
  const card = cardOf(await askOn(scene)('schedule'));
  expect(card.title).toBe('Digest schedule');
  expect(textsUnder(card, 'DIGEST')).toEqual([
    'Digest: after every session, 15 minutes after the close',
    'Next digest: 3 Sep 2024 16:15 New York',
  ]);
  expect(await scene.settings()).toEqual({});
});

test.each<[string, object]>([
  ['07:00', { digest: { at: '07:00' } }],
  ['on 7am new york mon-fri', { digest: { at: '07:00', days: [1, 2, 3, 4, 5] } }],
  ['서울 오전 7시 화-토', { timeZone: 'Asia/Seoul', digest: { at: '07:00', days: [2, 3, 4, 5, 6] } }],
  ['19:30 london closed-days:on', { timeZone: 'Europe/London', digest: { at: '19:30', closedDays: true } }],
  ['days:mon,wed', { digest: { days: [1, 3] } }],
  ['off', { kinds: ['drawdown', 'day', 'figures', 'bill'] }],
  ['digest:on', {}],
])('schedule %s', async (typed, settings) => {
  const scene = await openChannelScene();
  expect((await askOn(scene)(`schedule ${typed}`)).kind).toBe('card');
  expect(await scene.settings()).toEqual(settings);
});

test('each part can be reset alone', async () => {
  const scene = await openChannelScene();
  const ask = askOn(scene);
  const card = cardOf(await ask('schedule 07:00 seoul tue-sat closed-days:on'));
  expect(textsUnder(card, 'DIGEST')).toEqual([
    'Digest: Tue–Sat, at 07:00 Seoul',
    'Closed days: one line on weekdays the exchange is closed',
    'Next digest: 31 Aug 2024 07:00 Seoul',
  ]);
  for (const part of ['time:close', 'days:every', 'closed-days:off', 'time-zone:New York'])
    expect((await ask(`schedule ${part}`)).kind).toBe('card');
  expect(await scene.settings()).toEqual({});
  const off = cardOf(await ask('schedule off'));
  expect(textsUnder(off, 'DIGEST')).toEqual(['Digest: off']);
});

test.each([
  ['time:25:00', "'25:00' isn't a valid time. Enter a time such as 07:00, 7am or 19:30."],
  ['time:7', "'7' isn't a valid time. Enter a time such as 07:00, 7am or 19:30."],
  ['time-zone:Soul', "No time zone 'Soul'. Did you mean Asia/Seoul, Africa/Johannesburg or Atlantic/South_Georgia?"],
  ['time-zone:+09:00', "No time zone '+09:00'. Enter a city or time zone, such as Seoul, New York or Europe/London."],
  ['days:someday', "'someday' isn't a valid list of days. Enter days such as mon-fri or mon,wed, or every."],
  ['digest:maybe', "'maybe' isn't a valid value for digest. Choose one of: on, off."],
])('schedule %s is refused', async (typed, sentence) => {
  const scene = await openChannelScene();
  const answer = await askOn(scene)(`schedule ${typed}`);
  expect(answer).toEqual({ kind: 'problem', text: sentence });
  expect(await scene.settings()).toEqual({});
});

test('the refusal and its examples are available in Korean', async () => {
  const scene = await openChannelScene();
  expect(await askOn(scene, { language: 'ko' })('schedule time-zone:zzzzzz')).toMatchObject({
    text: "'zzzzzz' 시간대를 찾을 수 없습니다. 서울, 뉴욕, Europe/London처럼 도시 또는 시간대를 입력해 주세요.",
  });
});
