import { DAY_MS, HOUR_MS, MINUTE_MS } from '../util/durations.ts';
import { createSetWatch, type SetWatchOptions, STEP_MS } from './set-watch.ts';

/** A difference to a host's clock that does not matter. */
export const TOLERANCE_MS = MINUTE_MS;
/** Two answers of one host so far apart are two witnesses: at a poll a minute, the next one. */
const SECOND_ANSWER_MS = 50_000;
/** Without any answer, the computer's clock is believed after so long. */
const DOUBT_MS = 5 * MINUTE_MS;
/** A host whose time is further away is no witness: with such a clock no certificate would be valid. */
export const FURTHEST_MS = 31 * DAY_MS;

/** What an answer of another computer says about the time. */
export interface HeardTime {
  /** Name for people, the same for all hosts with one clock: Yahoo. */
  readonly host: string;
  /** The host's time when the answer came, epoch milliseconds. */
  readonly time: number;
  /** How exact that is, milliseconds. */
  readonly marginMs: number;
}

/** The computer's clock is off. */
export interface ClockOff {
  /** How far it is ahead, milliseconds; negative if it is behind. */
  readonly aheadMs: number;
  /** Whose clocks say so. */
  readonly hosts: readonly string[];
}

export interface BotClockOptions extends SetWatchOptions {
  /** Called when the computer's clock was set, with how far it moved ahead in milliseconds. */
  readonly onSet?: (aheadMs: number) => void;
  /** Called when it turns out that the computer's clock is off, and with undefined when it is right again. */
  readonly onOff?: (off: ClockOff | undefined) => void;
}

/** The time that the bot goes by. */
export interface BotClock {
  /** Epoch milliseconds, a whole number. */
  now(): number;
  /** Takes what an answer says about the time. */
  hear(heard: HeardTime): void;
  /** Whether no answer has settled yet what time it is, since the start or since the clock was set; five minutes at most. */
  isInDoubt(): boolean;
  /** Whether an answer has come since the start. */
  hasHeard(): boolean;
  /** Set while the computer's clock is known to be off. */
  off(): ClockOff | undefined;
  /** How often the bot's time has been moved, because it was wrong or seems to have been. */
  moves(): number;
  /** What the hosts say that contradict the computer's clock, even if it is only one, and once. */
  suspected(): ClockOff | undefined;
}

interface Witness {
  /** The host's time less the computer's. */
  readonly offset: number;
  /** By the clock that is never set. */
  readonly at: number;
}

/**
 * The computer's clock, unless others contradict it. If it is set, the bot's time goes on as if it had not been, until an
 * answer says which of the two is right. Two answers that agree with each other, of different hosts or a minute apart, set
 * the bot's time; before anything has confirmed it, one that says it is earlier does, because what is done too late can be
 * made good. While one host says that the computer's clock is right, it takes two others to say that it is not.
 */
export const createBotClock = ({ onSet, onOff, ...clocks }: BotClockOptions = {}): BotClock => {
  const read = createSetWatch(clocks);
  let { wall: lastWall, monotonic: lastMonotonic } = read();
  /** The bot's time less the computer's. */
  let skew = 0;
  let doubt: { readonly since: number; readonly by: 'start' | 'step' } | undefined = {
    since: lastMonotonic,
    by: 'start',
  };
  let heardAny = false;
  /** The host that last said that the computer's clock is right, since it was last set. */
  let confirmer: string | undefined;
  /** What each host that contradicts the computer's clock says. */
  const witnesses = new Map<string, Witness>();
  let off: ClockOff | undefined;
  let moves = 0;

  const moveTo = (next: number): void => {
    if (Math.abs(next - skew) > STEP_MS) moves += 1;
    skew = next;
  };

  const setOff = (now: ClockOff | undefined): void => {
    const isSame = now && off && Math.abs(now.aheadMs - off.aheadMs) <= TOLERANCE_MS;
    const isNews = now === undefined ? off !== undefined : !isSame;
    off = now;
    if (isNews) onOff?.(now);
  };

  const onStep = (aheadMs: number): void => {
    witnesses.clear();
    confirmer = undefined;
    // A second one before anybody has answered: it is back, or time itself runs at another speed.
    skew -= aheadMs;
    if (doubt?.by === 'step' || Math.abs(skew) <= STEP_MS) moveTo(0);
    doubt = skew === 0 ? undefined : { since: lastMonotonic, by: 'step' };
    if (skew === 0) setOff(undefined);
    onSet?.(aheadMs);
  };

  const now = (): number => {
    const reading = read();
    lastWall = reading.wall;
    lastMonotonic = reading.monotonic;
    if (reading.aheadMs !== 0) onStep(reading.aheadMs);
    if (doubt && lastMonotonic - doubt.since > DOUBT_MS) {
      if (doubt.by === 'step') moveTo(0);
      doubt = undefined;
    }
    return Math.round(lastWall + skew);
  };

  /** The hosts that say the same as this answer, if that makes two witnesses. */
  const agreeing = (host: string, offset: number, toleranceMs: number): readonly string[] | undefined => {
    const isSame = ({ offset: other }: Witness): boolean => Math.abs(other - offset) <= toleranceMs;
    const before = witnesses.get(host);
    if (!before || !isSame(before)) witnesses.set(host, { offset, at: lastMonotonic });
    const hosts = [...witnesses].flatMap(([name, witness]) => (isSame(witness) ? [name] : []));
    const isCarried = doubt?.by === 'step' && Math.abs(skew - offset) <= toleranceMs;
    const isRepeated = lastMonotonic - (witnesses.get(host)?.at ?? lastMonotonic) >= SECOND_ANSWER_MS;
    const isAlone = confirmer !== undefined && confirmer !== host;
    return isCarried || (isRepeated && !isAlone) || hosts.length > 1 ? hosts : undefined;
  };

  const hear = ({ host, time, marginMs }: HeardTime): void => {
    now();
    heardAny = true;
    const offset = time - lastWall;
    const toleranceMs = TOLERANCE_MS + marginMs;
    if (Math.abs(offset) <= toleranceMs) {
      moveTo(0);
      doubt = undefined;
      confirmer = host;
      witnesses.clear();
      setOff(undefined);
      return;
    }
    const hosts = agreeing(host, offset, toleranceMs);
    const isNear = Math.abs(offset) <= FURTHEST_MS;
    if (hosts) {
      if (isNear && Math.abs(skew - offset) > toleranceMs) moveTo(offset);
      if (isNear || doubt?.by === 'start') doubt = undefined;
      setOff({ aheadMs: -offset, hosts });
    } else if (isNear && doubt?.by === 'start' && offset < skew) moveTo(offset);
  };

  return {
    now,
    hear,
    isInDoubt: () => {
      now();
      return doubt !== undefined;
    },
    hasHeard: () => heardAny,
    off: () => off,
    moves: () => moves,
    suspected: () => {
      const [first] = witnesses.values();
      return first && { aheadMs: -first.offset, hosts: [...witnesses.keys()] };
    },
  };
};

const spanText = (ms: number): string => {
  if (ms < 2 * HOUR_MS) return `${Math.round(ms / MINUTE_MS)} minutes`;
  if (ms < 2 * DAY_MS) return `${Math.round(ms / HOUR_MS)} hours`;
  return `${Math.round(ms / DAY_MS)} days`;
};

/** One line for a person. */
export const clockOffText = ({ aheadMs, hosts }: ClockOff): string => {
  const whose = new Intl.ListFormat('en-GB').format(hosts.map((host) => `${host}'s`));
  return `This computer's clock is ${spanText(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead of' : 'behind'} ${whose}; set it (ntp).`;
};
