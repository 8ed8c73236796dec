import { earlierNote } from '../cards/card-updates.ts';
import { openEnvChannels } from '../channels/env-channels.ts';
import { type BoardPlatform, createBoardPlatform } from '../chat/board/board-platform.ts';
import type { Platform } from '../chat/platform.ts';
import { type Composer, createComposer } from '../delivery/compose.ts';
import { type Courier, createCourier } from '../delivery/courier.ts';
import { instanceOf } from '../store/meta.ts';
import type { PlatformState } from '../stories/platforms.ts';
import type { ChannelParts } from './build-channels.ts';
import type { StoreParts } from './build-store.ts';
import type { BuildContext } from './options.ts';
import { startPlatforms } from './start-platforms.ts';

/** How long a platform may take to reply during shutdown; after that, the next start looks for the message. */
const STOP_GRACE_MS = 5_000;

export interface DeliveryParts {
  /** Platforms that started; not those that failed to. */
  readonly platforms: readonly Platform[];
  readonly courier: Courier;
  readonly composer: Composer;
  readonly boardPlatform: BoardPlatform;
  /** State of every configured platform, as shown to a person. */
  readonly platformStates: () => PlatformState[];
  /** Stops the courier and the platforms, in an order that loses no reply received within the grace period. */
  readonly stopDelivery: () => Promise<void>;
}

/** Starts the platforms, opens the channels set in .env, and builds the courier. @throws PlatformError */
export const buildDelivery = async (parts: BuildContext & StoreParts & ChannelParts): Promise<DeliveryParts> => {
  const { options, timeZone, config, shutdown, store, metrics, registry } = parts;
  const { catalogue } = config;
  const { log, clock, language, destinations, whenUnsure, random, drawChart } = options;
  const { destinations: started, leftOut } = await startPlatforms(destinations, log);
  const platforms = started.map(({ platform }) => platform);
  let stopped: Promise<unknown> | undefined;
  const stopPlatforms = () => {
    stopped ??= Promise.all(platforms.map((platform) => platform.stop()));
    return stopped;
  };
  shutdown.add(stopPlatforms);
  const named = destinations.map(({ platform: { name }, channelId: address }) => ({
    platform: name,
    started: !leftOut.has(name),
    ...(address !== undefined && { address }),
  }));
  await openEnvChannels(registry, named, language, clock());

  const boardPlatform = createBoardPlatform();
  const composer = createComposer(catalogue, log, drawChart);
  const courier = createCourier({
    store,
    platforms: [...platforms, boardPlatform],
    instance: await instanceOf(store.db),
    compose: composer.compose,
    noteEarlier: (story, language, link) => earlierNote(catalogue.in(language), story, link),
    clock,
    log,
    catalogue,
    timeZone,
    ...(whenUnsure !== undefined && { whenUnsure }),
    ...(random && { random }),
    onOutcome: metrics.delivery,
    onPing: metrics.ping,
    onGone: registry.forgetRetired,
  });
  return {
    platforms,
    courier,
    composer,
    boardPlatform,
    platformStates: () =>
      destinations.map(({ platform }): PlatformState => {
        const { name } = platform;
        const left = leftOut.get(name);
        if (left !== undefined) return { name, state: 'down', detail: left };
        const closure = courier.closures().get(name);
        const disconnected = platform.connection?.();
        const notes = platform.notes?.() ?? [];
        return {
          name,
          ...(closure ? { state: 'down', detail: closure.reason, since: closure.since } : { state: 'on' }),
          ...(disconnected && { disconnected }),
          ...(notes.length > 0 && { notes }),
        };
      }),
    stopDelivery: async () => {
      await courier.stop(STOP_GRACE_MS);
      await stopPlatforms();
      await courier.stop(STOP_GRACE_MS);
    },
  };
};
