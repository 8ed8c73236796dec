import type { DayRiseAlert, RiseAlert } from '../../src/stories/alert.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import type { SlideStory } from '../../src/stories/slide-story.ts';
import { HOUR_MS } from '../../src/util/durations.ts';
import { type Breach, type Posted, time } from './breach.ts';
import { contains, mutesOf, overlaps, type SettingsEra, type Span, type Wishes } from './eras.ts';
import { type Outlook, type Plateau, plateausOf, YEAR } from './expected.ts';
import { roomOf } from './platforms.ts';
import type { Scenario, SimulatedChannel } from './scenario.ts';
import type { Run } from './simulate.ts';

/** Levels of a channel for rises of a symbol: from the low of a year, or from the close before. In basis points. */
interface Track {
  readonly symbol: string;
  readonly kind: 'rise' | 'day-rise';
  readonly levels: readonly number[];
}

interface Told {
  readonly alert: RiseAlert | DayRiseAlert;
  readonly story: SlideStory;
  readonly at: number;
  readonly madeAt: number;
}

/** What all checks of a channel's rises need. */
interface Rises {
  readonly scenario: Scenario;
  readonly outlook: Outlook;
  readonly channel: SimulatedChannel;
  readonly room: string;
  readonly wishes: Wishes;
  readonly told: readonly Told[];
  /** Rises that another card has told of: a summary, the end of a mute, or a higher one in their place; and when. */
  readonly toldOtherwise: readonly { readonly story: SlideStory; readonly at: number }[];
}

/** The levels for rises that settings have; nobody has any without asking. */
const tracksOf = ({ rules, without }: ChannelSettings, symbol: string): Track[] => {
  if (without?.includes(symbol)) return [];
  const own = { ...rules?.['*'], ...rules?.[symbol] };
  return (
    [
      { symbol, kind: 'rise', levels: own.rise ?? [] },
      { symbol, kind: 'day-rise', levels: own.dayRise ?? [] },
    ] as const
  ).filter(({ levels }) => levels.length > 0);
};

/** What a symbol truly did, measured from below. */
const risesOf = (scenario: Scenario, { symbol, kind }: Track): Plateau[] => {
  const { market, calendar } = scenario;
  const plateaus = plateausOf(scenario, { symbol, kind: 'day' });
  if (kind === 'day-rise') return plateaus;
  return plateaus.map((plateau) => {
    const before = market.closes(symbol, calendar.hours(plateau.session)?.open ?? 0).slice(-YEAR);
    return { ...plateau, reference: Math.min(plateau.price, ...before.map(({ close }) => close)) };
  });
};

/** Whether a price lies at least so far above its reference; exact for prices below nine billion micro-units. */
const isUp = ({ price, reference }: Pick<Plateau, 'price' | 'reference'>, level: number): boolean =>
  BigInt(price) * 20_000n >= BigInt(reference) * BigInt(20_000 + 2 * level);

const named = ({ symbol, kind }: Track, level: number): string => `${symbol} ${kind}/${level / 100}`;

/** A rise that no true prices make, that nobody asked for, or that is there again. */
const falseRises = ({ scenario, outlook, room, wishes, told }: Rises): Breach[] =>
  told.flatMap(({ alert, story, at, madeAt }, place): Breach[] => {
    const { symbol, kind, session, level } = alert;
    const breach = (what: Breach['what'], expected: string): Breach => ({
      ...{ what, at, room, symbol, expected },
      came: `${named({ symbol, kind, levels: [] }, level)} of ${session} at ${story.price / 1e6}${story.final ? ', its close' : ''}`,
    });
    const isRule = wishes.eras.some(
      ({ perhaps, settings }) =>
        overlaps(perhaps, { from: madeAt, to: at + 1 }) &&
        tracksOf(settings, symbol).some((it) => it.kind === kind && it.levels.includes(level)),
    );
    if (!isRule) return [breach('false', 'no such rule')];
    // A close that was believed and is wrong may be the low.
    const hasTrueCloses = !scenario.sessions.some((it) => it <= session && outlook.mayBelieveWrongClose(symbol, it));
    if (!hasTrueCloses) return [];
    const plateaus = risesOf(scenario, { symbol, kind, levels: [] });
    const reached = plateaus.filter((it) => it.session === session && it.from <= at && isUp(it, level));
    if (reached.length === 0) return [breach('false', 'a true price as high')];
    const isPriced = outlook.hasOtherPrice(symbol, session) || reached.some(({ price }) => price === story.price);
    if (!isPriced) return [breach('false', `a true price: ${reached.map(({ price }) => price / 1e6).join(', ')}`)];
    const before = told
      .slice(0, place)
      .findLast(
        ({ alert: it }) =>
          it.symbol === symbol && it.kind === kind && it.level >= level && (kind === 'rise' || it.session === session),
      );
    const isRearmed =
      kind === 'rise' &&
      plateaus.some(
        (it) => before && it.to >= before.story.observedAt && it.from <= story.observedAt && !isUp(it, level / 2),
      );
    if (!before || isRearmed) return [];
    return [breach('twice', `once: it was told at ${time(before.at)}, and the price was not back since`)];
  });

