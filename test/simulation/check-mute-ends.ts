import type { MuteEndStory } from '../../src/stories/channel-stories.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';
import { type Breach, type Posted, time } from './breach.ts';
import { contains, mutesOf, overlaps, type Wishes } from './eras.ts';
import type { Outlook } from './expected.ts';
import { NAME } from './orders.ts';
import { roomOf } from './platforms.ts';
import type { Scenario, SimulatedChannel } from './scenario.ts';
import type { Run } from './simulate.ts';

/** How long after the end of a mute its message is worth posting. */
const LIFE_MS = 12 * HOUR_MS;

/** How many of each symbol. */
const counted = (symbols: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const symbol of symbols) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  return counts;
};

/**
 * The ends of mutes: what they have held back is told once, all of it, and not while it is still muted; the card whose button
 * was pressed names who did it.
 */
export const checkMuteEnds = (
  scenario: Scenario,
  outlook: Outlook,
  channel: SimulatedChannel,
  wishes: Wishes,
  posted: readonly Posted[],
  { deliveries, edits, orders }: Run,
): Breach[] => {
  const room = roomOf(channel);
  const { end, faults } = scenario;
  const own = deliveries.filter((it) => roomOf(it) === room);
  const held = own.filter(({ state }) => state === 'muted');
  const made = own.flatMap(({ kind, body, createdAt, state }) =>
    kind === 'mute-end' ? [{ story: JSON.parse(body) as MuteEndStory, createdAt, state }] : [],
  );
  const told = posted.flatMap(({ at, stories }) =>
    stories.flatMap(({ story, madeAt }) => (story.kind === 'mute-end' ? [{ at, madeAt, story }] : [])),
  );
  const falses = told.flatMap(({ at, madeAt, story }, place): Breach[] => {
    const breach = (what: Breach['what'], expected: string): Breach => ({
      ...{ what, at, room, expected },
      came: `the end of a mute of ${story.muted.join(', ')} with ${story.counts.map(({ symbol, count }) => `${count} ${symbol}`).join(', ')}`,
    });
    if (told.slice(0, place).some((it) => it.story.at === story.at)) return [breach('twice', 'it once')];
    const still = wishes.mutes.find(
      ({ symbol, sure }) => symbol === '*' && contains(sure, { from: story.at - MINUTE_MS, to: madeAt + MINUTE_MS }),
    );
    if (still) return [breach('early', `nothing before ${time(still.sure.to)}`)];
    return [];
  });
  // Each card that was held back is counted in one message, if its mute is over.
  const totals = counted(
    made.flatMap(({ story }) => story.counts.flatMap(({ symbol, count }) => Array(count).fill(symbol))),
  );
  const sums = [...new Set([...held.map(({ symbol }) => symbol), ...totals.keys()])].flatMap((symbol): Breach[] => {
    const all = held.filter((it) => it.symbol === symbol);
    // A mute may also hold back what was made before it and waited: for the end of quiet hours, or for the platform.
    const isOver = all.every(({ createdAt }) => {
      const gone = Math.max(...wishes.eras.map(({ settings }) => outlook.postedBy(channel, settings, createdAt)));
      return mutesOf(wishes, symbol).every(({ perhaps }) => perhaps.to < end - 30 * MINUTE_MS || perhaps.from > gone);
    });
    const got = totals.get(symbol) ?? 0;
    const isRight = got === all.length || (!isOver && got < all.length);
    if (isRight) return [];
    const at = all[0]?.createdAt ?? end;
    return [
      {
        what: got > all.length ? 'twice' : 'lost',
        at,
        room,
        symbol,
        expected: `${all.length} held back of ${symbol} told`,
        came: `${got}`,
      },
    ];
  });
  const unsaid = made.flatMap(({ story, createdAt, state }): Breach[] => {
    const era = wishes.eras.find(({ sure }) => sure.from <= createdAt && createdAt < sure.to);
    if (!era || told.some((it) => it.story.at === story.at)) return [];
    const by = outlook.postedBy(channel, era.settings, createdAt);
    if (by > end || by > createdAt + LIFE_MS || !contains(era.sure, { from: createdAt, to: by })) return [];
    return [
      { what: 'lost', at: createdAt, room, expected: `the end of a mute by ${time(by)}`, came: `it is ${state}` },
    ];
  });
  const isClockSet = faults.some(({ kind }) => kind === 'clock set');
  const unnamed = orders.flatMap(({ what, askedAt, doneAt, ...place }): Breach[] => {
    if (what.kind !== 'mute' || what.by === undefined || roomOf(place) !== room || isClockSet) return [];
    // The card that was the last one then: of a fall, and not edited too often.
    const card = posted.findLast(({ at }) => at < askedAt);
    const isOfFall = card?.stories.some(({ story }) => story.kind === 'slide' || story.kind === 'after-hours');
    const isLast = !posted.some(({ at }) => at >= askedAt - MINUTE_MS && at <= doneAt + MINUTE_MS);
    const by = outlook.reachedFor(channel, doneAt, 26 * MINUTE_MS);
    const isWanted = wishes.eras.some(
      ({ sure, settings }) => settings.edits !== false && contains(sure, { from: askedAt, to: by }),
    );
    const of = edits.filter((it) => it.room === room && it.key === card?.key);
    const mayBeFull = of.filter(({ at }) => at < by).length >= 3;
    const isUndisturbed = outlook.reachedFor(channel, askedAt - MINUTE_MS, 2 * MINUTE_MS) <= askedAt + MINUTE_MS;
    if (!card || !isOfFall || !isLast || !isWanted || mayBeFull || by > end || !isUndisturbed) return [];
    const isOver = wishes.mutes.some(
      ({ symbol, perhaps }) =>
        symbol === what.symbol && overlaps(perhaps, { from: askedAt, to: doneAt + 1 }) && perhaps.to < by,
    );
    if (isOver || of.some(({ at, text }) => at >= askedAt && at <= by && text.includes(NAME))) return [];
    return [
      {
        what: 'lost',
        at: doneAt,
        room,
        expected: `${card.key} names ${NAME} by ${time(by)}`,
        came: `${of.length} edits`,
      },
    ];
  });
  return [...falses, ...sums, ...unsaid, ...unnamed];
};
