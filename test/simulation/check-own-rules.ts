import type { PriceAlert, WithinAlert } from '../../src/stories/alert.ts';
import type { ChannelSettings, OwnPrice } from '../../src/stories/channel.ts';
import type { SlideStory } from '../../src/stories/slide-story.ts';
import type { Story } from '../../src/stories/story.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { type Breach, type Posted, time } from './breach.ts';
import { contains, mutesOf, overlaps, type SettingsEra, type Span, type Wishes } from './eras.ts';
import { isDown, type Outlook } from './expected.ts';
import type { Step } from './market.ts';
import { roomOf } from './platforms.ts';
import type { Scenario, SimulatedChannel } from './scenario.ts';
import type { Run } from './simulate.ts';

/** An alert of a rule of the channel's own, as it was told. */
interface Told<Of> {
  readonly alert: Of;
  readonly story: SlideStory;
  readonly at: number;
  readonly madeAt: number;
}

/** What all checks of a channel's own rules need. */
interface Own {
  readonly scenario: Scenario;
  readonly outlook: Outlook;
  readonly channel: SimulatedChannel;
  readonly room: string;
  readonly wishes: Wishes;
  readonly within: readonly Told<WithinAlert>[];
  readonly prices: readonly Told<PriceAlert>[];
  /** Whether something else tells of a fall at a price since an instant: a summary, or a card that took its place. */
  readonly isToldOtherwise: (symbol: string, since: number, price: number) => boolean;
}

/** A price that holds during a session. */
interface Plateau extends Span {
  readonly price: number;
  readonly session: string;
}

const plateausOf = ({ market, calendar, sessions }: Scenario, symbol: string): Plateau[] =>
  sessions.flatMap((session) =>
    market.pricesIn(symbol, session).map(({ at, price }: Step, nth, all) => ({
      ...{ session, from: at, price },
      to: all[nth + 1]?.at ?? calendar.hours(session)?.close ?? at,
    })),
  );

/** Levels of falls within minutes of a symbol, by minutes. */
const withinOf = (
  { rules, without }: ChannelSettings,
  symbol: string,
): [minutes: number, levels: readonly number[]][] =>
  without?.includes(symbol)
    ? []
    : Object.entries({ ...rules?.['*']?.within, ...rules?.[symbol]?.within }).map(([minutes, levels]) => [
        Number(minutes),
        levels,
      ]);

const pricesOf = ({ rules, without }: ChannelSettings, symbol: string): readonly OwnPrice[] =>
  without?.includes(symbol) ? [] : (rules?.[symbol]?.price ?? []);

/** Whether the channel surely wants what comes of these settings all the time. */
const isHeard = ({ wishes }: Own, { sure }: SettingsEra, symbol: string, span: Span): boolean =>
  contains(sure, span) && !mutesOf(wishes, symbol).some(({ perhaps }) => overlaps(perhaps, span));

const byOf = ({ outlook, channel }: Own, { settings }: SettingsEra, from: number, seenBy: number): number =>
  Math.max(outlook.postedBy(channel, settings, seenBy), outlook.postedBy(channel, settings, from));

/** A fall within minutes that no true prices make, that nobody asked for or that is there again. */
const falseFalls = ({ scenario, outlook, room, wishes, within }: Own): Breach[] =>
  within.flatMap(({ alert, story, at, madeAt }, place): Breach[] => {
    const { symbol, session, minutes, level } = alert;
    const { price, observedAt } = story;
    const breach = (what: Breach['what'], expected: string): Breach => ({
      ...{ what, at, room, symbol, expected },
      came: `${symbol} within ${minutes}/${level / 100} at ${price / 1e6} of ${time(observedAt)}`,
    });
    const span = { from: madeAt, to: at + 1 };
    const isRule = wishes.eras.some(
      ({ perhaps, settings }) =>
        overlaps(perhaps, span) &&
        withinOf(settings, symbol).some(([own, levels]) => own === minutes && levels.includes(level)),
    );
    if (!isRule) return [breach('false', 'no such rule')];
    const isAgain = within
      .slice(0, place)
      .some(
        ({ alert: it }) =>
          it.symbol === symbol && it.session === session && it.minutes === minutes && it.level >= level,
      );
    if (isAgain) return [breach('twice', 'it once a session')];
    if (outlook.hasSplit(symbol) || outlook.hasOtherPrice(symbol, session)) return [];
    const own = plateausOf(scenario, symbol).filter((it) => it.session === session);
    if (!own.some((it) => it.price === price && it.from <= observedAt)) return [breach('false', 'a true price')];
    const since = observedAt - minutes * MINUTE_MS - 2_000;
    const isTrue = own.some(
      (it) => it.from <= observedAt && it.to >= since && isDown({ price, reference: it.price }, level),
    );
    return isTrue ? [] : [breach('false', `a price ${level / 100}% higher within the ${minutes} minutes before`)];
  });

