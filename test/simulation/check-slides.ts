import type { Alert } from '../../src/stories/alert.ts';
import type { SlideStory } from '../../src/stories/slide-story.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';
import { type Breach, type Posted, time } from './breach.ts';
import { contains, mutesOf, overlaps, type SettingsEra, type Span, type Wishes } from './eras.ts';
import { depthOf, isBack, isDown, type Outlook, type Plateau, plateausOf, type Track, tracksOf } from './expected.ts';
import { roomOf } from './platforms.ts';
import type { Scenario, SimulatedChannel } from './scenario.ts';
import type { Run } from './simulate.ts';

/** A level that a channel was told of. */
interface Told {
  readonly alert: Alert;
  readonly story: SlideStory;
  readonly at: number;
  readonly madeAt: number;
}

/** What all checks of a channel's slides need. */
interface Slides {
  readonly scenario: Scenario;
  readonly outlook: Outlook;
  readonly channel: SimulatedChannel;
  readonly room: string;
  readonly wishes: Wishes;
  readonly told: readonly Told[];
  /** Symbols of which a summary of quiet hours told. */
  readonly summed: readonly { readonly symbol: string; readonly at: number }[];
  /** Slides that another one replaced. */
  readonly merged: readonly SlideStory[];
  /** Slides that a mute has held back, and of which its end has told, when. */
  readonly afterMute: readonly { readonly story: SlideStory; readonly at: number }[];
}

const isOfTrack = (alert: Alert, { symbol, kind, window }: Omit<Track, 'levels'>): boolean =>
  alert.symbol === symbol && alert.kind === kind && (alert.kind === 'day' || alert.window === window);

const named = ({ symbol, kind, window }: Track, level: number): string =>
  `${symbol} ${kind === 'day' ? 'day' : window}/${level / 100}`;

/** A level that the channel's rules do not have, or whose symbol it has muted. */
const checkWanted = ({ scenario, room, wishes, told }: Slides): Breach[] => {
  const tracks = wishes.eras.map((era) => ({ era, tracks: tracksOf(scenario, era.settings) }));
  return told.flatMap(({ alert, at, madeAt }): Breach[] => {
    const { symbol, level } = alert;
    const breach = (expected: string): Breach => ({
      ...{ what: 'false', at, room, symbol, expected },
      came: `${alert.kind} ${level / 100} of ${symbol}`,
    });
    // Whether anybody asked for the others is checked with them.
    const isOther = !['drawdown', 'day', 'value'].includes(alert.kind);
    const isRule = tracks.some(
      ({ era, tracks: of }) =>
        overlaps(era.perhaps, { from: madeAt, to: at + 1 }) &&
        of.some((track) => isOfTrack(alert, track) && track.levels.includes(level)),
    );
    if (!isRule && !isOther) return [breach('no such rule')];
    const mute = mutesOf(wishes, symbol).find(({ sure }) =>
      contains(sure, { from: madeAt - MINUTE_MS, to: Math.max(at, madeAt) }),
    );
    return mute ? [breach(`a mute until ${time(mute.sure.to)}`)] : [];
  });
};

/** A level that the true prices do not raise, or not again. */
const checkTrue = ({ outlook, room, told }: Slides, track: Track, plateaus: readonly Plateau[]): Breach[] => {
  const own = told.filter(({ alert }) => isOfTrack(alert, track));
  return own.flatMap(({ alert, story, at }, place): Breach[] => {
    const { symbol } = track;
    const { session, level } = alert;
    const breach = (what: Breach['what'], expected: string): Breach => ({
      ...{ what, at, room, symbol, expected },
      came: `${named(track, level)} of ${session} at ${story.price / 1e6}${story.final ? ', its close' : ''}`,
    });
    if (outlook.mayBelieveWrongClose(symbol, session)) return [];
    const reached = plateaus.filter((it) => it.session === session && it.from <= at && isDown(it, level));
    if (reached.length === 0) return [breach('false', 'a true price as deep')];
    const isPriced = outlook.hasOtherPrice(symbol, session) || reached.some(({ price }) => price === story.price);
    if (!isPriced) return [breach('false', `a true price: ${reached.map(({ price }) => price / 1e6).join(', ')}`)];
    const before = own
      .slice(0, place)
      .findLast((it) => it.alert.level >= level && (track.kind !== 'day' || it.alert.session === session));
    if (!before) return [];
    const isRearmed =
      track.kind !== 'day' &&
      plateaus.some((it) => it.to >= before.story.observedAt && it.from <= story.observedAt && isBack(it, level));
    return isRearmed
      ? []
      : [breach('twice', `once: it was told at ${time(before.at)}, and the price was not back since`)];
  });
};

