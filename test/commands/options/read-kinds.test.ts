import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OptionKind } from '../../../commands/command.ts';
import { kindsAfter } from '../../../commands/options/kinds.ts';
import { readKind } from '../../../commands/options/read-kind.ts';
import { CARD_KINDS, DEFAULT_KINDS } from '../../../src/stories/channel.ts';
import { catalogue } from '../../cards/stories.ts';

const read = (kind: OptionKind, typed: string, platform = 'discord') => readKind({ catalogue, platform }, kind, typed);

describe.each<[OptionKind, readonly (readonly [typed: string, value: string])[], readonly string[]]>([
  [
    'duration',
    [
      ['1h', '60'],
      ['90 min', '90'],
      ['90분', '90'],
      ['2 days', '2880'],
      ['3일', '4320'],
      ['1시간', '60'],
      ['1h 30m', '90'],
      ['1시간 30분', '90'],
      ['1.5h', '90'],
      ['１ｈ', '60'],
      ['1 week', '10080'],
      ['30d', '43200'],
      ['1m', '1'],
      ['session', 'session'],
      ['Next Session', 'session'],
      ['다음 거래일', 'session'],
    ],
    ['', '60', '0m', '31d', '0.001m', '1 fortnight', '-1h', '1e3h', 'h', '99999d', 'sessions', '1h foo'],
  ],
  [
    'time',
    [
      ['07:00', '07:00'],
      ['7:05', '07:05'],
      ['7am', '07:00'],
      ['12 am', '00:00'],
      ['12pm', '12:00'],
      ['7:30 PM', '19:30'],
      ['오전 7시', '07:00'],
      ['오후 7시 30분', '19:30'],
      ['오후 7시 반', '19:30'],
      ['19시', '19:00'],
      ['23:59', '23:59'],
    ],
    ['', '7', '24:00', '7:60', '13pm', '0am', '오후 13시', 'noon', '07:00:00', '07:00 Seoul'],
  ],
  [
    'time-zone',
    [
      ['Asia/Seoul', 'Asia/Seoul'],
      ['asia/seoul', 'Asia/Seoul'],
      ['Seoul', 'Asia/Seoul'],
      ['서울', 'Asia/Seoul'],
      ['부산', 'Asia/Seoul'],
      ['new york', 'America/New_York'],
      ['뉴욕', 'America/New_York'],
      ['ET', 'America/New_York'],
      ['KST', 'Asia/Seoul'],
      ['Mumbai', 'Asia/Kolkata'],
      ['Asia/Calcutta', 'Asia/Calcutta'],
      ['Kathmandu', 'Asia/Kathmandu'],
      ['buenos aires', 'America/Argentina/Buenos_Aires'],
      ['utc', 'UTC'],
    ],
    [
      '',
      '+09:00',
      'GMT+9',
      'Atlantis',
      'Asia/Atlantis',
      '2020-01-01[Asia/Seoul]',
      '../UTC',
      'Asia/Seoul[u-ca=iso8601]',
    ],
  ],
  [
    'levels',
    [
      ['10,20,30', '1000,2000,3000'],
      ['30 % 20% 10', '1000,2000,3000'],
      ['2.5, 5', '250,500'],
      ['-10,-20', '1000,2000'],
      ['10,10', '1000'],
      ['off', 'off'],
      ['기본값', 'default'],
    ],
    ['', '0', '100', '1.234', '10,x', '1,2,3,4,5,6,7,8,9,10,11,12,13', '1e1', 'NaN'],
  ],
  [
    'rises',
    [
      ['20,50,100', '2000,5000,10000'],
      ['+20% +7.5%', '750,2000'],
      ['1000', '100000'],
      ['off', 'off'],
      ['기본값', 'default'],
    ],
    ['', '0', '-20', '1000.01', '1001', '1.234', '20,x', '1,2,3,4,5,6,7,8,9,10,11,12,13', 'NaN'],
  ],
  [
    'percent',
    [
      ['20', '2000'],
      ['2.5 %', '250'],
      ['0', '0'],
      ['−20%', '2000'],
    ],
    ['', '100', 'twenty', '1.234', '20 30'],
  ],
  [
    'hours',
    [
      ['22:00-07:00', '22:00-07:00'],
      ['22:00 – 7:00', '22:00-07:00'],
      ['10pm to 7am', '22:00-07:00'],
      ['오후 10시~오전 7시', '22:00-07:00'],
      ['오후 10시부터 오전 7시까지', '22:00-07:00'],
      ['off', 'off'],
      ['끄기', 'off'],
    ],
    ['', '22:00', '22:00-22:00', '22:00-24:00', '1-2-3', 'at night'],
  ],
  [
    'days',
    [
      ['mon-fri', '1,2,3,4,5'],
      ['Mon, Wed', '1,3'],
      ['fri–mon', '1,5,6,7'],
      ['월-금', '1,2,3,4,5'],
      ['월,수', '1,3'],
      ['토요일', '6'],
      ['평일', '1,2,3,4,5'],
      ['monday and thursday', '1,4'],
      ['every', 'every'],
      ['mon-sun', 'every'],
      ['매일', 'every'],
    ],
    ['', 'mo', 'mon-', '-fri', 'mon-fri-sun', 'someday', '1'],
  ],
  [
    'kinds',
    [
      ['drawdown,day', 'drawdown,day'],
      ['day drawdown', 'drawdown,day'],
      ['the digest', 'digest'],
      ['고점 대비 하락, 요약', 'drawdown,digest'],
      ['+recovery, -digest', '+recovery,-digest'],
      ['−digest', '-digest'],
      ['all', 'all'],
      ['기본', 'default'],
    ],
    ['', 'drawdown,nothing', 'drawdown,+day', 'x', ',', '+'],
  ],
  [
    'language',
    [
      ['ko', 'ko'],
      ['ko-KR', 'ko'],
      ['한국어', 'ko'],
      ['Korean', 'ko'],
      ['영어', 'en'],
      ['English', 'en'],
    ],
    ['', 'fr', 'French', 'klingon', 'e'],
  ],
  [
    'ticker',
    [
      ['amd', 'AMD'],
      ['$AMD', 'AMD'],
      ['brk-b', 'BRK-B'],
      ['BRK.B', 'BRK.B'],
      ['BRK/B', 'BRK-B'],
      ['brk  b', 'BRK-B'],
      ['7203.T', '7203.T'],
      ['^GSPC', '^GSPC'],
      ['ＡＭＤ', 'AMD'],
    ],
    ['', '삼성', 'A B', '@everyone', '<!channel>', "A'; --", 'ABCDEFGHIJKLMNOPQ', '../A'],
  ],
  [
    'role',
    [
      ['112233445566778899', '112233445566778899'],
      ['<@&112233445566778899>', '112233445566778899'],
      ['none', 'none'],
    ],
    ['', '@everyone', '@here', '<@112233445566778899>', 'S0123ABCD', '<!subteam^S0123ABCD>', '12345'],
  ],
])('%s', (kind, right, wrong) => {
  test.each(right)('%j is read as %s', (typed, value) => {
    expect(read(kind, typed)).toBe(value);
  });

  test.each(wrong)('%j is refused', (typed) => {
    expect(read(kind, typed)).toBeUndefined();
  });

  test('any text is read or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (typed) => {
        expect(['string', 'undefined']).toContain(typeof read(kind, typed));
      }),
      { numRuns: 200 },
    );
  });
});

test('any whole number of minutes up to thirty days is read', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 43_200 }), (minutes) => {
      expect(read('duration', `${minutes} min`)).toBe(String(minutes));
      expect(read('duration', `${minutes}분`)).toBe(String(minutes));
    }),
  );
});

test('any time zone of the engine is read by its name', () => {
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const value = read('time-zone', zone) ?? '';
    const offset = (name: string) => Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).offset;
    expect(offset(value)).toBe(offset(zone));
  }
});

test('kinds can be set, added and removed, and keep their order', () => {
  expect(kindsAfter('day,drawdown', DEFAULT_KINDS)).toEqual(['drawdown', 'day']);
  expect(kindsAfter('+recovery,-digest', DEFAULT_KINDS)).toEqual(['drawdown', 'day', 'figures', 'bill', 'recovery']);
  expect(kindsAfter('all', [])).toEqual(CARD_KINDS);
  expect(kindsAfter('default', [])).toEqual(DEFAULT_KINDS);
});
