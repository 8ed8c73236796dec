import { describe, expect, it, test } from 'vitest';
import { type BotClock, clockOffText, createBotClock } from '../../src/clock/bot-clock.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';

/** Monday, 11:00 in New York. */
const START = Date.parse('2025-06-02T15:00:00Z');

/** A computer whose clock may be off, in a world whose time is `time()`. */
const computer = (aheadMs = 0) => {
  let elapsed = 0;
  let ahead = aheadMs;
  const said: string[] = [];
  const time = () => START + elapsed;
  const clock: BotClock = createBotClock({
    wall: () => time() + ahead,
    monotonic: () => 5_000 + elapsed,
    onSet: (by) => void said.push(`set ${by}`),
    onOff: (off) => void said.push(off ? clockOffText(off) : 'right'),
  });
  return {
    ...{ clock, said, time },
    /** How far the bot's time is ahead, milliseconds. */
    error: () => clock.now() - time(),
    /** Sets the computer's clock by so much. */
    set: (byMs: number) => {
      clock.now();
      ahead += byMs;
    },
    /** Time goes by, in steps of a second at most, as the scheduler wakes. */
    pass: (ms: number) => {
      for (let left = ms; left > 0; left -= 1_000) {
        elapsed += Math.min(left, 1_000);
        clock.now();
      }
    },
    answer: (host = 'Yahoo', offMs = 0) => clock.hear({ host, time: time() + offMs, marginMs: 1_000 }),
  };
};

describe('a clock that is set at run time', () => {
  it.each([
    ['an hour ahead', HOUR_MS],
    ['a day ahead', DAY_MS],
    ['an hour back', -HOUR_MS],
    ['a day back', -DAY_MS],
    ['two minutes ahead', 2 * MINUTE_MS],
  ])('%s and back again does not move the bot’s time', (_name, byMs) => {
    for (const answers of [false, true]) {
      const it = computer();
      it.answer();
      it.set(byMs);
      for (let minute = 0; minute < 4; minute += 1) {
        expect(it.error()).toBe(0);
        if (answers) it.answer();
        it.pass(MINUTE_MS);
      }
      it.set(-byMs);
      it.pass(10 * MINUTE_MS);
      expect(it.error()).toBe(0);
      expect(it.clock.off()).toBeUndefined();
    }
  });

  it('and is right from then on moves the bot’s time with the first answer', () => {
    const it = computer(HOUR_MS);
    it.pass(6 * MINUTE_MS);
    it.set(-HOUR_MS);
    it.pass(1_000);
    expect(it.error()).toBe(HOUR_MS);
    it.answer();
    expect(it.error()).toBe(0);
  });

  it('is believed after five minutes without an answer', () => {
    const it = computer();
    it.answer();
    it.set(DAY_MS);
    it.pass(4 * MINUTE_MS);
    expect(it.error()).toBe(0);
    it.pass(2 * MINUTE_MS);
    expect(it.error()).toBe(DAY_MS);
  });

  it('is told, once, with the first answer that says so', () => {
    const it = computer();
    it.answer();
    it.set(62 * MINUTE_MS);
    for (let minute = 0; minute < 3; minute += 1) {
      it.pass(MINUTE_MS);
      it.answer();
      it.answer('Discord');
    }
    expect(it.said).toEqual([
      `set ${62 * MINUTE_MS}`,
      "This computer's clock is 62 minutes ahead of Yahoo's; set it (ntp).",
    ]);
    expect(clockOffText(it.clock.off() ?? { aheadMs: 0, hosts: [] })).toBe(
      "This computer's clock is 62 minutes ahead of Yahoo's and Discord's; set it (ntp).",
    );
    it.set(-62 * MINUTE_MS);
    expect(it.error()).toBe(0);
    expect(it.said.slice(2)).toEqual(['right', `set ${-62 * MINUTE_MS}`]);
  });

  it('by years is told, and followed after five minutes', () => {
    const it = computer();
    it.answer();
    it.set(400 * DAY_MS);
    for (const host of ['Yahoo', 'Slack']) it.answer(host);
    expect(it.error()).toBe(0);
    it.pass(6 * MINUTE_MS);
    expect(it.error()).toBe(400 * DAY_MS);
    expect(it.said.at(-1)).toBe("This computer's clock is 400 days ahead of Yahoo's; set it (ntp).");
  });

  it('by less than half a minute is followed', () => {
    const it = computer();
    it.set(29_000);
    expect(it.error()).toBe(29_000);
  });

  it('again and again runs at another speed, as in a rehearsal, and is followed', () => {
    const it = computer();
    for (let wake = 0; wake < 5; wake += 1) {
      it.pass(1_000);
      it.set(MINUTE_MS);
    }
    expect(it.error()).toBeGreaterThanOrEqual(4 * MINUTE_MS);
  });
});

test('a computer that has slept has the right time with the first answer', () => {
  const it = computer();
  it.answer();
  it.set(8 * HOUR_MS);
  expect(it.clock.isInDoubt()).toBe(true);
  it.clock.hear({ host: 'Yahoo', time: it.time() + 8 * HOUR_MS, marginMs: 1_000 });
  expect(it.error()).toBe(8 * HOUR_MS);
  expect(it.clock.isInDoubt()).toBe(false);
});

describe('a clock that is off at the start', () => {
  it.each([
    ['ahead', HOUR_MS],
    ['a day ahead', DAY_MS],
    ['a month ahead', 30 * DAY_MS],
  ])(
    '%s: the first answer sets the bot’s time, the second of another host or a minute later tells it',
    (_, aheadMs) => {
      for (const second of ['Yahoo', 'Slack']) {
        const it = computer(aheadMs);
        it.answer();
        expect(it.error()).toBe(0);
        expect(it.clock.off()).toBeUndefined();
        it.pass(second === 'Yahoo' ? MINUTE_MS : 1_000);
        it.answer(second);
        expect(it.error()).toBe(0);
        expect(it.clock.off()?.aheadMs).toBe(aheadMs);
      }
    },
  );

  it.each([
    ['an hour', HOUR_MS],
    ['a day', DAY_MS],
  ])('%s behind: two answers set the bot’s time', (_name, behindMs) => {
    const it = computer(-behindMs);
    it.answer();
    expect(it.error()).toBe(-behindMs);
    it.answer('Discord');
    expect(it.error()).toBe(0);
    expect(it.said).toHaveLength(1);
  });

  it('by a minute or less is nobody’s concern', () => {
    const it = computer(MINUTE_MS);
    for (const host of ['Yahoo', 'Slack']) it.answer(host);
    expect(it.error()).toBe(MINUTE_MS);
    expect(it.said).toEqual([]);
  });

  it('by years is told and not followed', () => {
    const it = computer(400 * DAY_MS);
    for (const host of ['Yahoo', 'Slack']) it.answer(host);
    expect(it.error()).toBe(400 * DAY_MS);
    expect(it.said).toEqual(["This computer's clock is 400 days ahead of Yahoo's and Slack's; set it (ntp)."]);
  });
});

test('one host with a wrong clock moves nothing while another says that ours is right', () => {
  const it = computer();
  it.answer();
  for (let minute = 0; minute < 10; minute += 1) {
    for (let answer = 0; answer < 5; answer += 1) {
      it.answer('Slack', -10 * MINUTE_MS);
      it.pass(20_000);
    }
    it.answer();
    expect(it.error()).toBe(0);
  }
  expect(it.said).toEqual([]);
});
