import { Client, Events, GatewayIntentBits, type IIdentifyThrottler, type Interaction } from 'discord.js';
import type { PlatformEvents } from '../../channels/platform-events.ts';
import type { Logger } from '../../telemetry/log.ts';
import type { Guard } from './guard.ts';
import { handleGuildJoins } from './guild-join.ts';
import { handleGuildRemovals } from './guild-remove.ts';
import { codeOf } from './outcome.ts';
import { handlePermissionChanges } from './permission-changes.ts';
import { type LoginRefusal, refusalOfClose, refusalOfLogin } from './refusal.ts';
import { createSharding } from './sharding.ts';
import { requestWithin, watch } from './wire.ts';

/** Why a session is of no more use. */
export type End =
  | { readonly kind: 'refused'; readonly refusal: LoginRefusal }
  | { readonly kind: 'lost'; readonly why: string };

/** One life of a gateway connection: it may resume, but once it has ended it stays ended. */
export interface Session {
  /** Resolves once Discord has sent READY; stays pending where that never happens. */
  readonly ready: Promise<void>;
  /** Resolves when the connection is over for good; never rejects. */
  readonly ended: Promise<End>;
  close(): void;
}

/** Who wants to hear what comes over the gateway. */
export interface SessionListener {
  /** Discord has told which application we are; again with each new session. */
  ready(applicationId: string): void;
  interaction(interaction: Interaction): void;
}

export interface SessionOptions {
  readonly token: string;
  readonly apiUrl: string | undefined;
  readonly timeoutMs: number;
  readonly guard: Guard;
  readonly throttler: IIdentifyThrottler;
  readonly log: Logger;
  readonly stopping: AbortSignal;
  readonly listener?: SessionListener | undefined;
  readonly events?: PlatformEvents | undefined;
}

/** A connection that has not (re)opened within this many timeouts is given up. */
const PATIENCE = 2;

/** Opens the gateway. discord.js resumes a dropped socket by itself, once; a second drop in a row ends the session. */
export const openSession = (options: SessionOptions): Session => {
  const { token, apiUrl, timeoutMs, guard, throttler, log, stopping, listener, events } = options;
  const { promise: ready, resolve: becomeReady } = Promise.withResolvers<void>();
  const { promise: ended, resolve: end } = Promise.withResolvers<End>();
  const sharding = createSharding();
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
  watch(client.rest, guard);

  let watchdog: NodeJS.Timeout | undefined;
  const expectConnection = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => end({ kind: 'lost', why: 'connection timed out' }), PATIENCE * timeoutMs);
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
    client.on(Events.InteractionCreate, (interaction) => listener.interaction(interaction));
  }
  if (events !== undefined)
    for (const hear of [handleGuildJoins, handleGuildRemovals, handlePermissionChanges]) hear(client, events);
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
  // Whatever is wrong with a socket also closes it; unheard, an 'error' event would end the process.
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
      sharding.letGo();
      // Not awaited: it may never settle while a handshake is under way.
      void client
        .destroy()
        .catch((error: unknown) => log.debug({ fault: codeOf(error) }, 'discord client not destroyed'));
    },
  };
};