/** Falls within minutes that the bot has surely seen from beginning to end. */
const lostFalls = (own: Own, era: SettingsEra, symbol: string): Breach[] => {
  const { scenario, outlook, room, within, isToldOtherwise } = own;
  const { pollMs, calendar, end } = scenario;
  const plateaus = plateausOf(scenario, symbol);
  if (outlook.hasSplit(symbol)) return [];
  return withinOf(era.settings, symbol).flatMap(([minutes, levels]) =>
    plateaus.flatMap((low): Breach[] => {
      const { session, price, from } = low;
      const seenBy = outlook.seenBy(symbol, low);
      if (seenBy === undefined) return [];
      /** The highest price that the bot has surely seen, and still counts when it has seen the fall twice. */
      const high = Math.max(
        ...plateaus.flatMap((it) => {
          if (it.session !== session || it.to > from) return [];
          const isSeen = outlook.seenBy(symbol, it) !== undefined && outlook.isSeenAtEnd(symbol, it);
          return isSeen && seenBy - (it.to - pollMs - MINUTE_MS) <= minutes * MINUTE_MS ? it.price : [];
        }),
      );
      const level = high > 0 ? levels.findLast((it) => isDown({ price, reference: high }, it)) : undefined;
      if (level === undefined) return [];
      const open = calendar.hours(session)?.open ?? from;
      const by = byOf(own, era, from, seenBy);
      if (!isHeard(own, era, symbol, { from: open, to: Math.min(by, end) })) return [];
      const found = within.find(
        ({ alert }) =>
          alert.symbol === symbol && alert.session === session && alert.minutes === minutes && alert.level >= level,
      );
      const expected = `${symbol} within ${minutes}/${level / 100} of ${session} at ${price / 1e6}, from ${high / 1e6}, by ${time(by)}`;
      const breach = { at: from, room, symbol, expected };
      if (!found)
        return by > end || isToldOtherwise(symbol, open, price) ? [] : [{ ...breach, what: 'lost', came: 'nothing' }];
      return found.at <= by ? [] : [{ ...breach, what: 'late', came: `it at ${time(found.at)}` }];
    }),
  );
};

const isPast = (price: number, { side, price: set }: Pick<OwnPrice, 'side' | 'price'>): boolean =>
  side === 'below' ? price < set : price > set;

/** A price that was not passed, that nobody has set, or that is told again although nobody has set it again. */
const falsePrices = ({ outlook, room, wishes, prices }: Own): Breach[] =>
  prices.flatMap(({ alert, story, at, madeAt }, place): Breach[] => {
    const { symbol, side, set } = alert;
    const { price, observedAt } = story;
    const breach = (what: Breach['what'], expected: string): Breach => ({
      ...{ what, at, room, symbol, expected },
      came: `${symbol} ${side} ${set / 1e6} at ${price / 1e6} of ${time(observedAt)}`,
    });
    const isSame = (it: { readonly side: string; readonly price: number }): boolean =>
      it.side === side && it.price === set;
    const rules = wishes.eras
      .filter(({ perhaps }) => overlaps(perhaps, { from: madeAt, to: at + 1 }))
      .flatMap(({ settings }) => pricesOf(settings, symbol).filter(isSame));
    if (rules.length === 0) return [breach('false', 'no such price')];
    const times = new Set(
      wishes.eras.flatMap(({ settings }) => pricesOf(settings, symbol).filter(isSame)).map((it) => it.since),
    );
    const before = prices
      .slice(0, place)
      .filter((it) => it.alert.symbol === symbol && isSame({ side: it.alert.side, price: it.alert.set }));
    if (before.length >= times.size) return [breach('twice', 'it once for each time that it was set')];
    if (outlook.hasSplit(symbol)) return [];
    return isPast(price, { side, price: set }) ? [] : [breach('false', 'a price beyond it')];
  });

