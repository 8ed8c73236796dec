import { DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js';
import { createGonePings, type GonePings } from '../gone-pings.ts';
import type { Lack } from '../platform.ts';
import type { InvalidRequestGuard } from './invalid-request-guard.ts';
import type { RestClient } from './rest-client.ts';

/** A card does not wait longer to know. */
const ASK_TIMEOUT_MS = 3_000;

export const ROLE_GONE: Lack = {
  part: 'ping',
  reason: 'The role to ping is gone (10011).',
  remedy: 'Type /alerts set role:none in the channel, or name another role.',
  why: { key: 'discord-role' },
};

/** Asks Discord for a role of a server. */
export const createGoneRoles = ({ rest }: RestClient, guard: InvalidRequestGuard, monotonic: () => number): GonePings =>
  createGonePings(async (role, guild) => {
    if (guild === undefined || guard.waitMs() > 0) return undefined;
    try {
      await rest.get(Routes.guildRole(guild, role), { signal: AbortSignal.timeout(ASK_TIMEOUT_MS) });
      return false;
    } catch (error) {
      return error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownRole ? true : undefined;
    }
  }, monotonic);
