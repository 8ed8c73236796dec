import { expect, it, onTestFinished } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { createDiscord } from '../../src/chat/discord/discord.ts';
import { writeReportDays } from '../../src/store/report-days.ts';
import { silent } from '../../src/telemetry/log.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { type DiscordDouble, startDiscordDouble } from '../doubles/discord/double.ts';
import { changeChannels, storedAlerts, storedStories } from '../store/inspect.ts';
import { newDatabase } from '../store/temporary.ts';
import { plain } from './crash.ts';
import { at, START_PRICES } from './market.ts';
import { calendar, type Stage, stage } from './stage.ts';

const PLACE = '112233445566778899';

/** Prices after the bell by New York time; between two of them they go straight. Made up, of the shape of the real evening. */
type Path = readonly (readonly [time: string, price: number])[];

interface Evening {
  readonly ticker: string;
  readonly day: string;
  readonly close: number;
  readonly path: Path;
}

/** Close and lowest trade are of that evening; the path between them is made up. */
const META: Evening = {
  ...{ ticker: 'META', day: '2024-04-24', close: 493.5 },
  path: [
    ['16:01', 493.5],
    ['16:05', 490],
    ['16:08', 442],
    ['16:50', 434],
    ['17:30', 400],
    ['20:00', 419],
  ],
};

const NVDA: Evening = {
  ...{ ticker: 'NVDA', day: '2024-08-28', close: 125.61 },
  path: [
    ['16:01', 125.6],
    ['16:20', 125.6],
    ['16:24', 117.5],
    ['17:00', 117],
    ['20:00', 117],
  ],
};

const priceAt = (path: Path, day: string, now: number): number => {
  const next = path.findIndex(([time]) => at(day, time) >= now);
  const [from, to] = [path[Math.max(0, next - 1)], path[next === -1 ? path.length - 1 : next]];
  if (!from || !to) return Number.NaN;
  const [begin, end] = [at(day, from[0]), at(day, to[0])];
  const share = end > begin ? Math.min(1, (now - begin) / (end - begin)) : 1;
  return Math.round((from[1] + (to[1] - from[1]) * share) * 100) / 100;
};

interface EveningStage {
  readonly world: Stage;
  readonly discord: DiscordDouble;
  readonly start: () => Promise<App>;
  readonly platform: () => ReturnType<typeof createDiscord>;
}

/** A bot on Discord at the end of a session, whose close is the evening's; `reports`: Yahoo says that the company reports. */
const stageEvening = async ({ ticker, day, close }: Evening, reports = true): Promise<EveningStage> => {
  const before = calendar.previous(day);
  const world = await stage(at(before, '17:00'));
  const discord = await startDiscordDouble({ now: world.clock });
  onTestFinished(() => discord.close());
  discord.addChannel(PLACE);
  world.market.move(ticker, close / (START_PRICES[ticker] ?? 1));
  world.market.past(before, 300);
  if (reports) world.yahoo.setReport(ticker, { dates: [at(day, '16:00')] });
  const databaseUrl = await newDatabase();
  const { token, apiUrl } = discord;
  const platform = () => createDiscord({ token, apiUrl, log: silent, now: world.clock });
  return { world, discord, platform, start: () => world.start(platform(), PLACE, { databaseUrl }) };
};

const hoursOf = (day: string): { readonly open: number; readonly close: number } =>
  calendar.hours(day) ?? { open: 0, close: 0 };

/** Trades of the evening under way: every minute a new one of the path, five seconds old. */
const tradeAfterHours = (world: Stage, { ticker, day, path }: Evening, now: number, shiftMs = 0): void => {
  const { close } = hoursOf(day);
  for (const each of Object.keys(START_PRICES)) {
    const price = world.market.priceOf(each);
    const quote = { price, time: close + 1_000, marketState: 'POST' };
    if (each === ticker)
      world.yahoo.setQuote(each, {
        ...quote,
        postMarket: { price: priceAt(path, day, now + shiftMs), time: now - 5_000 },
      });
    else world.yahoo.setQuote(each, quote);
  }
};

