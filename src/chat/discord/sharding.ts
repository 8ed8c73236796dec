import { EventEmitter } from 'node:events';
import { SimpleShardingStrategy, type WebSocketOptions } from 'discord.js';
import { faultOfFrame } from './frames.ts';
import { codeOf } from './outcome.ts';

type Socket = EventEmitter & { terminate(): void };
type Manager = Parameters<NonNullable<WebSocketOptions['buildStrategy']>>[0];

/** discord.js's one-process sharding that can be disposed of at any moment, and that no frame can break. */
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
export const createSharding = (onBadFrame: (fault: string) => void): Sharding => {
  let disposed = false;
  let strategy: SimpleShardingStrategy | undefined;
  return {
    build: (manager) => {
      const stored = manager.options.retrieveSessionInfo;
      manager.options.retrieveSessionInfo = (shardId) => (disposed ? new Promise(() => {}) : stored(shardId));
      strategy = new SimpleShardingStrategy(manager);
      const spawn = strategy.spawn.bind(strategy);
      strategy.spawn = async (shardIds) => {
        await spawn(shardIds);
        for (const shard of shardsOf(strategy)) guardFrames(shard, onBadFrame);
      };
      return strategy;
    },
    dispose: () => {
      disposed = true;
      for (const socket of socketsOf(strategy)) cut(socket);
    },
  };
};

const ignore = (): void => undefined;

const cut = (socket: Socket): void => {
  // A socket cut in its handshake emits an error, and discord.js no longer listens for it. Frames that came with the one
  // that made no sense may cut it again.
  socket.off('error', ignore).on('error', ignore);
  socket.terminate();
};

/**
 * Keeps a frame that makes no sense from discord.js, and whatever handling one throws from the process, where it would be a
 * rejection that nobody handles: the socket is cut instead, and discord.js resumes on another one.
 */
const guardFrames = (shard: object, onBadFrame: (fault: string) => void): void => {
  const [unpack, take]: unknown[] = [Reflect.get(shard, 'unpackMessage'), Reflect.get(shard, 'onMessage')];
  if (typeof unpack !== 'function' || typeof take !== 'function') return;
  const refuse = (fault: string): void => {
    onBadFrame(fault);
    const socket: unknown = Reflect.get(shard, 'connection');
    if (isSocket(socket)) cut(socket);
  };
  const unpackChecked = async (...data: unknown[]): Promise<unknown> => {
    const frame: unknown = await unpack.apply(shard, data);
    const fault = faultOfFrame(frame);
    if (fault === undefined) return frame;
    refuse(fault);
    return null;
  };
  const takeSafely = async (...data: unknown[]): Promise<void> => {
    try {
      await take.apply(shard, data);
    } catch (error) {
      refuse(`a frame that cannot be handled (${codeOf(error)})`);
    }
  };
  Object.assign(shard, { unpackMessage: unpackChecked, onMessage: takeSafely });
};

/** Shards and sockets are private fields. If a version moves them, sockets end by their own timeouts instead. */
const shardsOf = (strategy: SimpleShardingStrategy | undefined): object[] => {
  const shards: unknown = strategy && Reflect.get(strategy, 'shards');
  return shards instanceof Map ? [...shards.values()].filter((shard) => typeof shard === 'object') : [];
};

const socketsOf = (strategy: SimpleShardingStrategy | undefined): Socket[] =>
  shardsOf(strategy)
    .map((shard): unknown => Reflect.get(shard, 'connection'))
    .filter(isSocket);

const isSocket = (value: unknown): value is Socket =>
  value instanceof EventEmitter && 'terminate' in value && typeof value.terminate === 'function';
