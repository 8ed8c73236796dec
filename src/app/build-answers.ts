import { createQuestionHandler } from '../../commands/ask.ts';
import { commands } from '../../commands/index.ts';
import { createPlatformEvents, type PlatformEvents } from '../channels/platform-events.ts';
import { createPlaceLooks, type PlaceLooks } from '../delivery/place-looks.ts';
import { createDigestService, type DigestService } from '../digest/digest-service.ts';
import { createTickerDesk } from '../market/ticker-desk.ts';
import { hasOpenQuestion } from '../watch/watch-state.ts';
import type { ChannelParts } from './build-channels.ts';
import type { DeliveryParts } from './build-delivery.ts';
import type { MarketParts } from './build-market.ts';
import type { StoreParts } from './build-store.ts';
import { createCommandContext } from './create-command-context.ts';
import type { BuildContext } from './options.ts';
import { createPendingReplies } from './pending-replies.ts';

export interface AnswerParts {
  readonly digests: DigestService;
  /** Looks at the channels that take no cards. */
  readonly placeLooks: PlaceLooks;
}

/** The question's road: from here on, questions and events from platforms are handled. */
export const buildAnswers = (
  parts: BuildContext & StoreParts & ChannelParts & MarketParts & DeliveryParts,
): AnswerParts => {
  const { options, timeZone, config, store, factStore, registry, channels, watcher, composer, testReports } = parts;
  const { watchlist, calendar, catalogue, companies, article } = config;
  const { platformStates: platforms } = parts;
  const sourceName = parts.source.name;
  const { language, log, clock: now, handlers } = options;
  const { histories } = watcher.memory;
  const digests = createDigestService({
    ...{ watchlist, calendar, histories, sourceName },
    ledger: factStore.ledger,
    companies,
    db: store.db,
    closesFrom: (symbol) => watcher.health().speakers?.histories.bySymbol.get(symbol),
    isUnsettled: (symbol) => hasOpenQuestion(watcher.memory, symbol),
  });
  const context = createCommandContext({
    ...{
      channels,
      timeZone,
      catalogue,
      watchlist,
      calendar,
      watcher,
      factStore,
      companies,
      article,
      store,
      sourceName,
      readsFilings: options.edgar !== undefined,
      platforms,
      testReports,
      log,
    },
    digest: digests.latest,
    tickerDesk: createTickerDesk({ anyTicker: parts.source.anyTicker, calendar, pollMs: options.pollMs }),
    ...(options.botClock && { botClock: options.botClock }),
  });
  const placeLooks = createPlaceLooks({
    ...{ store, log, takesPosts: parts.takesPosts },
    platforms: parts.configured,
    onOpen: (where) => events.changed(where),
    ...(options.random && { random: options.random }),
  });
  const events: PlatformEvents = createPlatformEvents({
    ...{ registry, catalogue, language, log, now },
    presence: parts.presence,
    onHint: placeLooks.hurry,
  });
  handlers?.open({
    questions: {
      ...createQuestionHandler({ context, commands, now, log, language }),
      picture: ({ card }) => composer.draw(card),
    },
    events,
    pendingReplies: createPendingReplies(store, log, now),
  });
  return { digests, placeLooks };
};
