import { describe, expect, it, test } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';
import { newDatabase } from '../store/temporary.ts';
import { type Computer, computerOn } from './computer.ts';
import { at } from './market.ts';
import { type Stage, stage } from './stage.ts';

const [FRI, MON, TUE] = ['2025-05-30', '2025-06-02', '2025-06-03'] as const;

/** What happens to the computer's clock, by the time of the day at which it does. */
type Events = Readonly<Record<string, (computer: Computer) => void>>;

interface Day {
  readonly events?: Events;
  /** The bot is down from 11:00 to 11:02. */
  readonly down?: boolean;
  readonly hears?: boolean;
  readonly answer?: Computer['answer'];
  /** When Tesla falls; default: 11:03. */
  readonly movesAt?: string;
}

/**
 * Monday: Tesla falls by 12% at 11:03, while Nvidia falls by 11% with the closing bell. Three cards: the fall, the close, the
 * digest. Returns what the platform has taken.
 */
const monday = async ({
  events = {},
  down = false,
  hears = true,
  answer,
  movesAt = '11:03',
}: Day): Promise<Computer> => {
  const world: Stage = await stage(at(FRI, '17:00'));
  world.market.past(FRI, 300);
  const url = await newDatabase({ often: true });
  const computer = computerOn(world, url, { hears });
  let app: App = await computer.start();
  await computer.run(app, at(FRI, '17:02'));
  if (answer) computer.answer = answer;
  const each = (now: number): void => {
    for (const [time, happen] of Object.entries(events)) if (now === at(MON, time)) happen(computer);
    if (now === at(MON, movesAt)) world.market.move('TSLA', 0.88);
  };
  world.set(at(MON, '10:50'));
  await computer.run(app, at(MON, '11:00'), each);
  if (down) {
    await app.stop();
    world.set(at(MON, '11:02'));
    each(world.clock());
    app = await computer.start();
  }
  await computer.run(app, at(MON, '11:20'), each);
  world.set(at(MON, '15:50'));
  await computer.run(app, at(MON, '16:00'), each);
  world.market.move('NVDA', 0.89);
  world.market.trade(at(MON, '16:00') + 1_000);
  world.market.close(MON);
  await computer.run(app, at(MON, '16:30'), each);
  return computer;
};

const set =
  (byMs: number) =>
  (computer: Computer): void => {
    computer.aheadMs += byMs;
  };

/** What the platform answers, by the number of the try. */
const ANSWERS: Readonly<Record<string, Computer['answer']>> = {
  'takes every card': () => undefined,
  'asks to wait for ten minutes': (attempt) =>
    attempt === 1 ? { kind: 'later', reason: 'busy', afterMs: 10 * MINUTE_MS } : undefined,
  'loses two answers': (attempt) => (attempt <= 2 ? { kind: 'unknown', reason: 'lost' } : undefined),
  'cannot be read': (attempt) =>
    attempt === 1
      ? { kind: 'unknown', reason: 'lost' }
      : attempt === 2
        ? { kind: 'unsure', reason: 'unreadable', remedy: 'let it read' }
        : undefined,
};

/** Days with a right clock, by what else is special about them. */
const plainDays = new Map<string, Promise<Computer>>();
const plainDay = (day: Omit<Day, 'events'>, key: string): Promise<Computer> => {
  const known = plainDays.get(key) ?? monday(day);
  plainDays.set(key, known);
  return known;
};

/** The cards are those of a day with a right clock, each at most a minute later or earlier. */
const expectSameCards = (plain: Computer, { taken }: Computer): void => {
  expect(plain.taken.length).toBe(3);
  expect(taken.map(({ title }) => title)).toEqual(plain.taken.map(({ title }) => title));
  const delays = taken.map(({ at: when }, n) => (when - (plain.taken[n]?.at ?? 0)) / MINUTE_MS);
  for (const delay of delays) expect(Math.abs(delay), delays.join()).toBeLessThanOrEqual(1);
};

const STEPS = [
  ['an hour forward', HOUR_MS],
  ['a day forward', DAY_MS],
  ['31 hours forward', 31 * HOUR_MS],
  ['an hour back', -HOUR_MS],
  ['a day back', -DAY_MS],
] as const;

