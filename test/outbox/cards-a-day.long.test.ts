import { expect, test } from 'vitest';
import type { SessionDate } from '../../src/market/calendar.ts';
import { type DeliveryWithStory, groupDeliveries } from '../../src/outbox/group.ts';
import { GATHER_MS, LONGEST_GATHER_MS, OPEN_WINDOW, shutWindow } from '../../src/stories/slide-window.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { seeded } from '../doubles/random.ts';
import { sharedOrSkip } from '../shared.ts';
import { type Histories, type PlayedSlide, readHistories, sessionOf } from '../watch/played-alerts.ts';

const PATHS = 20;

/** Days of falls, and a month without any that is deep: its sessions count as one. */
const DAYS = [
  ...['2020-03-09', '2020-03-10', '2020-03-11', '2020-03-12', '2020-03-13', '2020-03-16'],
  ...['2022-09-13', '2024-08-05'],
] as const;
const QUIET_MONTH = '2023-08';

/** A slide that waits in a channel. Milliseconds after the bell. */
interface Waiting {
  readonly slide: PlayedSlide;
  readonly id: number;
  readonly dueAt: number;
}

const deliveryOf = ({ slide: { symbol, alerts }, id }: Waiting): DeliveryWithStory =>
  ({ id, symbol, story: { kind: 'slide', symbol, alerts } }) as DeliveryWithStory;

/** Takes cards as they come due. `rule` says when a slide is due and what of the waiting is on the card that is taken at an instant. */
const countCards = (
  slides: readonly PlayedSlide[],
  rule: {
    readonly dueAt: (slide: PlayedSlide) => number;
    readonly take: (waiting: readonly [Waiting, ...Waiting[]], now: number) => ReadonlySet<number>;
  },
): number => {
  const coming = slides.map((slide, id) => ({ slide, id }));
  let waiting: Waiting[] = [];
  let cards = 0;
  for (;;) {
    const [next] = coming;
    const head = waiting.toSorted((a, b) => a.dueAt - b.dueAt || a.id - b.id)[0];
    if (next && (!head || next.slide.at <= head.dueAt)) {
      coming.shift();
      waiting.push({ ...next, dueAt: rule.dueAt(next.slide) });
      continue;
    }
    if (!head) return cards;
    const rest = waiting.filter((it) => it.id > head.id && it.slide.at <= head.slide.at + LONGEST_GATHER_MS);
    const taken = rule.take([head, ...rest], head.dueAt);
    waiting = waiting.filter(({ id }) => !taken.has(id));
    cards += 1;
  }
};

/** Cards of one channel by the rules of now: the first at once, then what comes while it is shut together. */
const cardsNow = (slides: readonly PlayedSlide[]): number => {
  let window = OPEN_WINDOW;
  let shutUntil = 0;
  return countCards(slides, {
    dueAt: ({ at }) => Math.max(at + GATHER_MS, shutUntil),
    take: (waiting, now) => {
      const isGathered = waiting[0].slide.at < shutUntil && shutUntil <= now;
      const { deliveries, merged } = groupDeliveries(waiting.map(deliveryOf), isGathered);
      ({ window, until: shutUntil } = shutWindow(window, now));
      return new Set([...deliveries, ...merged].map(({ id }) => id));
    },
  });
};

/** By the rule before: every slide waits for two minutes, and three symbols of that time share a card. */
const cardsBefore = (slides: readonly PlayedSlide[]): number =>
  countCards(slides, {
    dueAt: ({ at }) => at + 2 * MINUTE_MS,
    take: (waiting) => {
      const symbols = new Set(waiting.map(({ slide }) => slide.symbol));
      const onCard = symbols.size >= 3 ? waiting : waiting.filter((it) => it.slide.symbol === waiting[0].slide.symbol);
      return new Set(onCard.map(({ id }) => id));
    },
  });

interface Row {
  readonly day: string;
  readonly now: number;
  readonly before: number;
}

const rowOf = (histories: Histories, day: string, sessions: readonly SessionDate[]): Row => {
  let [now, before] = [0, 0];
  for (const session of sessions) {
    const play = sessionOf(histories, session);
    for (let seed = 1; seed <= PATHS; seed += 1) {
      const slides = play(seeded(seed));
      now += cardsNow(slides);
      before += cardsBefore(slides);
    }
  }
  return { day, now: now / PATHS, before: before / PATHS };
};

test('the first card at once costs a tenth more cards at most than waiting for two minutes, and on no day more than 15%', (context) => {
  const histories = readHistories((symbol) => sharedOrSkip(context, `data/daily/${symbol}.csv`));
  const month = (histories.get('NVDA') ?? []).flatMap(({ session }) =>
    session.startsWith(QUIET_MONTH) ? session : [],
  );
  const rows = [...DAYS.map((day) => rowOf(histories, day, [day])), rowOf(histories, QUIET_MONTH, month)];
  const sum = (of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const more = ({ now, before }: Omit<Row, 'day'>): number => (before === 0 ? 0 : now / before - 1);
  const total = { now: sum(({ now }) => now), before: sum(({ before }) => before) };
  console.log(
    [
      'cards of a day: before, now',
      ...[...rows, { day: 'together', ...total }].map(
        (row) =>
          `${row.day.padEnd(10)} ${row.before.toFixed(2).padStart(6)} ${row.now.toFixed(2).padStart(6)} ${(100 * more(row)).toFixed(1).padStart(6)}%`,
      ),
    ].join('\n'),
  );
  expect(month.length).toBeGreaterThan(15);
  expect(total.before).toBeGreaterThan(30);
  expect(more(total)).toBeLessThanOrEqual(0.1);
  expect(rows.filter((row) => more(row) > 0.15)).toEqual([]);
});
