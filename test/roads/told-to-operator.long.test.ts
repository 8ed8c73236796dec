import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { createDeferredHandlers } from '../../src/chat/deferred-handlers.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { cardText } from '../cards/card-text.ts';
import { cardOf } from '../commands/market-context.ts';
import type { DoubleBar } from '../doubles/yahoo/market.ts';
import { sessionsUntil } from '../market/sessions-until.ts';
import { newDatabase } from '../store/temporary.ts';
import { computerOn } from './computer.ts';
import { at } from './market.ts';
import { calendar, stage } from './stage.ts';

const [FRI, MON] = ['2025-05-30', '2025-06-02'] as const;

/** A bot on Monday at 10:00, on a computer with a clock of its own; and all that it tells whoever runs it. */
const monday = async (hasBar: (bar: DoubleBar) => boolean = () => true) => {
  const world = await stage(at(FRI, '17:00'));
  world.market.past(FRI, 300);
  const sessions = sessionsUntil(calendar, FRI, 300);
  world.yahoo.setBars('TSLA', sessions.map((session) => ({ session, close: 300 })).filter(hasBar));
  const lines: Readonly<Record<string, unknown>>[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const handlers = createDeferredHandlers('en', () => 'not yet');
  const computer = computerOn(world, await newDatabase());
  const app: App = await computer.start({ log, handlers });
  await computer.run(app, at(FRI, '17:01'));
  world.set(at(MON, '09:25'));
  await computer.run(app, at(MON, '10:00'));
  const ask = async (command: string, options: Record<string, string> = {}): Promise<string> => {
    const where = { platform: 'terminal', workspace: 'w', channel: 'here', asker: 'a', now: world.clock() } as const;
    return cardText(cardOf(await handlers.questions.ask(command, { ...where, options, language: 'en' })));
  };
  const health = async () => (await (await fetch(new URL('/health', app.boardUrl))).json()) as Record<string, unknown>;
  return {
    world,
    computer,
    app,
    lines,
    health,
    status: () => ask('status'),
    quote: () => ask('quote', { symbol: 'TSLA' }),
  };
};

it('is nothing while all is well', async () => {
  const { status, quote, health, lines } = await monday();
  expect(await status()).not.toMatch(/Not confirmed|clock|No prices/);
  expect(await quote()).not.toContain('Not confirmed');
  expect(await health()).not.toHaveProperty('problem');
  expect(lines.filter(({ level, msg }) => Number(level) >= 40 && msg !== 'job failed; will retry')).toEqual([]);
});

it('is that the clock is off', async () => {
  const { world, computer, app, status, health } = await monday();
  computer.aheadMs = 62 * MINUTE_MS;
  await computer.run(app, world.clock() + 5 * MINUTE_MS);
  expect(await status()).toContain(
    'According to Yahoo, the clock of the computer that runs Slidewatch is 62 minutes fast.',
  );
  expect((await health()).problem).toContain("This computer's clock is 62 minutes ahead of Yahoo's; set it (ntp).");
  expect(computer.said).toContain("This computer's clock is 62 minutes ahead of Yahoo's; set it (ntp).");
});

it('is that the source refuses', async () => {
  const { world, computer, app, status, health, lines } = await monday();
  world.yahoo.fail({ fault: 'edge-429', times: Number.POSITIVE_INFINITY });
  await computer.run(app, world.clock() + 10 * MINUTE_MS);
  expect(await status()).toMatch(/Slidewatch has no fresh prices.*No prices: Yahoo is rate limiting us/s);
  expect((await health()).noPricesBecause).toMatch(/^Yahoo is rate limiting us/);
  const [line, ...more] = lines.filter(({ msg }) => msg === 'no prices');
  expect(line).toMatchObject({ level: 40, remedy: expect.stringContaining('FINNHUB_TOKEN') });
  expect(more).toEqual([]);
});

it.each<
  [what: string, quote: { price: number; previous: number; ahead: number }, said: string, logged: string, open: string]
>([
  [
    'counts in another unit',
    { price: 30, previous: 30, ahead: 0 },
    'the unit of the price is in doubt',
    'prices in doubt',
    'unit',
  ],
  [
    'has times in the future',
    { price: 300, previous: 300, ahead: 60 },
    'the price has a time in the future',
    'quote not used',
    'price',
  ],
])('is that a symbol %s', async (_, { price, previous, ahead }, said, logged, open) => {
  const { world, computer, app, status, quote, health, lines } = await monday();
  for (const until = world.clock() + 20 * MINUTE_MS; world.clock() < until; ) {
    const next = world.clock() + MINUTE_MS;
    await computer.run(app, next);
    const raw = { regularMarketPreviousClose: previous };
    world.yahoo.setQuote('TSLA', { price, time: next + ahead * MINUTE_MS, raw });
    await app.watcher.poll(next);
  }
  expect(await status()).toContain(`Not confirmed yet: TSLA: ${said}`);
  if (open === 'unit') expect(await quote()).toContain(`Not confirmed yet: TSLA: ${said}`);
  expect((await health()).problem).toMatch(/^TSLA: /);
  expect(lines.some(({ msg, symbol }) => msg === logged && symbol === 'TSLA')).toBe(true);
  expect(lines.filter(({ msg, what }) => msg === 'prices are not settled' && what === open)).toHaveLength(1);
});

it('is that a price has jumped', async () => {
  const { world, computer, app, status } = await monday();
  world.market.move('TSLA', 0.5);
  await computer.run(app, world.clock() + 3 * MINUTE_MS);
  expect(await status()).toContain('Not confirmed yet: TSLA: a jump of the price is not confirmed');
});

it('is that sessions have no close', async () => {
  const { status } = await monday(({ session }) => session < '2025-05-12' || session > '2025-05-16');
  expect(await status()).toContain('Not confirmed yet: TSLA: closes of past sessions are missing');
});
