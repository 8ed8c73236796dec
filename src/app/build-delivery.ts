import { followUpCard } from '../cards/follow-up-card.ts';
import { openEnvChannels } from '../channels/env-channels.ts';
import { type BoardPlatform, createBoardPlatform } from '../chat/board/board-platform.ts';
import type { Platform } from '../chat/platform.ts';
import { type Composer, createComposer } from '../delivery/compose.ts';
import { type Courier, createCourier } from '../delivery/courier.ts';
import { createTestReports, type TestReports } from '../delivery/test-reports.ts';
import type { Job } from '../schedule/scheduler.ts';
import { instanceOf } from '../store/meta.ts';
import type { PlatformState } from '../stories/platforms.ts';
import type { ChannelParts } from './build-channels.ts';
import type { StoreParts } from './build-store.ts';
import type { BuildContext } from './options.ts';
import { startPlatforms } from './start-platforms.ts';

/** How long platforms may take to reply during shutdown, and once their connections are closed; the next start looks for the rest. */
const REPLY_GRACE_MS = 4_000;
const CUT_GRACE_MS = 1_000;

export interface DeliveryParts {
  /** Platforms that started at once. */
  readonly platforms: readonly Platform[];
  /** Tries those again that have not started. */
  readonly startAgain: Job;
  /** All that are configured, started or not. */
  readonly configured: readonly Platform[];
  /** Whether a platform has started and takes posts. */
  readonly takesPosts: (name: string) => boolean;
  readonly courier: Courier;
  readonly composer: Composer;
  readonly testReports: TestReports;
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
  const started = await startPlatforms(destinations, { log, clock, ...(random && { random }) });
  const platforms = started.map(({ platform }) => platform);
  let stopped: Promise<unknown> | undefined;
  const stopPlatforms = () => {
    stopped ??= Promise.all(platforms.map((platform) => platform.stop()));
    return stopped;
  };
  shutdown.add(stopPlatforms);
  /** Of all platforms, or of one that has started after all: a channel of another that has ended by then stays so. */
  const openChannels = (only?: string) => {
    const named = started.flatMap(({ platform: { name }, channelId: address, channels = [], notStarted }) => {
      const isMeant = only === undefined || only === name;
      const own = { platform: name, started: isMeant && notStarted() === undefined };
      return [
        { ...own, ...(address !== undefined && { address }) },
        ...channels.map((channel) => ({ ...own, ...channel })),
      ];
    });
    return openEnvChannels(registry, named, language, clock());
  };
  await openChannels();

  const isReady = (name: string): boolean =>
    started.every((it) => it.platform.name !== name || it.notStarted() === undefined);
  const boardPlatform = createBoardPlatform();
  const composer = createComposer(catalogue, log, drawChart);
  const testReports = createTestReports(catalogue, log);
  const courier = createCourier({
    store,
    platforms: [...platforms, boardPlatform],
    isReady,
    instance: await instanceOf(store.db),
    compose: composer.compose,
    followUp: (card, going, language) => followUpCard(catalogue.in(language), card, going),
    clock,
    log,
    catalogue,
    timeZone,
    testReports,
    ...(whenUnsure !== undefined && { whenUnsure }),
    ...(random && { random }),
    onOutcome: metrics.delivery,
    onSendTook: metrics.sendTook,
    onPing: metrics.ping,
    onPartLeftOut: metrics.partLeftOut,
    onGone: registry.forgetRetired,
    presence: parts.presence,
  });
  return {
    platforms: started.filter(({ notStarted }) => notStarted() === undefined).map(({ platform }) => platform),
    startAgain: {
      name: 'platforms',
      run: async (now) => {
        for (const { platform, startAgain } of started) if (await startAgain(now)) await openChannels(platform.name);
      },
    },
    configured: platforms,
    takesPosts: (name) => isReady(name) && !courier.closures().has(name),
    courier,
    composer,
    testReports,
    boardPlatform,
    platformStates: () =>
      started.map(({ platform, notStarted }): PlatformState => {
        const { name } = platform;
        const fault = notStarted();
        if (fault) return { name, state: 'down', detail: fault.reason, cause: 'not-started', since: fault.since };
        const closure = courier.closures().get(name);
        const disconnected = platform.connection?.();
        const notes = platform.notes?.() ?? [];
        return {
          name,
          ...(closure
            ? { state: 'down', detail: closure.reason, cause: closure.cause, since: closure.since }
            : { state: 'on' }),
          ...(disconnected && { disconnected }),
          ...(notes.length > 0 && { notes }),
        };
      }),
    stopDelivery: async () => {
      await courier.stop(REPLY_GRACE_MS);
      await stopPlatforms();
      await courier.stop(CUT_GRACE_MS);
    },
  };
};
