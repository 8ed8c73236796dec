import { z } from 'zod';
import { isSnowflake } from './ids.ts';

const id = z.string().refine(isSnowflake);
const withId = z.object({ id });
const inGuild = z.object({ guild_id: id });

/** What discord.js and we read of an event before anything else; without it, it makes no sense. */
const EVENTS: readonly (readonly [name: RegExp, shape: z.ZodType])[] = [
  [
    /^READY$/,
    z.object({
      session_id: z.string(),
      resume_gateway_url: z.string(),
      user: withId,
      application: withId,
      guilds: z.array(withId),
    }),
  ],
  [
    /^INTERACTION_CREATE$/,
    z.object({ id, token: z.string(), application_id: z.string(), type: z.number(), data: z.looseObject({}) }),
  ],
  [/^GUILD_(CREATE|UPDATE|DELETE)$/, withId],
  [/^(CHANNEL|THREAD)_(CREATE|UPDATE|DELETE)$/, withId],
  [/^GUILD_(ROLE|MEMBER)_/, inGuild],
  [/^RESUMED$/, z.unknown()],
  [/^/, z.looseObject({})],
];

/** Codes that Discord sends. Source: its documentation, "Gateway Opcodes". */
const OPS: Readonly<Record<number, z.ZodType>> = {
  0: z.object({ t: z.string() }),
  1: z.unknown(),
  7: z.unknown(),
  9: z.object({ d: z.boolean() }),
  10: z.object({ d: z.object({ heartbeat_interval: z.number().min(1_000) }) }),
  11: z.unknown(),
};

const Frame = z.looseObject({ op: z.number(), t: z.string().nullish(), d: z.unknown() });

/** What is wrong with a frame, in a few fixed words and without its content; undefined: nothing. */
export const faultOfFrame = (frame: unknown): string | undefined => {
  const read = Frame.safeParse(frame);
  if (!read.success) return 'not a frame';
  const { op, t, d } = read.data;
  const shape = OPS[op];
  if (shape === undefined) return 'unknown opcode';
  if (!shape.safeParse(frame).success) return `malformed opcode ${op}`;
  if (op !== 0) return undefined;
  const name = t ?? '';
  const [, event] = EVENTS.find(([pattern]) => pattern.test(name)) ?? [];
  return event?.safeParse(d).success ? undefined : `malformed ${/^[A-Z_]{1,40}$/.test(name) ? name : 'event'}`;
};
