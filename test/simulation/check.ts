import type { Alert } from '../../src/stories/alert.ts';
import type { SessionDigest } from '../../src/stories/digest-story.ts';
import type { SlideStory } from '../../src/stories/slide-story.ts';
import type { Story } from '../../src/stories/story.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';
import {
  depthOf,
  digestDue,
  isBack,
  isDown,
  type Outlook,
  outlookOf,
  type Plateau,
  plateausOf,
  quietSpan,
  type Track,
  tracksOf,
  wants,
} from './expected.ts';
import { roomOf } from './platforms.ts';
import type { Scenario, SimulatedChannel } from './scenario.ts';
import type { Run } from './simulate.ts';

/** A promise that was not kept. */
export interface Breach {
  readonly what: 'twice' | 'early' | 'false' | 'lost' | 'late' | 'order' | 'form' | 'open';
  /** Epoch milliseconds. */
  readonly at: number;
  readonly room: string;
  readonly symbol?: string;
  readonly expected: string;
  readonly came: string;
}

/** A card as it stands in a channel, with the stories that it was made of. */
interface Posted {
  readonly key: string;
  readonly at: number;
  readonly stories: readonly Story[];
  /** When the first of its deliveries was made. */
  readonly madeAt: number;
}

/** A level that a channel was told of. */
interface Told {
  readonly alert: Alert;
  readonly story: SlideStory;
  readonly at: number;
}

const time = (instant: number): string =>
  Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO('America/New_York')
    .toPlainDateTime()
    .toString()
    .slice(0, 19);

const batchOf = (key: string): number => Number.parseInt(key.split('-').at(-1) ?? '', 36);

type Batches = ReadonlyMap<number, Pick<Posted, 'stories' | 'madeAt'>>;

const postedIn = (run: Run, channel: SimulatedChannel, batches: Batches): Posted[] =>
  (run.rooms.get(roomOf(channel)) ?? []).map(({ key, at }) => ({
    ...{ key, at, stories: [], madeAt: at },
    ...batches.get(batchOf(key)),
  }));

const isOfTrack = (alert: Alert, { symbol, kind, window }: Track): boolean =>
  alert.symbol === symbol && alert.kind === kind && (alert.kind === 'day' || alert.window === window);

const named = ({ symbol, kind, window }: Track, level: number): string =>
  `${symbol} ${kind === 'day' ? 'day' : window}/${level / 100}`;

/** The same card twice, and cards that come from nowhere. */
const checkKeys = (room: string, posted: readonly Posted[]): Breach[] => {
  const seen = new Set<string>();
  return posted.flatMap(({ key, at, stories }): Breach[] => {
    const breaches: Breach[] = [];
    const what = stories.map(({ kind, symbol }) => `${kind} ${symbol}`).join(', ');
    if (seen.has(key))
      breaches.push({ what: 'twice', at, room, expected: 'one card of a key', came: `${key} again: ${what}` });
    if (stories.length === 0)
      breaches.push({
        what: 'false',
        at,
        room,
        expected: 'a card of a delivery',
        came: `${key}, which no delivery has`,
      });
    seen.add(key);
    const symbols = new Set(stories.map(({ symbol }) => symbol));
    const isWhole = stories.length <= 1 || (stories.length >= 3 && symbols.size === stories.length);
    if (!isWhole)
      breaches.push({ what: 'form', at, room, expected: 'one slide or three symbols and more', came: what });
    return breaches;
  });
};

