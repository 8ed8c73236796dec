import type { NoticeStory } from '../../src/stories/channel-stories.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';
import { type Breach, type ChannelCheck, time } from './breach.ts';
import { contains, mutesOf, overlaps, type Span } from './eras.ts';
import { wants } from './expected.ts';
import { roomOf } from './platforms.ts';
import type { Scenario } from './scenario.ts';

/** Trading time without any price after which people are told: five minutes, or three polls if those are rare. */
const patienceOf = ({ pollMs }: Scenario): number => Math.max(5 * MINUTE_MS, 3 * pollMs);
/** Notices live so long. */
const LIFE_MS = HOUR_MS;

/** When nothing could be had of the source for long enough while the exchange was open and the bot ran. */
const gapsOf = (scenario: Scenario): Span[] => {
  const { faults, calendar, pollMs } = scenario;
  const neededMs = patienceOf(scenario) + pollMs + MINUTE_MS;
  const ends = faults.filter(({ kind }) => ['crash', 'restart', 'clock set'].includes(kind));
  return faults.flatMap((fault): Span[] => {
    const hours = calendar.hours(calendar.dayOf(fault.from));
    if (fault.kind !== 'source down' || !hours) return [];
    const from = Math.max(fault.from, hours.open);
    const gap = { from, to: Math.min(fault.to, hours.close) };
    const isRunning = !ends.some((it) => overlaps({ from: from - 2 * pollMs, to: gap.to + 2 * pollMs }, it));
    // A gap that goes on with another fault is one gap, and told once.
    const isNew = !faults.some((it) => it.kind === 'source down' && it.from < fault.from && it.to > from - 4 * pollMs);
    return isRunning && isNew && gap.to - from > neededMs ? [gap] : [];
  });
};

/** Notices that there are no prices, and that they are back. */
export const checkNotices: ChannelCheck = (scenario, outlook, channel, wishes, posted) => {
  const room = roomOf(channel);
  const { market, calendar, pollMs, end } = scenario;
  const told = posted.flatMap(({ at, stories }) =>
    stories.flatMap(({ story, madeAt }) =>
      story.kind === 'notice' ? [{ at, madeAt, story: story as NoticeStory }] : [],
    ),
  );
  const mutes = mutesOf(wishes, '*');
  /**
   * When a notice that is made between two instants is surely there; undefined if it need not come: who begins to want notices
   * in between may have missed it.
   */
  const dueBy = (from: number, at: number): number | undefined => {
    const era = wishes.eras.find(({ sure }) => sure.from <= at && at < sure.to);
    if (!era || !wants(era.settings, 'notice')) return undefined;
    const by = outlook.postedBy(channel, era.settings, at);
    const span = { from, to: by };
    const isHeard = contains(era.sure, span) && !mutes.some(({ perhaps }) => overlaps(perhaps, span));
    return isHeard && by < end && by - at < LIFE_MS ? by : undefined;
  };
  const lostGaps = gapsOf(scenario).flatMap(({ from, to }): Breach[] => {
    const by = dueBy(from, from + patienceOf(scenario) + pollMs + MINUTE_MS);
    const isTold = told.some(
      ({ story, at }) => story.notice === 'no-data' && overlaps({ from, to }, { from: story.since, to: at }),
    );
    if (by === undefined || isTold) return [];
    return [{ what: 'lost', at: from, room, expected: `a notice of no data by ${time(by)}`, came: 'nothing' }];
  });
  const others = told.flatMap(({ at, madeAt, story }, place): Breach[] => {
    const breach = (what: Breach['what'], expected: string): Breach => ({
      ...{ what, at, room, expected },
      came: `${story.notice} since ${time(story.since)}`,
    });
    const again = told.slice(0, place).some((it) => it.story.notice === story.notice && it.story.since === story.since);
    if (again) return [breach('twice', 'it once')];
    const span = { from: madeAt - MINUTE_MS, to: at + 1 };
    const isWanted = wishes.eras.some(({ perhaps, settings }) => overlaps(perhaps, span) && wants(settings, 'notice'));
    if (!isWanted || mutes.some(({ sure }) => contains(sure, span))) return [breach('false', 'no notice')];
    if (story.notice !== 'no-data') return [];
    const calm = market.symbols.find((symbol) => outlook.isCalmIn(symbol, { from: story.since, to: story.at }));
    if (calm !== undefined) return [breach('false', `prices of ${calm}`)];
    const back = outlook.allCalmFrom(story.at);
    const by = calendar.isOpen(back) ? dueBy(story.at, back) : undefined;
    const isBack = told.some((it) => it.story.notice === 'data-back' && it.story.since === story.since);
    return by === undefined || isBack ? [] : [breach('lost', `that prices are back by ${time(by)}`)];
  });
  return [...lostGaps, ...others];
};
