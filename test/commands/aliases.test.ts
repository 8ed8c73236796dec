import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { readKind } from '../../commands/options/read-kind.ts';
import { parseLine } from '../../commands/parse-line.ts';
import { normaliseText } from '../../src/util/normalise-text.ts';
import { askingAt, cardAt, context } from './asking.ts';

const { catalogue } = context;
const LATE_2026 = '2026-09-01T20:30:00Z';

const asked = (line: string) => parseLine(line, commands, catalogue);

test.each([
  ['청구서', 'bill', {}],
  ['청구서 2024-07-31', 'bill', { 'as-of': '2024-07-31' }],
  ['장부 목록 메타', 'facts list', { company: '메타' }],
  ['장부 출처 메타', 'facts source', { company: '메타' }],
  ['알림 시험', 'alerts test', {}],
  ['ai청구서', 'bill', {}],
  ['자료 출처 메타', 'facts source', { company: '메타' }],
  ['알림 테스트', 'alerts test', {}],
])('the command %j is %s, by its word of today and by that of before', (line, name, options) => {
  expect(asked(line)).toEqual({ name, options });
});

test.each([
  ['falls below the peak', 'drawdown'],
  ['falls of a day', 'day'],
  ['falls below the peak, the digest', 'drawdown,digest'],
  ['+no-data notices', '+notice'],
  ['요약', 'digest'],
  ['+요약', '+digest'],
  ['새 수치, 시세 끊김 안내', 'figures,notice'],
  ['drawdowns, digest', 'drawdown,digest'],
  ['일일 요약', 'digest'],
  ['+일일 요약', '+digest'],
  ['-price outages', '-notice'],
  ['실적 수치,시세 중단 안내', 'figures,notice'],
])('the kinds of cards %j are %s', (typed, kinds) => {
  expect(readKind({ catalogue, platform: 'discord' }, 'kinds', typed)).toBe(kinds);
});

test('kinds by their old names are told from other words in a line', () => {
  expect(asked('alerts set falls below the peak')).toEqual({
    name: 'alerts set',
    options: { kinds: 'falls below the peak' },
  });
});

describe('choices', () => {
  test.each([
    ['chart nvda "below the peak"', 'underwater'],
    ['chart nvda 가격', 'price'],
    ['chart nvda "the seven compared"', 'compare'],
    ['chart nvda "일곱 종목 비교"', 'compare'],
  ])('%s draws what it always drew', async (line, kind) => {
    const [old, current] = await Promise.all([cardAt(line, LATE_2026), cardAt(`chart nvda kind:${kind}`, LATE_2026)]);
    expect(old).toEqual(current);
  });

  test.each(['fall of a day', '하루 하락', '하루 하락률'])('the window "%s" is the day', async (window) => {
    const answer = await askingAt({}).question('alerts set', { symbol: 'NVDA', window, levels: '9' });
    expect(JSON.stringify(answer)).toContain('9% in a day');
  });

  test('the digest comes after the close, however that is said', async () => {
    for (const time of ['close', '장 마감 뒤', '장 마감 후']) {
      const answer = await askingAt({}).question('schedule', { digest: 'on', time });
      expect(JSON.stringify(answer), time).toContain('15 minutes after the close');
    }
  });
});

test.each([
  ['설비투자 전망', 'Meta, capex guidance'],
  ['capex guidance', 'Meta, capex guidance'],
])('a kind of figure goes by "%s"', async (metric, named) => {
  expect((await cardAt(`facts source meta "${metric}"`, LATE_2026)).title).toBe(`Sources: ${named}`);
});

test('the industry keeps its article for those who type it', async () => {
  expect((await cardAt('facts list "the industry"', LATE_2026)).title).toContain('Industry');
});

test('an old word finds its value while it is typed', () => {
  const { complete } = askingAt({});
  const values = (option: string, typed: string): string[] =>
    complete('alerts set', option, typed, 'ko').map(({ value }) => value);
  expect(values('kinds', '요')).toContain('digest');
  expect(values('kinds', 'falls below')).toEqual(['drawdown']);
});

test('an alias is for a word that the messages have, and never the word of something else', () => {
  const all = catalogue.languages.map((language) => catalogue.in(language));
  const { also } = catalogue.typed;
  for (const [key, aliases] of Object.entries(also)) {
    expect(
      all.some((words) => words.knows(key)),
      key,
    ).toBe(true);
    const family = Object.keys(also).filter((other) => other.split('.')[0] === key.split('.')[0] && other !== key);
    const theirs = family.flatMap((other) => all.flatMap((words) => (words.knows(other) ? [words.say(other)] : [])));
    for (const alias of aliases) {
      expect(theirs.map(normaliseText), `${key}: ${alias}`).not.toContain(normaliseText(alias));
      expect(
        all.map((words) => normaliseText(words.say(key))),
        `${key}: ${alias}`,
      ).not.toContain(normaliseText(alias));
    }
  }
});
