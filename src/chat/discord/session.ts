import { Client, Events, GatewayIntentBits, type IIdentifyThrottler, type Interaction } from 'discord.js';
import type { PlatformEvents } from '../../channels/platform-events.ts';
import type { Logger } from '../../telemetry/log.ts';
import { handleGuildEvents } from './guild-events.ts';
import { createInteractionPlaces, type InteractionPlace } from './interaction-places.ts';
import type { InvalidRequestGuard } from './invalid-request-guard.ts';
import { type LoginRefusal, refusalOfClose, refusalOfLogin } from './login-refusal.ts';
import { codeOf } from './outcome.ts';
import { recordAnswers, requestWithin } from './rest-client.ts';
import { createSharding } from './sharding.ts';

/** Why a session has ended. */
export type SessionEnd =
  | { readonly kind: 'refused'; readonly refusal: LoginRefusal }
  | { readonly kind: 'lost'; readonly why: string };

/** One gateway session. It may resume, but does not restart after it has ended. */
export interface Session {
  /** Resolves once Discord has sent READY. */
  readonly ready: Promise<void>;
  /** Resolves when the session is over for good. Never rejects. */
  readonly ended: Promise<SessionEnd>;
  close(): void;
}

/** Receives what comes over the gateway. */
export interface SessionListener {
  /** Called with each new session. */
  ready(applicationId: string): void;
  interaction(interaction: Interaction, place: InteractionPlace): void;
}

export interface SessionOptions {
  readonly token: string;
  readonly apiUrl: string | undefined;
  readonly timeoutMs: number;
  readonly guard: InvalidRequestGuard;
  readonly throttler: IIdentifyThrottler;
  readonly log: Logger;
  readonly stopping: AbortSignal;
  readonly listener?: SessionListener | undefined;
  readonly events?: PlatformEvents | undefined;
  /** Hears, with each new session, of the channels that the bot sees; the map is kept up to date. */
  readonly onChannels?: ((channels: Client['channels']['cache']) => void) | undefined;
  /** Hears of frames that make no sense; each costs the socket that brought it. */
  readonly onBadFrame: (fault: string) => void;
}

/** A session that has not (re)connected within this many timeouts ends. */
const MAX_CONNECT_TIMEOUTS = 2;

/** Opens a session. discord.js resumes a dropped socket once; a second drop in a row ends the session. */
export const openSession = (options: SessionOptions): Session => {
  const { token, apiUrl, timeoutMs, guard, throttler, log, stopping, listener, events, onChannels, onBadFrame } =
    options;
  const { promise: ready, resolve: becomeReady } = Promise.withResolvers<void>();
  const { promise: ended, resolve: end } = Promise.withResolvers<SessionEnd>();
  const sharding = createSharding(onBadFrame);
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: {
      ...(apiUrl === undefined ? {} : { api: apiUrl }),
      retries: 0,
      timeout: timeoutMs,
      rejectOnRateLimit: () => true,
      makeRequest: requestWithin(timeoutMs, stopping),
    },
    ws: { buildStrategy: sharding.build, buildIdentifyThrottler: () => throttler },
  });
  recordAnswers(client.rest, guard);

  let watchdog: NodeJS.Timeout | undefined;
  const expectConnection = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => end({ kind: 'lost', why: 'connection timed out' }), MAX_CONNECT_TIMEOUTS * timeoutMs);
    watchdog.unref();
  };
  let drops = 0;
  const connected = () => {
    drops = 0;
    clearTimeout(watchdog);
    becomeReady();
  };
  client.on(Events.ShardReady, connected);
  if (listener !== undefined) {
    client.on(Events.ClientReady, (ready) => listener.ready(ready.application.id));
    const places = createInteractionPlaces();
    client.on(Events.Raw, places.hear);
    client.on(Events.InteractionCreate, (interaction) =>
      listener.interaction(interaction, places.take(interaction.id)),
    );
  }
  client.on(Events.ClientReady, ({ channels }) => onChannels?.(channels.cache));
  if (events !== undefined) handleGuildEvents(client, events);
  client.on(Events.ShardResume, connected);
  client.on(Events.ShardReconnecting, () => {
    drops += 1;
    if (drops > 1) end({ kind: 'lost', why: 'socket closed again before it resumed' });
    else expectConnection();
  });
  client.on(Events.ShardDisconnect, ({ code }) => {
    const refusal = refusalOfClose(code);
    end(refusal ? { kind: 'refused', refusal } : { kind: 'lost', why: `socket closed with ${code}` });
  });
  // A socket fault also closes the socket. Without a listener, an 'error' event would end the process.
  client.on(Events.ShardError, (error) => log.debug({ fault: codeOf(error) }, 'discord socket fault'));
  client.on(Events.Error, (error) => log.warn({ fault: codeOf(error) }, 'discord client fault'));

  expectConnection();
  client.login(token).then(connected, (error: unknown) => {
    const refusal = refusalOfLogin(error);
    end(refusal ? { kind: 'refused', refusal } : { kind: 'lost', why: codeOf(error) });
  });

  return {
    ready,
    ended,
    close: () => {
      clearTimeout(watchdog);
      sharding.dispose();
      // Not awaited: it may never settle during a handshake.
      void client
        .destroy()
        .catch((error: unknown) => log.debug({ fault: codeOf(error) }, 'discord client not destroyed'));
    },
  };
};
