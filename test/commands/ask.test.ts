import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import type { Command, Question } from '../../commands/command.ts';
import { askingAt, cardAt, problemAt } from './asking.ts';

describe('an answer to a mistake says what to type instead', () => {
  test.each([
    ['quote nvdia', "No symbol 'nvdia'. Did you mean NVDA (Nvidia)?"],
    ['quote', 'Missing: symbol. For example: /quote symbol:NVDA.'],
    ['capex gogle', "No company 'gogle'. Did you mean GOOGL (Alphabet)?"],
    ['quot nvda', "No command 'quot'. Did you mean quote?"],
    ['facts', "No command 'facts'. Did you mean facts list, facts source or facts article?"],
    ['chart nvda 7y', "'7y' isn't a valid value for range. Choose one of: 1m, 3m, 6m, 1y, 5y, all."],
    ['bill 31.7.24', "'31.7.24' isn't a valid date. Use YYYY-MM-DD, such as 2024-07-31."],
    ['bill 2024-02-30', "'2024-02-30' isn't a valid date. Use YYYY-MM-DD, such as 2024-07-31."],
    ['bill 2024-08-31', '2024-08-31 is in the future. Enter a date up to 2024-08-30.'],
    ['facts list nvda 99', "There is no page '99'. Enter a number from 1 to 4."],
  ])('%s', async (line, sentence) => {
    expect(await problemAt(line)).toBe(sentence);
  });

  test.each([
    ['quote 엔비댜', "'엔비댜' 종목을 찾을 수 없습니다. NVDA (엔비디아) 종목을 찾으셨나요?"],
    ['시세', 'symbol 값을 입력해 주세요. 예: /quote symbol:NVDA'],
    ['bill 어제', "'어제' 날짜를 인식할 수 없습니다. 2024-07-31 형식으로 입력해 주세요."],
  ])('in Korean: %s', async (line, sentence) => {
    expect(await problemAt(line, { language: 'ko' })).toBe(sentence);
  });

  test('a name that is not close to any gets the three nearest ones', async () => {
    expect(await problemAt('quote zzzzzzz')).toMatch(/^No symbol 'zzzzzzz'\. Closest matches: .+, .+ or .+\.$/);
  });

  test('on Slack the example has Slack’s form', async () => {
    expect(await problemAt('quote', { platform: 'slack' })).toBe(
      'Missing: symbol. For example: /slidewatch quote NVDA.',
    );
  });

  test('typed text is quoted on one line, shortened, without control and direction characters', async () => {
    const text = await problemAt(`quote "a\u202Eb\u0000\n${'c'.repeat(200)}"`);
    expect(text).toMatch(/^No symbol 'a b c{35}…'\./);
  });
});

test('an answer says which colour its reader expects falls to have', async () => {
  const fallsIn = async (language: string) => (await cardAt('chart nvda', '2024-08-30T20:30:00Z', language)).falls;
  expect([await fallsIn('en'), await fallsIn('ko')]).toEqual(['red', 'blue']);
});

/** A command that records its questions. */
const echo = (received: Question[], run?: Command['run']): Command => ({
  name: 'echo',
  options: [
    { name: 'symbol', kind: 'symbol' },
    { name: 'company', kind: 'company' },
    { name: 'day', kind: 'day' },
    { name: 'window', kind: 'choice', choices: ['252', 'all'] },
    { name: 'words', kind: 'text' },
  ],
  standalone: false,
  run:
    run ??
    (async (question) => {
      received.push(question);
      return { kind: 'problem', text: 'received' };
    }),
});

const receivedOptions = async (options: Record<string, string>): Promise<Question['options'] | undefined> => {
  const received: Question[] = [];
  await askingAt({ commands: [echo(received)] }).question('echo', options);
  return received[0]?.options;
};

describe('options reach a command', () => {
  test('as ids, values and days, in whatever form they were typed', async () => {
    expect(
      await receivedOptions({
        symbol: ' 엔비디아 ',
        company: 'Google',
        day: '2024/7/3',
        window: 'All time',
        words: ' some words ',
      }),
    ).toEqual({ symbol: 'NVDA', company: 'GOOGL', day: '2024-07-03', window: 'all', words: 'some words' });
    expect(await receivedOptions({ symbol: '^ixic', day: '2024년 7월 3일', window: '전체 기간' })).toEqual({
      symbol: 'IXIC',
      day: '2024-07-03',
      window: 'all',
    });
  });

  test('without empty and unknown ones', async () => {
    expect(await receivedOptions({ day: '  ', words: '', other: 'x', constructor: 'x' })).toEqual({});
  });

  test('at most a hundred characters long', async () => {
    expect((await receivedOptions({ words: 'x'.repeat(2000) }))?.words).toHaveLength(100);
  });
});

test('the eleventh question within a minute gets the time to wait, in the asker’s language', async () => {
  const ten = { count: 10, perMs: 60_000 };
  const { question } = askingAt({ commands: [echo([])], limit: ten });
  for (let asked = 0; asked < 10; asked += 1) expect(await question('echo')).toMatchObject({ text: 'received' });
  expect(await question('echo')).toEqual({
    kind: 'problem',
    text: 'The limit is 10 questions a minute. Try again in 60 seconds.',
  });
  const korean = askingAt({ commands: [echo([])], limit: { ...ten, count: 1 }, language: 'ko' });
  await korean.question('echo');
  expect(await korean.question('echo')).toMatchObject({
    text: '질문은 1분에 1번까지 할 수 있습니다. 60초 뒤에 다시 시도해 주세요.',
  });
});

test('a failing command is logged, and the asker gets one sentence', async () => {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => lines.push(line) });
  const failing = echo([], async () => {
    throw new Error('secret detail');
  });
  const answer = await askingAt({ commands: [failing], log }).question('echo');
  expect(answer).toEqual({ kind: 'problem', text: 'Something went wrong. Try again in a minute.' });
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { msg: 'command failed', command: 'echo', platform: 'discord', err: { message: 'secret detail' } },
  ]);
});

test.each([
  ['ko', 'ko'],
  ['ko-KR', 'ko'],
  ['en-US', 'en'],
  ['en_GB', 'en'],
  ['fr', 'en'],
  ['', 'en'],
  [undefined, 'en'],
])('a person with the locale %j reads %s', (locale, language) => {
  expect(askingAt({}).languageOf(locale)).toBe(language);
});
