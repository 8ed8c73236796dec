import { expect, test } from 'vitest';
import type { Answer } from '../../commands/command.ts';
import { decodeCall } from '../../src/cards/call.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import { askingAt, oneChannel } from './asking.ts';
import { cardOf, marketContext } from './market-context.ts';

/** The recorded closes, 3 January 2022 to 30 August 2024; counts are those of the replay's list, which the tests of it hold. */
const ask = async (line: string, settings: ChannelSettings = {}, language = 'en'): Promise<Answer> => {
  const channels = oneChannel();
  await channels.change(1, () => settings);
  return askingAt({ channels, language, context: marketContext({ until: '2024-08-30' }) }).line(line);
};

const tableOf = (answer: Answer, heading: string) => {
  const { sections } = cardOf(answer);
  return sections.find((it) => it.heading === heading)?.table?.rows;
};

const textOf = (answer: Answer): string => (answer.kind === 'problem' ? answer.text : expect.fail('a card'));

test('levels that are typed are counted by level and by year, with what came after', async () => {
  const answer = await ask('alerts backtest nvda 10,20 day:5');
  const card = cardOf(answer);
  expect(answer).toMatchObject({ forAsker: true });
  expect(card).toMatchObject({
    title: 'Nvidia: 51 alerts since 3 Jan 2022',
    tag: 'NVDA',
    lead: [
      'Played on the closes from 3 Jan 2022 to 30 Aug 2024. An alert is a day on which at least one level was reached.',
      'No whole year was without an alert.',
      'Too few to say what came after (fewer than 5): 252d 20% (3).',
    ],
    footer: [
      'Closes up to 30 Aug 2024 (Yahoo).',
      'Based on closes: levels reached only during a session are not counted. The past is not a forecast.',
    ],
  });
  expect(card.sections.map(({ heading }) => heading)).toEqual([
    'LEVELS',
    'BY LEVEL',
    '20 SESSIONS LATER',
    '60 SESSIONS LATER',
    'BACK WHERE IT FELL FROM',
    'BY YEAR',
  ]);
  expect(card.sections[0]).toMatchObject({
    hint: 'as typed',
    rows: [{ label: '', text: '10, 20% below the 252-session peak; 5% in a day' }],
  });
  expect(tableOf(answer, 'BY YEAR')?.map(([year]) => year)).toEqual(['2022', '2023', '2024*']);
});

test('a channel without options hears of its own rules, for every symbol that it watches', async () => {
  const settings = { without: ['TSLA', 'MAG7'], rules: { NVDA: { drawdown: { 252: [3_000], 20: [] }, day: [] } } };
  const answer = await ask('alerts backtest', settings);
  const card = cardOf(answer);
  expect(card.title).toMatch(/^7 symbols: \d+ alerts since 3 Jan 2022$/);
  expect(card.sections[0]?.hint).toBe("this channel's own");
  expect(card.sections[0]?.rows.map(({ label }) => label)).toEqual(['AAPL, MSFT, GOOGL, AMZN, META', 'NVDA', 'IXIC']);
  expect(tableOf(answer, 'BY SYMBOL')?.map(([name]) => name)).toContain('Nvidia');
  expect(tableOf(answer, '20 SESSIONS LATER')?.map(([name]) => name)).not.toContain('252d 10%');
  expect(card.actions?.map(({ label, call }) => [label, decodeCall(call)])[1]).toEqual([
    'MSFT',
    { name: 'alerts backtest', options: { symbol: 'MSFT' } },
  ]);
});

test('the buttons keep the levels that were typed, in percent', async () => {
  const { actions } = cardOf(await ask('alerts backtest levels:12.5,20 day:off'));
  expect(decodeCall(actions?.[0]?.call ?? '')).toEqual({
    name: 'alerts backtest',
    options: { symbol: 'AAPL', levels: '12.5,20', day: 'off' },
  });
});