/** A level that the true prices do not raise, or not again. */
const checkTold = (
  outlook: Outlook,
  room: string,
  track: Track,
  told: readonly Told[],
  plateaus: readonly Plateau[],
): Breach[] =>
  told.flatMap(({ alert, story, at }, place): Breach[] => {
    const { symbol } = track;
    const { session, level } = alert;
    const breach = (what: Breach['what'], expected: string): Breach => ({
      ...{ what, at, room, symbol, expected },
      came: `${named(track, level)} of ${session} at ${story.price / 1e6}${story.final ? ', its close' : ''}`,
    });
    if (outlook.mayBelieveWrongClose(symbol, session)) return [];
    if (!track.levels.includes(level))
      return [breach('false', `one of the channel's levels ${track.levels.join(', ')}`)];
    const reached = plateaus.filter((it) => it.session === session && it.from <= at && isDown(it, level));
    if (reached.length === 0) return [breach('false', 'a true price as deep')];
    const isPriced = outlook.hasOtherPrice(symbol, session) || reached.some(({ price }) => price === story.price);
    if (!isPriced) return [breach('false', `a true price: ${reached.map(({ price }) => price / 1e6).join(', ')}`)];
    const before = told
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

/** What the true prices raise and the channel was not told of, or too late. */
const checkLost = (
  scenario: Scenario,
  outlook: Outlook,
  channel: SimulatedChannel,
  track: Track,
  cards: readonly Told[],
  summed: readonly { readonly symbol: string; readonly at: number }[],
  merged: readonly SlideStory[],
  plateaus: readonly Plateau[],
): Breach[] => {
  const room = roomOf(channel);
  const { symbol } = track;
  const { end } = scenario;
  const told = cards.filter(({ alert }) => isOfTrack(alert, track));
  return plateaus.flatMap((plateau, place): Breach[] => {
    const level = depthOf(plateau, track.levels);
    if (level === 0) return [];
    const { session, from } = plateau;
    // A close is known by the next session's end at the latest, or the scenario's.
    const seenBy = plateau.isClose ? end - HOUR_MS : outlook.seenBy(symbol, plateau);
    if (seenBy === undefined) return [];
    // It need not be told if it was told before and the bot has not surely seen the price recover since.
    const recovered = plateaus
      .slice(0, place)
      .findLast((it) =>
        track.kind === 'day'
          ? it.session !== session
          : isBack(it, level) && (it.isClose || outlook.seenBy(symbol, it) !== undefined),
      );
    const since = recovered?.from ?? 0;
    const found = told.find(
      ({ alert, story }) =>
        alert.level >= level && story.observedAt >= since && (track.kind !== 'day' || alert.session === session),
    );
    const summary = summed.find((it) => it.symbol === symbol && it.at >= since);
    const by = Math.max(outlook.postedBy(channel, seenBy), outlook.postedBy(channel, from));
    // A slide that another one of its symbol replaced within two minutes is told by that one, which is as deep.
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
    const at = found?.at ?? summary?.at ?? instead?.at;
    const expected = `${named(track, level)} of ${session} at ${plateau.price / 1e6}${plateau.isClose ? ', its close,' : ''} by ${time(by)}`;
    if (at === undefined) return by > end ? [] : [{ what: 'lost', at: from, room, symbol, expected, came: 'nothing' }];
    if (plateau.isClose || summary || at <= by) return [];
    return [{ what: 'late', at: from, room, symbol, expected, came: `it at ${time(at)}` }];
  });
};

/** Digests: one a session, by its time, with nothing but true closes. */
const checkDigests = (
  scenario: Scenario,
  outlook: Outlook,
  channel: SimulatedChannel,
  posted: readonly Posted[],
): Breach[] => {
  const room = roomOf(channel);
  const { calendar, start, end, market, sessions } = scenario;
  const digests = posted.flatMap(({ at, stories }) =>
    stories.flatMap((story) =>
      story.kind === 'digest' && story.of === 'session' ? [{ at, story: story as SessionDigest }] : [],
    ),
  );
  const isWanted = wants(channel.settings, 'digest');
  const due = [calendar.previous(sessions[0] ?? ''), ...sessions]
    .map((session) => ({ session, at: digestDue(scenario, channel.settings, session) }))
    .filter(({ at }) => isWanted && at > start && at <= end);
  const breaches = due.flatMap(({ session, at }): Breach[] => {
    const [first, ...others] = digests.filter(({ story }) => story.session === session);
    const by = outlook.postedBy(channel, outlook.digestBy(at));
    const expected = `the digest of ${session} by ${time(by)}`;
    if (!first) return by > end ? [] : [{ what: 'lost', at, room, expected, came: 'nothing' }];
    const again = others.map(
      (it): Breach => ({ what: 'twice', at: it.at, room, expected, came: `it again at ${time(it.at)}` }),
    );
    const isEarly = first.at < at - MINUTE_MS;
    return first.at <= by && !isEarly
      ? again
      : [...again, { what: 'late', at, room, expected, came: `it at ${time(first.at)}` }];
  });
  for (const { at, story } of digests) {
    const { session } = story;
    if (!due.some((it) => it.session === session))
      breaches.push({ what: 'false', at, room, expected: 'no digest', came: `the digest of ${session}` });
    for (const { symbol, close } of story.rows) {
      if (!close || !market.symbols.includes(symbol) || outlook.hasSplit(symbol)) continue;
      if (outlook.mayBelieveWrongClose(symbol, session)) continue;
      const truth = market.closeOf(symbol, session);
      if (close.price !== truth)
        breaches.push({
          what: 'false',
          at,
          room,
          symbol,
          expected: `${truth / 1e6} in the digest of ${session}`,
          came: `${close.price / 1e6}`,
        });
    }
  }
  return breaches;
};

/** Slides come in the order in which they happened, but for those that wait for each other. */
const checkOrder = (outlook: Outlook, room: string, told: readonly Told[]): Breach[] => {
  let latest = 0;
  return told.flatMap(({ story, alert, at }): Breach[] => {
    if (story.final || story.late || outlook.hasStaleTrades(alert.symbol)) return [];
    const isEarlier = story.observedAt < latest - 3 * MINUTE_MS;
    latest = Math.max(latest, story.observedAt);
    if (!isEarlier) return [];
    const came = `${alert.symbol} ${alert.level / 100} of ${time(story.observedAt)}`;
    return [{ what: 'order', at, room, symbol: alert.symbol, expected: `nothing from before ${time(latest)}`, came }];
  });
};

const HELD_BY_QUIET: readonly string[] = ['slide', 'recovery', 'summary'];

/** Cards that came in quiet hours in which they were made, too. */
const checkQuiet = ({ settings }: SimulatedChannel, room: string, posted: readonly Posted[]): Breach[] =>
  posted.flatMap(({ at, madeAt, stories }): Breach[] => {
    const span = quietSpan(settings, at);
    const [first] = stories;
    if (!span || !first || !HELD_BY_QUIET.includes(first.kind)) return [];
    if (madeAt < span.from + MINUTE_MS || at > span.to - MINUTE_MS) return [];
    const { kind, symbol } = first;
    return [{ what: 'early', at, room, symbol, expected: `quiet until ${time(span.to)}`, came: `${kind} ${symbol}` }];
  });

/** Deliveries that have no end, or a wrong one. */
const checkDeliveries = (scenario: Scenario, run: Run): Breach[] =>
  run.deliveries.flatMap(({ state, kind, symbol, address, platform, id, dueAt, createdAt }): Breach[] => {
    const isOver = ['sent', 'merged', 'summed', 'muted'].includes(state);
    const isFresh = dueAt > scenario.end - HOUR_MS || state === 'quiet' || platform === 'board';
    // Notices live for an hour.
    if (isOver || isFresh || (state === 'expired' && kind === 'notice')) return [];
    return [
      {
        what: 'open',
        at: createdAt,
        room: `${platform} ${address}`,
        expected: `an end of delivery ${id}`,
        came: `${kind} ${symbol} is ${state}`,
      },
    ];
  });

/**
 * What a channel was to be told twice, even if one card swallowed the other: a story, or a level that one observation
 * reached.
 */
const checkRepeated = (run: Run): Breach[] => {
  const seen = new Set<string>();
  return run.deliveries.flatMap((delivery): Breach[] => {
    const { storyId, kind, symbol, createdAt: at, id } = delivery;
    const room = roomOf(delivery);
    const story = JSON.parse(delivery.body) as Story;
    const levels = story.kind === 'slide' ? story.alerts.map((alert) => ({ ...alert, at: story.observedAt })) : [];
    const whats = [
      `story ${storyId}`,
      ...levels.map(
        (it) =>
          `${symbol} ${it.kind === 'day' ? 'day' : it.window}/${it.level / 100} of ${it.session} at ${time(it.at)}`,
      ),
    ];
    return whats.flatMap((what): Breach[] => {
      const isNew = !seen.has(`${room} ${what}`);
      seen.add(`${room} ${what}`);
      if (isNew) return [];
      return [{ what: 'twice', at, room, symbol, expected: `${what} once`, came: `${kind} ${id} with it again` }];
    });
  });
};

/** Compares a run with what its scenario has to bring. */
export const checkRun = (drawn: Scenario, run: Run): Breach[] => {
  // The bot has ended when it came to the await that was drawn, if it did.
  const others = drawn.faults.filter(({ kind }) => kind !== 'crash' && kind !== 'restart');
  const scenario = { ...drawn, faults: [...others, ...run.ends] };
  const outlook = outlookOf(scenario);
  const batches: Batches = new Map(
    [
      ...Map.groupBy(
        run.deliveries.filter(({ batch }) => batch !== null),
        ({ batch }) => Number(batch),
      ),
    ].map(([batch, of]) => [
      batch,
      {
        stories: of.filter(({ state }) => state !== 'merged').map(({ body }) => JSON.parse(body) as Story),
        madeAt: Math.min(...of.map(({ createdAt }) => createdAt)),
      },
    ]),
  );
  return [
    ...checkDeliveries(scenario, run),
    ...checkRepeated(run),
    ...scenario.channels.flatMap((channel) => {
      const room = roomOf(channel);
      const posted = postedIn(run, channel, batches);
      const told = posted.flatMap(({ at, stories: of }) =>
        of.flatMap((story) =>
          story.kind === 'slide' ? story.alerts.map((alert): Told => ({ alert, story, at })) : [],
        ),
      );
      const summed = posted.flatMap(({ at, stories: of }) =>
        of.flatMap((story) => (story.kind === 'summary' ? story.held.map(({ symbol }) => ({ symbol, at })) : [])),
      );
      const merged = run.deliveries
        .filter((it) => it.state === 'merged' && it.kind === 'slide' && roomOf(it) === room)
        .map(({ body }) => JSON.parse(body) as SlideStory);
      const tracks = tracksOf(scenario, channel);
      const strange = told
        .filter((it) => !tracks.some((track) => isOfTrack(it.alert, track)))
        .map(
          ({ alert, at }): Breach => ({
            what: 'false',
            at,
            room,
            symbol: alert.symbol,
            expected: 'no such rule',
            came: `${alert.kind} of ${alert.symbol}`,
          }),
        );
      return [
        ...checkKeys(room, posted),
        ...strange,
        ...tracks.flatMap((track) => {
          const plateaus = plateausOf(scenario, track);
          const own = told.filter(({ alert }) => isOfTrack(alert, track));
          return [
            ...checkTold(outlook, room, track, own, plateaus),
            ...checkLost(scenario, outlook, channel, track, told, summed, merged, plateaus),
          ];
        }),
        ...checkQuiet(channel, room, posted),
        ...checkOrder(outlook, room, told),
        ...checkDigests(scenario, outlook, channel, posted),
      ];
    }),
  ];
};