/** What the true prices raise and the channel was not told of, or too late. */
const checkLost = (slides: Slides, era: SettingsEra, track: Track, plateaus: readonly Plateau[]): Breach[] => {
  const { scenario, outlook, channel, room, wishes, told: cards, summed, merged, afterMute } = slides;
  const { symbol } = track;
  const { end } = scenario;
  const told = cards.filter(({ alert }) => isOfTrack(alert, track));
  const mutes = mutesOf(wishes, symbol);
  /** Whether the channel surely wanted to be told all the time. */
  const isHeard = (span: Span): boolean =>
    contains(era.sure, span) && !mutes.some(({ perhaps }) => overlaps(perhaps, span));
  return plateaus.flatMap((plateau, place): Breach[] => {
    const level = depthOf(plateau, track.levels);
    if (level === 0) return [];
    const { session, from } = plateau;
    // A close is known by the next session's end at the latest, or the scenario's.
    const seenBy = plateau.isClose ? end - HOUR_MS : outlook.seenBy(symbol, plateau);
    if (seenBy === undefined) return [];
    const by = Math.max(outlook.postedBy(channel, era.settings, seenBy), outlook.postedBy(channel, era.settings, from));
    if (!isHeard({ from, to: Math.min(by, end) })) return [];
    // It need not be told if it was told before and the bot has not surely seen the price recover since.
    const recovery = plateaus
      .slice(0, place)
      .findLastIndex((it) =>
        track.kind === 'day'
          ? it.session !== session
          : isBack(it, level) && (it.isClose || outlook.seenBy(symbol, it) !== undefined),
      );
    const since = plateaus[recovery]?.from ?? 0;
    // Nor if it was as deep before, when the channel had other rules, or a mute.
    const isOld = plateaus.slice(recovery + 1, place).some((it) => isDown(it, level) && !isHeard(it));
    if (isOld) return [];
    const found = told.find(
      ({ alert, story }) =>
        alert.level >= level && story.observedAt >= since && (track.kind !== 'day' || alert.session === session),
    );
    const summary = summed.find((it) => it.symbol === symbol && it.at >= since);
    // A slide that another one of its symbol replaced within five minutes is told by that one, which is as deep.
    const replaced = merged.find(
      (story) =>
        story.symbol === symbol &&
        story.observedAt >= since &&
        story.alerts.some((it) => isOfTrack(it, track) && it.level >= level),
    );
    const instead =
      replaced &&
      cards.find(
        ({ story }) =>
          story.symbol === symbol && story.observedAt >= replaced.observedAt && story.price <= replaced.price,
      );
    // A close that came late may have told it during a mute that is over now.
    const unmuted = afterMute.find(
      ({ story }) => story.observedAt >= since && story.alerts.some((it) => isOfTrack(it, track) && it.level >= level),
    );
    const at = [found, summary, instead, unmuted].flatMap((it) => it?.at ?? []).toSorted((a, b) => a - b)[0];
    const expected = `${named(track, level)} of ${session} at ${plateau.price / 1e6}${plateau.isClose ? ', its close,' : ''} by ${time(by)}`;
    if (at === undefined) return by > end ? [] : [{ what: 'lost', at: from, room, symbol, expected, came: 'nothing' }];
    if (plateau.isClose || summary || at <= by) return [];
    return [{ what: 'late', at: from, room, symbol, expected, came: `it at ${time(at)}` }];
  });
};

/** Slides come in the order in which they happened, but for those that wait for each other. */
const checkOrder = ({ outlook, room, told }: Slides): Breach[] => {
  let latest = 0;
  return told.flatMap(({ story, alert, at }): Breach[] => {
    if (story.final || story.late || outlook.hasStaleTrades(alert.symbol)) return [];
    const isEarlier = story.observedAt < latest - 6 * MINUTE_MS;
    latest = Math.max(latest, story.observedAt);
    if (!isEarlier) return [];
    const came = `${alert.symbol} ${alert.level / 100} of ${time(story.observedAt)}`;
    return [{ what: 'order', at, room, symbol: alert.symbol, expected: `nothing from before ${time(latest)}`, came }];
  });
};

/** Everything about the slides that a channel was told of, or not. */
export const checkSlides = (
  scenario: Scenario,
  outlook: Outlook,
  channel: SimulatedChannel,
  wishes: Wishes,
  posted: readonly Posted[],
  { deliveries }: Run,
): Breach[] => {
  const room = roomOf(channel);
  const stories = posted.flatMap(({ at, stories: of }) => of.map((it) => ({ ...it, at })));
  const own = deliveries.filter((it) => it.kind === 'slide' && roomOf(it) === room);
  const slides: Slides = {
    ...{ scenario, outlook, channel, room, wishes },
    told: stories.flatMap(({ story, ...times }) =>
      story.kind === 'slide' ? story.alerts.map((alert): Told => ({ alert, story, ...times })) : [],
    ),
    summed: stories.flatMap(({ story, at }) =>
      story.kind === 'summary' ? story.held.map(({ symbol }) => ({ symbol, at })) : [],
    ),
    merged: own.filter(({ state }) => state === 'merged').map(({ body }) => JSON.parse(body) as SlideStory),
    afterMute: own
      .filter(({ state }) => state === 'muted')
      .flatMap(({ body, symbol, createdAt }) => {
        const end = stories.find(
          ({ story, madeAt }) =>
            story.kind === 'mute-end' && madeAt >= createdAt && story.counts.some((it) => it.symbol === symbol),
        );
        return end ? [{ story: JSON.parse(body) as SlideStory, at: end.at }] : [];
      }),
  };
  const all = new Map(
    wishes.eras
      .flatMap(({ settings }) => tracksOf(scenario, settings))
      .map((track) => [`${track.symbol} ${track.kind} ${track.window}`, track] as const),
  );
  return [
    ...checkWanted(slides),
    ...[...all.values()].flatMap((track) => {
      const plateaus = plateausOf(scenario, track);
      const same = ({ symbol, kind, window }: Track): boolean =>
        symbol === track.symbol && kind === track.kind && window === track.window;
      const lost = wishes.eras.flatMap((era) =>
        tracksOf(scenario, era.settings)
          .filter(same)
          .flatMap((it) => checkLost(slides, era, it, plateaus)),
      );
      return [...checkTrue(slides, track, plateaus), ...lost];
    }),
    ...checkOrder(slides),
  ];
};
