import { expect, it } from 'vitest';
import { createDeferredHandlers } from '../../src/chat/deferred-handlers.ts';
import { createYahoo } from '../../src/market/sources/yahoo/index.ts';
import { readCustomSymbols } from '../../src/store/custom-symbols.ts';
import { readLastQuotes } from '../../src/store/last-quotes.ts';
import { silent } from '../../src/telemetry/log.ts';
import { storedBars } from '../store/inspect.ts';
import { sentTo } from './crash.ts';
import { at } from './market.ts';
import { calendar, stage } from './stage.ts';

const [FRI, MON] = ['2025-05-30', '2025-06-02'] as const;
const BOARD = { language: 'en', platform: 'board', channel: 'local' } as const;

/** A morning in which Nvidia slides at 10:10; people ask about other tickers every minute, if they do. */
const morning = async ({ isAsked, fault }: { isAsked: boolean; fault?: 'edge-429' | 'server-error' }) => {
  const world = await stage(at(MON, '09:25'));
  world.market.past(FRI, 300);
  for (const ticker of ['PLTR', 'AMD', 'IBM'])
    world.yahoo.setBars(ticker, [
      { session: calendar.previous(FRI), close: 100 },
      { session: FRI, close: 100 },
    ]);
  const handlers = createDeferredHandlers('en', () => 'not yet');
  // A random above 0 makes a pause longer than the minute between two polls.
  const options = { url: world.yahoo.url, log: silent, wait: async () => {}, random: () => 0.5 };
  const app = await world.start(undefined, '', { handlers, source: async () => createYahoo(options) });
  const answers: string[] = [];
  const isAbout = (query: URLSearchParams, path: string) =>
    /PLTR|AMD|IBM|NVDIA/.test(`${query.get('symbols')} ${path}`);
  if (fault) world.yahoo.fail(({ query, path }) => (isAbout(query, path) ? fault : undefined));
  let minute = 0;
  const run = (until: string, isAsked: boolean) =>
    world.run(app, at(MON, until), (now) => {
      for (const ticker of ['PLTR', 'AMD', 'IBM']) world.yahoo.setQuote(ticker, { price: 95, time: now - 1_000 });
      if (isAsked) asks.push(...['PLTR', 'AMD', 'IBM', 'NVDIA'].map((ticker) => ask(ticker)));
      minute += 1;
    });
  const asks: Promise<unknown>[] = [];
  const ask = async (symbol: string) => {
    const answer = await handlers.questions.ask('quote', { ...BOARD, options: { symbol }, asker: `a${minute}` });
    answers.push(answer.kind === 'card' ? answer.card.title : answer.text);
  };
  await run('10:10', isAsked);
  world.market.move('NVDA', 0.78);
  await run('10:30', isAsked);
  await Promise.all(asks);
  const polls = world.yahoo.requests.filter(({ query, path }) => !isAbout(query, path));
  return {
    answers,
    sent: await sentTo(app, 'board'),
    polls: polls.map(({ endpoint, path, query }) => `${endpoint} ${path} ${query.get('symbols') ?? ''}`).toSorted(),
    health: app.watcher.health(),
    memory: app.watcher.memory,
    stored: {
      bars: (await storedBars(app.store.db)).map(({ symbol, session }) => `${symbol} ${session}`),
      custom: await readCustomSymbols(app.store.db),
      quotes: [...(await readLastQuotes(app.store.db)).keys()].toSorted(),
    },
  };
};

type Morning = Awaited<ReturnType<typeof morning>>;

const expectUnchanged = (beside: Morning, alone: Morning): void => {
  expect(beside.polls).toEqual(alone.polls);
  expect(beside.sent).toEqual(alone.sent);
  expect(beside.sent).toContainEqual([`NVDA 252/20 ${MON}`]);
  expect(beside.health.problem).toBeUndefined();
  expect(beside.stored).toEqual(alone.stored);
  expect([...beside.memory.states.keys()]).toEqual([...alone.memory.states.keys()]);
};

it.each(['edge-429', 'server-error'] as const)(
  'questions that Yahoo answers with %s cost the watch no request, no minute and no row',
  async (fault) => {
    const alone = await morning({ isAsked: false });
    const beside = await morning({ isAsked: true, fault });
    expect(beside.answers.length).toBeGreaterThan(50);
    expect(new Set(beside.answers.map((answer) => answer.replaceAll(/\b(PLTR|AMD|IBM|NVDIA)\b/g, 'X')))).toEqual(
      new Set(["The price source isn't answering, so X could not be looked up. Try again in a minute."]),
    );
    expectUnchanged(beside, alone);
  },
);

it('questions that are answered cost the watch no request, no minute and no row', async () => {
  const alone = await morning({ isAsked: false });
  const beside = await morning({ isAsked: true });
  expect(beside.answers).toContain('PLTR Incorporated at $95.00, −5.0% so far today');
  expect(beside.answers).toContain("No symbol 'NVDIA'. Did you mean NVDA (Nvidia)?");
  expectUnchanged(beside, alone);
});
