import type { BillStory } from '../../src/stories/bill-story.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';
import { type Breach, type Posted, time } from './breach.ts';
import { contains, mutesOf, overlaps, type SettingsEra, type Wishes } from './eras.ts';
import { type Outlook, wants } from './expected.ts';
import { roomOf } from './platforms.ts';
import type { Scenario, SimulatedChannel } from './scenario.ts';
import type { Run } from './simulate.ts';

/** What was confirmed is known within this time. */
const KNOWN_WITHIN_MS = 3 * MINUTE_MS;
const LIFE_MS = 48 * HOUR_MS;

/** What confirmed guidance changes on the bill: each once, to whom it matters. */
export const checkBill = (
  { end }: Scenario,
  outlook: Outlook,
  channel: SimulatedChannel,
  wishes: Wishes,
  posted: readonly Posted[],
  { orders }: Run,
): Breach[] => {
  const room = roomOf(channel);
  const told = posted.flatMap(({ at, stories }) =>
    stories.flatMap(({ story, madeAt }) => (story.kind === 'bill' ? [{ at, madeAt, story: story as BillStory }] : [])),
  );
  const wantsIt = ({ settings }: SettingsEra, symbol: string): boolean =>
    wants(settings, 'bill') && !settings.without?.includes(symbol);
  const given = orders.flatMap(({ what, askedAt, doneAt }) =>
    what.kind === 'guidance' ? [{ ...what, askedAt, doneAt }] : [],
  );
  const others = told.flatMap(({ at, madeAt, story: { change, symbol } }, place): Breach[] => {
    const millions = change.kind === 'guidance' ? change.fact.high : undefined;
    const breach = (what: Breach['what'], expected: string): Breach => ({
      ...{ what, at, room, symbol, expected },
      came: `${change.kind} of ${symbol}: ${millions}`,
    });
    const cause = given.find((it) => it.symbol === symbol && it.millions === millions && it.askedAt <= at + MINUTE_MS);
    if (!cause || change.kind !== 'guidance') return [breach('false', 'no such guidance')];
    const isRight = change.way === (cause.millions > (change.previous.high ?? 0) ? 'raised' : 'cut');
    if (!isRight) return [breach('false', `another way than ${change.way}`)];
    if (place > 0) return [breach('twice', 'it once')];
    const span = { from: madeAt - MINUTE_MS, to: at + 1 };
    const isWanted = wishes.eras.some((era) => overlaps(era.perhaps, span) && wantsIt(era, symbol));
    const isMuted = mutesOf(wishes, symbol).some(({ sure }) => contains(sure, { from: span.from, to: at }));
    return isWanted && !isMuted ? [] : [breach('false', 'nothing')];
  });
  const lost = given.flatMap(({ symbol, askedAt, doneAt }): Breach[] => {
    if (!Number.isFinite(doneAt)) return [];
    return wishes.eras.flatMap((era): Breach[] => {
      const by = outlook.postedBy(channel, era.settings, outlook.reachedFor(channel, doneAt, KNOWN_WITHIN_MS));
      const span = { from: askedAt, to: by };
      const isMuted = mutesOf(wishes, symbol).some(({ perhaps }) => overlaps(perhaps, span));
      if (!wantsIt(era, symbol) || isMuted || !contains(era.sure, span) || by > end || by > doneAt + LIFE_MS) return [];
      const [found] = told;
      const breach = { at: doneAt, room, symbol, expected: `guidance of ${symbol} by ${time(by)}` };
      if (!found) return [{ ...breach, what: 'lost', came: 'nothing' }];
      return found.at <= by ? [] : [{ ...breach, what: 'late', came: `it at ${time(found.at)}` }];
    });
  });
  return [...others, ...lost];
};