/** A price that has doubled, nearly, may wait for the evening: it looks like a split. */
const LIKE_A_SPLIT = 1.75;

/** Rises that the true prices make and the channel was not told of, or too late. */
const lostRises = (rises: Rises, era: SettingsEra, track: Track): Breach[] => {
  const { scenario, outlook, channel, room, wishes, told: all, toldOtherwise } = rises;
  const { symbol, kind } = track;
  const { end, market, calendar } = scenario;
  // While two units are about, rises rest.
  if (outlook.hasSplit(symbol)) return [];
  const told = all.filter(({ alert }) => alert.symbol === symbol && alert.kind === kind);
  const isHeard = (span: Span): boolean =>
    contains(era.sure, span) && !mutesOf(wishes, symbol).some(({ perhaps }) => overlaps(perhaps, span));
  const plateaus = risesOf(scenario, track);
  return plateaus.flatMap((plateau, place): Breach[] => {
    const level = track.levels.findLast((it) => isUp(plateau, it));
    if (level === undefined) return [];
    const { session, from, price, isClose } = plateau;
    const before = market.closeOf(symbol, calendar.previous(session));
    if (price > LIKE_A_SPLIT * before || !outlook.hasCloses(symbol, session)) return [];
    const seenBy = isClose ? end - HOUR_MS : outlook.seenBy(symbol, plateau);
    if (seenBy === undefined) return [];
    const by = Math.max(outlook.postedBy(channel, era.settings, seenBy), outlook.postedBy(channel, era.settings, from));
    if (!isHeard({ from, to: Math.min(by, end) })) return [];
    // It need not be told if it was told before and the bot has not surely seen the price fall back since.
    const back = plateaus
      .slice(0, place)
      .findLastIndex((it) =>
        kind === 'day-rise'
          ? it.session !== session
          : !isUp(it, level / 2) && (it.isClose || outlook.seenBy(symbol, it) !== undefined),
      );
    const since = plateaus[back]?.from ?? 0;
    // Nor if it was as high before, when the channel had other rules, or a mute.
    const isOld = plateaus.slice(back + 1, place).some((it) => isUp(it, level) && !isHeard(it));
    if (isOld) return [];
    const isTold = (story: SlideStory): boolean =>
      story.observedAt >= since &&
      story.alerts.some(
        (it) =>
          it.symbol === symbol && it.kind === kind && it.level >= level && (kind === 'rise' || it.session === session),
      );
    const found = [...told, ...toldOtherwise].filter(({ story }) => isTold(story));
    const at = found.map((it) => it.at).toSorted((a, b) => a - b)[0];
    const expected = `${named(track, level)} of ${session} at ${price / 1e6}, from ${plateau.reference / 1e6}${isClose ? ', its close,' : ''} by ${time(by)}`;
    const breach = { at: from, room, symbol, expected };
    if (at === undefined) return by > end ? [] : [{ ...breach, what: 'lost', came: 'nothing' }];
    return isClose || at <= by ? [] : [{ ...breach, what: 'late', came: `it at ${time(at)}` }];
  });
};

/** Rises, each by the channel's own levels: true, once until the price is back, and in time. */
export const checkRises = (
  scenario: Scenario,
  outlook: Outlook,
  channel: SimulatedChannel,
  wishes: Wishes,
  posted: readonly Posted[],
  { deliveries }: Run,
): Breach[] => {
  const room = roomOf(channel);
  const stories = posted.flatMap(({ at, stories: of }) => of.map((it) => ({ ...it, at })));
  const told = stories.flatMap(({ story, at, madeAt }) =>
    story.kind === 'slide'
      ? story.alerts.flatMap((alert): Told[] =>
          alert.kind === 'rise' || alert.kind === 'day-rise' ? [{ alert, story, at, madeAt }] : [],
        )
      : [],
  );
  const toldOtherwise = deliveries
    .filter((it) => it.kind === 'slide' && roomOf(it) === room)
    .flatMap(({ body, symbol, state, createdAt }) => {
      const story = JSON.parse(body) as SlideStory;
      const instead = stories.find(({ story: it, madeAt }) => {
        if (madeAt < createdAt) return false;
        if (state === 'summed') return it.kind === 'summary' && it.held.some((held) => held.symbol === symbol);
        if (state === 'muted') return it.kind === 'mute-end' && it.counts.some((count) => count.symbol === symbol);
        return state === 'merged' && it.kind === 'slide' && it.symbol === symbol && it.price >= story.price;
      });
      return instead ? [{ story, at: instead.at }] : [];
    });
  const rises: Rises = { scenario, outlook, channel, room, wishes, told, toldOtherwise };
  const lost = wishes.eras.flatMap((era) =>
    scenario.market.symbols.flatMap((symbol) =>
      tracksOf(era.settings, symbol).flatMap((track) => lostRises(rises, era, track)),
    ),
  );
  return [...falseRises(rises), ...lost];
};
