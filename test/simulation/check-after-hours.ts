import type { AfterHoursStory } from '../../src/stories/after-hours-story.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { type Breach, type Posted, time } from './breach.ts';
import { contains, mutesOf, overlaps, type SettingsEra, type Wishes } from './eras.ts';
import { EVENING_MS, type Evening, eveningPrice } from './evenings.ts';
import { dayLevels, isDown, type Outlook, POSTED_WITHIN_MS, wants } from './expected.ts';
import { roomOf } from './platforms.ts';
import type { Scenario, SimulatedChannel } from './scenario.ts';
import type { Run } from './simulate.ts';

/** Depths in basis points that are told: on the day of a report, and on any other. */
const REPORT_LEVEL = 500;
const LEVEL = 700;
/** A card is edited once, for a fall that has gone so much deeper, so much later. */
const DEEPER_BY = 500;
const DEEPER_AFTER_MS = 15 * MINUTE_MS;
/** A fall lasts so long before it is told; one that begins with a jump by a fifth, for longer. */
const SPAN_MS = 3 * MINUTE_MS;
const JUMP_SPAN_MS = 10 * MINUTE_MS;
const JUMP = 2_000;
/** Trades of the evening are asked for once a minute: what is over sooner may not be among them. */
const SEEN_MS = 90_000;
const AUCTION_MS = MINUTE_MS;
/** The first look, and what a minute's pace and the last trades take. */
const LOOK_MS = 5 * MINUTE_MS;
const PACE_MS = 4 * MINUTE_MS;
/** The price of the bell is known by then. */
const CLOSE_KNOWN_MS = 5 * MINUTE_MS;

interface Told {
  readonly story: AfterHoursStory;
  readonly key: string;
  readonly at: number;
  readonly madeAt: number;
}

/** A time in which one price holds after the bell. */
interface Plateau {
  readonly from: number;
  readonly to: number;
  readonly price: number;
  readonly before: number;
}

const plateausOf = ({ steps, close, bell }: Evening): Plateau[] =>
  steps.map(({ at, price }, nth) => ({
    ...{ from: at, price, before: steps[nth - 1]?.price ?? close },
    to: steps[nth + 1]?.at ?? bell + EVENING_MS,
  }));

const isAsDeep = (price: number, reference: number, level: number): boolean => isDown({ price, reference }, level);

/** Whether a channel's settings let a fall after the bell through. */
const wantsIt = ({ settings }: SettingsEra, symbol: string): boolean =>
  settings.afterHours !== false &&
  wants(settings, 'day') &&
  !settings.without?.includes(symbol) &&
  dayLevels(settings, symbol).length > 0;

/** When a plateau's price is surely told, or noted as deeper; undefined if it may be missed. */
const toldBy = (
  { faults, pollMs }: Scenario,
  outlook: Outlook,
  evening: Evening,
  plateau: Plateau,
  { notBefore = 0, hasPace = false } = {},
): number | undefined => {
  const { symbol, session, bell, reports, close } = evening;
  const isRight = !faults.some(
    (it) =>
      it.kind === 'clock set' ||
      (it.symbol === symbol && it.session === session && (it.kind === 'wrong close' || it.kind === 'missing row')),
  );
  const closeKnown = outlook.seenFor(symbol, bell - pollMs, 2 * pollMs + CLOSE_KNOWN_MS);
  if (!isRight || closeKnown > bell + pollMs + CLOSE_KNOWN_MS) return undefined;
  const isJump = [plateau.before, close].some((reference) => isAsDeep(plateau.price, reference, JUMP - 20));
  const look = hasPace ? MINUTE_MS : Math.max(LOOK_MS, reports ? pollMs : 0);
  const neededMs = look + PACE_MS + (isJump ? JUMP_SPAN_MS : SPAN_MS);
  const by = outlook.seenFor(symbol, Math.max(plateau.from, closeKnown, notBefore), neededMs);
  return by <= Math.min(plateau.to, bell + EVENING_MS) ? by : undefined;
};

