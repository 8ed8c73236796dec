import { SnowflakeUtil } from 'discord.js';

export const isSnowflake = (id: string): boolean => /^\d{15,20}$/.test(id);

/** When the object with this id was created, in epoch milliseconds of Discord's clock. */
export const createdAt = (id: string): number => SnowflakeUtil.timestampFrom(id);

/** The smallest id of objects created at `time` or later, in epoch milliseconds. */
export const idAt = (time: number): string =>
  SnowflakeUtil.generate({ timestamp: time, increment: 0n, workerId: 0n, processId: 0n }).toString();

/**
 * The component id of a posting's container, a hash of its key (FNV-1a). People do not see it, and Discord returns it with
 * the message, so our message can be recognised after its nonce is forgotten. 31 bits, Discord's maximum, and above the
 * small numbers that Discord assigns to components without an id.
 */
export const cardNumber = (key: string): number => {
  let hash = 0x811c9dc5;
  for (const character of key) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return (hash & 0x7fffffff) | 0x10000;
};