/** Runs the session's last minutes. */
const runToBell = async (world: Stage, app: App, day: string): Promise<void> => {
  await world.runJobs(app, world.clock());
  const { close } = hoursOf(day);
  world.set(close - 3 * MINUTE_MS);
  await world.run(app, close + 1 * MINUTE_MS);
};

/** As `stageEvening`, at the bell. */
const beginEvening = async (evening: Evening, reports = true) => {
  const stage = await stageEvening(evening, reports);
  const app = await stage.start();
  await runToBell(stage.world, app, evening.day);
  return { ...stage, app };
};

/** Runs the evening until a time; `path` is by times of a usual day. */
const runEvening = async (world: Stage, app: App, evening: Evening, until: string): Promise<void> => {
  const { close } = hoursOf(evening.day);
  const shiftMs = calendar.usualClose(evening.day) - close;
  let now = world.clock();
  while (now < at(evening.day, until)) {
    now += MINUTE_MS;
    tradeAfterHours(world, evening, now, shiftMs);
    await world.runJobs(app, now);
  }
};

const textsOf = (discord: DiscordDouble): string[] => discord.messages(PLACE).map(({ payload }) => plain(payload));

const afterHoursTold = (app: App) => storedStories(app.store.db, 'after-hours');

it('Meta’s evening of 24 Apr 2024 is one card, edited once as it went deeper, with what came out since', async () => {
  const { world, discord, app } = await beginEvening(META);
  await runEvening(world, app, META, '16:09');
  expect(textsOf(discord)).toEqual([]);
  await runEvening(world, app, META, '16:15');
  const [first, ...others] = textsOf(discord);
  expect(others).toEqual([]);
  expect(first).toContain('◐ Meta −10.5% after hours');
  expect(first).toContain('**$441.62 at 16:09** New York time, on the day of its results; the close was $493.50.');
  // The figures of that release count from 16:30.
  expect(first).not.toContain('$35–40B');
  expect(first).not.toContain('Deeper');
  await runEvening(world, app, META, '18:30');
  const [edited, ...more] = textsOf(discord);
  expect(more).toEqual([]);
  // 5 points below 441.62 is 416.94, which the path reaches at 17:11; the third minute after it confirms it.
  expect(edited).toContain('Deeper since: −16.2%, $413.60 at 17:13 New York time');
  expect(edited).toContain('Reported since: Meta guides $35–40B capex, was $30–37B');
  expect(edited?.split('Deeper since')).toHaveLength(2);
  expect(discord.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
  expect(await afterHoursTold(app)).toHaveLength(1);
  expect(discord.invalid).toEqual([]);
});

it('Nvidia’s evening of 28 Aug 2024 is one card by the level of report days, and is not edited', async () => {
  const { world, discord, app } = await beginEvening(NVDA);
  await runEvening(world, app, NVDA, '17:30');
  const [card, ...others] = textsOf(discord);
  expect(others).toEqual([]);
  expect(card).toContain('◐ Nvidia −6.');
  expect(card).toContain('after its results');
  expect(card).toContain('the close was $125.61');
  expect(card).toContain('$26.3B data centre');
  expect(discord.messages(PLACE)[0]?.editedAt).toBeUndefined();
});

it('an edited card does not repeat what it has told of the results', async () => {
  const deeper: Evening = {
    ...NVDA,
    path: [
      ['16:01', 125.6],
      ['16:20', 125.6],
      ['16:24', 117.5],
      ['16:40', 117.5],
      ['16:46', 108],
      ['20:00', 108],
    ],
  };
  const { world, discord, app } = await beginEvening(deeper);
  await runEvening(world, app, deeper, '16:55');
  const [card, ...others] = textsOf(discord);
  expect(others).toEqual([]);
  expect(card).toContain('$26.3B data centre');
  expect(card).toContain('Deeper since: −1');
  expect(card).not.toContain('Reported since');
});

it('without a report the same evening is told from 7% on only', async () => {
  const other = { ...NVDA, day: '2024-08-21' };
  const { world, discord, app } = await beginEvening(other, false);
  await runEvening(world, app, other, '17:00');
  expect(textsOf(discord)).toEqual([]);
  await runEvening(
    world,
    app,
    {
      ...other,
      path: [
        ['17:00', 116.5],
        ['20:00', 116.5],
      ],
    },
    '17:30',
  );
  const [card, ...others] = textsOf(discord);
  expect(others).toEqual([]);
  expect(card).toMatch(/◐ Nvidia −7\.3% after hours.*\$116\.50 at 17:/s);
  expect(card).not.toContain('results');
});

it('a fall that goes deeper at once is not edited before a quarter of an hour has passed', async () => {
  const fast: Evening = {
    ...META,
    path: [
      ['16:01', 493.5],
      ['16:04', 465],
      ['16:08', 460],
      ['16:12', 415],
      ['20:00', 415],
    ],
  };
  const { world, discord, app } = await beginEvening(fast);
  await runEvening(world, app, fast, '16:21');
  expect(textsOf(discord)).toHaveLength(1);
  expect(textsOf(discord)[0]).not.toContain('Deeper');
  await runEvening(world, app, fast, '16:26');
  expect(textsOf(discord)).toHaveLength(1);
  expect(textsOf(discord)[0]).toContain('Deeper since: −15.9%');
});

it('an evening without reports and falls is looked at every five minutes, until eight and not on Saturdays', async () => {
  const calm: Evening = { ...NVDA, day: '2024-08-23', path: [['16:00', 123]] };
  const { world, app } = await beginEvening(calm, false);
  const looks = () =>
    world.yahoo.requests.filter(({ query }) => query.get('fields')?.includes('postMarketPrice') === true).length;
  const atTheBell = looks();
  await runEvening(world, app, calm, '17:01');
  const inAnHour = looks();
  expect(inAnHour - atTheBell).toBe(12);
  for (const time of ['19:58', '20:00', '20:01', '20:30']) await world.runJobs(app, at(calm.day, time));
  await world.runJobs(app, at('2024-08-24', '16:30'));
  expect(looks()).toBe(inAnHour + 1);
});

it('a restart in between tells nothing twice, and the card is still edited', async () => {
  const { world, discord, start, app } = await beginEvening(META);
  await runEvening(world, app, META, '16:20');
  await app.stop();
  const again = await start();
  await runEvening(world, again, META, '17:20');
  const [edited, ...more] = textsOf(discord);
  expect(more).toEqual([]);
  expect(edited).toContain('Deeper since: −16.2%, $413.60 at 17:13 New York time');
});

it('a report day that the source forgets once the results are out still counts that evening', async () => {
  const reporting = { ...NVDA, day: '2024-08-21' };
  const { world, discord, app } = await beginEvening(reporting);
  await runEvening(world, app, reporting, '16:10');
  await writeReportDays(app.store.db, [{ symbol: 'NVDA', day: '2024-11-20', estimated: true }], world.clock());
  await runEvening(world, app, reporting, '16:40');
  expect(textsOf(discord)).toHaveLength(1);
});

it('an edit that Discord does not take for an hour is made all the same', async () => {
  const { world, discord, app } = await beginEvening(META);
  let isDown = true;
  discord.fail(({ method }) => (method === 'PATCH' && isDown ? { kind: 'answer', status: 502, body: '' } : undefined));
  await runEvening(world, app, META, '18:15');
  expect(textsOf(discord)[0]).not.toContain('Deeper since');
  isDown = false;
  await runEvening(world, app, META, '18:40');
  expect(textsOf(discord)[0]).toContain('Deeper since: −16.2%, $413.60 at 17:13');
});

it('the next morning’s levels are those of an evening without trades', async () => {
  const morning = async (withTrades: boolean) => {
    const { world, discord, app } = await beginEvening(META);
    if (withTrades) await runEvening(world, app, META, '17:20');
    world.market.close(META.day);
    const next = calendar.next(META.day);
    world.set(hoursOf(next).open - 30 * MINUTE_MS);
    await world.run(app, hoursOf(next).open - 2 * MINUTE_MS);
    world.market.move('META', 419 / (START_PRICES.META ?? 1));
    await world.run(app, hoursOf(next).open + 20 * MINUTE_MS);
    const alerts = (await storedAlerts(app.store.db)).map(({ body }) => body);
    return { alerts, cards: textsOf(discord) };
  };
  const [told, quiet] = [await morning(true), await morning(false)];
  expect(told.alerts.length).toBeGreaterThan(1);
  expect(told.alerts).toEqual(quiet.alerts);
  expect(told.cards).toHaveLength(quiet.cards.length + 1);
  expect(told.cards.at(-1)).toContain('After hours yesterday: −16.2% at 17:13 New York time');
  expect(quiet.cards.at(-1)).not.toContain('After hours');
});

it('on a day of an early close the evening begins at one', async () => {
  const early = { ...META, day: '2024-07-03' };
  const { world, discord, app } = await beginEvening(early);
  await runEvening(world, app, early, '13:09');
  expect(textsOf(discord)).toEqual([]);
  await runEvening(world, app, early, '13:15');
  expect(textsOf(discord)).toHaveLength(1);
  expect(textsOf(discord)[0]).toContain('at 13:09');
});

it('Friday’s trade, which is still in Monday’s answers, is no trade', async () => {
  const monday = { ...META, day: '2024-04-22' };
  const { world, discord, app } = await beginEvening(monday);
  for (let now = world.clock(); now < at(monday.day, '16:30'); now += MINUTE_MS) {
    world.yahoo.setQuote('META', {
      ...{ price: 493.5, time: at(monday.day, '16:00') + 1_000, marketState: 'POST' },
      postMarket: { price: 420, time: at('2024-04-19', '19:59') },
    });
    await world.runJobs(app, now);
  }
  expect(textsOf(discord)).toEqual([]);
});

it('trades that stand still are not told, however deep', async () => {
  const { world, discord, app } = await beginEvening(META);
  await runEvening(world, app, META, '16:08');
  for (let now = world.clock(); now < at(META.day, '16:30'); now += MINUTE_MS) await world.runJobs(app, now);
  expect(textsOf(discord)).toEqual([]);
});

it.each([
  ['switched them off', { afterHours: false }],
  ['wants no falls of a day', { kinds: ['drawdown', 'digest'] }],
  ['has no levels for a day', { rules: { META: { day: [] } } }],
  ['does not watch the symbol', { without: ['META'] }],
])('a channel that %s gets no card', async (_, settings) => {
  const { world, discord, start } = await stageEvening(META);
  const app = await start();
  await changeChannels(app.store.db, { settings: JSON.stringify(settings) });
  await runToBell(world, app, META.day);
  await runEvening(world, app, META, '16:15');
  expect(await afterHoursTold(app)).toHaveLength(1);
  expect(textsOf(discord)).toEqual([]);
});

it.each([
  ['08:00', 1],
  ['09:45', 0],
])('quiet hours until %s in the morning hold the card; at the opening bell it expires', async (to, cards) => {
  const { world, discord, start } = await stageEvening(META);
  const app = await start();
  const settings = { timeZone: 'America/New_York', quiet: { from: '15:00', to } };
  await changeChannels(app.store.db, { settings: JSON.stringify(settings) });
  await runToBell(world, app, META.day);
  await runEvening(world, app, META, '16:15');
  expect(textsOf(discord)).toEqual([]);
  const next = calendar.next(META.day);
  for (let now = at(next, '07:58'); now <= at(next, '09:50'); now += MINUTE_MS) await world.runJobs(app, now);
  expect(textsOf(discord).filter((text) => text.includes('after hours'))).toHaveLength(cards);
});

it('a card that was held while the fall went deeper says so after all', async () => {
  const { world, discord, start } = await stageEvening(META);
  const app = await start();
  const settings = { timeZone: 'America/New_York', quiet: { from: '15:00', to: '17:30' } };
  await changeChannels(app.store.db, { settings: JSON.stringify(settings) });
  await runToBell(world, app, META.day);
  await runEvening(world, app, META, '17:29');
  expect(textsOf(discord)).toEqual([]);
  await runEvening(world, app, META, '17:35');
  const [card, ...others] = textsOf(discord);
  expect(others).toEqual([]);
  expect(card).toMatch(/◐ Meta −10\.5% after hours.*\$441\.62 at 16:09/s);
  expect(card).toContain('Deeper since: −16.2%, $413.60 at 17:13 New York time');
  expect(discord.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
});
