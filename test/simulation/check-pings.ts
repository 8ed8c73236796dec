import { MINUTE_MS } from '../../src/util/durations.ts';
import { type Breach, type Posted, time } from './breach.ts';
import { type Outlook, POSTED_WITHIN_MS } from './expected.ts';
import { takesNone } from './orders.ts';
import { linkOf, type Message, roomOf } from './platforms.ts';
import type { Scenario } from './scenario.ts';
import type { Run } from './simulate.ts';

/** A direct message is worth sending so long after its card. */
const LIFE_MS = 30 * MINUTE_MS;
const MARGIN_MS = MINUTE_MS;

/** A wish for direct messages: surely there, and perhaps. */
interface Subscription {
  readonly platform: string;
  readonly person: string;
  readonly symbol: string;
  /** Of the channel. */
  readonly room: string;
  readonly sure: { readonly from: number; readonly to: number };
  readonly perhaps: { readonly from: number; readonly to: number };
}

/** An alert on a card of a channel. */
interface CardAlert {
  readonly room: string;
  readonly key: string;
  readonly at: number;
  readonly symbol: string;
  readonly observedAt: number;
}

const subscriptionsOf = ({ orders }: Run): Subscription[] => {
  let all: Subscription[] = [];
  for (const { platform, address, what, askedAt, doneAt } of orders) {
    if (what.kind === 'ping') {
      const { person, symbol } = what;
      const sure = { from: doneAt, to: Number.POSITIVE_INFINITY };
      const perhaps = { from: askedAt - MARGIN_MS, to: Number.POSITIVE_INFINITY };
      all.push({ platform, person, symbol, room: roomOf({ platform, address }), sure, perhaps });
    } else if (what.kind === 'no-ping')
      all = all.map((it) => {
        const isMeant = it.platform === platform && it.person === what.person && ['*', it.symbol].includes(what.symbol);
        if (!isMeant) return it;
        const sure = { ...it.sure, to: Math.min(it.sure.to, askedAt) };
        return { ...it, sure, perhaps: { ...it.perhaps, to: Math.min(it.perhaps.to, doneAt + MARGIN_MS) } };
      });
  }
  return all;
};

const alertsOf = (room: string, posted: readonly Posted[]): CardAlert[] =>
  posted.flatMap(({ key, at, stories }) =>
    stories.flatMap(({ story }): CardAlert[] => {
      if (story.kind === 'slide') return [{ room, key, at, symbol: story.symbol, observedAt: story.observedAt }];
      if (story.kind !== 'summary') return [];
      // Of each symbol it tells of the newest fall.
      const falls = story.held.filter(({ headline }) => headline.kind !== 'recovery');
      return [...Map.groupBy(falls, ({ symbol }) => symbol)].map(([symbol, own]) => ({
        ...{ room, key, at, symbol },
        observedAt: Math.max(...own.map((it) => it.at)),
      }));
    }),
  );

/**
 * Direct messages about alerts: one for each alert and person, in whichever channel it comes first. On Slack, where the bot
 * cannot look for one whose answer was lost, one at most.
 */
export const checkPings = (
  { end, faults }: Scenario,
  outlook: Outlook,
  run: Run,
  postedIn: ReadonlyMap<string, readonly Posted[]>,
): Breach[] => {
  const subscriptions = subscriptionsOf(run);
  const alerts = [...postedIn].flatMap(([room, posted]) => alertsOf(room, posted));
  const isClockSet = faults.some(({ kind }) => kind === 'clock set');
  const people = new Map(subscriptions.map((it) => [roomOf({ platform: it.platform, address: it.person }), it]));
  return [...people].flatMap(([room, { platform, person }]): Breach[] => {
    const own = subscriptions.filter((it) => it.platform === platform && it.person === person);
    const messages: readonly Message[] = run.rooms.get(room) ?? [];
    /** The alert that a message tells of. */
    const alertsIn = ({ text = '', at }: Message): CardAlert[] =>
      alerts.filter(
        (it) =>
          it.at <= at &&
          text.includes(JSON.stringify(linkOf(it.room, it.key))) &&
          own.some(({ symbol }) => symbol === it.symbol && text.includes(`symbol=${symbol}&`)),
      );
    const falses = messages.flatMap((message, place): Breach[] => {
      const { at, key } = message;
      const breach = (what: Breach['what'], expected: string): Breach => ({
        what,
        at,
        room,
        expected,
        came: `message ${key}`,
      });
      if (takesNone(person)) return [breach('false', 'nothing to who takes no messages')];
      if (messages.slice(0, place).some((it) => it.key === key)) return [breach('twice', 'one message of a key')];
      const told = alertsIn(message);
      const isWished = told.some((alert) =>
        own.some(
          ({ symbol, room: of, perhaps }) =>
            symbol === alert.symbol && of === alert.room && perhaps.from <= at && alert.at <= perhaps.to,
        ),
      );
      if (!isWished) return [breach('false', 'a message about an alert that somebody wanted')];
      const isAgain = messages
        .slice(0, place)
        .some((it) =>
          alertsIn(it).some((one) =>
            told.some((other) => one.symbol === other.symbol && one.observedAt === other.observedAt),
          ),
        );
      return isAgain ? [breach('twice', 'one message of an alert')] : [];
    });
    const lost =
      takesNone(person) || isClockSet
        ? []
        : own.flatMap(({ symbol, room: of, sure }) =>
            alerts.flatMap((alert): Breach[] => {
              if (alert.symbol !== symbol || alert.room !== of) return [];
              const { at, observedAt, key } = alert;
              const place = { platform, address: person };
              const channel = { platform, address: of.split(' ')[1] ?? '' };
              const recorded = outlook.reachedFor(channel, at - MINUTE_MS, 2 * MINUTE_MS);
              const by = outlook.reachedFor(place, recorded, POSTED_WITHIN_MS);
              const isCalm = recorded === at + MINUTE_MS && by === recorded + POSTED_WITHIN_MS;
              const isSure = sure.from < at - MARGIN_MS && by < sure.to && by < end;
              // Where the bot may look for a message, a crash in between loses none that is still worth sending.
              if (!isSure || (platform === 'slack' ? !isCalm : by > at + LIFE_MS)) return [];
              const isTold = messages.some(
                (it) =>
                  it.at <= by && alertsIn(it).some((told) => told.symbol === symbol && told.observedAt >= observedAt),
              );
              const expected = `a message about ${symbol} of ${time(observedAt)}, on ${key}, by ${time(by)}`;
              return isTold ? [] : [{ what: 'lost', at, room, symbol, expected, came: 'nothing' }];
            }),
          );
    return [...falses, ...lost];
  });
};