/** Prices that were set and surely passed. */
const lostPrices = (own: Own, era: SettingsEra, symbol: string): Breach[] => {
  const { scenario, outlook, room, prices, isToldOtherwise } = own;
  const { end } = scenario;
  if (outlook.hasSplit(symbol)) return [];
  return pricesOf(era.settings, symbol).flatMap((rule): Breach[] => {
    for (const plateau of plateausOf(scenario, symbol)) {
      const from = Math.max(plateau.from, era.sure.from + MINUTE_MS);
      if (from >= plateau.to || plateau.to <= rule.since || !isPast(plateau.price, rule)) continue;
      const seenBy = outlook.seenBy(symbol, { from, to: plateau.to });
      const by = byOf(own, era, from, seenBy ?? plateau.to);
      if (!isHeard(own, era, symbol, { from, to: Math.min(by, end) })) return [];
      const found = prices.find(
        ({ alert }) => alert.symbol === symbol && alert.side === rule.side && alert.set === rule.price,
      );
      if (found && found.at <= by) return [];
      if (seenBy === undefined) continue;
      const expected = `${symbol} ${rule.side} ${rule.price / 1e6} at ${plateau.price / 1e6} by ${time(by)}`;
      const breach = { at: from, room, symbol, expected };
      if (found) return [{ ...breach, what: 'late', came: `it at ${time(found.at)}` }];
      return by > end || isToldOtherwise(symbol, rule.since, plateau.price)
        ? []
        : [{ ...breach, what: 'lost', came: 'nothing' }];
    }
    return [];
  });
};

/** Falls within minutes and prices that were set, each by the channel's own rules. */
export const checkOwnRules = (
  scenario: Scenario,
  outlook: Outlook,
  channel: SimulatedChannel,
  wishes: Wishes,
  posted: readonly Posted[],
  { deliveries }: Run,
): Breach[] => {
  const room = roomOf(channel);
  const stories = posted.flatMap(({ at, stories: of }) => of.map((it) => ({ ...it, at })));
  const told = stories.flatMap(({ story, ...times }) =>
    story.kind === 'slide' ? story.alerts.map((alert) => ({ alert, story, ...times })) : [],
  );
  const merged = deliveries
    .filter((it) => it.state === 'merged' && roomOf(it) === room)
    .map(({ body }) => JSON.parse(body) as Story);
  const isToldOtherwise = (symbol: string, since: number, price: number): boolean =>
    stories.some(
      ({ story, at }) => story.kind === 'summary' && at >= since && story.held.some((it) => it.symbol === symbol),
    ) ||
    merged.some(
      (story) =>
        story.kind === 'slide' &&
        story.symbol === symbol &&
        story.observedAt >= since &&
        story.price <= price &&
        told.some(
          (it) =>
            it.story.symbol === symbol && it.story.observedAt >= story.observedAt && it.story.price <= story.price,
        ),
    );
  const own: Own = {
    ...{ scenario, outlook, channel, room, wishes, isToldOtherwise },
    within: told.flatMap(({ alert, ...it }) => (alert.kind === 'within' ? [{ alert, ...it }] : [])),
    prices: told.flatMap(({ alert, ...it }) => (alert.kind === 'price' ? [{ alert, ...it }] : [])),
  };
  const lost = wishes.eras.flatMap((era) =>
    scenario.market.symbols.flatMap((symbol) => [...lostFalls(own, era, symbol), ...lostPrices(own, era, symbol)]),
  );
  return [...falseFalls(own), ...falsePrices(own), ...lost];
};
