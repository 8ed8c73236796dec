import { EventEmitter } from 'node:events';
import { SimpleShardingStrategy, type WebSocketOptions } from 'discord.js';

type Socket = EventEmitter & { terminate(): void };
type Manager = Parameters<NonNullable<WebSocketOptions['buildStrategy']>>[0];

/** discord.js's one-process sharding, which can be let go of at any moment. */
export interface Sharding {
  build(manager: Manager): SimpleShardingStrategy;
  /** Cuts the socket and keeps discord.js from opening another one. */
  letGo(): void;
}

/**
 * discord.js 14.28.1 destroys a shard cleanly only while it is ready: during the handshake it leaves the socket open,
 * and while it waits for HELLO or READY the destroyed shard connects again half a second later. Every connection
 * begins by asking for the stored session, so a question that is never answered ends that; the socket itself is cut.
 */
export const createSharding = (): Sharding => {
  let over = false;
  let strategy: SimpleShardingStrategy | undefined;
  return {
    build: (manager) => {
      const stored = manager.options.retrieveSessionInfo;
      manager.options.retrieveSessionInfo = (shardId) => (over ? new Promise(() => {}) : stored(shardId));
      strategy = new SimpleShardingStrategy(manager);
      return strategy;
    },
    letGo: () => {
      over = true;
      for (const socket of socketsOf(strategy)) {
        // A socket that is cut in its handshake says so by an error, and by then discord.js no longer listens.
        socket.on('error', () => undefined);
        socket.terminate();
      }
    },
  };
};

/** The sockets are private fields; where a version moves them, they end by their own timeouts instead. */
function* socketsOf(strategy: SimpleShardingStrategy | undefined): Generator<Socket> {
  const shards: unknown = strategy && Reflect.get(strategy, 'shards');
  if (!(shards instanceof Map)) return;
  for (const shard of shards.values()) {
    const socket: unknown = Reflect.get(shard, 'connection');
    if (isSocket(socket)) yield socket;
  }
}

const isSocket = (value: unknown): value is Socket =>
  value instanceof EventEmitter && 'terminate' in value && typeof value.terminate === 'function';
