import { type Platform, PlatformError } from '../chat/platform.ts';
import type { NamedChannel } from '../chat/platform-kind.ts';
import type { Logger } from '../telemetry/log.ts';
import { backoffMs } from '../util/backoff.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { createMutex } from '../util/promises.ts';

/** A platform, with its channels from .env and config if any are set. */
export interface Destination {
  readonly platform: Platform;
  readonly channelId?: string;
  /** Those that a file of config names. */
  readonly channels?: readonly NamedChannel[];
  /** Makes the platform anew: one that was stopped cannot be started. Absent: it is started once only. */
  readonly again?: () => Promise<Platform>;
}

/** Why a platform has not started; `since`: the first try, epoch milliseconds. */
export interface NotStarted {
  readonly since: number;
  readonly reason: string;
}

export interface StartedPlatform {
  /** What stands for the platform however often it is made anew. */
  readonly platform: Platform;
  readonly channelId?: string;
  readonly channels?: readonly NamedChannel[];
  /** Undefined: it has started. */
  notStarted(): NotStarted | undefined;
  /** Tries to start it again if that is due; true if it has started by this try. */
  startAgain(now: number): Promise<boolean>;
}

export interface StartOptions {
  readonly log: Logger;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** In [0, 1). Default: Math.random. */
  readonly random?: () => number;
}

/** Waits between tries. Each may be a request with a refused token, of which a platform takes few. */
const WAITS = { firstMs: MINUTE_MS, maxMs: 15 * MINUTE_MS };
/** A platform that has not started for so long is said once more. */
const ERROR_AFTER_MS = 10 * MINUTE_MS;

/** Undefined: it has started. */
const begin = async (platform: Platform, channelId: string | undefined): Promise<PlatformError | undefined> => {
  try {
    await platform.start();
    if (channelId !== undefined) await platform.check?.(channelId);
    return undefined;
  } catch (error) {
    await platform.stop();
    if (error instanceof PlatformError) return error;
    throw error;
  }
};

const startedPlatform = (
  { platform: first, channelId, channels, again }: Destination,
  fault: PlatformError | undefined,
  { log, clock, random = Math.random }: StartOptions,
): StartedPlatform => {
  const runExclusive = createMutex();
  let current = first;
  let trying: Platform | undefined;
  let stopped = false;
  let tries = 1;
  let triedAt = clock();
  let said = false;
  let notStarted: NotStarted | undefined = fault && { since: triedAt, reason: fault.message };
  let waitMs = backoffMs({ ...WAITS, failures: 0, random });

  const stop = async (): Promise<void> => {
    stopped = true;
    await trying?.stop();
    await runExclusive(() => current.stop());
  };

  const failed = (reason: string, now: number): void => {
    // A time ahead of ours is from before the clock was set back.
    const since = Math.min(notStarted?.since ?? now, now);
    const fields = { platform: first.name, reason, since: new Date(since) };
    const isLong = !said && now - since >= ERROR_AFTER_MS;
    if (isLong) log.error(fields, 'platform has not started for 10 minutes: it is tried again');
    else log[reason === notStarted?.reason ? 'debug' : 'error'](fields, 'platform not started');
    said ||= isLong;
    notStarted = { since, reason };
  };

  const tryAgain = async (make: () => Promise<Platform>, now: number): Promise<boolean> => {
    triedAt = now;
    waitMs = backoffMs({ ...WAITS, failures: tries, random });
    tries += 1;
    const fresh = await make();
    if (stopped) return false;
    trying = fresh;
    const refused = await begin(fresh, channelId).finally(() => {
      trying = undefined;
    });
    if (refused) {
      failed(refused.message, clock());
      return false;
    }
    current = fresh;
    if (stopped) return false;
    notStarted = undefined;
    log.info({ platform: first.name, tries }, 'platform started after all');
    return true;
  };

  return {
    // The parts that a platform lacks stay absent.
    platform: new Proxy(first, { get: (_, part) => (part === 'stop' ? stop : Reflect.get(current, part)) }),
    ...(channelId !== undefined && { channelId }),
    ...(channels && { channels }),
    notStarted: () => notStarted,
    startAgain: (now) =>
      runExclusive(async () => {
        const isDue = now >= triedAt + waitMs || now < triedAt;
        return !stopped && again !== undefined && notStarted !== undefined && isDue ? tryAgain(again, now) : false;
      }),
  };
};

/**
 * Starts all platforms in parallel. One that needs a person to act is logged and stopped, and can be started again.
 * @throws PlatformError if none has started, one line for each.
 */
export const startPlatforms = async (
  destinations: readonly Destination[],
  options: StartOptions,
): Promise<readonly StartedPlatform[]> => {
  const stopAll = () => Promise.all(destinations.map(({ platform }) => platform.stop()));
  const begun = await Promise.all(
    destinations.map(async (destination) => ({
      destination,
      fault: await begin(destination.platform, destination.channelId),
    })),
  ).catch(async (error: unknown) => {
    await stopAll();
    throw error;
  });
  const faults = begun.flatMap(({ fault }) => fault ?? []);
  const [first] = faults;
  if (first && faults.length === destinations.length)
    throw new PlatformError(faults.map(({ message }) => message).join('\n'), { cause: first });
  for (const { message } of faults) options.log.error({ reason: message }, 'platform not started');
  return begun.map(({ destination, fault }) => startedPlatform(destination, fault, options));
};
