import { EventEmitter } from 'node:events';
import { SimpleShardingStrategy, type WebSocketOptions } from 'discord.js';

type Socket = EventEmitter & { terminate(): void };
type Manager = Parameters<NonNullable<WebSocketOptions['buildStrategy']>>[0];

/** discord.js's one-process sharding that can be disposed of at any moment. */
export interface Sharding {
  build(manager: Manager): SimpleShardingStrategy;
  /** Cuts the socket and stops discord.js from opening another one. */
  dispose(): void;
}

/**
 * discord.js 14.28.1 destroys a shard cleanly only while it is ready: during the handshake it leaves the socket open, and
 * while it waits for HELLO or READY the destroyed shard reconnects half a second later. Every connection first retrieves
 * the stored session, so after disposal that never resolves, and the socket itself is cut.
 */
export const createSharding = (): Sharding => {
  let disposed = false;
  let strategy: SimpleShardingStrategy | undefined;
  return {
    build: (manager) => {
      const stored = manager.options.retrieveSessionInfo;
      manager.options.retrieveSessionInfo = (shardId) => (disposed ? new Promise(() => {}) : stored(shardId));
      strategy = new SimpleShardingStrategy(manager);
      return strategy;
    },
    dispose: () => {
      disposed = true;
      for (const socket of socketsOf(strategy)) {
        // A socket cut in its handshake emits an error, and discord.js no longer listens for it.
        socket.on('error', () => undefined);
        socket.terminate();
      }
    },
  };
};

/** The sockets are private fields. If a version moves them, they end by their own timeouts instead. */
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