test('few alerts are said to be too few, and quiet years are named', async () => {
  const { lead, title } = cardOf(await ask('alerts backtest msft levels:30'));
  expect(title).toBe('Microsoft: 1 alert since 3 Jan 2022');
  expect(lead.slice(1)).toEqual([
    '1 time since 3 Jan 2022: too few to say what came after.',
    'Years without an alert: 2023.',
  ]);
  const korean = cardOf(await ask('alerts backtest msft levels:30', {}, 'ko'));
  expect(korean.lead.slice(1)).toEqual([
    '2022년 1월 3일 이후 1건뿐이라 이후 흐름을 말하기에는 사례가 너무 적음.',
    '알림이 없던 해: 2023.',
  ]);
});

test('that nothing would have been told is the title', async () => {
  const card = cardOf(await ask('alerts backtest msft levels:90'));
  expect(card.title).toBe('Microsoft: no alert since 3 Jan 2022');
  expect(card.lead.slice(1)).toEqual(['Years without an alert: 2022 and 2023.']);
  expect(cardOf(await ask('alerts backtest msft levels:90', {}, 'ko')).title).toBe(
    '마이크로소프트: 2022년 1월 3일 이후 알림 없음',
  );
});

test('of several symbols, those whose prices begin later are named', async () => {
  const bars = marketContext({ until: '2024-08-30' })
    .histories.bars('META')
    .filter(({ session }) => session >= '2024-01-02');
  const context = marketContext({ until: '2024-08-30', bars: { META: bars } });
  const { lead } = cardOf(await askingAt({ context }).line('alerts backtest levels:10'));
  expect(lead.at(-1)).toBe('Prices that begin later: META 2 Jan 2024, MAG7 2 Jan 2024.');
});

test('rules that closes cannot show are said to be left out', async () => {
  const settings = { rules: { NVDA: { within: { 30: [400] } } } };
  const line =
    "Falls within minutes and prices that were set are not counted: closes can't show when they would have been reached.";
  expect(cardOf(await ask('alerts backtest nvda', settings)).lead).toContain(line);
  expect(cardOf(await ask('alerts backtest nvda levels:10', settings)).lead).not.toContain(line);
});

test('default means the levels of the watchlist, of each kind its own', async () => {
  const { sections } = cardOf(await ask('alerts backtest levels:default'));
  expect(sections[0]?.rows.map(({ text }) => text)).toEqual([
    '10, 20, 30, 40, 50, 60, 70, 80% below the 252-session peak',
    '5, 10, 15, 20, 30, 40, 50% below the 252-session peak',
  ]);
});

test.each([
  ['alerts backtest levels:0', /^'0' isn't a valid list of levels\. Enter up to twelve percentages/],
  ['alerts backtest levels:abc', /^'abc' isn't a valid list of levels\. /],
  ['alerts backtest day:100', /^'100' isn't a valid list of levels\. /],
  [
    `alerts backtest levels:${Array.from({ length: 40 }, (_, n) => n + 1)}`,
    /isn't a valid list of levels\. Enter up to twelve/,
  ],
  ['alerts backtest nvdai', /^No symbol 'nvdai'\. Did you mean /],
  [
    'alerts backtest levels:off',
    /^There are no levels to play here\. Type some, for example: \/alerts backtest symbol:NVDA levels:10,20 day:5\.$/,
  ],
])('%s is answered with one sentence', async (line, text) => {
  expect(textOf(await ask(line))).toMatch(text);
});

test('without closes, and in a channel that is not set up, one sentence says what to do', async () => {
  const empty = askingAt({ context: marketContext({}) });
  expect(textOf(await empty.line('alerts backtest nvda'))).toBe(
    'No closes of NVDA yet, so nothing can be played. Try again in a few minutes.',
  );
  const elsewhere = askingAt({ who: { channel: 'other' } });
  expect(textOf(await elsewhere.line('alerts backtest'))).toContain('/setup');
});