describe.each(STEPS)('a clock that is set %s loses, doubles and delays nothing', (_name, byMs) => {
  it.each<[name: string, day: Day]>([
    ['and is right again two minutes later', { events: { '11:02': set(byMs), '11:04': set(-byMs) } }],
    ['for the rest of the day', { events: { '11:02': set(byMs) } }],
    ['while a card is owed', { events: { '11:05': set(byMs) } }],
    ['while the program is down', { events: { '11:02': set(byMs) }, down: true }],
    ['before the fall, and right again after it', { events: { '10:51': set(byMs), '11:05': set(-byMs) } }],
    ['around the bell', { events: { '15:52': set(byMs), '16:12': set(-byMs) } }],
    [
      'around the bell, and nobody tells the time',
      { events: { '15:58': set(byMs), '16:01': set(-byMs) }, hears: false },
    ],
  ])('%s', async (_when, day) => {
    const { down = false, hears = true } = day;
    expectSameCards(await plainDay({ down, hears }, `${down} ${hears}`), await monday(day));
  });

  it('while the program is down with a card that is owed, which a platform would not take before', async () => {
    const answer: Computer['answer'] = (attempt) => (attempt < 3 ? { kind: 'later', reason: 'busy' } : undefined);
    const day = { answer, down: true, movesAt: '10:52' };
    expectSameCards(await plainDay(day, 'owed'), await monday({ ...day, events: { '11:02': set(byMs) } }));
  });
});

describe('a clock ten minutes ahead that nobody notices until it is set right', () => {
  it.each(Object.entries(ANSWERS))('delays nothing where a platform %s', async (name, answer) => {
    const day = { answer, hears: false };
    const events = { '10:51': set(10 * MINUTE_MS), '11:06': set(-10 * MINUTE_MS) };
    expectSameCards(await plainDay(day, name), await monday({ ...day, events }));
  });
});

test('a clock that is an hour ahead is told once, and again when it is right', async () => {
  const { said } = await monday({ events: { '11:02': set(62 * MINUTE_MS), '16:10': set(-62 * MINUTE_MS) } });
  expect(said).toEqual([
    'set forward',
    "This computer's clock is 62 minutes ahead of Yahoo's; set it (ntp).",
    'right',
    'set back',
  ]);
});

describe('jobs that run at a wrong time', () => {
  it('tell Monday’s close and digest that evening, after two minutes at which it seemed to be Tuesday evening', async () => {
    const world = await stage(at(FRI, '17:00'));
    world.digests = true;
    world.market.past(FRI, 300);
    const computer = computerOn(world, await newDatabase({ often: true }));
    const app = await world.start(computer.platform, 'here');
    await world.runJobs(app, at(FRI, '17:00'));
    world.set(at(MON, '10:55'));
    await world.run(app, at(MON, '11:00'));
    for (const time of ['18:00', '18:01', '18:02']) await world.runJobs(app, at(TUE, time));
    world.set(at(MON, '11:02'));
    await world.run(app, at(MON, '11:10'));
    world.set(at(MON, '15:55'));
    await world.run(app, at(MON, '16:00'));
    world.market.move('TSLA', 0.89);
    world.market.trade(at(MON, '16:00') + 1_000);
    world.market.close(MON);
    await world.run(app, at(MON, '16:40'));
    expect(computer.taken.map(({ title }) => title)).toEqual([
      '▼ Tesla is 11.0% below its peak',
      expect.stringContaining('Mon 2 Jun'),
    ]);
    expect(computer.taken.at(-1)?.at).toBeLessThanOrEqual(at(MON, '16:20'));
  });

  it.each([
    ['', false],
    [' while the program is down', true],
  ])('post a card within two minutes, once, if an hour is taken back while it is owed%s', async (_when, isDown) => {
    const world = await stage(at(FRI, '17:00'));
    world.market.past(FRI, 300);
    const computer = computerOn(world, await newDatabase({ often: true }));
    const options = { databaseUrl: computer.databaseUrl };
    let app = await world.start(computer.platform, 'here', options);
    await world.runJobs(app, at(FRI, '17:00'));
    world.set(at(MON, '11:28'));
    await world.run(app, at(MON, '11:31'));
    world.market.move('TSLA', 0.89);
    await world.run(app, at(MON, '11:33'));
    expect(computer.taken).toEqual([]);
    world.set(at(MON, '10:34'));
    if (isDown) {
      await app.stop();
      app = await world.start(computer.platform, 'here', options);
    }
    await world.runJobs(app, at(MON, '10:34'));
    await world.run(app, at(MON, '10:37'));
    expect(computer.taken).toMatchObject([{ title: '▼ Tesla is 11.0% below its peak' }]);
    expect(computer.taken[0]?.at).toBeLessThanOrEqual(at(MON, '10:36'));
    await world.run(app, at(MON, '11:45'));
    expect(computer.taken).toHaveLength(1);
  });
});
