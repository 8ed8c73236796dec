import { SnowflakeUtil } from 'discord.js';

export const isSnowflake = (id: string): boolean => /^\d{15,20}$/.test(id);

/** Epoch milliseconds (Discord's clock) at which the thing with this id was made. */
export const madeAt = (id: string): number => SnowflakeUtil.timestampFrom(id);