/** A card that is not true, was not wanted or is there again. */
const falsesOf = (
  { evenings, calendar }: Scenario,
  outlook: Outlook,
  room: string,
  { eras, mutes }: Wishes,
  told: readonly Told[],
): Breach[] =>
  told.flatMap(({ story, at, madeAt }, place): Breach[] => {
    const { symbol, session, price, observedAt } = story;
    const breach = (what: Breach['what'], expected: string): Breach => ({
      ...{ what, at, room, symbol, expected },
      came: `${symbol} after hours at ${price / 1e6} of ${time(observedAt)}`,
    });
    const isSame = (it: Told): boolean => it.story.symbol === symbol && it.story.session === session;
    if (told.slice(0, place).some(isSame)) return [breach('twice', 'one card an evening')];
    const evening = evenings.find((it) => it.symbol === symbol && it.session === session);
    if (!evening) return [breach('false', 'an evening without a fall')];
    const { bell, close } = evening;
    if (story.close !== close) return [breach('false', `a close of ${close / 1e6}`)];
    const isOfEvening = observedAt >= bell + AUCTION_MS && observedAt <= bell + EVENING_MS;
    if (!isOfEvening || price !== eveningPrice(evening, observedAt)) return [breach('false', 'a true price')];
    const level = evening.reports ? REPORT_LEVEL : LEVEL;
    // Three trades over three minutes or more say it, not all prices of that time: between two there may be a short rebound.
    const since = observedAt - SPAN_MS;
    const prices = [{ from: bell, to: evening.steps[0]?.at ?? bell, price: close }, ...plateausOf(evening)];
    const isRebound = prices.some(({ from, to, price: of }) => {
      const isWithin = to > since && from < observedAt;
      const isSeen = outlook.seenFor(symbol, from, SEEN_MS) <= Math.min(to, observedAt);
      return isWithin && isSeen && !isAsDeep(of, close, level);
    });
    const hasBegun = prices.some(({ from, price: of }) => from <= since && isAsDeep(of, close, level));
    if (isRebound || !hasBegun || !isAsDeep(price, close, level))
      return [breach('false', `trades of three minutes ${level / 100}% below ${close / 1e6}`)];
    const span = { from: madeAt - MINUTE_MS, to: at + 1 };
    const isWanted = eras.some((era) => overlaps(era.perhaps, span) && wantsIt(era, symbol));
    if (!isWanted) return [breach('false', 'no such card')];
    if (mutesOf({ eras, mutes }, symbol).some(({ sure }) => contains(sure, { from: span.from, to: at })))
      return [breach('false', 'a mute')];
    const opens = calendar.hours(calendar.next(session))?.open ?? at;
    return at > opens + MINUTE_MS ? [breach('late', 'nothing after the opening bell')] : [];
  });

/** Cards about falls after the bell: one an evening and symbol, true, and edited once if the fall goes much deeper. */
export const checkAfterHours = (
  scenario: Scenario,
  outlook: Outlook,
  channel: SimulatedChannel,
  wishes: Wishes,
  posted: readonly Posted[],
  { edits }: Run,
): Breach[] => {
  const room = roomOf(channel);
  const { calendar, evenings, faults } = scenario;
  const told = posted.flatMap(({ at, key, stories }) =>
    stories.flatMap(({ story, madeAt }): Told[] => (story.kind === 'after-hours' ? [{ story, key, at, madeAt }] : [])),
  );
  const ofEvening = ({ symbol, session }: Evening): Told | undefined =>
    told.find(({ story }) => story.symbol === symbol && story.session === session);
  const isSourceWell = !faults.some(({ kind }) => kind === 'source down');
  const lost = evenings.flatMap((evening): Breach[] => {
    const { symbol, session, reports, close } = evening;
    const level = reports && isSourceWell ? REPORT_LEVEL : LEVEL;
    const opens = calendar.hours(calendar.next(session))?.open ?? 0;
    const plateaus = plateausOf(evening).filter(({ price }) => isAsDeep(price, close, level));
    return wishes.eras.flatMap((era): Breach[] => {
      for (const plateau of plateaus) {
        const seenBy = toldBy(scenario, outlook, evening, plateau);
        if (seenBy === undefined) continue;
        const first = plateausOf(evening)[0]?.from ?? plateau.from;
        const by = Math.max(
          outlook.postedBy(channel, era.settings, seenBy),
          outlook.postedBy(channel, era.settings, first),
        );
        const span = { from: evening.bell, to: by };
        const isMuted = mutesOf(wishes, symbol).some(({ perhaps }) => overlaps(perhaps, span));
        if (!wantsIt(era, symbol) || isMuted || by > opens || !contains(era.sure, span)) return [];
        const found = ofEvening(evening);
        const expected = `${symbol} after hours of ${session} at ${plateau.price / 1e6} by ${time(by)}`;
        const breach = { at: plateau.from, room, symbol, expected };
        if (!found) return [{ ...breach, what: 'lost', came: 'nothing' }];
        return found.at <= by ? [] : [{ ...breach, what: 'late', came: `it at ${time(found.at)}` }];
      }
      return [];
    });
  });
  const unsaid = evenings.flatMap((evening): Breach[] => {
    const found = ofEvening(evening);
    if (!found) return [];
    const { symbol, close, bell } = evening;
    const { price, observedAt } = found.story;
    const depth = Math.ceil((1 - price / close) * 10_000);
    const notBefore = Math.max(observedAt + DEEPER_AFTER_MS, found.at + 2 * MINUTE_MS);
    const deeper = plateausOf(evening).flatMap((plateau) => {
      if (!isAsDeep(plateau.price, close, depth + DEEPER_BY + 2)) return [];
      return toldBy(scenario, outlook, evening, plateau, { notBefore, hasPace: true }) ?? [];
    })[0];
    const own = edits.filter((it) => it.room === room && it.key === found.key);
    if (deeper === undefined) return [];
    // It may be the second edit, after one about a mute.
    const by = outlook.reachedFor(channel, deeper, POSTED_WITHIN_MS + 11 * MINUTE_MS);
    const span = { from: bell, to: by };
    const isWanted = wishes.eras.some(({ sure, settings }) => settings.edits !== false && contains(sure, span));
    if (!isWanted || own.some((it) => (it.at <= by && it.text.includes('Deeper')) || it.text.includes('추가 하락')))
      return [];
    const expected = `an edit of ${symbol} after hours that says how deep it went, by ${time(by)}`;
    return [{ what: 'lost', at: deeper, room, symbol, expected, came: `${own.length} others` }];
  });
  return [...falsesOf(scenario, outlook, room, wishes, told), ...lost, ...unsaid];
};
