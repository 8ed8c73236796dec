import { type Platform, PlatformError } from '../chat/platform.ts';
import type { Logger } from '../telemetry/log.ts';

/** A platform, with its channel from .env if one is set. */
export interface Destination {
  readonly platform: Platform;
  readonly channelId?: string;
}

export interface StartedPlatforms {
  readonly destinations: readonly Destination[];
  /** Why a platform could not be started, by name. */
  readonly leftOut: ReadonlyMap<string, string>;
}

const begin = async ({ platform, channelId }: Destination): Promise<PlatformError | undefined> => {
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

/**
 * Starts all platforms in parallel. One that needs a person to act is logged, stopped and left out.
 * @throws PlatformError if none is left, one line for each.
 */
export const startPlatforms = async (destinations: readonly Destination[], log: Logger): Promise<StartedPlatforms> => {
  const stopAll = () => Promise.all(destinations.map(({ platform }) => platform.stop()));
  const begun = await Promise.all(
    destinations.map(async (destination) => ({ destination, fault: await begin(destination) })),
  ).catch(async (error: unknown) => {
    await stopAll();
    throw error;
  });
  const faults = begun.flatMap(({ fault }) => fault ?? []);
  const [first] = faults;
  if (first && faults.length === destinations.length)
    throw new PlatformError(faults.map(({ message }) => message).join('\n'), { cause: first });
  for (const { message } of faults) log.error({ reason: message }, 'platform not started');
  return {
    destinations: begun.flatMap(({ destination, fault }) => (fault ? [] : destination)),
    leftOut: new Map(
      begun.flatMap(({ destination, fault }) => (fault ? [[destination.platform.name, fault.message]] : [])),
    ),
  };
};
