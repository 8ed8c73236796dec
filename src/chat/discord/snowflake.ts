import { SnowflakeUtil } from 'discord.js';

export const isSnowflake = (id: string): boolean => /^\d{15,20}$/.test(id);

/** Epoch milliseconds (Discord's clock) at which the thing with this id was made. */
export const madeAt = (id: string): number => SnowflakeUtil.timestampFrom(id);

/** The least id of what was made at this time or later, epoch milliseconds. */
export const idAt = (time: number): string =>
  SnowflakeUtil.generate({ timestamp: time, increment: 0n, workerId: 0n, processId: 0n }).toString();
