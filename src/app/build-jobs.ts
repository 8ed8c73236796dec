import type { Board } from '../board/board.ts';
import { createEditLane } from '../delivery/edit-lane.ts';
import { LONGEST_WAITS } from '../delivery/longest-waits.ts';
import { createDigestJob } from '../digest/digest-job.ts';
import { createClosingEditsJob } from '../outbox/closing-edits.ts';
import { createFanOutJob } from '../outbox/fan-out.ts';
import { createMuteEndsJob } from '../outbox/mute-ends-job.ts';
import { createQuietJob } from '../outbox/quiet-job.ts';
import type { createRefreshJob } from '../refresh/refresh-job.ts';
import { createReportDaysJob } from '../refresh/report-days-job.ts';
import { createClockJob } from '../schedule/clock-job.ts';
import { createHeartbeatJob } from '../schedule/heartbeat-job.ts';
import { createPollThrottle } from '../schedule/poll-throttle.ts';
import { createReplyTokensJob } from '../schedule/reply-tokens-job.ts';
import type { Job } from '../schedule/scheduler.ts';
import { createUpkeepJob } from '../schedule/upkeep-job.ts';
import { cachedAnswers } from '../store/edgar-cache.ts';
import { instanceOf } from '../store/meta.ts';
import { storyKindOf, symbolOf } from '../stories/fanout-plan.ts';
import { pollIntervalAt } from '../watch/poll-interval.ts';
import type { AnswerParts } from './build-answers.ts';
import type { ChannelParts } from './build-channels.ts';
import type { DeliveryParts } from './build-delivery.ts';
import type { MarketParts } from './build-market.ts';
import type { StoreParts } from './build-store.ts';
import { dayEnds } from './day-ends.ts';
import type { BuildContext } from './options.ts';

type Parts = BuildContext & StoreParts & ChannelParts & MarketParts & DeliveryParts & AnswerParts;

interface Jobs {
  readonly jobs: readonly Job[];
  /** No job starts anything new; resolves when their current runs have ended or been abandoned. */
  readonly stopJobs: () => Promise<unknown>;
}

/** The jobs of filings. Loaded where filings are read: they cost memory and start-up time. */
const filingJobs = async (parts: Parameters<typeof createRefreshJob>[0]) => {
  const refresh = await import('../refresh/refresh-job.ts');
  const confirmed = await import('../refresh/confirmed-job.ts');
  return [refresh.createRefreshJob(parts), confirmed.createConfirmedJob(parts)];
};

/** All jobs: the clock's, then in the order of the roads: market, digest, outbox, couriers, then platforms, filings and upkeep. */
export const buildJobs = async (
  parts: Parts & { readonly board: Board; readonly isWell: () => Promise<boolean> },
): Promise<Jobs> => {
  const { options, timeZone, config, source, store, metrics, factStore, watcher, afterHours, courier, board } = parts;
  const { watchlist, companies, calendar } = config;
  const { log } = options;
  const common = { store, watchlist, companies, calendar, log };
  const client = await options.edgar?.(cachedAnswers(store.db));
  const periodic = [
    ...(client ? await filingJobs({ ...common, client, factStore, timeZone }) : []),
    ...(source.reportDay ? [createReportDaysJob({ ...common, source })] : []),
    createUpkeepJob({ store, watchlist, log }),
  ];
  const poll = createPollThrottle(
    (now) => pollIntervalAt(calendar, options.pollMs, now),
    async (now) => {
      metrics.poll();
      await watcher.poll(now);
      board.changed();
    },
    watcher.confirm,
  );
  const fanOut = createFanOutJob({
    ...{ store, watchlist, timeZone },
    onDone: ({ id, plan, counts }) => {
      const kind = storyKindOf(plan);
      metrics.decided(kind, counts);
      log.info({ fanout: id, kind, symbol: symbolOf(plan), counts }, 'channels decided');
    },
  });
  const digest = createDigestJob({
    ...{ store, watchlist, timeZone, calendar, log },
    rules: parts.registry.effectiveRules,
    service: parts.digests,
    onEnqueued: (late) => metrics.digest(late ? 'late' : 'told'),
    onSkipped: metrics.digest,
  });
  const dayEnd = dayEnds(config.watchlist, calendar, watcher.memory.histories);
  const closings = createClosingEditsJob({ store, calendar, dayEnd });
  const instance = await instanceOf(store.db);
  const edits = parts.configured
    .filter((platform) => platform.edit !== undefined)
    .map((platform) =>
      createEditLane(
        {
          ...{
            store,
            calendar,
            dayEnd,
            instance,
            timeZone,
            log,
            catalogue: config.catalogue,
            compose: parts.composer.compose,
          },
          takesPosts: parts.takesPosts,
          random: options.random ?? Math.random,
        },
        platform,
      ),
    );
  const quiet = createQuietJob({ store, timeZone });
  const muteEnds = createMuteEndsJob({ store, timeZone });
  const clock = createClockJob({ store, waits: LONGEST_WAITS, log });
  const replyTokens = createReplyTokensJob({ store });
  const { heartbeatUrl: url } = options;
  const heartbeat = url === undefined ? [] : [createHeartbeatJob({ url, isWell: parts.isWell, log })];
  const stoppable = [
    ...periodic,
    poll,
    afterHours,
    fanOut,
    digest,
    quiet,
    muteEnds,
    closings,
    ...edits,
    replyTokens,
    parts.placeLooks,
    ...heartbeat,
  ];
  const jobs = [
    clock,
    { name: 'poll', run: poll.run },
    afterHours,
    digest,
    fanOut,
    quiet,
    muteEnds,
    ...courier.jobs,
    closings,
    ...edits,
    parts.startAgain,
    parts.placeLooks,
    replyTokens,
    ...heartbeat,
    ...periodic,
  ];
  return { jobs, stopJobs: () => Promise.all(stoppable.map(({ stop }) => stop())) };
};
